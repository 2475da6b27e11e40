"""The focus after a button is pressed: it is never lost, even where the button disappears."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checklist.texts import load
from tests.support.access.page_states import open_damaged
from tests.support.answers import ADRIFT
from tests.support.clients_page import (
    LINK,
    fill_storage,
    name_client,
    open_clients,
    record,
    until_listed,
)
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor, until

# The name of the focused element, and the client of its row.
PLACE = """() => {
  const one = document.activeElement;
  const { row, action, field, slot, block } = one.dataset;
  const who = one.closest("li")?.querySelector("[data-slot=name]")?.textContent;
  const own = one.id || one.classList[0] || one.localName;
  const name = row ?? action ?? field ?? slot ?? block ?? own;
  return one === document.body ? "nowhere" : [name, who].filter(Boolean).join(" of ");
}"""

# The focused element and its ancestors that have an outline.
RINGS = """() => {
  const found = [];
  for (let one = document.activeElement; one; one = one.parentElement) {
    if (getComputedStyle(one).outlineStyle !== "none") found.push(one.tagName);
  }
  return found;
}"""


IS_AT = """(async () => {
  const place = %s;
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  const before = place();
  await frame();
  await frame();
  return before === %s && place() === before;
})()"""


def expect_focus(page: Page, place: str) -> None:
    """Wait until the focus is at a place, and has stayed there for two frames."""
    until(page, IS_AT % (PLACE, json.dumps(place)))


def press(page: Page, selector: str) -> None:
    """Press a control with the keyboard, once it is there: what is hidden takes no focus."""
    expect(page.locator(selector)).to_be_visible()
    page.locator(selector).focus()
    page.keyboard.press("Enter")


@pytest.fixture
def clients(arrive: Arrive, site: Site) -> Visitor:
    """A visitor at the list of three clients."""
    visitor = arrive(site, "en")
    names = {"1": "Anna", "2": "Bob", "3": "Cyd"}
    records = [record(id_, name=name, answers=ADRIFT) for id_, name in names.items()]
    fill_storage(visitor, records)
    open_clients(visitor)
    return visitor


def row(name: str, what: str) -> str:
    """Return where a button is in a client's row."""
    return f'{menu(name)} [data-row="{what}"]'


def menu(name: str) -> str:
    """Return where the menu of a client's row is."""
    return f'.client:has([data-slot="name"]:text-is("{name}")) .menu'


def act(page: Page, name: str, what: str) -> None:
    """Open the menu of a client's row and press a button in it, with the keyboard."""
    press(page, f"{menu(name)} summary")
    press(page, row(name, what))


def test_the_focus_stays_in_the_list_of_clients(clients: Visitor) -> None:
    """A row that is rendered again keeps the focus; after a deleted row, the next one gets it."""
    page = clients.page
    act(page, "Bob", "rename")
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect_focus(page, "summary of Bob!")
    act(page, "Bob!", "duplicate")
    expect(page.locator(".client")).to_have_count(4)
    expect_focus(page, "summary of Bob!")
    act(page, "Anna", "delete")
    expect_focus(page, "name of Cyd")
    press(page, '[data-action="undo-this"]')
    expect_focus(page, "name of Anna")
    act(page, "Cyd", "delete")
    expect(page.locator("[data-undo-bar]")).to_be_visible()
    page.locator('[data-action="undo-this"]').focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-undo-bar]")).to_be_hidden()
    first = page.locator('.client [data-slot="name"]').first.inner_text()
    expect_focus(page, f"name of {first}")
    for left in (2, 1, 0):
        press(page, ".client summary >> nth=0")
        press(page, '.menu[open] [data-row="delete"]')
        expect(page.locator(".client")).to_have_count(left)
    expect_focus(page, "none")
    press(page, '[data-action="undo-close"]')
    expect_focus(page, "none")


def test_a_change_in_another_tab_does_not_move_the_focus(clients: Visitor) -> None:
    """The row with the focus is rendered again, and the focus stays in it."""
    page, other = clients.page, clients.page.context.new_page()
    other.goto(page.url)
    until_listed(other)
    press(page, f"{menu('Bob')} summary")
    page.locator(row("Bob", "delete")).focus()
    act(other, "Bob", "rename")
    other.keyboard.type("!")
    other.keyboard.press("Enter")
    expect(page.locator(row("Bob!", "delete"))).to_be_visible()
    expect_focus(page, "delete of Bob!")


def test_python_does_not_move_the_focus_when_it_is_ready(arrive: Arrive, site: Site) -> None:
    """It sorts the rows by verdict, which were sorted by name; the focus stays on its row."""
    visitor = arrive(site, "en")
    fill_storage(visitor, [record("1", name="Anna", answers=ADRIFT)])
    site.python = "browser"
    site.faults["python.packed"] = "slow"
    visitor.open("clients/")
    press(visitor.page, f"{menu('Anna')} summary")
    visitor.page.locator(row("Anna", "rename")).focus()
    listed = visitor.page.locator('[data-list="clients"]')
    expect(listed).not_to_have_attribute("data-engine", "python")
    site.repair()
    until_listed(visitor.page)
    expect_focus(visitor.page, "rename of Anna")


