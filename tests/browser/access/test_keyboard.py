"""The keyboard alone: every control is reached, and is visible while it has the focus."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.access.page_states import offer_update, open_damaged
from tests.support.access.probing import check, set_view
from tests.support.clients_page import fill_storage, open_clients, press, press_in_menu, record
from tests.support.offline_copy import expect_copy
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive

KINDS = ("", "article/", "signs/adrift/", "privacy/", "checklist/", "clients/")
MOST_STEPS = 400
FOUR_TIMES = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %


# The browser continues where the focus, or a click, was last.
START = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
}"""


def walk(page: Page, key: str = "Tab") -> tuple[list[str], list[str]]:
    """Press a key until the focus has been everywhere; return the controls, and the problems."""
    check(page, "wide")  # injects the checks
    if key == "Tab":
        page.evaluate(START)
    order: list[str] = []
    wrong: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        focused: dict[str, Any] | None = page.evaluate("() => probe.focused()")
        if focused is None or focused["key"] in order:
            return order, wrong
        order.append(focused["key"])
        wrong += focused["wrong"]
    raise AssertionError("the focus goes on for ever")


def resize(page: Page, size: dict[str, int]) -> None:
    """Set the size of the window, and wait until the styles know the height of the bars."""
    set_view(page, size)
    page.evaluate(
        "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
    )


@pytest.mark.parametrize("path", KINDS)
def test_every_control_is_reached_and_visible(arrive: Arrive, site: Site, path: str) -> None:
    """The skip link is first; no control is left out, covered, or without a focus ring."""
    visitor = arrive(site, "en", reduced_motion="reduce")
    page = visitor.page
    visitor.open(path)
    if path in ("checklist/", "clients/"):
        page.locator("html[data-python]").wait_for()
    if path == "privacy/":
        expect_copy(visitor, "copy_refused")
    # A font or a line that arrives later would move the focused element.
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    for size in (DESKTOP, PHONE):
        resize(page, size)
        order, wrong = walk(page)
        assert wrong == [], size
        assert "md-skip" in str(page.evaluate("() => document.querySelector('a').className"))
        assert order[0].startswith("0 a "), size
        missed = set(page.evaluate("() => probe.controls()")) - set(order)
        assert missed == set(), size


def problems_at(page: Page, size: dict[str, int], key: str = "Tab") -> list[str]:
    """Return which controls are covered or have no ring in a window of this size."""
    resize(page, size)
    order, wrong = walk(page, key)
    assert len(order) > 10
    return wrong


def test_bars_at_the_edge_cover_nothing(arrive: Arrive, site: Site) -> None:
    """Neither the undo bar, nor the bar about a new version, nor the open result."""
    visitor = arrive(site, "en", viewport=PHONE, reduced_motion="reduce")
    page = visitor.page
    open_damaged(visitor)
    press(visitor, "delete-unreadable")
    offer_update(page)
    for size in (PHONE, FOUR_TIMES):
        assert problems_at(page, size) == []
    page.keyboard.press("Escape")
    set_view(page, PHONE)
    press(visitor, "toggle")
    assert problems_at(page, PHONE, "Shift+Tab") == []


def test_a_failure_covers_nothing(arrive: Arrive, site: Site) -> None:
    """Not even with text at 400 %, where a message takes most of the window."""
    visitor = arrive(site, "en", viewport=PHONE, reduced_motion="reduce")
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open()
    expect(visitor.page.locator('[data-slot="failure"]')).not_to_be_empty()
    expect(visitor.page.locator('[data-md-component="palette"] label:visible')).to_have_count(1)
    for size in (PHONE, FOUR_TIMES):
        assert problems_at(visitor.page, size) == []
    room = """() => innerHeight - [...document.querySelectorAll(".md-header, .result")]
      .filter((one) => getComputedStyle(one).position === "sticky")
      .reduce((sum, one) => sum + one.offsetHeight, 0)"""
    assert visitor.page.evaluate(room) == FOUR_TIMES["height"]


def test_an_undo_covers_no_client(arrive: Arrive, site: Site) -> None:
    """The last client of the list can be scrolled above the undo bar."""
    visitor = arrive(site, "en", reduced_motion="reduce")
    fill_storage(visitor, [record(str(n), name="W" * 30, answers={}) for n in range(4)])
    open_clients(visitor)
    press_in_menu(visitor.page.locator(".client").first, "delete")
    expect(visitor.page.locator("[data-undo-bar]")).to_be_visible()
    for size in (DESKTOP, PHONE, FOUR_TIMES):
        assert problems_at(visitor.page, size) == []


def test_a_dialog_gives_the_focus_back(arrive: Arrive, site: Site) -> None:
    """Escape closes it, and the focus returns to where it was."""
    visitor = arrive(site, "en")
    open_clients(visitor)
    fill_storage(visitor, [record("1", name="A", answers={})])
    open_clients(visitor)
    for opener in ('[data-action="wipe"]', ".client summary"):
        visitor.page.locator(opener).focus()
        visitor.page.keyboard.press("Enter")
        if opener == ".client summary":
            visitor.page.locator('[data-row="rename"]').press("Enter")
        expect(visitor.page.locator("dialog[open]")).to_be_visible()
        visitor.page.keyboard.press("Escape")
        expect(visitor.page.locator("dialog[open]")).to_have_count(0)
        expect(visitor.page.locator(opener)).to_be_focused()
