"""What it takes from opening the checklist to a copied letter: presses and pixels scrolled."""

import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from checklist.rules import score
from checklist.texts import LANGUAGES
from tests.bench.table import Row
from tests.support.find_browser import find_browser
from tests.support.journey import CLIENTS, Journey
from tests.support.metered_host import hosted
from tests.support.server import Site
from tests.support.site_build import ROOT_URL, build
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import QUIET, Visitor

MEDIAN_TAPS: Final = 8
MOST_TAPS: Final = 12
MOST_CLICKS: Final = 10
MOST_PIXELS_BY_MOUSE: Final = 400


def journey() -> list[Row]:
    """Go the way for each client in both languages, on a phone and on a desktop."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(QUIET))
        with hosted(site) as host:
            gone = {
                has_touch: [
                    _go(browser, Site(host.address), lang, name, has_touch=has_touch)
                    for lang in LANGUAGES
                    for name in CLIENTS
                ]
                for has_touch in (True, False)
            }
        browser.close()
    taps, clicks = ([one.presses for one in gone[has_touch]] for has_touch in (True, False))
    by_finger, by_mouse = (max(one.scrolled for one in gone[touch]) for touch in (True, False))
    return [
        Row("phone: taps to a copied letter, median", statistics.median(taps), MEDIAN_TAPS, "taps"),
        Row("phone: taps to a copied letter, most", max(taps), MOST_TAPS, "taps"),
        Row("phone: pixels scrolled to it, most", by_finger, 0, "px"),
        Row("desktop: clicks to a copied letter, most", max(clicks), MOST_CLICKS, "clicks"),
        Row("desktop: pixels scrolled to it, most", by_mouse, MOST_PIXELS_BY_MOUSE, "px"),
    ]


def _go(browser: Browser, site: Site, lang: str, name: str, *, has_touch: bool) -> Journey:
    """Return the way of a first visit about one client."""
    size = PHONE if has_touch else DESKTOP
    context = browser.new_context(
        viewport=ViewportSize(width=size["width"], height=size["height"]),
        has_touch=has_touch,
        permissions=["clipboard-write"],
        service_workers="block",
    )
    visitor = Visitor(context.new_page(), site, lang)
    visitor.open_scored()
    gone = Journey(visitor, has_touch=has_touch)
    while not gone.is_settled:
        gone.answer(CLIENTS[name])
    visitor.expect_verdict(str(score(CLIENTS[name]).verdict))
    gone.copy_letter()
    context.close()
    place = "phone" if has_touch else "desktop"
    print(f"  {place:8} {lang} {name:28} {gone.presses:3} presses {gone.scrolled:6.0f} px")
    return gone
