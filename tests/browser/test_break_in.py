"""Attacks on the page: by names, notes, files, links and by records in the browser's storage."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Dialog, expect

from checklist.clients.limits import MAX_FILE_SIZE, MAX_SEPARATORS
from checklist.rules import FACTS
from checklist.texts import load
from tests.support.answers import AT
from tests.support.clients_page import (
    fill_storage,
    open_clients,
    open_panels,
    press,
    press_in_menu,
    record,
)
from tests.support.damage import PROTOTYPES, RECORD
from tests.support.damaged_links import link_with
from tests.support.database import delete_database, read_outside
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor, until

ATTACKS: Final = (
    "<script>canary()</script>",
    "</script><script>canary()</script>",
    "<img src=x onerror=canary()>",
    "<svg onload=canary()>",
    "<iframe srcdoc='<script>parent.canary()</script>'></iframe>",
    "<a href='javascript:canary()'>a</a>",
    "javascript:canary()",
    '" onfocus="canary()" autofocus="',
    "'><details open ontoggle=canary()>",
    "</textarea></title><img src=x onerror=canary()>",
    "<template><img src=x onerror=canary()></template>",
    "{{constructor.constructor('canary()')()}}${canary()}{name}{% raw %}",
    "[a](javascript:canary())![b](x onerror=canary())<javascript:canary()>",
    "&lt;img src=x onerror=canary()&gt;&#60;script&#62;",
    "<style>@import '//evil.invalid/'</style><link rel=stylesheet href=//evil.invalid/>",
    "<base href=//evil.invalid/><meta http-equiv=refresh content='0;//evil.invalid/'>",
)
ALL: Final = " ".join(ATTACKS)
FORMULAS: Final = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-1": "'-1",
    "@A1": "'@A1",
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    "＝1": "'＝1",  # noqa: RUF001 - the wide one too
    '"=1"': '\'"=1"',
    "a;=1": "a;'=1",
    "a,=1": "a,'=1",
    "a\n=1": "a\n'=1",
    "\0=1": "'\0=1",
}
"""Values and their cells: no character is lost, and no spreadsheet program sees a formula."""
FOREIGN: Final = (
    ".checklist img, .checklist svg[onload], img[src=x], iframe, object, embed, base, "
    "[onerror], [onload], [onfocus], [ontoggle]"
)
HAZARD: Final[dict[str, Any]] = {
    **RECORD,
    "id": ALL,
    "name": ALL,
    "notes": {**{fact.id: ALL for fact in FACTS}, ALL: ALL},
    "context": [ALL],
    "log": [
        {"at": AT, "meeting": ALL},
        {"at": AT, "note": "decides", "text": ALL},
        {"at": AT, "note": ALL, "text": ALL},
        {"at": AT, "decision": ALL},
        {"at": AT, "rules": ALL},
        {"at": AT, "answers": {ALL: ["no", "yes"], "decides": ["no", "yes"]}},
        {"at": AT, ALL: ALL},
    ],
    "staying": ALL,
    "outcome": {"decision": "taken", "went": "mixed", "words": ALL, ALL: ALL},
    "letter": {"kind": ALL, "in": ALL, "text": ALL},
    "later": {ALL: [ALL]},
    ALL: ALL,
}
"""A client in which every string without a fixed form is an attack."""

WRONG_TYPES: Final[tuple[dict[str, Any], ...]] = (
    {"name": {"toString": ALL}},
    {"name": 7},
    {"notes": ALL},
    {"notes": {"decides": {"a": ALL}}},
    {"log": [None, ALL, {"answers": {"decides": None}}]},
    {"log": [{"at": AT, "answers": ALL}]},
    {"outcome": ALL},
    {"outcome": {"words": [ALL]}},
    {"estimate": {"hours": ALL}},
    {"letter": {"text": {"a": ALL}}},
    {"changed": ALL},
    {"changed": "2026-W47-1"},
    {"answers": ALL},
    {"answers": {ALL: ALL}},
    {"answers": None},
    {"rules": ALL},
    {"format": ALL},
)


@pytest.fixture
def attacked(arrive: Arrive, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Bring a visitor whose page records whether an attack's code ran, asked or loaded anything."""
    visitors: list[tuple[Visitor, list[str]]] = []

    def come(lang: str) -> Visitor:
        visitor = arrive(site, lang)
        alerts: list[str] = []

        def hear(dialog: Dialog) -> None:
            alerts.append(dialog.message)
            dialog.dismiss()

        visitor.page.on("dialog", hear)
        visitor.page.expose_function("canary", lambda: alerts.append("the canary"))
        visitors.append((visitor, alerts))
        return visitor

    yield come
    for visitor, alerts in visitors:
        expect_nothing_ran(visitor)
        assert alerts == []


