"""The site as an app: only Chromium with its windows knows of what can be installed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType

from checklist.texts import LANGUAGES
from tests.support.find_browser import find_browser
from tests.support.pages import FOLDERS
from tests.support.server import Site
from tests.support.visitor import QUIET, Arrive


@pytest.fixture(scope="module")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """Take the place of the Chromium of the other tests."""
    with browser_type.launch(executable_path=find_browser(), args=list(QUIET)) as whole:
        yield whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_site_can_be_installed(arrive: Arrive, site: Site, lang: str) -> None:
    """The browser finds nothing wrong with the manifest, and opens the checklist from it."""
    visitor = arrive(site, lang)
    visitor.open("article/")
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    app = devtools.send("Page.getAppId")["appId"]
    assert app == site.url(f"{FOLDERS[lang]}checklist/")
    parsed = devtools.send("Page.getAppManifest")
    assert parsed["errors"] == []
    assert parsed["url"] == site.url(f"{FOLDERS[lang]}manifest.webmanifest")
    manifest = visitor.page.evaluate(f"fetch({parsed['url']!r}).then((answer) => answer.json())")
    start = visitor.page.evaluate(f"new URL({manifest['start_url']!r}, {parsed['url']!r}).href")
    assert start == site.url(f"{FOLDERS[lang]}checklist/")
    assert visitor.page.evaluate(f"new URL({manifest['scope']!r}, {parsed['url']!r}).href") == (
        site.address
    )
    problems = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in problems if one["errorId"] != "in-incognito"] == []
    for icon in manifest["icons"]:
        image = visitor.page.request.get(
            visitor.page.evaluate(f"new URL({icon['src']!r}, {parsed['url']!r}).href")
        )
        assert image.ok
        assert re.fullmatch(r"any|(\d+)x\1", icon["sizes"])
