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
_PROBE: Final = '"link[rel=alternate]"'
_NEVER: Final = '"link[rel=alternate-site]"'
_INVALID: Final = {
    re.compile(r'(<input class="md-toggle[^>]*) autocomplete="off">'): r"\1>",
    re.compile(r' tabindex=""'): "",
    re.compile(r"<button (?![^>]*type=)(?=[^>]*md-header__button)"): '<button type="button" ',
}
_SCRIPT: Final = re.compile(r'<script src=("[^"]*/javascripts/bundle\.[^"]*")></script>')
_DEFERRED: Final = "<script defer src={}></script>"
_FETCHED: Final = '<link rel="preload" as="script" href={} data-theme-script>'
_PALETTE: Final = 'palette=__md_get("__palette");'
_PALETTE_AT_ONCE: Final = 'palette=__md_get("__palette")||{color:{media:"(prefers-color-scheme)"}};'
_HEAD_SCRIPT: Final = "<script>__md_scope="
_WITH_SCRIPTS: Final = (
    '<script>document.documentElement.classList.replace("no-js","js");__md_scope='
)
_KEPT: Final = '__md_set("__palette",s)'
_KEPT_IF_CHOSEN: Final = f'(s.index||__md_get("__palette"))&&{_KEPT}'
_LOADED: Final = 'ze(new URL("search/search_index.json",Or.base))'
_EAGER: Final = f":{_LOADED}}}"
_PATIENT: Final = (
    f":(()=>{{let index=new T;(self.whenSearched??(load=>load()))(()=>{_LOADED}.subscribe(index));"
    "return index.pipe(Z(1))})()}"
)
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
    """Return the page without the theme's ``<link rel="alternate">``.

    They lead to the root of each language; the page's own, with whole addresses, stay.
    """
    return _ALTERNATE.sub("", html)


def with_valid_markup(html: str) -> str:
    """Return the page with what the theme writes against the HTML standard put right.

    A checkbox has no ``autocomplete``, ``tabindex`` is a number, and a button that is not there to
    send a form says so.
    """
    for theirs, ours in _INVALID.items():
        html = theirs.sub(ours, html)
    return html


def with_first_paint_state(html: str) -> str:
    """Return the page with two things known before its first paint that the theme tells late.

    That scripts run: until then a phone would show the list of pages, which is then gone. And the
    system's colours, which the theme's own line sets only for those who have been here before.
    Raises ``ValueError`` where either line stands in the page otherwise.
    """
    if html.count(_PALETTE) != 1:
        raise ValueError("the theme reads its palette in another way; see theme.py")
    if html.count(_HEAD_SCRIPT) != 1:
        raise ValueError("the theme's first script begins in another way; see theme.py")
    return html.replace(_HEAD_SCRIPT, _WITH_SCRIPTS).replace(_PALETTE, _PALETTE_AT_ONCE)


def with_patient_script(html: str, *, after_ours: bool) -> str:
    """Return the page with the theme's script run once the page is read.

    It takes a tenth of a second, in which nothing could be shown. With ``after_ours`` it is only
    fetched, for ``start-python.js`` to run. Raises ``ValueError`` where the theme's script
    stands in the page in another way.
    """
    instead = _FETCHED if after_ours else _DEFERRED
    scripts = _SCRIPT.findall(html)
    if len(scripts) != 1:
        raise ValueError(
            f"the theme's script stands in the page {len(scripts)} times; see theme.py"
        )
    script = instead.format(scripts[0])
    return _SCRIPT.sub("", html).replace("</body>", f"{script}</body>")


def with_patient_search(script: str) -> str:
    """Return the theme's script such that it loads the search's index when someone searches.

    The index holds every word of the guide: a quarter of what a page would load.
    ``every-page/site.js`` tells when. Raises ``ValueError`` where the script loads it in
    another way. What is changed already stays as it is.
    """
    if _PATIENT in script:
        return script
    if script.count(_EAGER) != 1:
        raise ValueError("the theme's script loads the index in another way; see theme.py")
    return script.replace(_EAGER, _PATIENT)


def with_palette_kept_if_chosen(script: str) -> str:
    """Return the theme's script such that it keeps a palette that someone has chosen.

    Its own keeps the first one of every visitor, who then has something of ours that nobody
    asked for. Raises ``ValueError`` where the script keeps it in another way. What is changed
    already stays as it is.
    """
    if _KEPT_IF_CHOSEN in script:
        return script
    if script.count(_KEPT) != 1:
        raise ValueError("the theme's script keeps the palette in another way; see theme.py")
    return script.replace(_KEPT, _KEPT_IF_CHOSEN)


def without_sitemap_probes(script: str) -> str:
    """Return the theme's script without its search for other roots of the site.

    It takes each ``<link rel="alternate">`` for a root and asks for a sitemap there, which is
    not found: ours lead to pages, as search engines want them. Raises ``ValueError`` where the
    script does it in another way. What is changed already stays as it is.
    """
    if _PROBE not in script and _NEVER not in script:
        raise ValueError("the theme's script looks for alternates in another way; see theme.py")
    return script.replace(_PROBE, _NEVER)