def expect_nothing_ran(visitor: Visitor) -> None:
    """Check for elements made from text, polluted prototypes and requests to other hosts."""
    page = visitor.page
    assert page.locator(FOREIGN).count() == 0
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert page.locator("article script:not([type])[src], article svg[onload]").count() == 0
    assert page.evaluate("[({}).polluted, ({}).nested, [].polluted]") == [None] * 3
    assert visitor.foreign == []


def show_everything(visitor: Visitor) -> None:
    """Open every panel of the checklist and wait until it is filled."""
    open_panels(visitor)
    for box in ("link-name", "link-notes"):
        visitor.page.locator(f'[data-field="{box}"]').check()
    expect(visitor.page.locator('[data-document="history"]')).not_to_be_empty()
    expect(visitor.page.locator('[data-field="link"]')).not_to_have_value("")


def print_sheet(visitor: Visitor) -> str:
    """Print the client's sheet and return its text."""
    visitor.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    press(visitor, "print-sheet")
    until(visitor.page, "window.printed")
    return str(visitor.page.locator(".print-area").text_content())


def import_file(visitor: Visitor, tmp_path: Path, content: object) -> None:
    """Import a file on the page of all clients."""
    file = tmp_path / "file.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    visitor.page.locator('[data-field="file"]').set_input_files(file)


