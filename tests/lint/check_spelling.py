"""Spelling: a dictionary for each language, and the words that only we use."""

import subprocess
from pathlib import Path

import pytest

from checklist.site.node import find_node
from tests.support.site_build import PROJECT

CSPELL = PROJECT / "node_modules" / "cspell" / "bin.mjs"
WORDS = PROJECT / "tests" / "words"


def misspelt(root: Path, *patterns: str) -> list[str]:
    """Return each word below a folder that no dictionary knows, with its file and place."""
    options = ("--no-progress", "--no-summary", "--dot", "--config", str(PROJECT / ".cspell.json"))
    done = subprocess.run(
        [find_node(), str(CSPELL), *options, "--root", str(root), *patterns],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # With no page to read it ends with 1 too, and says so elsewhere.
    assert done.returncode == bool(done.stdout), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "pattern",
    ["docs/ru/**/*.md", "docs/en/**/*.md", "checklist/texts/*.toml", "*.md", ".github/*.md"],
)
def check_every_word_is_spelt_right(pattern: str) -> None:
    """Pages, texts and the project's own papers hold no word that nobody else writes."""
    assert misspelt(PROJECT, pattern) == []


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("ru", "неправельный"),
        ("ru", "клиентаа"),
        ("ru", "beleive"),
        ("en", "teh"),
        ("en", "canceled"),
        ("en", "клиент"),
    ],
)
def check_a_slip_is_found(tmp_path: Path, lang: str, word: str) -> None:
    """A wrong word is named: misspelt, American, or Russian on an English page."""
    page = tmp_path / lang / "page.md"
    page.parent.mkdir()
    page.write_text(f"# Page\n\nA {word} line.\n", encoding="utf-8")
    found = misspelt(tmp_path, "**/*.md")
    assert len(found) == 1
    assert f"({word})" in found[0]


def check_nothing_to_read_is_not_nothing_wrong(tmp_path: Path) -> None:
    """A folder that was renamed does not pass for one without mistakes."""
    with pytest.raises(AssertionError):
        misspelt(tmp_path, "*.md")


@pytest.mark.parametrize("lang", ["ru", "en"])
def check_our_own_words_are_kept_in_order_and_used(lang: str) -> None:
    """The list is sorted, and a word that no page has any more is not on it."""
    words = (WORDS / f"{lang}.txt").read_text(encoding="utf-8").split()
    assert words == sorted(set(words), key=str.casefold)
    sources = [*PROJECT.glob("docs/**/*.md"), *PROJECT.glob("checklist/texts/*.toml")]
    papers = [*PROJECT.glob("*.md"), *PROJECT.glob(".github/*.md")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, *papers))
    assert [word for word in words if word not in text] == []
