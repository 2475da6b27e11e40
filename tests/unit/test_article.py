"""The article's text, and the anchors of its quoted phrases."""

import hashlib

import pytest

from checklist.rules import FACTS, RULE, SIGNS
from checklist.site.render.article import SourceError, anchor, mark_phrases
from checklist.texts import LANGUAGES, load
from tests.support.site_build import PROJECT

DOCS = PROJECT / "docs"

# The text is its author's: whoever changes a letter of it says so in the editor's note and here.
DIGESTS = {
    "ru": "e4f7fc351592816b15ea968450206c676d1a09be6d7f18a0d421dcb2cbbdcf8f",
    "en": "a8f143910d43462909718f673c9a52141cba47a030eba156ac5f153b66f26271",
}


def article(lang: str) -> str:
    """Return the published page as it is written."""
    return (DOCS / lang / "article.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_article_is_published_unchanged(lang: str) -> None:
    """Title and text are as they were given, character by character, before the editor's note."""
    _, text, _ = article(lang).split("\n---\n")
    text = text.replace(" {#article}", "").strip()
    assert hashlib.sha256(text.encode()).hexdigest() == DIGESTS[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_phrase_is_in_the_article(lang: str) -> None:
    """Facts, signs and verdicts quote the article exactly."""
    texts, page = load(lang), article(lang)
    keys = [
        *(f"facts.{fact.id}" for fact in FACTS),
        *(f"signs.{sign.id}" for sign in SIGNS),
        *(f"verdicts.{verdict}" for verdict in {line.verdict for line in RULE}),
    ]
    assert [key for key in keys if page.count(texts(f"{key}.source")) != 1] == []


def test_a_phrase_is_wrapped_once() -> None:
    """It gets an element with the fact's anchor; nothing else changes."""
    marked = mark_phrases("One two three.", {"a": "two"})
    assert marked == f'One <span class="source" id="{anchor("a")}">two</span> three.'


def test_facts_may_share_a_phrase() -> None:
    """Each fact keeps an anchor of its own."""
    marked = mark_phrases("One two.", {"a": "two", "b": "two"})
    assert marked == (
        'One <span class="source" id="from-a"><span class="source" id="from-b">two</span></span>.'
    )


@pytest.mark.parametrize(
    "phrases",
    [
        {"a": "one two", "b": "two"},
        {"a": "one two", "b": "one"},
        {"a": "one two three", "b": "two"},
    ],
)
def test_a_phrase_may_lie_inside_another(phrases: dict[str, str]) -> None:
    """Elements are nested correctly."""
    marked = mark_phrases("one two three", phrases)
    depth = 0
    for part in marked.replace("<span", "\0<span").replace("</span>", "\0</span>").split("\0"):
        depth += part.startswith("<span") - part.startswith("</span>")
        assert depth >= 0
    assert depth == 0
    assert all(f'id="{anchor(id_)}"' in marked for id_ in phrases)
    outer, inner = marked.index(anchor("a")), marked.index(anchor("b"))
    assert outer < inner


@pytest.mark.parametrize(
    ("phrases", "named"),
    [
        ({"a": "four"}, ["a", "four", "0"]),
        ({"a": "e"}, ["a", "3"]),
        ({"a": "four", "b": "five"}, ["a", "b"]),
        ({"a": "one two", "b": "two three"}, ["a", "b", "cross"]),
    ],
)
def test_a_missing_or_ambiguous_phrase_fails(phrases: dict[str, str], named: list[str]) -> None:
    """Missing, there twice, or overlapping another: it is named."""
    with pytest.raises(SourceError) as caught:
        mark_phrases("one two three", phrases)
    assert [part for part in named if part not in str(caught.value)] == []
