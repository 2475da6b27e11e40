"""Several clients: stored apart, listed, compared, renamed, undone, and open in two tabs."""

import json
import re

from playwright.sync_api import Page, expect

from checklist.browser import handle
from checklist.texts import load
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import (
    HOSTILE,
    fill_storage,
    name_client,
    names,
    open_clients,
    press,
    press_in_menu,
    record,
    until_kept,
)
from tests.support.server import Site
from tests.support.visitor import PYTHON_MS, Arrive, Visitor, until


def test_clients_are_kept_apart(visitor: Visitor) -> None:
    """A new client is empty; the first one, opened again, has its answers, notes and name."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator("#note-knows_goal").fill("каждый раз другое")
    expect(visitor.page.locator("#q-knows_goal [data-noted]")).to_be_visible()
    name_client(visitor, "Кофейня")
    press(visitor, "new-client")
    visitor.expect_verdict("empty")
    expect(visitor.page.locator("#q-knows_goal [data-noted]")).to_be_hidden()
    assert visitor.ticked() == {}
    visitor.tick(hit_wall="yes")
    visitor.expect_verdict("step_back")
    visitor.page.locator('[data-field="switch"]').select_option(label="Кофейня")
    expect(visitor.page.locator("#note-knows_goal")).to_have_value("каждый раз другое")
    expect(visitor.page.locator("#q-knows_goal [data-noted]")).to_be_visible()
    assert visitor.ticked() == ADRIFT
    assert len(visitor.records()) == 2


def test_what_is_typed_for_one_client_stays_with_that_client(arrive: Arrive, site: Site) -> None:
    """The greeting and the recommendation are kept; a meeting and the link's choices are reset."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    page = visitor.page
    visitor.tick(**ADRIFT)
    name_client(visitor, "Alpha")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    letter = page.locator('[data-field="letter"]')
    for field, text in {"greet": "Mr Alpha", "better": "Olga", "sign": "Me"}.items():
        page.locator(f'[data-field="{field}"]').fill(text)
    expect(letter).to_have_value(re.compile("Mr Alpha.*Olga.*Me", re.DOTALL))
    page.locator('[data-field="meeting"]').fill("not added")
    page.locator('[data-field="link-name"]').check()
    until_kept(visitor, 'one.letter?.greet === "Mr Alpha" && one.letter.better === "Olga"')

    press(visitor, "new-client")
    visitor.tick(**ADRIFT)
    name_client(visitor, "Beta")
    expect(letter).to_have_value(re.compile("Me"))
    expect(letter).not_to_have_value(re.compile("Alpha|Olga"))
    for field in ("greet", "better", "meeting"):
        expect(page.locator(f'[data-field="{field}"]')).to_have_value("")
    expect(page.locator('[data-field="link-name"]')).not_to_be_checked()

    page.locator('[data-field="switch"]').select_option(label="Alpha")
    expect(page.locator('[data-field="greet"]')).to_have_value("Mr Alpha")
    expect(letter).to_have_value(re.compile("Mr Alpha.*Olga", re.DOTALL))


