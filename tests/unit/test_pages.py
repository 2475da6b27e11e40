"""Both languages have the same pages, heading levels and heading ids."""

import re
from pathlib import Path

import pytest

from checklist.site.pages import problems_with_pages
from tests.support.site_build import PROJECT

DOCS = PROJECT / "docs"


def written(root: Path, pages: dict[str, str]) -> Path:
    """Write pages below a folder and return it."""
    for lang in ("ru", "en"):
        (root / lang).mkdir()
    for name, text in pages.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_two_pages_have_the_same_main_heading(lang: str) -> None:
    """A reader who has several open, or hears them announced, can tell them apart."""
    headings = [
        re.search(r"^# (.+?) *\{#", page.read_text(encoding="utf-8"), re.MULTILINE)
        for page in (DOCS / lang).rglob("*.md")
    ]
    titles = [heading[1].casefold() for heading in headings if heading]
    assert len(titles) == len(headings)
    assert len(set(titles)) == len(titles)


def test_our_pages_are_alike_in_both_languages() -> None:
    """The published pages have no such problem."""
    assert problems_with_pages(DOCS) == []


@pytest.mark.parametrize(
    ("pages", "named"),
    [
        ({"ru/a.md": "# A {#a}"}, ["en/a.md: missing"]),
        ({"en/a.md": "# A {#a}"}, ["ru/a.md: missing"]),
        ({"ru/a.md": "# A", "en/a.md": "# A {#a}"}, ["ru/a.md", "“A”"]),
        ({"ru/a.md": "# A {#a}", "en/a.md": "# B {#b}"}, ["a.md", "differ"]),
        ({"ru/a.md": "# A {#a}", "en/a.md": "## A {#a}"}, ["a.md", "differ"]),
        ({"ru/a.md": "# A {#a}\n## B {#b}", "en/a.md": "# A {#a}"}, ["a.md", "differ"]),
    ],
)
def test_a_difference_is_named(tmp_path: Path, pages: dict[str, str], named: list[str]) -> None:
    """With the file and what is wrong with it."""
    problems = "\n".join(problems_with_pages(written(tmp_path, pages)))
    assert [part for part in named if part not in problems] == []


@pytest.mark.parametrize(
    "text", ["# A {#a}\n```\n# not a heading\n```\n", "# A { .big #a }\n", "# A {#a}\n\n#hashtag\n"]
)
def test_what_is_no_problem(tmp_path: Path, text: str) -> None:
    """Headings inside of code do not count, and an id may be one of several attributes."""
    assert problems_with_pages(written(tmp_path, {"ru/a.md": text, "en/a.md": text})) == []
