"""The file that is kept up to date: written by the pages, forgotten by a wipe, and importable."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.clients_page import (
    fill_storage,
    open_clients,
    press,
    press_in_menu,
    record,
    stored_by_id,
    wipe,
)
from tests.support.visitor import Visitor, until, wait_for

NAME: Final = "client-cases.json"

PICKER: Final = f"""
globalThis.showSaveFilePicker = async () =>
  (await navigator.storage.getDirectory()).getFileHandle("{NAME}", {{ create: true }});
globalThis.permission = localStorage.getItem("permission") ?? "granted";
FileSystemFileHandle.prototype.queryPermission = async () => globalThis.permission;
FileSystemFileHandle.prototype.requestPermission = async () => {{
  if (!navigator.userActivation.isActive) throw new DOMException("no press", "SecurityError");
  globalThis.permission = "granted";
  return "granted";
}};
"""
"""A file that the browser keeps for the site takes the place of one on the visitor's disk.

It is what the browser's dialog gives: a handle that can be stored. Where the dialog would be, a
permission may be missing.
"""

READ: Final = f"""async () => {{
  const folder = await navigator.storage.getDirectory();
  const file = await (await folder.getFileHandle("{NAME}")).getFile();
  return file.text().catch(() => ""); // it is being replaced
}}"""


@pytest.fixture
def choosing(visitor: Visitor) -> Visitor:
    """A visitor with two clients, whose browser has such files."""
    visitor.page.add_init_script(PICKER)
    clients = [record("1", name="Альфа", answers=ADRIFT), record("2", name="Б")]
    fill_storage(visitor, clients)
    open_clients(visitor)
    return visitor


def in_file(visitor: Visitor) -> dict[str, Any]:
    """Return the clients in the file, by id."""
    text = visitor.page.evaluate(READ)
    return {one["id"]: one for one in json.loads(text or '{"cases": []}')["cases"]}


def until_written(visitor: Visitor) -> None:
    """Wait until the file has what is stored."""
    wait_for(visitor.page, lambda: in_file(visitor) == stored_by_id(visitor), True, "the file")


def choose(visitor: Visitor) -> None:
    """Choose the file, and wait until the page says that it has everything."""
    press(visitor, "backup-choose")
    status = visitor.page.locator('[data-slot="backup"]')
    expect(status).to_have_text(load("ru")("storage.backup_current", file=NAME))
    assert in_file(visitor) == stored_by_id(visitor)


def test_the_file_has_what_both_pages_change(choosing: Visitor) -> None:
    """Also after a reload, without another press; and the page knows that there is a copy."""
    choose(choosing)
    line = choosing.page.locator('[data-slot="last-copy"]')
    expect(line).to_contain_text(load("ru")("storage.copy_complete", day="|").split("|")[1])
    press_in_menu(choosing.page.locator('.client[data-id="2"]'), "duplicate")
    until_written(choosing)
    choosing.open("checklist/#case=1")
    choosing.expect_engine("python")
    choosing.tick(decides="no")
    choosing.expect_saved()
    until_written(choosing)
    assert in_file(choosing)["1"]["answers"]["decides"] == "no"


def test_the_page_asks_again_only_when_pressed(choosing: Visitor) -> None:
    """A permission that has lapsed: the file stays, and the page says so."""
    choose(choosing)
    before = in_file(choosing)
    choosing.page.evaluate("localStorage.setItem('permission', 'prompt')")
    choosing.open("checklist/#case=1")
    choosing.expect_engine("python")
    choosing.tick(decides="no")
    choosing.expect_saved()
    open_clients(choosing)
    status = choosing.page.locator('[data-slot="backup"]')
    expect(status).to_have_text(load("ru")("storage.backup_ask", file=NAME))
    assert in_file(choosing) == before
    reminder = choosing.page.locator('[data-block="copy-reminder"]')
    expect(reminder).to_be_visible()
    press(choosing, "backup-allow")
    expect(status).to_have_text(load("ru")("storage.backup_current", file=NAME))
    until_written(choosing)
    expect(choosing.page.locator('[data-action="backup-allow"]')).to_be_hidden()
    expect(reminder).to_be_hidden()


def test_a_wipe_leaves_the_file_which_can_be_imported(choosing: Visitor, tmp_path: Path) -> None:
    """The dialog says so; nothing is written into the file afterwards."""
    choose(choosing)
    before = stored_by_id(choosing)
    press(choosing, "wipe")
    dialog = choosing.page.locator('[data-dialog="wipe"]')
    expect(dialog).to_contain_text(load("ru")("messages.wipe_backup", file=NAME))
    press(choosing, "wipe-cancel")
    wipe(choosing)
    open_clients(choosing)
    until(choosing.page, "document.querySelector('[data-block=some]').hidden")
    assert in_file(choosing) == before

    file = tmp_path / NAME
    file.write_text(choosing.page.evaluate(READ), encoding="utf-8")
    choosing.page.locator('[data-field="file"]').set_input_files(file)
    press(choosing, "import-add")
    expect(choosing.page.locator(".client")).to_have_count(len(before))
    assert stored_by_id(choosing) == before
    expect(choosing.page.locator('[data-action="backup-stop"]')).to_be_hidden()


def test_a_browser_without_such_files_offers_the_download_alone(visitor: Visitor) -> None:
    """Firefox and Safari, for instance."""
    visitor.page.add_init_script("delete globalThis.showSaveFilePicker")
    fill_storage(visitor, [record("1", name="Альфа", answers=ADRIFT)])
    open_clients(visitor)
    expect(visitor.page.locator('[data-action="save-json"]')).to_be_visible()
    expect(visitor.page.locator('[data-block="backup"]')).to_be_hidden()
