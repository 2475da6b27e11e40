"""The guide's pages about what the article does not cover: the same sections in each language."""

import re
from collections.abc import Mapping

import pytest

from checklist.advice import CHECKS
from checklist.advice.checks import WEIGHTS
from checklist.rules import FACTS
from checklist.texts import LANGUAGES, load
from tests.support.site_build import PROJECT

DOCS = PROJECT / "docs"
LABELS = {
    "ru": ("**Как понять.**", "**Что делать.**", "**Отказать сразу"),
    "en": ("**How to tell.**", "**What to do.**", "say no at once"),
}
OURS = {"ru": "от редакции", "en": "the editors"}
SOURCE = re.compile(r"\w+ РФ|\d+-ФЗ|закон «")


def page(lang: str, name: str) -> str:
    """Return a page of a language."""
    return (DOCS / lang / f"{name}.md").read_text(encoding="utf-8")


def sections(text: str) -> Mapping[str, str]:
    """Return the text below each heading of a page, by the heading's id."""
    parts = re.split(r"^#{1,6} .*\{#(\S+)\}$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_check_has_a_section(lang: str) -> None:
    """Its id is that of the check, so that the checklist can link to it; there are no others."""
    expected: list[str] = []
    for weight in WEIGHTS:
        expected += [weight, *(f"check-{one.id}" for one in CHECKS if one.weight == weight)]
    found = list(sections(page(lang, "not-covered")))
    assert found == ["not-covered", "whose", *expected]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_check_says_what_to_do(lang: str) -> None:
    """How to tell, what to do, and when to say no at once."""
    incomplete = [
        (id_, label)
        for id_, text in sections(page(lang, "not-covered")).items()
        if id_.startswith("check-")
        for label in LABELS[lang]
        if label not in re.sub("Say no", "say no", text)
    ]
    assert incomplete == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_check_about_the_client_has_words_and_a_clause(lang: str) -> None:
    """A marker of its own; those about the visitor have none."""
    markers = re.findall(r"^\[\[check (\S+)\]\]$", page(lang, "not-covered"), re.MULTILINE)
    assert markers == [check.id for check in CHECKS if check.is_about_client]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["not-covered", "your-contact", "before-you-start", "begun"])
def test_a_page_beside_the_article_says_whose_it_is(lang: str, name: str) -> None:
    """Readers must not take the editors' advice for the article's."""
    assert OURS[lang] in page(lang, name).lower()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["before-you-start", "begun"])
def test_a_page_about_law_sends_readers_to_a_lawyer(lang: str, name: str) -> None:
    """It has a section about when to, and the page names the countries of its laws."""
    text = page(lang, name)
    assert "lawyer" in sections(text)
    countries = {"ru": ["российские"], "en": ["United Kingdom", "European Union"]}
    assert [country for country in countries[lang] if country not in text] == []


@pytest.mark.parametrize("name", ["before-you-start", "begun"])
def test_an_article_of_law_names_its_code(name: str) -> None:
    """The code is named in the same section, before the first article."""
    for id_, text in sections(page("ru", name)).items():
        first = re.search(r"стать[яи] \d+", text)
        if first:
            assert SOURCE.search(text[: first.start()]), id_


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_question_says_what_it_is_easily_confused_with(lang: str) -> None:
    """Eleven sentences, no two the same."""
    cautions = [load(lang)(f"facts.{fact.id}.caution") for fact in FACTS]
    assert len(set(cautions)) == len(FACTS)
