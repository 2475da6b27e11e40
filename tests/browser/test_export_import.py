"""Files of clients: export, import, wipe, the published schema, and invalid records."""

import json
from pathlib import Path
from typing import Final

from playwright.sync_api import expect

from checklist.clients.schema import FILE_NAME
from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.clients_page import (
    fill_storage,
    open_clients,
    press,
    record,
)
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor


def test_all_clients_are_exported_in_each_format(visitor: Visitor) -> None:
    """Each file has all clients."""
    fill_storage(visitor, [record("1", name="=1+1", answers=ADRIFT), record("2", name="Б")])
    open_clients(visitor)
    for kind, start in {"csv": "\ufeff", "md": "# ", "json": "{"}.items():
        with visitor.page.expect_download() as download:
            press(visitor, f"save-{kind}")
        text = download.value.path().read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "Б" in text, kind
        assert '"=1' not in text or kind == "json", kind


def test_export_and_import_on_another_device(arrive: Arrive, site: Site, tmp_path: Path) -> None:
    """An import has a preview, adds each client once, and can be undone."""
    visitor = arrive(site)
    clients = [record("1", name="Альфа", answers=ADRIFT, later={"x": [1]}), record("2", name="Б")]
    fill_storage(visitor, clients)
    open_clients(visitor)
    with visitor.page.expect_download() as download:
        press(visitor, "save-json")
    file = tmp_path / "clients.json"
    download.value.save_as(file)

    other = arrive(site)
    open_clients(other)
    other.page.locator('[data-field="file"]').set_input_files(file)
    expect(other.page.locator('[data-list="import-preview"] li')).to_have_count(2)
    assert other.records() == []
    press(other, "import-add")
    expect(other.page.locator(".client")).to_have_count(2)
    assert other.records() == clients
    other.page.locator('[data-field="file"]').set_input_files(file)
    expect(other.page.locator('[data-list="import-preview"]')).to_contain_text(
        load("ru")("import.same", name="Альфа")
    )
    expect(other.page.locator('[data-action="import-add"]')).to_be_hidden()
    press(other, "import-cancel")
    other.page.locator('[data-block="undo-bar"] button').click()
    expect(other.page.locator(".client")).to_have_count(0)
    assert other.records() == []


REFUSED: Final = {
    '{"answers": {"knows_goal": "maybe"}}': "answers.knows_goal",
    '{"format": "client-cases/1", "cases": [{"answers": {}}, {"ans': "1:58",
    '{"rules": "9.0", "answers": {}}': '"9.0"',
    "not JSON": "1:1",
    "[" * 10_000: "case",
}


def test_a_file_that_cannot_be_imported_changes_nothing(visitor: Visitor, tmp_path: Path) -> None:
    """The file, the place and the reason are named; the stored clients are unchanged."""
    clients = [record("1", name="Альфа", answers=ADRIFT)]
    fill_storage(visitor, clients)
    open_clients(visitor)
    preview = visitor.page.locator('[data-list="import-preview"]')
    for number, (content, named) in enumerate(REFUSED.items()):
        file = tmp_path / f"bad-{number}.json"
        file.write_text(content, encoding="utf-8")
        visitor.page.locator('[data-field="file"]').set_input_files(file)
        expect(preview).to_contain_text(file.name)
        expect(preview, content[:40]).to_contain_text(named)
        expect(visitor.page.locator('[data-action="import-add"]')).to_be_hidden()
        assert visitor.records() == clients, content[:40]


def test_the_import_offers_the_files_that_it_reads(visitor: Visitor, tmp_path: Path) -> None:
    """Also those that a messenger has renamed, without a type, and in UTF-16 from an old editor."""
    open_clients(visitor)
    field = visitor.page.locator('[data-field="file"]')
    accepted = str(field.get_attribute("accept")).split(",")
    assert {".json", ".txt", "*/*"} <= set(accepted)
    for number, name in enumerate(("clients.json", "clients.txt", "clients")):
        file = tmp_path / name
        client = record(str(number), name=name, answers=ADRIFT)
        file.write_text(json.dumps(client), encoding="utf-16" if number else "utf-8")
        field.set_input_files(file)
        press(visitor, "import-add")
        expect(visitor.page.locator(".client")).to_have_count(number + 1)
    file.write_bytes(json.dumps(client | {"name": "Ю"}, ensure_ascii=False).encode("cp1251"))
    field.set_input_files(file)
    expect(visitor.page.locator('[data-list="import-preview"]')).to_contain_text(
        load("ru")("messages.save_as_utf8")
    )


def test_wipe_says_what_it_deletes_and_can_be_undone(visitor: Visitor) -> None:
    """No data of the site is left in the browser; it can be restored until the page is closed."""
    clients = [record("1", name="Альфа", answers=ADRIFT), record("2", name="Б")]
    fill_storage(visitor, clients)
    open_clients(visitor)
    press(visitor, "wipe")
    dialog = visitor.page.locator('[data-dialog="wipe"]')
    expect(dialog).to_contain_text(load("ru")("messages.wipe_clients", count=2))
    press(visitor, "wipe-cancel")
    assert visitor.records() == clients
    press(visitor, "wipe")
    press(visitor, "wipe-really")
    expect(visitor.page.locator(".client")).to_have_count(0)
    left = visitor.page.evaluate(
        "() => [Object.keys(localStorage), Object.keys(sessionStorage)].flat()"
    )
    assert left == []
    visitor.page.locator('[data-block="undo-bar"] button').click()
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert visitor.records() == clients


def test_an_invalid_record_is_reported_and_hides_no_other(visitor: Visitor) -> None:
    """The others are listed; the invalid one is named, can be downloaded, and is not changed."""
    bad = record("1", name="Новый", rules="9.0")
    fill_storage(visitor, [bad, record("2", name="Б", answers=ADRIFT)])
    open_clients(visitor)
    expect(visitor.page.locator(".client--unreadable")).to_contain_text('"9.0"')
    expect(visitor.page.locator('.client[data-id="2"]')).to_have_attribute(
        "data-verdict", "step_back"
    )
    with visitor.page.expect_download() as download:
        visitor.page.locator('[data-row="download"]').click()
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == bad
    visitor.open("checklist/#case=1")
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-block="notice"]')).to_contain_text('"9.0"')
    visitor.tick(decides="no")
    visitor.expect_saved()
    assert bad in visitor.records()


def test_the_schema_is_published(site: Site, visitor: Visitor) -> None:
    """The page of all clients links to the schema of its files."""
    visitor.open("clients/")
    link = visitor.page.locator(f'a[href$="{FILE_NAME}"]')
    answer = visitor.page.request.get(str(link.evaluate("link => link.href")))
    assert answer.ok
    assert answer.json()["title"] == "client-case/1"
    assert site.requests
