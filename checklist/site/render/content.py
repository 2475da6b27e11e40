"""The content of a page: its markers replaced by the checklist, the client list or guide parts."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from checklist.clients.limits import MAX_CLIENTS, MAX_FILE_SIZE, MAX_SEPARATORS
from checklist.rules import RULES_VERSION
from checklist.site.assets.bundle import Bundle
from checklist.site.assets.site_assets import SiteAssets
from checklist.site.render.article import anchor
from checklist.site.render.case_index import fold_cases, render_case_index
from checklist.site.render.clients_page import SCHEMA, render_clients
from checklist.site.render.form import Links, render_checklist
from checklist.site.render.guide import Places, guide_makers
from checklist.site.render.last_client import render_last_client
from checklist.site.render.markers import fill_markers
from checklist.site.render.page_info import PageInfo
from checklist.site.render.privacy import render_copy, render_stored
from checklist.site.render.typography import typeset_page
from checklist.site.render.verdict_table import make_table
from checklist.site.render.worked_cases import WorkedCase

_WATCHDOG_MS: Final = 30_000
"""How long the page waits for a response from Python before it reports a failure."""


def render_content(
    html: str, page: PageInfo, assets: SiteAssets, cases: Mapping[str, WorkedCase]
) -> str:
    """Return the page's HTML with every marker replaced; raises ``MarkerError``."""
    makers: dict[str, Callable[..., str]] = {
        "checklist": lambda: _checklist(page, assets),
        "clients": lambda: _clients(page, assets.bundle),
        "last-client": lambda: _last_client(page, assets.bundle),
        "stored": lambda: render_stored(page.texts),
        "copy": lambda: render_copy(page.texts, has_image=assets.runtime.image is not None),
        "cases": lambda: render_case_index(page.texts, cases),
        **guide_makers(page.texts, _places(page), cases),
    }
    folded = fold_cases(html, cases) if "[[cases]]" in html else html
    return typeset_page(fill_markers(folded, makers), page.texts.lang)


def _checklist(page: PageInfo, assets: SiteAssets) -> str:
    links = Links(
        source=_places(page).source,
        sign=lambda id_: page.href(f"{page.folder}signs/{id_}/"),
        contact=page.href(f"{page.folder}your-contact/"),
        beside={
            "guide": page.href(f"{page.folder}not-covered/"),
            "before": page.href(f"{page.folder}before-you-start/"),
            "begun": page.href(f"{page.folder}begun/"),
        },
        clients=page.href(f"{page.folder}clients/"),
        app=page.href(assets.bundle.path),
    )
    settings = _settings(page) | {
        "table": make_table(page.texts),
        "explanations": page.href(assets.path_of_explanations(page.texts.lang)),
    }
    return render_checklist(page.texts, links, settings, assets.bundle.inline("first-paint.js"))


def _clients(page: PageInfo, bundle: Bundle) -> str:
    return render_clients(
        page.texts,
        app=page.href(bundle.path),
        checklist=page.href(f"{page.folder}checklist/"),
        schema=page.href(SCHEMA),
        settings=_settings(page),
    )


def _last_client(page: PageInfo, bundle: Bundle) -> str:
    return render_last_client(
        page.texts,
        root=page.href(""),
        checklist=_places(page).checklist,
        script=bundle.inline("last-client.js"),
    )


def _settings(page: PageInfo) -> dict[str, Any]:
    """Return the settings that the modules of both pages with Python read."""
    return {
        "lang": page.texts.lang,
        "article": _places(page).source(""),
        "root": page.href(""),
        "rules": RULES_VERSION,
        "watchdog": _WATCHDOG_MS,
        "limits": {
            "largest": MAX_FILE_SIZE,
            "most_clients": MAX_CLIENTS,
            "most_parts": MAX_SEPARATORS,
        },
    }


def _places(page: PageInfo) -> Places:
    article = page.href(f"{page.folder}article/")
    return Places(
        source=lambda id_: f"{article}#{anchor(id_)}",
        checklist=page.href(f"{page.folder}checklist/"),
    )
