"""Clients in the browser: stored before the test, listed, named, opened."""

import json
import re
from functools import partial
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect

from checklist.clients import parse_client, write_link
from checklist.texts import load
from tests.support.answers import ADRIFT, AT
from tests.support.database import RECORDS, write_clients
from tests.support.visitor import PYTHON_MS, Visitor, until, wait_for

LINK = write_link(parse_client({"answers": ADRIFT}))
NOTE: Final = "#note-knows_goal"
HOSTILE = '<img src=x onerror="document.title = `broken`">'


def record(id_: str, **fields: object) -> dict[str, object]:
    """Return one client's record."""
    return {
        "format": "client-case/1",
        "rules": "1.0",
        "id": id_,
        "answers": {},
        "changed": AT,
        **fields,
    }


def fill_storage(visitor: Visitor, records: list[dict[str, object]]) -> None:
    """Write records into the browser's storage as the page would have.

    Afterwards the visitor is on a file of the site without scripts; the test opens a page next.
    """
    visitor.page.goto(visitor.site.url("licences.txt"))
    write_clients(visitor.page, records)


def open_clients(visitor: Visitor) -> None:
    """Go to the page of all clients and wait for Python's order of them."""
    visitor.open("clients/")
    expect(visitor.page.locator('[data-slot="engine"]')).to_have_text(
        load(visitor.lang)("load.ready"), timeout=PYTHON_MS
    )
    until_listed(visitor.page)


def until_listed(page: Page) -> None:
    """Wait until the list shows what Python says of the clients."""
    expect(page.locator('[data-list="clients"]')).to_have_attribute("data-engine", "python")


def press_in_menu(row: Locator, action: str) -> None:
    """Open the menu of a client's row and press one of its buttons.

    The list may be sorted anew meanwhile, so the row is found by its client's id from here on.
    """
    same = row.page.locator(f'.client[data-id="{row.get_attribute("data-id")}"]')
    same.locator("summary").click()
    same.locator(f'[data-row="{action}"]').click()


def names(visitor: Visitor) -> list[str]:
    """Return the names in the list, from the top."""
    return visitor.page.locator('.client:visible [data-slot="name"]').all_inner_texts()


def until_kept(visitor: Visitor, condition: str) -> None:
    """Wait until a condition in JavaScript is true of a stored client, called ``one``."""
    until(
        visitor.page,
        f"async () => {{ {RECORDS} return (await records()).some((one) => {condition}); }}",
    )


def listed_ids(page: Page) -> list[str]:
    """Return the ids in the list, from the top."""
    ids: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.client')].map((one) => one.dataset.id)"
    )
    return ids


def stored_by_id(visitor: Visitor) -> dict[str, Any]:
    """Return the stored clients by id."""
    return {one["id"]: one for one in visitor.records()}


def wipe(visitor: Visitor) -> None:
    """Delete all clients, and wait until none is listed or stored."""
    press(visitor, "wipe")
    press(visitor, "wipe-really")
    expect(visitor.page.locator(".client")).to_have_count(0)
    assert visitor.records() == []


def name_client(visitor: Visitor, name: str) -> None:
    """Type a client's name and wait until it is stored."""
    visitor.page.locator('[data-field="name"]').fill(name)
    until_kept(visitor, f"one.name === {json.dumps(name)}")
    visitor.expect_saved()


def write_note(page: Page, text: str) -> None:
    """Open the note on the first question and type into it."""
    page.locator("#q-knows_goal .note summary").click()
    page.locator(NOTE).fill(text)


def press(visitor: Visitor, action: str) -> None:
    """Press one of the page's buttons, once nothing moves any more after scrolling to it."""
    button = visitor.page.locator(f'[data-action="{action}"]')
    button.scroll_into_view_if_needed()
    button.click()


PANELS: Final = ("words", "decision", "share")

_IS_FILLED: Final = """(panel) => panel.open && (
  [...panel.querySelectorAll("[data-document]")].every((one) => one.childElementCount > 0) &&
  [...panel.querySelectorAll('[data-field="link"]')].every((one) => one.value))
"""


def open_panels(visitor: Visitor, *names: str) -> None:
    """Open panels, each once the one before is filled: until then that one moves the next.

    Where something else moved a panel under the press, it is pressed again.
    """

    def is_filled(panel: Locator) -> bool:
        if panel.get_attribute("open") is None:
            panel.locator("summary").first.click()
        return bool(panel.evaluate(_IS_FILLED))

    for name in names or PANELS:
        look = partial(is_filled, visitor.page.locator(f"#{name}"))
        wait_for(visitor.page, look, expected=True, about=f"panel {name}")


def link_of(visitor: Visitor, *chosen: str) -> str:
    """Open the panel with the link and return it once it is there."""
    panel = visitor.page.locator("#share")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    link = visitor.page.locator('[data-field="link"]')
    expect(link).to_have_value(re.compile("#c=2z"))
    for name in chosen:
        box = visitor.page.locator(f'[data-field="{name}"]')
        if not box.is_checked():
            before = link.input_value()
            box.check()
            expect(link).not_to_have_value(before)
    return link.input_value()