def test_a_hostile_file_is_shown_as_text_everywhere(
    attacked: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Imported, listed, compared, opened, in letters, printed and exported again."""
    visitor = attacked("ru")
    open_clients(visitor)
    import_file(
        visitor, tmp_path, {"format": "client-cases/1", "cases": [HAZARD, {**HAZARD, "id": "2"}]}
    )
    expect(visitor.page.locator('[data-list="import-preview"]')).to_contain_text(ATTACKS[0])
    assert visitor.records() == []
    press(visitor, "import-add")
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert visitor.page.locator('.client [data-slot="name"]').first.text_content() == ALL
    assert sorted(visitor.records(), key=lambda one: one["id"]) == sorted(
        [HAZARD, {**HAZARD, "id": "2"}], key=lambda one: one["id"]
    )
    for box in visitor.page.locator(".client__pick").all():
        box.click()
    press(visitor, "compare")
    expect(visitor.page.locator('[data-document="compare"]')).to_contain_text(ATTACKS[0])
    expect_nothing_ran(visitor)
    press_in_menu(visitor.page.locator(".client").first, "rename")
    expect(visitor.page.locator('[data-dialog="rename"] input')).to_have_value(ALL)
    visitor.page.keyboard.press("Escape")
    exported = {kind: export_as(visitor, kind) for kind in ("json", "md", "csv")}
    assert {one["id"] for one in json.loads(exported["json"])["cases"]} == {ALL, "2"}
    assert "<" not in exported["md"].replace("\\<", "")
    assert "](" not in exported["md"].replace("\\](", "")
    visitor.page.locator('.client [data-slot="name"]').first.click()
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-field="name"]')).to_have_value(ALL)
    expect(visitor.page.locator("#note-decides")).to_have_value(ALL)
    expect(visitor.page.locator('[data-field="letter"]')).to_have_value(ALL)
    show_everything(visitor)
    expect(visitor.page.locator('[data-document="history"]')).to_contain_text(ATTACKS[0])
    assert ATTACKS[0] in print_sheet(visitor)


def export_as(visitor: Visitor, kind: str) -> str:
    """Return the file that the page makes of all clients."""
    with visitor.page.expect_download() as download:
        press(visitor, f"save-{kind}")
    return download.value.path().read_bytes().decode()


def test_attacks_that_are_typed_are_shown_as_text(attacked: Callable[..., Visitor]) -> None:
    """In a name, a note, a meeting and the options of a letter."""
    visitor = attacked("en")
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator("#note-knows_goal").fill(ALL)
    visitor.page.locator('[data-field="name"]').fill(ATTACKS[2])
    visitor.expect_saved()
    show_everything(visitor)
    for field in ("greet", "better", "sign", "meeting", "outcome-words"):
        visitor.page.locator(f'[data-field="{field}"]').fill(ATTACKS[2])
    press(visitor, "add-meeting")
    expect(visitor.page.locator('[data-document="history"]')).to_contain_text(ATTACKS[2])
    visitor.page.locator('[data-field="staying"]').fill(ALL)
    visitor.page.locator('[data-field="kind"]').select_option("refusal")
    for name in ("greet", "better", "sign"):
        visitor.page.locator(f'[data-field="{name}"]').fill(ATTACKS[0])
    written = visitor.page.locator('[data-field="letter"]')
    expect(written).to_have_value(re.compile(".*".join([re.escape(ATTACKS[0])] * 3), re.DOTALL))
    assert ATTACKS[2] in print_sheet(visitor)
    press(visitor, "new-client")
    expect(visitor.page.locator('[data-field="switch"] option:not(:checked)')).to_have_text(
        ATTACKS[2]
    )


def test_a_hostile_link_is_text_and_saves_nothing(attacked: Callable[..., Visitor]) -> None:
    """Its texts are shown, saved clients stay as they are, and it is saved only on request."""
    visitor = attacked("ru")
    fill_storage(visitor, [record("1", name="A", answers={"hit_wall": "no"})])
    before = visitor.records()
    small = read_outside(visitor.page)
    chosen = {"name": ALL, "notes": {"decides": ALL, ALL: ALL, **dict.fromkeys(PROTOTYPES, ALL)}}
    visitor.open(f"checklist/#c={link_with(json.dumps(chosen).encode(), 'y' * len(FACTS))}")
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-field="name"]')).to_have_value(ALL)
    expect(visitor.page.locator("#note-decides")).to_have_value(ALL)
    show_everything(visitor)
    assert ATTACKS[0] in print_sheet(visitor)
    assert visitor.records() == before
    assert read_outside(visitor.page) == small
    press(visitor, "keep-shared")
    visitor.expect_saved()
    [kept] = [one for one in visitor.records() if one["id"] != "1"]
    assert kept["name"] == ALL
    assert before[0] in visitor.records()


ADDRESSES: Final = (
    "<img src=x onerror=canary()>",
    *(f"c={attack}" for attack in ATTACKS[:3]),
    *(f"case={attack}" for attack in (*ATTACKS[:3], *PROTOTYPES)),
    "c=" + link_with(b'{"name": {"__proto__": {"polluted": 1}}}'),
    "c=" + link_with(b'{"name": ' + b"[" * 100_000 + b"}"),
    "c=1~1.0~" + "A" * 1_200_000,
)


def test_a_hostile_address_saves_nothing(attacked: Callable[..., Visitor]) -> None:
    """The page reports the problem or opens an empty client; saved clients stay as they are."""
    visitor = attacked("en")
    fill_storage(visitor, [record("1", name="A", answers={"hit_wall": "no"})])
    before = visitor.records()
    notice = visitor.page.locator('[data-block="shared"]')
    first, *others = ADDRESSES
    visitor.open(f"checklist/#{first}")
    visitor.expect_engine("python")
    for address in others:
        visitor.page.evaluate("(address) => { location.hash = address; }", address)
        if address.startswith("c="):
            expect(notice, address[:80]).to_have_attribute("data-state", "damaged")
        else:
            expect(notice, address).to_be_hidden()
            expect(visitor.page, address).to_have_url(checklist_url(visitor))
        visitor.tick(decides="no")
        visitor.expect_saved()
        assert visitor.ticked() == {"decides": "no"}, address[:80]
        assert before[0] in visitor.records(), address[:80]
        press(visitor, "new-client")
        visitor.expect_verdict("empty")
        expect_nothing_ran(visitor)


def checklist_url(visitor: Visitor) -> str:
    """Return the address of the checklist."""
    return visitor.site.url("en/checklist/")


def test_a_search_for_markup_is_text(attacked: Callable[..., Visitor]) -> None:
    """A search that the address contains is run."""
    visitor = attacked("en")
    visitor.open(f"?q={ATTACKS[2]}")
    expect(visitor.page.locator('input[name="query"]')).to_have_value(ATTACKS[2])
    expect(visitor.page.locator(".md-search-result__meta")).not_to_be_empty()


def test_a_damaged_record_is_reported_and_kept(attacked: Callable[..., Visitor]) -> None:
    """It hides no other client; when it is opened, the page sets the original aside."""
    visitor = attacked("en")
    bad = [
        {**record(f"bad-{number}", name="A", answers={"decides": "no"}), **wrong}
        for number, wrong in enumerate(WRONG_TYPES)
    ]
    good = record("good", name="B", answers={"decides": "no"})
    fill_storage(visitor, [*bad, good])
    open_clients(visitor)
    verdict = visitor.page.locator('.client[data-id="good"] [data-slot="verdict"]')
    expect(verdict).not_to_be_empty()
    for one, wrong in zip(bad, WRONG_TYPES, strict=True):
        expect(visitor.page.locator(f'li[data-id="{one["id"]}"]'), str(wrong)).to_be_visible()
    expect_nothing_ran(visitor)
    visitor.open_scored()
    for one, wrong in zip(bad, WRONG_TYPES, strict=True):
        visitor.page.evaluate("(id) => { location.hash = `case=${id}`; }", one["id"])
        expect(visitor.page).to_have_url(checklist_url(visitor))
        visitor.tick(hit_wall="no")
        visitor.expect_saved()
        expect(visitor.radio("hit_wall", "no"), str(wrong)).to_be_checked()
        saved = {record["id"]: record for record in visitor.records()}
        answers = {"decides": "no", "hit_wall": "no"}
        assert saved[one["id"]] == one or saved[one["id"]]["answers"] == answers, wrong
        assert saved["good"] == good, wrong
        expect_nothing_ran(visitor)
        press(visitor, "new-client")
        visitor.expect_verdict("empty")


def journal(shown: object, pending: object = ()) -> dict[str, str]:
    """Return a journal of a page, as it lies in the browser."""
    entry = {"at": 1, "record": shown, "pending": pending}
    return {"client-checklist:/:0123456789abcdef": json.dumps(entry)}


SMALL: Final[tuple[dict[str, str], ...]] = (
    journal(HAZARD),
    journal({**HAZARD, "id": {"a": 1}}),
    journal({**HAZARD, "log": [None]}),
    {"client-checklist:/:1": '{"at": 1, "record": {"__proto__": {"polluted": 1}}, "pending": []}'},
    {"client-checklist:/:1": ALL, "client-checklist:set-aside": ALL},
    {"client-checklist:/:__proto__": "7", "client-checklist:__proto__": ALL},
    {"client-checklist:unsaved": json.dumps({"a": {"record": {**HAZARD, "id": "a"}}})},
    {"client-checklist:case": json.dumps(HAZARD)},
    {"client-checklist:case": json.dumps({**HAZARD, "name": [ALL], "notes": 1})},
    {"client-checklist:case": ALL, "client-checklist:last": "__proto__"},
)


def test_attacks_in_local_storage_are_text(attacked: Callable[..., Visitor]) -> None:
    """A journal, data of older versions, an unreadable text: shown as text or ignored."""
    visitor = attacked("ru")
    for small in SMALL:
        visitor.page.goto(visitor.site.url("licences.txt"))
        delete_database(visitor.page)
        visitor.page.evaluate(
            """(small) => {
              localStorage.clear();
              sessionStorage.clear();
              Object.entries(small).forEach(([key, text]) => localStorage.setItem(key, text));
            }""",
            small,
        )
        has_texts = any('"notes"' in text for text in small.values())
        if has_texts:
            visitor.let_python_in()
        else:
            visitor.keep_python_out()
        visitor.open()
        visitor.tick(hit_wall="yes")
        visitor.expect_saved()
        expect_nothing_ran(visitor)
        if has_texts:
            visitor.expect_engine("python")
            show_everything(visitor)
            expect_nothing_ran(visitor)
    visitor.let_python_in()
    open_clients(visitor)
    expect(visitor.page.locator(".client").first).to_be_visible()


def test_prototype_keys_pollute_nothing(attacked: Callable[..., Visitor], tmp_path: Path) -> None:
    """Among answers they are reported; elsewhere they are kept and exported as ordinary keys."""
    visitor = attacked("en")
    open_clients(visitor)
    keys = ("__proto__", "constructor", "prototype", "toString")
    import_file(visitor, tmp_path, {"answers": dict.fromkeys(keys, "yes")})
    preview = visitor.page.locator('[data-list="import-preview"]')
    for key in keys:
        expect(preview).to_contain_text(f"answers.{key}")
    polluted = {"polluted": 1, "nested": {"prototype": {"polluted": 1}}}
    kept = {"answers": {}, "id": "__proto__", **dict.fromkeys(keys, polluted)}
    import_file(visitor, tmp_path, {**kept, "notes": dict.fromkeys(keys, "x"), "later": kept})
    press(visitor, "import-add")
    expect(visitor.page.locator(".client")).to_have_count(1)
    expect_nothing_ran(visitor)
    [out] = json.loads(export_as(visitor, "json"))["cases"]
    assert {key: out[key] for key in kept} == kept
    assert out["notes"] == dict.fromkeys(keys, "x")
    visitor.page.locator('.client [data-slot="name"]').click()
    visitor.expect_engine("python")
    visitor.tick(decides="no")
    visitor.expect_saved()
    [saved] = visitor.records()
    assert (saved["id"], saved["answers"]) == ("__proto__", {"decides": "no"})


def test_no_exported_cell_is_a_formula(attacked: Callable[..., Visitor]) -> None:
    """Whether the CSV is split at semicolons, or with quotation marks ignored."""
    visitor = attacked("ru")
    clients = [
        record(str(number), name=formula, notes={"decides": formula, "knows_goal": f"a{formula}"})
        for number, formula in enumerate(FORMULAS)
    ]
    fill_storage(visitor, clients)
    open_clients(visitor)
    text = export_as(visitor, "csv").removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    words = load("ru")
    note = head.index(words("sheet.note_on", question=words("facts.decides.question")))
    assert sorted(row[note] for row in rows) == sorted(FORMULAS.values())
    trimmed = {FORMULAS["\t=1"], FORMULAS["\r=1"]}  # names are trimmed
    assert {row[0] for row in rows} == {*FORMULAS.values(), "'=1"} - trimmed
    cells = [cell for row in rows for cell in row]
    cells += [cell for line in text.splitlines() for cell in re.split("[,;]", line)]
    starts = ("=", "+", "-", "@", "＝")  # noqa: RUF001 - as above
    assert [cell for cell in cells if cell.lstrip(' "\0\t').startswith(starts)] == []


def test_a_file_of_50_mb_is_refused_unread(
    attacked: Callable[..., Visitor], tmp_path: Path
) -> None:
    """The page says why and works on, and saved clients stay as they are."""
    visitor = attacked("en")
    clients = [record("1", name="A", answers={"decides": "no"})]
    fill_storage(visitor, clients)
    open_clients(visitor)
    visitor.page.evaluate("() => { Blob.prototype.arrayBuffer = async () => new ArrayBuffer(); }")
    file = tmp_path / "large.json"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    visitor.page.locator('[data-field="file"]').set_input_files(file)
    expect(visitor.page.locator('[data-list="import-preview"] li')).to_have_text(
        load("en")("errors.too_large", place="large.json", value=MAX_FILE_SIZE // 1_000_000)
    )
    expect(visitor.page.locator('[data-action="import-add"]')).to_be_hidden()
    press(visitor, "import-cancel")
    press_in_menu(visitor.page.locator(".client"), "duplicate")
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert clients[0] in visitor.records()


TOO_MUCH: Final = (
    ('{"answers": {}, "x": ' + "[" * 10_000 + "]" * 10_000 + "}", "too_deep"),
    ('{"answers":' * 10_000, "too_deep"),
    ("[" + "1," * MAX_SEPARATORS + "1]", "too_many"),
    ('{"answers": {}, "x": 1e400}', "number_too_long"),
)


def test_a_file_beyond_the_limits_is_refused(
    attacked: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Python reports it and does not end: the next file is imported."""
    visitor = attacked("ru")
    clients = [record("1", name="A", answers={"decides": "no"})]
    fill_storage(visitor, clients)
    open_clients(visitor)
    file = tmp_path / "bad.json"
    for count, (content, kind) in enumerate(TOO_MUCH, start=2):
        file.write_text(content, encoding="utf-8")
        visitor.page.locator('[data-field="file"]').set_input_files(file)
        expect(visitor.page.locator('[data-list="import-preview"]'), content[:40]).to_contain_text(
            load("ru")(f"errors.{kind}", place="case", value=MAX_SEPARATORS)
        )
        assert len(visitor.records()) == len(clients) + count - 2
        import_file(visitor, tmp_path, {"answers": {}, "id": str(count), "name": "B"})
        press(visitor, "import-add")
        expect(visitor.page.locator(".client")).to_have_count(count)
    assert clients[0] in visitor.records()
