"""Spelling: a dictionary for each language, and a list of the project's own words."""

import subprocess

import pytest

from checklist.site.node import find_node
from tests.support.site_build import PROJECT

CSPELL = PROJECT / "node_modules" / "cspell" / "bin.mjs"
BAD_PAGES = ".cache/spelling"
WORDS = PROJECT / "tests" / "words"
DOCUMENTS = ("*.md", ".github/*.md", "checklist/*/README.md")
PAGES = ("docs/ru/**/*.md", "docs/en/**/*.md", "checklist/texts/*.toml", *DOCUMENTS)
SLIPS = {
    "ru": ("неправельный", "клиентаа", "beleive"),
    "en": ("teh", "canceled", "клиент"),
}
"""Misspelt words, an American one, and a Russian one on an English page."""


@pytest.fixture(scope="module")
def misspelt() -> list[tuple[str, str]]:
    """Return the file and the word of each mistake, in the project and on two pages of mistakes.

    All in one run: each start of the program loads its dictionaries, which takes seconds.
    """
    for lang, words in SLIPS.items():
        page = PROJECT / BAD_PAGES / lang / "page.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("".join(f"A {word} line.\n" for word in words), encoding="utf-8")
    options = ("--no-progress", "--no-summary", "--dot", "--config", str(PROJECT / ".cspell.json"))
    done = subprocess.run(
        [find_node(), str(CSPELL), *options, *PAGES, f"{BAD_PAGES}/**/*.md"],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # Without pages its exit code is 1 too, with a message on standard error.
    assert done.stdout, done.stderr
    return [
        (line.partition(":")[0], line.partition("(")[2].partition(")")[0])
        for line in done.stdout.splitlines()
    ]


@pytest.mark.parametrize("pattern", PAGES)
def check_each_pattern_matches_files(pattern: str) -> None:
    """A renamed folder must not pass for one without mistakes."""
    assert any(PROJECT.glob(pattern))


def check_every_word_is_spelt_right(misspelt: list[tuple[str, str]]) -> None:
    """Pages, texts and documents have no word that is in no dictionary and no list."""
    assert [slip for slip in misspelt if BAD_PAGES not in slip[0]] == []


@pytest.mark.parametrize("lang", SLIPS)
def check_mistakes_are_found(misspelt: list[tuple[str, str]], lang: str) -> None:
    """Each wrong word is named, and no right one beside it."""
    page = f"{BAD_PAGES}/{lang}/page.md"
    assert [word for file, word in misspelt if file.endswith(page)] == list(SLIPS[lang])


@pytest.mark.parametrize("lang", ["ru", "en"])
def check_the_lists_of_words_are_sorted_and_used(lang: str) -> None:
    """A word that occurs nowhere any more has to be removed."""
    words = (WORDS / f"{lang}.txt").read_text(encoding="utf-8").split()
    assert words == sorted(set(words), key=str.casefold)
    sources = [*PROJECT.glob("docs/**/*.md"), *PROJECT.glob("checklist/texts/*.toml")]
    documents = [path for pattern in DOCUMENTS for path in PROJECT.glob(pattern)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, *documents))
    assert [word for word in words if word not in text] == []
