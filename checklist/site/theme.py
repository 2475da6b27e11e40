"""What we take out of the theme's pages and scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checklist.texts import LANGUAGES

_FOREIGN: Final = re.compile(r"https://(?:unpkg\.com|api\.github\.com)/")
_SEARCH_NEEDS: Final = {
    "lunr.stemmer.support.min.js",
    "lunr.multi.min.js",
    *(f"lunr.{lang}.min.js" for lang in LANGUAGES),
}
_ALTERNATE: Final = re.compile(r'\s*<link rel="alternate" href="[^"]*" hreflang="[^"]*">')


def without_foreign_hosts(script: str) -> str:
    """Return the theme's script without the addresses that it could fetch from.

    Material loads Mermaid and repository facts from other hosts where a page asks for them.
    Ours never do; taking the addresses out makes "no foreign request" a property of the
    files, not of our care.
    """
    return _FOREIGN.sub("./", script)


def of_other_languages(lunr: Path) -> Iterator[Path]:
    """Yield the files of the theme's search that serve languages we do not speak."""
    return (path for path in lunr.rglob("*") if path.is_file() and path.name not in _SEARCH_NEEDS)


def without_alternate_links(html: str) -> str:
    """Return the page without ``<link rel="alternate">`` in its head.

    The theme's script takes each for the root of a site and asks for a sitemap there, which is
    not found. Search engines read the same pairs in our own sitemap.
    """
    return _ALTERNATE.sub("", html)
