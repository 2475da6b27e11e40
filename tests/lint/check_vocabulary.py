"""Vocabulary: one name for each thing in each language, and none of the names given up."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from checklist.site.render.article import phrases
from checklist.texts import load
from checklist.texts.typography import NO_BREAK_SPACE
from tests.support.site_build import PROJECT

TABLE = PROJECT / "tests" / "lint" / "vocabulary.toml"
VOCABULARY: dict[str, list[dict[str, Any]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
# Ids, addresses and markers are not read by people.
NOT_READ = re.compile(r"\{[^}\n]*\}|\[\[[^\]\n]*\]\]|(?<=\])\([^)\n]*\)")


def sentences_of(table: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence of the texts with its key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from sentences_of(value, f"{place}.{key}")
        elif isinstance(value, list):
            yield from ((f"{place}.{key}", line) for line in value)
        else:
            yield f"{place}.{key}", value


def written_in(lang: str) -> Iterator[tuple[str, str]]:
    """Yield what is written in a language, with its place, but for the article's sentences."""
    yield from sentences_of(load(lang).table, f"{lang}.toml")
    for number, line in enumerate((PROJECT / "mkdocs.yml").read_text("utf-8").splitlines(), 1):
        yield f"mkdocs.yml:{number}", line.partition("#")[0]
    for page in sorted((PROJECT / "docs" / lang).glob("**/*.md")):
        text = page.read_text(encoding="utf-8")
        if page.name == "article.md":
            text = text.rpartition("\n---\n")[2]
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{page.relative_to(PROJECT)}:{number}", line


def given_up_in(text: str, lang: str, quoted: list[str]) -> list[str]:
    """Return the words given up that a text has, each with what to say instead."""
    text = text.replace(NO_BREAK_SPACE, " ")
    for phrase in quoted:
        text = text.replace(phrase, "")
    text = NOT_READ.sub("", text)
    return [
        f"“{found[0]}”: say “{row['say']}”"
        for row in VOCABULARY[lang]
        for pattern in row["not"]
        if (found := re.search(pattern, text, re.IGNORECASE))
    ]


@pytest.mark.parametrize("lang", VOCABULARY)
def check_no_word_given_up_is_used(lang: str) -> None:
    """Neither in the texts nor on the pages."""
    quoted = sorted(phrases(load(lang)).values(), key=len, reverse=True)
    wrong = {
        place: words
        for place, text in written_in(lang)
        if (words := given_up_in(text, lang, quoted))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is better to step back.", 1),
        ("if you run into an insurmountable wall, it is better to step back", 0),
        ("[How](../stepping back.md) {#letters}", 0),
        ("Send an email, or a letter.", 2),
    ],
)
def check_words_given_up_are_found(text: str, words: int) -> None:
    """Each of them, but not in quotations, addresses and ids."""
    assert len(given_up_in(text, "en", list(phrases(load("en")).values()))) == words


@pytest.mark.parametrize(("lang", "heading"), [("en", "### English"), ("ru", "### Russian")])
def check_the_page_for_writers_has_the_same_rows(lang: str, heading: str) -> None:
    """CONTRIBUTING says what each thing is called, and nothing that is not checked."""
    page = Path(PROJECT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    rows = re.findall(r"^\| (.+?) \| .+ \|$", section, re.MULTILINE)[1:]
    assert rows == [row["say"] for row in VOCABULARY[lang]]