def test_importing_a_file_moves_the_focus(clients: Visitor, tmp_path: Path) -> None:
    """Cancelled: back to the button. Imported: to the first client that was added."""
    page, file = clients.page, tmp_path / "clients.json"
    file.write_text(json.dumps(record("4", name="Dan", answers=ADRIFT)), encoding="utf-8")
    for button, place in (
        ("import-cancel", "import"),
        ("import-add", "name of Dan"),
        ("undo-this", "import"),
    ):
        if button != "undo-this":
            page.locator('[data-field="file"]').set_input_files(file)
        expect(page.locator(f'[data-action="{button}"]')).to_be_visible()
        press(page, f'[data-action="{button}"]')
        expect_focus(page, place)


def test_the_focus_stays_in_the_checklist(arrive: Arrive, site: Site) -> None:
    """After keeping or leaving a shared client, after erasing and undoing, and after a letter."""
    visitor = arrive(site, "en")
    page = visitor.page
    for action in ("keep-shared", "leave-shared"):
        page.goto("about:blank")
        visitor.open(f"checklist/#c={LINK}")
        visitor.expect_verdict_from_python("step_back")
        press(page, f'[data-action="{action}"]')
        expect(page.locator('[data-block="shared"]')).to_be_hidden()
        expect_focus(page, "client-bar")
    open_damaged(visitor)
    for action in ("delete-unreadable", "undo-this"):
        press(page, f'[data-action="{action}"]')
        expect_focus(page, "client-bar")
    expect(page.locator('[data-block="notice"]')).to_be_visible()
    page.locator("#words > summary").click()
    expect(page.locator('[data-field="letter"]')).not_to_have_value("")
    page.locator('[data-field="letter"]').fill("Own words")
    press(page, '[data-action="rewrite"]')
    expect_focus(page, "rewrite")
    press(page, '[data-action="undo-this"]')
    expect_focus(page, "letter")


@pytest.mark.parametrize(
    ("path", "place"), [("checklist/", "result-heading"), ("clients/", "engine")]
)
def test_the_focus_after_a_retry(arrive: Arrive, site: Site, path: str, place: str) -> None:
    """The retry button disappears as soon as it is pressed."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open(path)
    expect(visitor.page.locator('[data-action="retry"]')).to_be_visible()
    site.faults.clear()
    press(visitor.page, '[data-action="retry"]')
    visitor.page.locator("html[data-python=ready]").wait_for()
    expect_focus(visitor.page, place)


def test_escape_closes_the_result_on_a_phone(arrive: Arrive, site: Site) -> None:
    """The undo bar closes first, then the result; the focus returns to the result's button."""
    visitor = arrive(site, "en", viewport=PHONE)
    page = visitor.page
    open_damaged(visitor)
    press(page, '[data-action="delete-unreadable"]')
    expect(page.locator("[data-undo-bar]")).to_be_visible()
    press(page, '[data-action="toggle"]')
    page.locator('[data-slot="ask-question"]').focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-undo-bar]")).to_be_hidden()
    expect(page.locator("#result-body")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#result-body")).to_be_hidden()
    expect_focus(page, "toggle")


def test_an_answer_has_one_focus_ring(arrive: Arrive, site: Site) -> None:
    """Its label has the ring, so the radio has none."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    page = visitor.page
    page.locator('[name="knows_goal"][value="yes"]').focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[name="knows_goal"][value="no"]')).to_be_focused()
    assert page.evaluate(RINGS) == ["LABEL"]


def test_arrow_keys_open_no_client(arrive: Arrive, site: Site) -> None:
    """They move through the list of clients; only the button opens the chosen one."""
    visitor = arrive(site, "en")
    page = visitor.page
    names = {"1": "Anna", "2": "Bob", "3": "Cyd"}
    fill_storage(visitor, [record(id_, name=name, answers={}) for id_, name in names.items()])
    visitor.open("checklist/#case=2")
    visitor.expect_engine("python")
    field = page.locator('[data-field="name"]')
    expect(field).to_have_value("Bob")
    switch = page.locator('[data-field="switch"]')
    assert switch.locator("option").all_inner_texts() == [*names.values()]
    switch.focus()
    for key, chosen in (("ArrowDown", "3"), ("ArrowUp", "2"), ("ArrowUp", "1")):
        page.keyboard.press(key)
        expect(switch).to_have_value(chosen)
        expect(field).to_have_value("Bob")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Anna")
    assert switch.locator("option").all_inner_texts() == [*names.values()]
    name_client(visitor, "Zoe")
    expect(switch.locator("option").first).to_have_text("Zoe")
    assert (
        load("en")("page.open_chosen") == page.locator('[data-action="open-chosen"]').inner_text()
    )
