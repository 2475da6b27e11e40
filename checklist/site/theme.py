"""What we take out of the theme's pages and scripts."""

import re
from typing import Final

_FOREIGN: Final = re.compile(r"https://(?:unpkg\.com|api\.github\.com)/")
_ALTERNATE: Final = re.compile(r'\s*<link rel="alternate" href="[^"]*" hreflang="[^"]*">')


def without_foreign_hosts(script: str) -> str:
    """Return the theme's script without the addresses that it could fetch from.

    Material loads Mermaid and repository facts from other hosts where a page asks for them.
    Ours never do; taking the addresses out makes "no foreign request" a property of the
    files, not of our care.
    """
    return _FOREIGN.sub("./", script)


def without_alternate_links(html: str) -> str:
    """Return the page without ``<link rel="alternate">`` in its head.

    The theme's script takes each for the root of a site and asks for a sitemap there, which is
    not found. Search engines read the same pairs in our own sitemap.
    """
    return _ALTERNATE.sub("", html)
