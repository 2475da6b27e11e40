"""The main journey, in each engine: answer, read the verdict, come back, keep several clients."""

import json
from typing import Any, Final

import pytest

from checklist.browser import handle
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.engines.visitor import Visitor

OPEN = {"knows_goal": "no"}
WALL = {"hit_wall": "yes"}
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


def explanation(lang: str, answers: dict[str, str]) -> dict[str, Any]:
    """Return what CPython says of these answers."""
    said: dict[str, Any] = json.loads(handle(json.dumps({"lang": lang, "answers": answers})))
    return said["explanation"]  # type: ignore[no-any-return]  # JSON has no types


def name_client(visitor: Visitor, name: str) -> None:
    """Type a client's name and wait until it is kept."""
    visitor.press('[data-field="name"]')
    visitor.engine.type(name)
    visitor.expect("one('[data-field=\"switch\"]').options[0].text", name)
    visitor.expect_saved()


def open_panel(visitor: Visitor, name: str) -> None:
    """Open one of the panels after the verdict."""
    visitor.press(f"#{name} summary")
    visitor.expect("one(css).open", True, css=f"#{name}")


def record(visitor: Visitor) -> dict[str, Any]:
    """Return the one client that the browser keeps."""
    visitor.expect_saved()
    [found] = visitor.see("await records()")
    return found  # type: ignore[no-any-return]  # JSON has no types


@both_languages
def test_the_table_answers_until_python_does(visitor: Visitor) -> None:
    """A verdict is there before Python; it stays the same once Python says why."""
    visitor.site.faults["python.packed"] = "silent"
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_engine("table")
    visitor.expect_verdict("step_back")
    visitor.expect_text('[data-slot="meanwhile"]', load(visitor.lang)("load.meanwhile"))
    visitor.site.released.set()
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_text('[data-slot="meanwhile"]', "")


@both_languages
def test_a_settled_verdict_has_its_reason(visitor: Visitor) -> None:
    """Title and reason are those of CPython."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    expected = explanation(visitor.lang, ADRIFT)
    visitor.expect_text('[data-slot="title"]', expected["title"])
    [reason] = expected["because"]
    for statement in reason:
        visitor.expect(
            "said('[data-list=\"because\"]').includes(text)", True, text=statement["text"]
        )


@both_languages
def test_an_open_verdict_has_the_next_question(visitor: Visitor) -> None:
    """What to find out next, and the words to ask it in, are those of CPython."""
    visitor.open()
    visitor.tick(**OPEN)
    visitor.expect_verdict_from_python("open")
    ask = explanation(visitor.lang, OPEN)["ask"]
    visitor.expect_text('[data-slot="ask-question"]', ask["question"])
    visitor.expect_text('[data-slot="ask-words"]', ask["words"])


def test_the_keyboard_alone(visitor: Visitor) -> None:
    """Tab goes from question to question, arrows from answer to answer."""
    visitor.open()
    visitor.expect_engine("python")
    visitor.press('[data-field="name"]')
    for fact in ADRIFT:
        visitor.tab_to(fact)
        visitor.engine.key("ArrowUp")
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict("step_back")


@both_languages
def test_a_reload_keeps_all(visitor: Visitor) -> None:
    """Name, answers and verdict are there again."""
    visitor.open()
    visitor.tick(**ADRIFT)
    name = load(visitor.lang)("page.name_example")
    name_client(visitor, name)
    visitor.engine.reload()
    visitor.expect_ticked(**ADRIFT)
    visitor.expect("one('[data-field=\"name\"]').value", name)
    visitor.expect_verdict_from_python("step_back")


def test_several_clients(visitor: Visitor) -> None:
    """A second client starts empty, the first can be gone back to, and the list has both."""
    visitor.open()
    visitor.tick(**ADRIFT)
    name_client(visitor, "A")
    visitor.press('[data-action="new-case"]')
    visitor.expect_verdict("empty")
    visitor.tick(**WALL)
    name_client(visitor, "B")
    visitor.open("clients/")
    title = load(visitor.lang)("verdicts.step_back.title")
    visitor.expect(
        """all(".client").map((client) => ["name", "verdict"].map((slot) =>
          client.querySelector(`[data-slot="${slot}"]`).textContent)).sort()""",
        [["A", title], ["B", title]],
    )
    first = visitor.see(
        """all(".client").find((one) => one.textContent.includes("A")).dataset.id"""
    )
    visitor.press(f'.client[data-id="{first}"] a[data-slot="name"]')
    visitor.expect_ticked(**ADRIFT)


def test_the_other_language_has_the_same_client(visitor: Visitor) -> None:
    """The switch opens the same page with the same answers; the verdict is in its language."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_saved()
    visitor.press(".md-select button")
    visitor.press('.md-select a[hreflang="en"]')
    visitor.expect("location.pathname", "/en/checklist/")
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_text('[data-slot="title"]', load("en")("verdicts.step_back.title"))


