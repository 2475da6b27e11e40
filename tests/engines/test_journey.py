"""The main journey in Firefox and WebKit: one client, then several.

Each part of it is also in tests/browser, in Chromium and in both languages.
"""

import json
from typing import Any, Final

from checklist.browser import handle
from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.engines.start import in_other_engines
from tests.support.engines.visitor import EngineVisitor

OPEN = {"knows_goal": "no"}
WALL = {"hit_wall": "yes"}


def explanation(lang: str, answers: dict[str, str]) -> dict[str, Any]:
    """Return what CPython says of these answers."""
    response: dict[str, Any] = json.loads(handle(json.dumps({"lang": lang, "answers": answers})))
    return response["explanation"]  # type: ignore[no-any-return]  # JSON has no types


def name_client(visitor: EngineVisitor, name: str) -> None:
    """Type a client's name and wait until it is saved."""
    visitor.press('[data-field="name"]')
    visitor.engine.type(name)
    visitor.expect("one('[data-field=\"switch\"]').selectedOptions[0].text", name)
    visitor.expect_saved()


def open_panel(visitor: EngineVisitor, name: str) -> None:
    """Open one of the panels after the verdict."""
    visitor.press(f"#{name} summary")
    visitor.expect("one(css).open", True, css=f"#{name}")


def record(visitor: EngineVisitor) -> dict[str, Any]:
    """Return the only client that the browser has saved."""
    visitor.expect_saved()
    [found] = visitor.value_of("await records()")
    return found  # type: ignore[no-any-return]  # JSON has no types


@in_other_engines
def test_one_client(visitor: EngineVisitor) -> None:
    """The verdict of the table and of Python, undo, redo, a letter, a reload, both languages."""
    visitor.site.faults["python.packed"] = "slow"
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_engine("table")
    visitor.expect_verdict("step_back")
    visitor.site.released.set()
    visitor.expect_verdict_from_python("step_back")
    settled = explanation("ru", ADRIFT)
    visitor.expect_text('[data-slot="title"]', settled["title"])
    for statement in settled["because"][0]:
        visitor.expect(
            "textOf('[data-list=\"because\"]').includes(text)",
            True,
            text=" ".join(statement["text"].split()),
        )

    visitor.press('[data-action="undo"]')
    visitor.expect_ticked(**OPEN)
    visitor.expect_verdict("open")
    ask = explanation("ru", OPEN)["ask"]
    visitor.expect_text('[data-slot="ask-question"]', ask["question"])
    visitor.expect_text('[data-slot="ask-words"]', ask["words"])
    assert record(visitor)["answers"] == OPEN
    visitor.press('[data-action="redo"]')
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict("step_back")

    name = load("ru")("page.name_example")
    name_client(visitor, name)
    open_panel(visitor, "words")
    request = {"do": "letter", "record": record(visitor), "in": "ru", "options": {}}
    written = json.loads(handle(json.dumps({"lang": "ru", "kind": "refusal", **request})))
    visitor.expect("one('[data-field=\"letter\"]').value", written["text"])

    visitor.engine.reload()
    visitor.expect_ticked(**ADRIFT)
    visitor.expect("one('[data-field=\"name\"]').value", name)
    visitor.expect_verdict_from_python("step_back")

    visitor.press(".md-select button")
    visitor.press('.md-select a[hreflang="en"]')
    visitor.expect("location.pathname", "/en/checklist/")
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_text('[data-slot="title"]', load("en")("verdicts.step_back.title"))


NEVER_FINISHED: Final = """const { get } = IDBObjectStore.prototype;
IDBObjectStore.prototype.get = function (key) {
  const again = () => { get.call(this, key).onsuccess = again; };
  again();
  return get.call(this, key);
};"""
"""Keeps every transaction of a page running that reads one value."""


