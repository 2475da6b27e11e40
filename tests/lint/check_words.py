"""The words of the code: standard terms, and none of those that ``CONTRIBUTING.md`` gives up."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT

TABLE = re.compile(r"^\| Given up \| Instead \|\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
ROW = re.compile(r"^\| (.+) \| (.+) \|$", re.MULTILINE)
WORD = re.compile(r"`([^`]+)`( \(as a name\))?")
FOLDERS = ("checklist", "tests", ".ci")
CODE = {".css", ".html", ".js", ".mjs", ".py", ".sh", ""}
SCRIPTS = {".js", ".mjs"}
# This file has examples, and the key of a message cannot be renamed.
EXAMPLES = Path(__file__)
PUBLISHED_KEY = re.compile(r"\bhalf_a_character\b")
WORD_BOUNDARY_IN_A_NAME = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[^\W_])[_-]+(?=[^\W_])|(?<=\b)_+")
NOT_NAMES_IN_SCRIPTS = re.compile(
    r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
NAME = re.compile(r"[A-Za-z_$][\w$]*")


def given_up() -> dict[str, bool]:
    """Return the words that are given up, and whether each is given up as a name only."""
    text = (PROJECT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (table,) = TABLE.findall(text)
    return {
        word: bool(as_a_name)
        for words, _ in ROW.findall(table)
        for word, as_a_name in WORD.findall(words)
    }


def names_in(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each name in a source, comments and strings excluded."""
    if suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME:
                yield token.start[0], token.string
    elif suffix in SCRIPTS:
        names = NOT_NAMES_IN_SCRIPTS.sub(lambda match: "\n" * match[0].count("\n"), text)
        for match in NAME.finditer(names):
            yield names.count("\n", 0, match.start()) + 1, match[0]


def found_in(text: str, suffix: str) -> list[str]:
    """Return the line and the word of each given-up word in a source.

    A word is found in comments, strings and as a part of a name; a word that is given up as a
    name only is found where it is the whole name.
    """
    words = given_up()
    split = WORD_BOUNDARY_IN_A_NAME.sub(" ", PUBLISHED_KEY.sub("", text))
    found = []
    for word in (word for word, as_a_name in words.items() if not as_a_name):
        between = r"(?:\s|#|\*(?!/)|//)+"
        found += [
            (split.count("\n", 0, match.start()) + 1, word)
            for match in re.finditer(rf"\b{between.join(word.split())}\b", split, re.IGNORECASE)
        ]
    names = {word for word, as_a_name in words.items() if as_a_name}
    found += [
        (line, name) for line, name in names_in(text, suffix) if name.strip("_").lower() in names
    ]
    return [f"{line}: {word}" for line, word in sorted(found)]


def sources() -> Iterator[Path]:
    """Yield every source of the project, ``Makefile`` and scripts without a suffix included."""
    yield PROJECT / "Makefile"
    for folder in FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*")):
            parts = path.relative_to(PROJECT).parts
            if path.is_file() and path.suffix in CODE and not {"node_modules", "build"} & {*parts}:
                yield path


def check_no_given_up_word_is_used() -> None:
    """In names, comments, docstrings and strings, and in the names of files."""
    found = [
        f"{path.relative_to(PROJECT)}:{place}"
        for path in sources()
        if path != EXAMPLES
        for place in found_in(path.read_text(encoding="utf-8"), path.suffix)
    ]
    found += [f"{path.relative_to(PROJECT)}" for path in sources() if found_in(path.stem, "")]
    assert found == []


@pytest.mark.parametrize(
    ("text", "suffix", "found"),
    [
        ("# The one door", ".py", ["1: door"]),
        ("\nDOORS = 1; Door = 1", ".py", ["2: door"]),
        ("theDoor.open(); /* half\n * a character */", ".js", ["1: door", "1: half a character"]),
        ("def test_half_a_pair() -> None: ...", ".py", ["1: half a pair"]),
        (".the-door { }", ".css", ["1: door"]),
        ("said = _asked  # said", ".py", ["1: _asked", "1: said"]),
        ('const told = "said"; // asked', ".js", ["1: told"]),
        ("outdoors; half_a_character; what was said", "", []),
    ],
)
def check_a_given_up_word_is_found(text: str, suffix: str, found: list[str]) -> None:
    """As a word of its own or of a name, in any case, and across lines; not inside of a word."""
    assert found_in(text, suffix) == found
