"""Every button of the pages with clients, pressed in every state of Python."""

from typing import Final, Literal

import pytest
from playwright.sync_api import expect

from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.clients_page import fill_storage, press, record
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor, until

type State = Literal["loading", "ready", "failed"]

STATES: Final[tuple[State, ...]] = ("loading", "ready", "failed")
PAGES: Final = ("checklist/", "clients/")
PRESS_ALL: Final = """async () => {
  const copied = [];
  document.querySelectorAll(".client__pick").forEach((one) => one.click());
  navigator.clipboard.writeText = async (text) => { copied.push(text); };
  window.print = () => {};
  HTMLInputElement.prototype.showPicker = HTMLInputElement.prototype.click = () => {};
  const pressed = new Set();
  const nameOf = ({ dataset, textContent }) =>
    dataset.action ?? dataset.row ?? dataset.answer ?? textContent;
  const isLast = (name) => /^wipe|delete/.test(name);
  const next = () => {
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    const left = [...document.querySelectorAll(":is([data-checklist], [data-clients]) button")]
      .filter((one) => one.checkVisibility() && !pressed.has(nameOf(one)));
    return left.find((one) => !isLast(nameOf(one))) ?? left[0];
  };
  for (let button = next(); button; button = next()) {
    pressed.add(nameOf(button));
    button.click();
    await new Promise((go) => setTimeout(go));
  }
  return { pressed: [...pressed], copied };
}"""
EXPECTED: Final = {
    "checklist/": {"copy-link", "save-json", "save-csv", "print-sheet", "undo"},
    "clients/": {"save-json", "save-csv", "save-md", "compare", "wipe-really", "duplicate"},
}


def come(visitor: Visitor, state: State, path: str) -> None:
    """Open a page with two clients, and wait until Python is in the state."""
    visitor.may_complain = True  # of Python
    fill_storage(visitor, [record("1", name="A", answers=ADRIFT), record("2", name="B")])
    if state == "loading":
        visitor.keep_python_out()
    elif state == "failed":
        visitor.site.faults["worker.js"] = "missing"
    visitor.open(path)
    if state == "loading":
        until(visitor.page, "!globalThis.pythonStart?.isAwaited")
    else:
        settled = f"document.documentElement.dataset.python === '{state}'"
        until(visitor.page, settled)
    if path == "clients/":
        expect(visitor.page.locator(".client summary").first).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_button_can_be_pressed_in_every_state(
    arrive: Arrive, site: Site, state: State, path: str
) -> None:
    """No promise is rejected without a handler, and nothing empty is copied."""
    visitor = arrive(site, "en")
    errors: list[str] = []
    visitor.page.on("pageerror", lambda error: errors.append(str(error)))
    come(visitor, state, path)
    seen = visitor.page.evaluate(PRESS_ALL)
    assert EXPECTED[path] <= set(seen["pressed"]), seen["pressed"]
    assert "" not in seen["copied"]
    visitor.page.evaluate("new Promise((go) => setTimeout(go))")
    assert errors == []


def test_without_python_the_page_says_why_there_is_no_link(arrive: Arrive, site: Site) -> None:
    """A file with JSON is saved all the same."""
    visitor = arrive(site, "en")
    come(visitor, "failed", "checklist/")
    visitor.page.locator("#share summary").click()
    press(visitor, "copy-link")
    message = visitor.page.locator('[data-slot="link-copied"]')
    expect(message).to_have_text(load("en")("messages.needs_python"))
    with visitor.page.expect_download() as download:
        press(visitor, "save-json")
    assert download.value.suggested_filename.endswith(".json")


def test_a_page_in_a_frame_shows_no_client(arrive: Arrive, site: Site) -> None:
    """A page around it could have its buttons pressed unseen."""
    visitor = arrive(site, "en")
    come(visitor, "ready", "clients/")
    expect(visitor.page.locator(".client")).to_have_count(2)
    outer = visitor.page.context.new_page()
    frame = f'<iframe src="{site.url("en/clients/")}" width="800" height="600"></iframe>'
    outer.route("**/outer", lambda route: route.fulfill(body=frame, content_type="text/html"))
    outer.goto(site.url("outer"))
    inner = outer.frame_locator("iframe")
    expect(inner.locator('[data-slot="keeping"]')).to_have_text(load("en")("storage.framed"))
    expect(inner.locator(".client")).to_have_count(0)


def test_a_page_from_a_cache_is_fetched_anew(arrive: Arrive, site: Site) -> None:
    """Its files are gone from the host since; pressed once, the button brings the new page."""
    visitor = arrive(site, "en")
    visitor.may_complain = True

    def age(text: str) -> str:
        return text.replace("/main.js", "/old.js").replace("/worker.js", "/old-worker.js")

    site.edits["checklist/"] = age
    visitor.open()
    expect(visitor.page.locator('[data-slot="failure"]')).to_contain_text("old.js")
    site.edits.clear()
    press(visitor, "retry")
    visitor.expect_engine("python")
