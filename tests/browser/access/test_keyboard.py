"""With the keyboard alone: everything is reached in turn, and is seen while it has the focus."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checklist.texts import LANGUAGES
from tests.browser.access.probing import DESKTOP, PHONE, ask, show
from tests.browser.conftest import Arrive, Visitor
from tests.browser.test_clients import fill_storage, open_clients, press, record
from tests.server import Site

KINDS = ("", "article/", "signs/adrift/", "privacy/", "checklist/", "clients/")
MOST_STEPS = 400


def walk(page: Page) -> tuple[list[str], list[str]]:
    """Go through a page with Tab; return who had the focus, in turn, and what was wrong."""
    ask(page, "wide")  # puts the questions in
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    order: list[str] = []
    wrong: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        said: dict[str, Any] | None = page.evaluate("() => probe.focused()")
        if said is None or said["key"] in order:
            return order, wrong
        order.append(said["key"])
        wrong += said["wrong"]
    raise AssertionError("the focus goes on for ever")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", KINDS)
def test_every_control_is_reached_and_seen(
    arrive: Arrive, site: Site, path: str, size: dict[str, int]
) -> None:
    """The first is the way past the head; nothing is left out, covered, or without its ring."""
    visitor = arrive(site, "en", viewport=size, reduced_motion="reduce")
    page = visitor.page
    visitor.open(path)
    if path in ("checklist/", "clients/"):
        page.locator("html[data-python]").wait_for()
    show(page, size)
    order, wrong = walk(page)
    assert wrong == []
    assert "md-skip" in str(page.evaluate("() => document.querySelector('a').className"))
    missed = set(page.evaluate("() => probe.controls()")) - set(order)
    assert missed == set()


def test_a_dialog_gives_the_focus_back(arrive: Arrive, site: Site) -> None:
    """Escape closes it, and the visitor is where they were."""
    visitor = arrive(site, "en")
    open_clients(visitor)
    fill_storage(visitor, [record("1", name="A", answers={})])
    open_clients(visitor)
    for opener in ('[data-action="wipe"]', '[data-row="rename"]'):
        visitor.page.locator(opener).focus()
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.locator("dialog[open]")).to_be_visible()
        visitor.page.keyboard.press("Escape")
        expect(visitor.page.locator("dialog[open]")).to_have_count(0)
        expect(visitor.page.locator(opener)).to_be_focused()


# What is spoken, and when.

RECORD = """() => {
  self.spoken = [];
  const before = new Map();
  const look = () => {
    for (const region of document.querySelectorAll("[role=status]")) {
      const text = region.innerText.trim();
      if (text !== (before.get(region) ?? "")) {
        before.set(region, text);
        if (text) {
          spoken.push(text);
        }
      }
    }
  };
  for (const region of document.querySelectorAll("[role=status]")) {
    before.set(region, region.innerText.trim());
  }
  new MutationObserver(look).observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true });
}"""
PAUSE_MS = 1_200  # longer than the page waits before it speaks


def spoken(visitor: Visitor) -> list[str]:
    """Return what has been said since this was asked last."""
    visitor.page.wait_for_timeout(PAUSE_MS)
    said: list[str] = visitor.page.evaluate("() => spoken.splice(0)")
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_change_is_said_once(arrive: Arrive, site: Site, lang: str) -> None:
    """A tick, a verdict, undo, redo, and a new beginning."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    spoken_at_first = visitor.page.evaluate(RECORD)
    assert spoken_at_first is None
    visitor.tick(knows_goal="no")
    assert len(spoken(visitor)) == 1
    visitor.tick(trusts_opinion="no")
    assert len(spoken(visitor)) == 1
    for action in ("undo", "redo", "start-over"):
        press(visitor, action)
        assert len(spoken(visitor)) == 1, action


def test_a_failure_is_said_once(arrive: Arrive, site: Site) -> None:
    """It is heard as well as seen."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    visitor.open_scored()
    visitor.page.evaluate(RECORD)
    visitor.page.context.route("**/worker.js", lambda route: route.abort())
    site.faults["worker.js"] = "missing"
    visitor.open()
    visitor.page.evaluate(RECORD)
    said = visitor.page.locator('[data-slot="engine-said"]')
    expect(said).to_contain_text("worker.js")
