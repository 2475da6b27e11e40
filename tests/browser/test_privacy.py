"""No input leaves the browser, and the privacy page lists everything that is stored in it."""

import json
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from checklist.site.publishing.offline import SERVICE_WORKER
from checklist.site.render.privacy import STORED
from checklist.texts import LANGUAGES
from tests.support.clients_page import open_panels
from tests.support.offline_copy import arrive_and_stay, expect_kept
from tests.support.pages import PAGES
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

pytestmark = pytest.mark.usefixtures("python_in_browser")

# Records each name under which a page stores anything, even briefly.
RECORD = """
for (const [name, method] of [[Storage, "setItem"], [IDBFactory, "open"], [CacheStorage, "open"]]) {
  const original = name.prototype[method];
  name.prototype[method] = function (key, ...rest) {
    const where = this === self.localStorage ? "local" : this === self.sessionStorage ? "tab"
      : this instanceof IDBFactory ? "database" : "copy";
    self.keeps?.(`${where} ${key}`);
    return original.call(this, key, ...rest);
  };
}
"""


def use_everything(visitor: Visitor, old_case: str) -> None:
    """Use everything that makes the site store something."""
    page = visitor.page
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    page.locator('[data-field="name"]').fill("Anna")
    page.locator('[data-field="name"]').blur()
    open_panels(visitor)
    page.locator('[data-action="new-client"]').click()
    visitor.tick(hit_wall="yes")
    visitor.expect_saved()
    page.locator(".md-header__option label:visible").first.click()
    page.locator(".md-header .md-select").hover()
    page.locator(".md-header a[hreflang]:visible").first.click()
    page.wait_for_load_state()
    page.evaluate(f"localStorage.setItem('client-checklist:case', {old_case!r})")
    visitor.open_scored()
    for path in PAGES:
        visitor.open(path)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("client")
    page.wait_for_load_state("networkidle")
    expect_kept(page)


def test_no_other_host_is_contacted_and_nothing_unlisted_is_stored(
    arrive: Arrive, site: Site
) -> None:
    """During a visit to all pages that uses everything, the service worker included."""
    visitor = arrive(site, "en", service_workers="allow", viewport={"width": 1280, "height": 900})
    context = visitor.page.context
    requested: list[str] = []
    kept: set[str] = set()
    context.on("request", lambda request: requested.append(request.url))

    def note(name: str) -> None:  # Playwright takes no method of a set
        kept.add(name)

    context.expose_function("keeps", note)
    visitor.page.add_init_script(RECORD)
    use_everything(visitor, json.dumps({"answers": {"nope": "maybe"}}))
    names = kept | found(visitor.page)

    assert [url for url in requested if not url.startswith((site.address, "blob:", "data:"))] == []
    assert context.cookies() == []
    listed = {f"{one.place} {one.name}" for one in STORED}
    assert [name for name in names if not any(fnmatch(name, known) for known in listed)] == []
    assert [known for known in listed if not any(fnmatch(name, known) for name in names)] == []


def found(page: Page) -> set[str]:
    """Return the names of everything that is stored in the browser now."""
    all_: dict[str, list[str]] = page.evaluate(
        """async () => ({
          local: Object.keys(localStorage), tab: Object.keys(sessionStorage),
          database: (await indexedDB.databases()).map(({ name }) => name),
          copy: await caches.keys(),
        })"""
    )
    return {f"{place} {name}" for place, names in all_.items() for name in names}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_privacy_page_has_the_whole_list(arrive: Arrive, site: Site, lang: str) -> None:
    """Every entry, with its name."""
    visitor = arrive(site, lang)
    visitor.open("privacy/")
    rows = visitor.page.locator("[data-stored]")
    expect(rows).to_have_count(len(STORED))
    for one in STORED:
        expect(visitor.page.locator(f'[data-stored="{one.id}"] code')).to_have_text(one.name)


def test_no_answer_is_sent(arrive: Arrive, site: Site) -> None:
    """Not in a URL, a body or a header."""
    visitor = arrive_and_stay(arrive, site, path="checklist/")
    sent: list[Request] = []

    def note(request: Request) -> None:  # Playwright takes no method of a list
        sent.append(request)

    visitor.page.context.on("request", note)
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.page.locator('[data-field="name"]').fill("Secretive")
    visitor.expect_verdict("step_back")
    visitor.open("clients/")
    expect(visitor.page.locator('[data-list="clients"]')).to_contain_text("Secretive")
    assert sent
    assert {(one.method, one.post_data) for one in sent} == {("GET", None)}
    contents = [text for one in sent for text in (one.url, *one.headers, *one.headers.values())]
    assert [text for text in contents if "ecretive" in text or "knows_goal" in text] == []


def test_workers_store_nothing_but_the_offline_copy(built: Path) -> None:
    """The workers' code names no other storage; Python's worker only reads the copy."""
    stores = (
        "indexedDB",
        "localStorage",
        "sessionStorage",
        "caches",
        "cookie",
        "navigator.storage",
    )
    (worker,) = built.glob("app/*/worker.js")
    for script in (worker, built / SERVICE_WORKER):
        text = script.read_text(encoding="utf-8")
        assert {name for name in stores if name in text} == {"caches"}
    assert re.findall(r"caches\.\w+", worker.read_text(encoding="utf-8")) == ["caches.match"]