def test_a_client_deleted_in_another_tab_leaves_this_one(arrive: Arrive, site: Site) -> None:
    """The page says so, and does not store it again."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "Alpha")
    other = Visitor(visitor.page.context.new_page(), site, "en")
    open_clients(other)
    press_in_menu(other.page.locator(".client"), "delete")
    visitor.expect_verdict("empty")
    expect(visitor.page.locator('[data-slot="opening"]')).to_have_text(
        load("en")("messages.deleted_elsewhere")
    )
    visitor.tick(decides="no")
    visitor.expect_saved()
    assert [one["answers"] for one in visitor.records()] == [{"decides": "no"}]
    other.page.close()


def test_the_list_is_sorted_by_urgency(visitor: Visitor) -> None:
    """Unsettled first, fewest questions on top; then settled; then decided."""
    fill_storage(
        visitor,
        [
            record("1", name="Решенный", answers=OPEN, outcome={"decision": "taken"}),
            record("2", name="Ясный", answers=ADRIFT),
            record("3", name="Пустой"),
            record("4", name="Почти ясный", answers=OPEN),
        ],
    )
    open_clients(visitor)
    assert names(visitor) == ["Почти ясный", "Пустой", "Ясный", "Решенный"]
    visitor.page.locator('[data-field="filter"]').fill("ясный")
    assert names(visitor) == ["Почти ясный", "Ясный"]


def test_rename_duplicate_delete_and_undo(visitor: Visitor) -> None:
    """Each does what it says, and one press restores a deleted client completely."""
    client = record("1", name="Альфа", answers=ADRIFT, notes={"decides": "?"}, later=[1])
    fill_storage(visitor, [client])
    open_clients(visitor)
    rows = visitor.page.locator(".client")
    press_in_menu(rows, "rename")
    visitor.page.locator('[data-dialog="rename"] input').fill("Б")
    visitor.page.locator('[data-dialog="rename"] button[value="ok"]').click()
    expect(visitor.page.locator('.client [data-slot="name"]')).to_have_text("Б")
    press_in_menu(rows, "duplicate")
    expect(visitor.page.locator(".client")).to_have_count(2)
    before = visitor.records()
    assert [one["answers"] for one in before] == [ADRIFT, ADRIFT]
    press_in_menu(rows.first, "delete")
    expect(visitor.page.locator(".client")).to_have_count(1)
    visitor.page.locator('[data-block="undo-bar"] button').click()
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert visitor.records() == before


def test_two_tabs_on_one_client_lose_no_answer(visitor: Visitor) -> None:
    """Answers given in turn and simultaneously in two tabs are shown in both."""
    visitor.open_scored()
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url)
    expect(other.locator("#checklist-result")).to_have_attribute(
        "data-engine", "python", timeout=PYTHON_MS
    )
    click = "name => document.querySelector(`input[name=${name}][value=no]`).click()"
    facts = ["knows_goal", "decides", "trusts_opinion", "budget_ok", "quality_ok", "deadline_ok"]
    for index, fact in enumerate(facts):
        (visitor.page if index % 2 else other).evaluate(click, fact)
    visitor.page.evaluate(click, "compromises")
    other.evaluate(click, "participates")
    expected = dict.fromkeys([*facts, "compromises", "participates"], "no")
    for page in (visitor.page, other):
        for fact in expected:
            expect(page.locator(f'input[name="{fact}"][value="no"]')).to_be_checked()
    [kept] = visitor.records()
    assert kept["answers"] == expected
    other.close()


def test_undo_and_redo(visitor: Visitor) -> None:
    """Answers are undone and redone one by one; a new answer ends the redo."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.tick(trusts_opinion="no")
    press(visitor, "undo")
    assert visitor.ticked() == {"knows_goal": "no"}
    press(visitor, "undo")
    assert visitor.ticked() == {}
    press(visitor, "redo")
    press(visitor, "redo")
    assert visitor.ticked() == ADRIFT
    visitor.expect_verdict("step_back")
    press(visitor, "undo")
    visitor.tick(trusts_opinion="yes")
    expect(visitor.page.locator('[data-action="redo"]')).to_have_attribute("aria-disabled", "true")


def test_compare_two_clients(arrive: Arrive, site: Site) -> None:
    """The page shows Python's table, with differences marked in words too; it fits on a phone."""
    visitor = arrive(site, "en", viewport={"width": 360, "height": 740})
    clients = [record("1", name="A", answers=ADRIFT), record("2", name=HOSTILE, answers=OPEN)]
    fill_storage(visitor, clients)
    open_clients(visitor)
    boxes = visitor.page.locator(".client__pick")
    boxes.first.click()
    visitor.page.locator('[data-action="compare"]').click(force=True)  # it says that it cannot yet
    expect(visitor.page.locator('[data-slot="compare-help"]')).to_have_text(
        load("en")("messages.compare_help")
    )
    boxes.last.click()
    press(visitor, "compare")
    order = visitor.page.locator(".client").evaluate_all("all => all.map((one) => one.dataset.id)")
    chosen = sorted(clients, key=lambda one: order.index(one["id"]))
    response = json.loads(handle(json.dumps({"lang": "en", "do": "compare", "records": chosen})))
    rows = visitor.page.locator('[data-document="compare"] tbody tr')
    [table] = response["document"]["blocks"]
    expect(rows).to_have_count(len(table["rows"]))
    differing = visitor.page.locator('[data-document="compare"] tbody tr:visible')
    expect(differing).to_have_count(sum(row["differs"] for row in table["rows"]))
    visitor.page.locator('[data-field="compare-all"]').check()
    for index, expected in enumerate(table["rows"]):
        row = rows.nth(index)
        assert row.locator("td").all_text_contents() == expected["cells"]
        assert (load("en")("messages.differs") in row.inner_text()) == expected["differs"]
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visitor.page.title() != "broken"


def test_the_browser_is_asked_to_persist_once_there_is_something_to_lose(
    visitor: Visitor,
) -> None:
    """A note without a name is enough; a first answer is hardly worth a permission prompt."""
    visitor.page.add_init_script(
        "window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; };"
    )
    visitor.open_scored()
    visitor.tick(decides="no")
    visitor.expect_saved()
    assert visitor.page.evaluate("asked") == 0
    visitor.page.locator("#q-decides .note summary").click()
    visitor.page.locator("#note-decides").fill("asks somebody each time")
    until(visitor.page, "asked === 1")
    name_client(visitor, "N")
    assert visitor.page.evaluate("asked") == 1


def letter(page: Page) -> str:
    """Return the text of the letter."""
    return page.locator('[data-field="letter"]').input_value()


def test_a_thousand_clients_are_listed(visitor: Visitor) -> None:
    """One can be found by name."""
    fill_storage(
        visitor, [record(f"{n:04}", name=f"Клиент {n:04}", answers=ADRIFT) for n in range(1_000)]
    )
    open_clients(visitor)
    expect(visitor.page.locator(".client")).to_have_count(1_000)
    visitor.page.locator('[data-field="filter"]').fill("0999")
    expect(visitor.page.locator('.client:visible [data-slot="name"]')).to_have_text("Клиент 0999")
