"""Typography: marks and no-break spaces of each language, in texts and between tags."""
# ruff: noqa: RUF001 - letters and marks that look like others are what is tested

import pytest

from checklist.site.render.typography import typeset_page
from checklist.texts import LANGUAGES, load
from checklist.texts.typography import NO_BREAK_SPACE, style_of, typeset


def shown(text: str) -> str:
    """Return the text with a visible sign for each no-break space."""
    return text.replace(NO_BREAK_SPACE, "~")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", 'Он сказал: "да".', "Он сказал: «да»."),
        ("ru", '"Слово "в слове" тут"', "«Слово „в~слове“ тут»"),
        ("ru", 'Уже «есть и "тут"»', "Уже «есть и~„тут“»"),
        ("en", 'He said "take the "small" one".', "He said “take the ‘small’ one”."),
        ("en", "it's the clients' work", "it’s the clients’ work"),
        ("ru", "Клиент - это", "Клиент~— это"),
        ("ru", "Клиент — это", "Клиент~— это"),
        ("en", "Here - and there", "Here~– and there"),
        ("ru", "Так...", "Так…"),
        ("ru", "около 5,5 МБ и 4 МБ", "около 5,5~МБ и~4~МБ"),
        ("en", "71 teams, 4 MB, 120%", "71~teams, 4~MB, 120%"),
        ("ru", "(d = 0,22)", "(d~=~0,22)"),
        ("ru", "59 049 состояний, № 3", "59~049~состояний, №~3"),
        ("ru", "{met} из {needed}, {name} из", "{met}~из~{needed}, {name} из"),
        ("ru", "В доме не было ни того", "В~доме не~было ни~того"),
        ("ru", "Что бы ни было, если же", "Что~бы ни~было, если~же"),
        ("ru", "кто-то по-русски из-за дома", "кто-то по-русски из-за дома"),
        ("en", "в a text of i and v", "в a text of i and v"),
    ],
)
def test_a_text_is_typeset(lang: str, text: str, expected: str) -> None:
    """Once: a text that is already typeset stays as it is."""
    style = style_of(lang)
    done = typeset(text, style)
    assert shown(done) == expected
    assert typeset(done, style) == done


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>в доме</p>", "<p>в~доме</p>"),
        ('<p>в <a href="в доме">доме</a> - тут</p>', '<p>в~<a href="в доме">доме</a>~— тут</p>'),
        ("<p>&quot;да&quot; &amp; нет</p>", "<p>«да» &amp; нет</p>"),
        ("<p><b>Да</b> — это</p>", "<p><b>Да</b>~— это</p>"),
        ('<code>в "коде"</code> в нем', '<code>в "коде"</code> в~нем'),
        ('<script>f("в доме")</script>', '<script>f("в доме")</script>'),
        ('<textarea>в "поле"</textarea>', '<textarea>в "поле"</textarea>'),
        ("<!-- в доме -->", "<!-- в доме -->"),
        (
            '<p>"да" <i lang="en">"a" <i>"b"</i></i> "нет"</p>',
            '<p>«да» <i lang="en">“a” <i>“b”</i></i> «нет»</p>',
        ),
        ('<q lang="en">it&#39;s</q>', '<q lang="en">it’s</q>'),
        ("<p>\n  <b>в</b>\n</p>", "<p>\n  <b>в</b>\n</p>"),
    ],
)
def test_a_page_is_typeset_between_its_tags(html: str, expected: str) -> None:
    """Tags, code, scripts and comments stay; an element may have its own language."""
    done = typeset_page(html, "ru")
    assert shown(done) == expected
    assert typeset_page(done, "ru") == done


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_copied_or_compared_stays_plain(lang: str) -> None:
    """Letters, clauses and the article's phrases have ordinary spaces; questions do not."""
    texts = load(lang)
    plain = [texts("letters.refusal.thanks"), texts("facts.budget_ok.clause")]
    plain += [texts("losses.opportunities.source"), texts("cases.unnamed")]
    assert [text for text in plain if NO_BREAK_SPACE in text] == []
    assert NO_BREAK_SPACE in texts("result.count", met=1, needed=2)