@in_other_engines
def test_a_page_left_in_a_transaction_does_not_lock_the_next_one(visitor: EngineVisitor) -> None:
    """WebKit keeps both in its back-forward cache; the answer is in the journal."""
    visitor.open()
    visitor.expect_engine("python")
    visitor.tick(**OPEN)
    visitor.expect_saved()
    visitor.run(NEVER_FINISHED)
    visitor.tick(hit_wall="no")
    visitor.expect_ticked(**OPEN, hit_wall="no")
    visitor.open("clients/")
    visitor.expect("(await records()).map(({ answers }) => answers)", [{**OPEN, "hit_wall": "no"}])
    visitor.press(".client summary")
    visitor.press('[data-row="delete"]')
    visitor.expect("(await records()).length", 0)


SAVES: Final = """globalThis.saved = [];
URL.createObjectURL = (blob) => { saved.push(blob); return "#"; };
HTMLAnchorElement.prototype.click = () => {};"""
"""Keeps the files that a page offers as downloads, instead of downloading them."""

IMPORTS: Final = """const transfer = new DataTransfer();
transfer.items.add(new File([text], "clients.json"));
const field = one('[data-field="file"]');
field.files = transfer.files;
field.dispatchEvent(new Event("change"));"""


@in_other_engines
def test_several_clients(visitor: EngineVisitor) -> None:
    """A client by keyboard, another by mouse, a link, the list, files, and a comparison."""
    visitor.lang = "en"
    visitor.open()
    visitor.expect_engine("python")
    visitor.press('[data-field="name"]')
    for fact in ADRIFT:
        visitor.tab_to(fact)
        visitor.engine.key("ArrowUp")
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict("step_back")
    name_client(visitor, "A")
    client = record(visitor)
    open_panel(visitor, "share")
    visitor.expect("one('[data-field=\"link\"]').value.includes('#c=2z')", True)
    address = visitor.value_of("one('[data-field=\"link\"]').value")
    visitor.press('[data-action="new-client"]')
    visitor.expect_verdict("empty")
    visitor.tick(**WALL)
    name_client(visitor, "B")
    kept = visitor.value_of("await records()")

    visitor.engine.open("about:blank")
    visitor.engine.open(address)
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    assert visitor.value_of("await records()") == kept
    visitor.press('[data-action="leave-shared"]')
    visitor.expect_ticked(**WALL)

    visitor.open("clients/")
    title = load("en")("verdicts.step_back.title")
    verdicts = """all(".client").map((client) => ["name", "verdict"].map((slot) =>
      client.querySelector(`[data-slot="${slot}"]`).textContent)).sort()"""
    visitor.expect(verdicts, [["A", title], ["B", title]])
    visitor.run(SAVES)
    visitor.press('[data-action="save-json"]')
    visitor.expect("saved.length", 1)
    text = visitor.value_of("await saved[0].text()")
    assert by_name(json.loads(text)["cases"]) == by_name(kept)

    visitor.press(f'.client[data-id="{client["id"]}"] summary')
    visitor.press(f'.client[data-id="{client["id"]}"] [data-row="delete"]')
    visitor.expect("(await records()).length", 1)
    visitor.run(IMPORTS, text=text)
    visitor.press('[data-action="import-add"]')
    visitor.expect(verdicts, [["A", title], ["B", title]])
    assert by_name(visitor.value_of("await records()")) == by_name(kept)

    for one in kept:
        row = f'.client[data-id="{one["id"]}"]'
        visitor.press(f"{row} .client__pick")
        visitor.expect(f"one('{row} .client__pick input').checked", True)
    visitor.press('[data-action="compare"]')
    columns = (
        """all('[data-document="compare"] thead th').slice(1).map((cell) => cell.textContent)"""
    )
    visitor.expect(f"{columns}.sort()", ["A", "B"])
    visitor.press(f'.client[data-id="{client["id"]}"] a[data-slot="name"]')
    visitor.expect_ticked(**ADRIFT)


def by_name(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return clients sorted by name."""
    return sorted(records, key=lambda one: str(one["name"]))
