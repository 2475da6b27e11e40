"""An export is complete: every client can be exported, deleted and imported again."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Download, expect

from checklist.clients import to_json
from checklist.clients.limits import MAX_CLIENTS, MAX_FILE_SIZE, MAX_SEPARATORS, count_separators
from tests.support.answers import ADRIFT, AT, FACT_IDS
from tests.support.clients_page import (
    fill_storage,
    open_clients,
    open_panels,
    press,
    record,
    stored_by_id,
    until_kept,
    wipe,
)
from tests.support.shown import expect_agreement
from tests.support.visitor import Visitor, wait_for

type Make = Callable[[Visitor], list[dict[str, Any]]]

FILL: Final = """letter => {
  for (const field of document.querySelectorAll("[data-note], [data-field][maxlength]")) {
    field.value = letter.repeat(field.maxLength / letter.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
"""Types as much as each field of the checklist takes."""

LONGEST_LOG: Final = 3_000
LARGEST_LOG: Final = 4_000_000
"""What the page keeps of a log: see ``log-limits.js``."""


def many_clients(_: Visitor) -> list[dict[str, Any]]:
    """Return one client more than a file may have."""
    return [record(f"{number:04}", answers=ADRIFT) for number in range(MAX_CLIENTS + 1)]


def every_field_full(visitor: Visitor, letter: str = "\u0436") -> list[dict[str, Any]]:
    """Return enough clients with every field full to exceed the size of a file."""
    visitor.open_scored()
    visitor.tick(**dict.fromkeys(FACT_IDS, "no"))
    open_panels(visitor, "words", "decision")
    visitor.page.evaluate(FILL, letter)
    press(visitor, "add-meeting")
    until_kept(visitor, "one.letter?.text && one.letter.better && one.staying && one.outcome")
    expect_agreement(visitor.page)
    [one] = visitor.records()
    size = len(to_json(one).encode())
    return [{**one, "id": f"{number:04}"} for number in range(MAX_FILE_SIZE // size + 1)]


def the_longest_log(_: Visitor) -> list[dict[str, Any]]:
    """Return a client with as many entries as the page keeps, each with all answers."""
    entry = {"at": AT, "answers": {fact: ["no", "yes"] for fact in FACT_IDS}}
    return [record("1", log=[entry] * LONGEST_LOG)]


def the_largest_log(visitor: Visitor, letter: str = "\u0436") -> list[dict[str, Any]]:
    """Return a client whose log is as large as the page keeps, and whose fields are full."""
    [one, *_] = every_field_full(visitor, letter)
    entry = {"at": AT, "note": "decides", "text": letter * 4_000}
    size = len(to_json(entry).encode()) + 1
    return [{**one, "log": [entry] * (LARGEST_LOG // size)}]


def many_logs(_: Visitor) -> list[dict[str, Any]]:
    """Return enough clients with logs to exceed the parts of a file."""
    log = [{"at": AT, "answers": {fact: ["no", "yes"]}} for fact in FACT_IDS]
    clients = MAX_SEPARATORS // count_separators(to_json(log)) + 1
    return [record(f"{number:04}", log=log * 2) for number in range(clients // 2 + 1)]


STORES: Final[Mapping[str, Make]] = {
    "many clients": many_clients,
    "every field full": every_field_full,
    "many logs": many_logs,
    "the longest log": the_longest_log,
    **{
        f"the largest log, in letters of {size} bytes": partial(the_largest_log, letter=letter)
        for letter, size in {"x": 1, "\u0436": 2, "\u4e2d": 3, "\N{FOX FACE}": 4, "\x01": 6}.items()
    },
}


def export(visitor: Visitor, folder: Path, total: int) -> list[Path]:
    """Export all clients; return the files once they contain so many clients."""
    downloads: list[Download] = []
    files: list[Path] = []

    def note(download: Download) -> None:
        downloads.append(download)

    def exported() -> int:
        for download in downloads[len(files) :]:
            files.append(folder / f"{len(files)}.json")
            download.save_as(files[-1])
        texts = [file.read_text(encoding="utf-8") for file in files]
        return sum(text.count('"format": "client-case/1"') for text in texts)

    visitor.page.on("download", note)
    press(visitor, "save-json")
    wait_for(visitor.page, exported, total, "the exported clients")
    visitor.page.remove_listener("download", note)
    return files


@pytest.mark.parametrize("make", STORES.values(), ids=STORES)
def test_everything_can_be_exported_and_imported(
    visitor: Visitor, tmp_path: Path, make: Make
) -> None:
    """Also if one file would exceed a limit: clients, bytes, log entries or separators."""
    clients = make(visitor)
    fill_storage(visitor, clients)
    open_clients(visitor)
    rows = visitor.page.locator(".client")
    before = stored_by_id(visitor)
    expect(rows).to_have_count(len(before))
    files = export(visitor, tmp_path, len(before))

    wipe(visitor)

    visitor.page.locator('[data-field="file"]').set_input_files(files)
    button = visitor.page.locator('[data-action="import-add"]')
    preview = visitor.page.locator('[data-list="import-preview"]')
    expect(preview.locator("li").first).to_be_visible()
    expect(button.or_(preview.get_by_text(files[0].name)).first).to_be_visible()
    assert button.is_visible(), preview.inner_text()
    button.click()
    expect(rows).to_have_count(len(before))
    assert stored_by_id(visitor) == before
