"""The project's documents: files and commands they name exist, and promises have tests."""

import re
from pathlib import Path

import pytest

from checklist.texts import load
from checklist.texts.typography import NO_BREAK_SPACE
from tests.support.site_build import PROJECT

DOCUMENTS = sorted(
    [*PROJECT.glob("*.md"), *PROJECT.glob(".github/*.md"), *PROJECT.glob("checklist/*/README.md")]
)
FILE = re.compile(r"`((?:checklist|tests|docs|\.github|\.ci)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)[^)]*\)")
TARGET = re.compile(r"\bmake ([a-z-]+)")
TABLE = re.compile(r"^\| Guarantee \| Tests? \|\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
PROMISE = re.compile(r"^\| (.+) \| (.+) \|$", re.MULTILINE)
PROMISES = (PROJECT / "README.md", PROJECT / ".github" / "SECURITY.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def check_files_that_a_document_names_exist(document: Path) -> None:
    """Paths from the project's root, and links relative to the document."""
    text = document.read_text(encoding="utf-8")
    named = [name for name in FILE.findall(text) if not (PROJECT / name).exists()]
    linked = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert (named, linked) == ([], [])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def check_commands_that_a_document_names_exist(document: Path) -> None:
    """Those in code, as a reader would copy them."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    code = re.findall(r"`+[^`]+`+", document.read_text(encoding="utf-8"))
    targets = {name for part in code for name in TARGET.findall(part)}
    assert [name for name in targets if f"\n{name}:" not in makefile] == []


@pytest.mark.parametrize(
    ("lang", "quotes", "others"),
    [
        ("en", "“”", {"#", "delete site data"}),
        ("ru", "«»", {"#", "/", "поделиться", "удалить данные сайта", "Домой"}),
    ],
)
def check_the_privacy_page_names_buttons_by_their_labels(
    lang: str, quotes: str, others: set[str]
) -> None:
    """All else in quotation marks belongs to a browser."""
    page = (PROJECT / "docs" / lang / "privacy.md").read_text(encoding="utf-8")
    texts = load(lang)
    labels = [texts(key) for key in ("clients.delete", "clients.wipe", "update.reload")]
    buttons = {label.replace(NO_BREAK_SPACE, " ") for label in labels}
    quoted = re.findall(f"{quotes[0]}([^{quotes}]*){quotes[1]}", page)
    assert set(quoted) == buttons | others


@pytest.mark.parametrize("document", PROMISES, ids=lambda path: path.name)
def check_each_promise_has_tests(document: Path) -> None:
    """Each row names files in which there are tests."""
    (table,) = TABLE.findall(document.read_text(encoding="utf-8"))
    promises = PROMISE.findall(table)
    assert len(promises) > 5
    for promise, tests in promises:
        named = FILE.findall(tests)
        assert named, promise
        assert [name for name in named if not holds_tests(PROJECT / name)] == [], promise


def holds_tests(path: Path) -> bool:
    """Tell whether there are tests or checks in a file, or in a folder."""
    files = path.glob("**/test_*.py") if path.is_dir() else [path]
    return any(
        path.name.startswith(kind) and f"\ndef {kind}" in path.read_text(encoding="utf-8")
        for path in files
        for kind in ("test_", "check_")
    )
