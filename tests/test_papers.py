"""What the project's own papers name is there: files, commands, promises with their tests."""

import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PAPERS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob(".github/*.md")])
FILE = re.compile(r"`((?:checklist|tests|docs|\.github|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)[^)]*\)")
TARGET = re.compile(r"\bmake ([a-z-]+)")
PROMISE = re.compile(r"^\| (.+) \| (.+) \|$", re.MULTILINE)
SECURITY = PROJECT / ".github" / "SECURITY.md"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_what_a_paper_names_is_there(paper: Path) -> None:
    """Files of the project, from its root, and links, from the paper."""
    text = paper.read_text(encoding="utf-8")
    named = [name for name in FILE.findall(text) if not (PROJECT / name).exists()]
    linked = [link for link in LINK.findall(text) if not (paper.parent / link).exists()]
    assert (named, linked) == ([], [])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_a_command_that_a_paper_names_is_there(paper: Path) -> None:
    """Between backticks or in a block, as a reader would copy it."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    code = re.findall(r"`+[^`]+`+", paper.read_text(encoding="utf-8"))
    targets = {name for part in code for name in TARGET.findall(part)}
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


def test_each_promise_has_tests() -> None:
    """A promise that nothing checks is a wish."""
    promises = PROMISE.findall(SECURITY.read_text(encoding="utf-8"))[2:]
    assert len(promises) > 5
    for promise, tests in promises:
        assert FILE.findall(tests), promise
        assert all(name.startswith("tests/") for name in FILE.findall(tests)), promise
