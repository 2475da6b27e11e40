"""The guide prefetches Python when a reader turns to the checklist, and never before."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.metered_host import hosted
from tests.support.server import Site
from tests.support.viewports import DESKTOP
from tests.support.visitor import Arrive, Visitor

KINDS = ("", "article/", "signs/adrift/", "cases/", "glossary/", "about/")
A_WHILE_MS = 2_000  # longer than the delay before a prefetch


def runtime_requests(site: Site) -> list[str]:
    """Return the requests for files of the Python runtime."""
    return [path for path in site.requests if "/runtime/" in path]


def arrive_at(arrive: Arrive, site: Site, path: str, script: str = "") -> Visitor:
    """Bring a reader to a page of the guide and wait until it has loaded."""
    visitor = arrive(site, "en", viewport=DESKTOP)
    visitor.page.add_init_script(script)
    visitor.page.clock.install()
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    return visitor


def let_time_pass(visitor: Visitor) -> None:
    """Advance the page's clock by more than its delay before a prefetch."""
    count_before = len(visitor.site.requests)
    visitor.page.clock.run_for(A_WHILE_MS)
    # Requests that the page sent earlier arrive earlier.
    visitor.page.evaluate("fetch('/licences.txt', { priority: 'low' }).then((it) => it.text())")
    assert len(visitor.site.requests) > count_before


def wait_for_image(visitor: Visitor) -> None:
    """Wait until the image has been fetched."""
    with visitor.page.expect_event("requestfinished", lambda one: one.url.endswith(".packed")):
        visitor.page.clock.run_for(A_WHILE_MS)
    visitor.page.wait_for_load_state("networkidle")


def test_nothing_is_fetched_before_the_reader_turns_to_the_checklist(
    arrive: Arrive, site: Site
) -> None:
    """Reading, scrolling and the focus on other links fetch nothing of Python."""
    visitor = arrive_at(arrive, site, KINDS[0])
    for path in KINDS:
        visitor.open(path)
        visitor.page.wait_for_load_state("networkidle")
        visitor.page.mouse.wheel(0, 2_000)
        visitor.page.get_by_role("link", name="English").first.focus()
        let_time_pass(visitor)
        assert runtime_requests(site) == [], path


@pytest.mark.parametrize("turn", ["hover", "focus"])
def test_a_pointer_or_the_focus_on_the_link_fetches_python(
    arrive: Arrive, site: Site, turn: str
) -> None:
    """Each file once."""
    visitor = arrive_at(arrive, site, "article/")
    link = visitor.page.locator('.md-tabs a[href$="checklist/"]').first
    getattr(link, turn)()
    wait_for_image(visitor)
    before = sorted(runtime_requests(site))
    assert len(before) == len(set(before))
    visitor.page.mouse.move(0, 0)
    getattr(link, turn)()
    let_time_pass(visitor)
    assert sorted(runtime_requests(site)) == before


def test_the_checklist_fetches_nothing_again(arrive: Arrive, built: Path) -> None:
    """Where the host allows caching, what was prefetched comes from the browser's cache."""
    with hosted(built) as host:
        visitor = arrive_at(arrive, Site(host.address), "article/")
        link = visitor.page.locator('.md-tabs a[href$="checklist/"]').first
        link.hover()
        wait_for_image(visitor)
        prefetched = set(host.sent)
        assert any("/runtime/" in path for path in prefetched)
        host.sent.clear()
        link.click()
        visitor.expect_engine("python")
        again = {path for path in host.sent if path in prefetched}
        assert {path for path in again if path.startswith(("/runtime/", "/app/"))} == set()
        assert [path for path in host.sent if "/runtime/" in path] == []


def test_a_pointer_that_crosses_the_link_fetches_nothing(arrive: Arrive, site: Site) -> None:
    """It leaves the link before the delay is over."""
    visitor = arrive_at(arrive, site, "article/")
    link = visitor.page.locator('.md-tabs a[href$="checklist/"]').first
    link.evaluate(
        """link => {
          link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
          link.dispatchEvent(new PointerEvent("pointerout", { bubbles: true }));
        }"""
    )
    let_time_pass(visitor)
    assert runtime_requests(site) == []


SAVES_DATA = {
    "saves data": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });",
    "2G": "Object.defineProperty(navigator, 'connection', { value: { effectiveType: '2g' } });",
    "no WebAssembly": "delete globalThis.WebAssembly;",
}


@pytest.mark.parametrize("script", SAVES_DATA.values(), ids=SAVES_DATA)
def test_nothing_is_fetched_where_it_would_be_wasted(
    arrive: Arrive, site: Site, script: str
) -> None:
    """Where data is to be saved, or where Python cannot run."""
    visitor = arrive_at(arrive, site, "article/", script)
    visitor.page.locator('.md-tabs a[href$="checklist/"]').first.hover()
    let_time_pass(visitor)
    assert runtime_requests(site) == []


def test_a_failed_prefetch_shows_nothing(arrive: Arrive, site: Site) -> None:
    """Nothing is shown, nothing breaks, and the link works."""
    visitor = arrive_at(arrive, site, "article/")
    visitor.may_complain = True
    site.faults["python.packed"] = "missing"
    link = visitor.page.locator('.md-tabs a[href$="checklist/"]').first
    link.hover()
    wait_for_image(visitor)
    site.faults.clear()
    link.click()
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-block="failed"]')).to_be_hidden()


def test_the_search_index_is_fetched_on_the_first_search(arrive: Arrive, site: Site) -> None:
    """It is the largest file of the guide, and most readers never search."""
    visitor = arrive_at(arrive, site, "article/")
    assert [path for path in site.requests if path.endswith("search/index.json")] == []
    visitor.page.locator(".md-search__input").click()
    visitor.page.keyboard.type("wall")
    expect(visitor.page.locator(".md-search-result__item").first).to_be_visible()
    assert len([path for path in site.requests if path.endswith("search/index.json")]) == 1
