"""Spelling: a dictionary for each language, and the words that only we use."""

import subprocess
from pathlib import Path

import pytest

from checklist.site.node import find_node
from tests.conftest import PROJECT

CSPELL = PROJECT / "node_modules" / "cspell" / "bin.mjs"
WORDS = PROJECT / "tests" / "words"


def misspelt(root: Path, *patterns: str) -> list[str]:
    """Return each word below a folder that no dictionary knows, with its file and place."""
    options = ("--no-progress", "--no-summary", "--config", str(PROJECT / ".cspell.json"))
    done = subprocess.run(
        [find_node(), str(CSPELL), *options, "--root", str(root), *patterns],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "pattern", ["docs/ru/**/*.md", "docs/en/**/*.md", "checklist/texts/*.toml", "*.md"]
)
def test_every_word_is_spelt_right(pattern: str) -> None:
    """Pages, texts and the project's own papers hold no word that nobody else writes."""
    assert misspelt(PROJECT, pattern) == []


@pytest.mark.parametrize("word", ["неправельный", "клиентаа", "beleive", "teh"])
def test_a_slip_is_found(tmp_path: Path, word: str) -> None:
    """A word that is spelt wrong is named, in either language."""
    (tmp_path / "page.md").write_text(f"# Page\n\nA {word} line.\n", encoding="utf-8")
    found = misspelt(tmp_path, "*.md")
    assert len(found) == 1
    assert f"({word})" in found[0]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_our_own_words_are_kept_in_order_and_used(lang: str) -> None:
    """The list is sorted, and a word that no page has any more is not on it."""
    words = (WORDS / f"{lang}.txt").read_text(encoding="utf-8").split()
    assert words == sorted(set(words), key=str.casefold)
    sources = [*PROJECT.glob("docs/**/*.md"), *PROJECT.glob("checklist/texts/*.toml")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*sources, *PROJECT.glob("*.md")))
    assert [word for word in words if word not in text] == []
