"""Corrections of the theme's pages and scripts.

The theme's minified scripts are edited by replacing strings. Each function raises ``ValueError`` if
a string is not found as expected, so that a new release of the theme fails the build.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checklist.texts import LANGUAGES

_OTHER_HOSTS: Final = re.compile(r"https://(?:unpkg\.com|api\.github\.com)/")
_SEARCH_FILES: Final = {
    "lunr.stemmer.support.min.js",
    "lunr.multi.min.js",
    *(f"lunr.{lang}.min.js" for lang in LANGUAGES),
}
_ALTERNATES: Final = '"link[rel=alternate]"'
_NO_ELEMENT: Final = '"link[rel=alternate-site]"'
_INVALID: Final = {
    re.compile(r'(<input class="md-toggle[^>]*) autocomplete="off">'): r"\1>",
    re.compile(r' tabindex=""'): "",
    re.compile(r"<button (?![^>]*type=)(?=[^>]*md-header__button)"): '<button type="button" ',
}
_SCRIPT: Final = re.compile(r'<script src=("[^"]*/javascripts/bundle\.[^"]*")></script>')
_DEFERRED_SCRIPT: Final = "<script defer src={}></script>"
_PRELOADED_SCRIPT: Final = '<link rel="preload" as="script" href={} data-theme-script>'
_PALETTE: Final = 'palette=__md_get("__palette");'
_PALETTE_OR_SYSTEM: Final = (
    'palette=__md_get("__palette")||{color:{media:"(prefers-color-scheme)"}};'
)
_HEAD_SCRIPT: Final = "<script>__md_scope="
_WITH_SCRIPTS: Final = (
    '<script>document.documentElement.classList.replace("no-js","js");__md_scope='
)
_STORE: Final = '__md_set("__palette",s)'
_STORE_IF_CHOSEN: Final = f'(s.index||__md_get("__palette"))&&{_STORE}'
_LOAD: Final = 'ze(new URL("search/search_index.json",Or.base))'
_EAGER: Final = f":{_LOAD}}}"
_LAZY: Final = (
    f":(()=>{{let index=new T;(self.whenSearched??(load=>load()))(()=>{_LOAD}.subscribe(index));"
    "return index.pipe(Z(1))})()}"
)
_ALTERNATE_LINK: Final = re.compile(r'\s*<link rel="alternate" href="[^"]*" hreflang="[^"]*">')


def without_foreign_hosts(script: str) -> str:
    """Return the theme's script without the addresses of other hosts.

    Material loads Mermaid and data about repositories from other hosts if a page uses them. Our
    pages do not; without the addresses no mistake of ours can cause such a request.
    """
    return _OTHER_HOSTS.sub("./", script)


def unused_search_files(lunr: Path) -> Iterator[Path]:
    """Yield the files of the theme's search that are for languages the site does not have."""
    return (path for path in lunr.rglob("*") if path.is_file() and path.name not in _SEARCH_FILES)


def without_alternate_links(html: str) -> str:
    """Return the page without the theme's ``<link rel="alternate">``.

    They lead to the home page of each language; our own links to the same page are kept.
    """
    return _ALTERNATE_LINK.sub("", html)


def with_valid_markup(html: str) -> str:
    """Return the page with the theme's invalid HTML corrected.

    A checkbox has no ``autocomplete``, ``tabindex`` is a number, and a button that does not submit
    a form has a type.
    """
    for theirs, ours in _INVALID.items():
        html = theirs.sub(ours, html)
    return html


def with_first_paint_state(html: str) -> str:
    """Return the page with two states set before its first paint, which the theme sets later.

    The class ``js``: without it a phone would briefly show the list of pages. And the palette that
    follows the system, which the theme sets only if a palette is stored. Raises ``ValueError`` if
    the theme's HTML has changed.
    """
    if html.count(_PALETTE) != 1:
        raise ValueError("the theme reads its palette in another way; see theme.py")
    if html.count(_HEAD_SCRIPT) != 1:
        raise ValueError("the theme's first script begins in another way; see theme.py")
    return html.replace(_HEAD_SCRIPT, _WITH_SCRIPTS).replace(_PALETTE, _PALETTE_OR_SYSTEM)


def with_deferred_script(html: str, *, run_by_page: bool) -> str:
    """Return the page with the theme's script deferred: it would block rendering for 100 ms.

    With ``run_by_page`` the script is only preloaded, and ``start-python.js`` runs it later.
    Raises ``ValueError`` if the theme's HTML has changed.
    """
    instead = _PRELOADED_SCRIPT if run_by_page else _DEFERRED_SCRIPT
    scripts = _SCRIPT.findall(html)
    if len(scripts) != 1:
        raise ValueError(
            f"the theme's script stands in the page {len(scripts)} times; see theme.py"
        )
    script = instead.format(scripts[0])
    return _SCRIPT.sub("", html).replace("</body>", f"{script}</body>")


def with_lazy_search(script: str) -> str:
    """Return the theme's script so changed that it loads the search index on first use.

    The index is a quarter of what a page would load. ``every-page/site.js`` triggers the loading.
    A script that is changed already is returned unchanged. Raises ``ValueError`` if the theme's
    script has changed.
    """
    if _LAZY in script:
        return script
    if script.count(_EAGER) != 1:
        raise ValueError("the theme's script loads the index in another way; see theme.py")
    return script.replace(_EAGER, _LAZY)


def with_palette_stored_if_chosen(script: str) -> str:
    """Return the theme's script so changed that it stores a palette only if someone chose it.

    The theme stores one for every visitor, though storage needs a reason. A script that is changed
    already is returned unchanged. Raises ``ValueError`` if the theme's script has changed.
    """
    if _STORE_IF_CHOSEN in script:
        return script
    if script.count(_STORE) != 1:
        raise ValueError("the theme's script keeps the palette in another way; see theme.py")
    return script.replace(_STORE, _STORE_IF_CHOSEN)


def without_sitemap_probes(script: str) -> str:
    """Return the theme's script without its requests for other sitemaps.

    It requests a sitemap below each ``<link rel="alternate">``; ours lead to single pages, as
    search engines expect, so there is none. A script that is changed already is returned unchanged.
    Raises ``ValueError`` if the theme's script has changed.
    """
    if _ALTERNATES not in script and _NO_ELEMENT not in script:
        raise ValueError("the theme's script looks for alternates in another way; see theme.py")
    return script.replace(_ALTERNATES, _NO_ELEMENT)
