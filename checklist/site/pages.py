"""The folders of the languages, and a check that both have the same pages and headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checklist.texts import LANGUAGES

_HEADING: Final = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_EXPLICIT_ID: Final = re.compile(r"\{[^}]*#([A-Za-z][\w-]*)[^}]*\}$", re.ASCII)
_FENCE: Final = re.compile(r"^\s*(```|~~~)")


def folder_of(lang: str) -> str:
    """Return the path of a language below the site's root: empty for the first, else ``"en/"``."""
    return "" if lang == LANGUAGES[0] else f"{lang}/"


def language_of(url: str) -> str:
    """Return the language of the page with this path below the site's root."""
    return max((lang for lang in LANGUAGES if url.startswith(folder_of(lang))), key=folder_of)


def problems_with_pages(docs: Path) -> list[str]:
    """Return every difference between the languages, one line each, with the file and the fix.

    Reported are pages that one language lacks, headings without an explicit ASCII id, and headings
    whose levels or ids differ.
    """
    first, *others = LANGUAGES
    problems = [
        f"{lang}/{page}: missing; {other}/{page} is there, write this one too"
        for lang, other in ((first, others[0]), (others[0], first))
        for page in sorted(_pages(docs / other) - _pages(docs / lang))
    ]
    for page in sorted(_pages(docs / first) & _pages(docs / others[0])):
        problems += _problems_with_headings(docs, page)
    return problems


def _pages(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*.md")}


def _problems_with_headings(docs: Path, page: str) -> list[str]:
    headings = {lang: list(_headings(docs / lang / page)) for lang in LANGUAGES}
    problems = [
        f"{lang}/{page}: the heading “{title}” needs an id of its own, such as {{#how-to-use}}"
        for lang in LANGUAGES
        for _, id_, title in headings[lang]
        if not id_
    ]
    first, other = ([(level, id_) for level, id_, _ in headings[lang]] for lang in LANGUAGES)
    if first != other:
        problems.append(
            f"{page}: the headings differ between {LANGUAGES[0]} {first} and {LANGUAGES[1]} {other}"
        )
    return problems


def _headings(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the level, explicit id (or ``""``) and title of each heading outside code blocks."""
    in_code = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code and (match := _HEADING.match(line)):
            id_ = _EXPLICIT_ID.search(match[2])
            yield len(match[1]), id_[1] if id_ else "", match[2]