def test_an_answer_is_taken_back(visitor: Visitor) -> None:
    """Undo takes the answer back, on the page and in what is kept, and redo brings it again."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    visitor.press('[data-action="undo"]')
    visitor.expect_ticked(**OPEN)
    visitor.expect_verdict("open")
    assert record(visitor)["answers"] == OPEN
    visitor.press('[data-action="redo"]')
    visitor.expect_ticked(**ADRIFT)


@both_languages
def test_a_letter(visitor: Visitor) -> None:
    """It is the one that CPython writes."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    open_panel(visitor, "letters")
    request = {"do": "letter", "record": record(visitor), "in": visitor.lang, "options": {}}
    written = json.loads(handle(json.dumps({"lang": visitor.lang, "kind": "refusal", **request})))
    visitor.expect("one('[data-field=\"letter\"]').value", written["text"])


def test_a_link(visitor: Visitor) -> None:
    """It opens the same answers beside one's own, which stay."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    open_panel(visitor, "share")
    visitor.expect("one('[data-field=\"link\"]').value.includes('#c=1~')", True)
    address = visitor.see("one('[data-field=\"link\"]').value")
    visitor.press('[data-action="new-case"]')
    visitor.tick(**WALL)
    visitor.expect_saved()
    kept = visitor.see("await records()")
    visitor.open("article/")
    visitor.engine.open(address)
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    assert visitor.see("await records()") == kept
    visitor.press('[data-action="leave-borrowed"]')
    visitor.expect_ticked(**WALL)


SAVES: Final = """globalThis.saved = [];
URL.createObjectURL = (blob) => { saved.push(blob); return "#"; };
HTMLAnchorElement.prototype.click = () => {};"""
"""What a page gives to be saved is looked at, and not put among a browser's downloads."""

TAKES_IN: Final = """const transfer = new DataTransfer();
transfer.items.add(new File([text], "clients.json"));
const field = one('[data-field="file"]');
field.files = transfer.files;
field.dispatchEvent(new Event("change"));"""


def test_files_and_side_by_side(visitor: Visitor) -> None:
    """What is saved can be erased and taken in again, and compared with what is added to it."""
    visitor.open()
    visitor.tick(**ADRIFT)
    name_client(visitor, "A")
    client = record(visitor)
    visitor.open("clients/")
    visitor.expect("all('.client__signs li').length > 0", True)
    visitor.run(SAVES)
    visitor.press('[data-action="save-json"]')
    visitor.expect("saved.length", 1)
    text = visitor.see("await saved[0].text()")
    assert json.loads(text)["cases"] == [client]

    visitor.press('[data-row="delete"]')
    visitor.expect("(await records()).length", 0)
    other = {**client, "id": "b", "name": "B", "answers": WALL}
    visitor.run(TAKES_IN, text=json.dumps({**json.loads(text), "cases": [client, other]}))
    visitor.press('[data-action="add-arriving"]')
    visitor.expect("all('.client').length", 2)
    assert sorted(visitor.see("await records()"), key=lambda one: one["name"]) == [client, other]

    for id_ in (client["id"], "b"):
        visitor.press(f'.client[data-id="{id_}"] .client__pick')
    visitor.press('[data-action="compare"]')
    columns = (
        """all('[data-document="compare"] thead th').slice(1).map((cell) => cell.textContent)"""
    )
    visitor.expect(f"{columns}.sort()", ["A", "B"])
