"""Input is saved under its own client, whatever the visitor does and whenever the page closes."""

import json
import re
from typing import Final

import pytest
from playwright.sync_api import Route, expect

from checklist.texts import load
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import (
    LINK,
    NOTE,
    name_client,
    press,
    record,
    until_kept,
    write_note,
)
from tests.support.database import NAME as DATABASE
from tests.support.database import delete_database, forget_journals, write_clients_of_1_4
from tests.support.faults.storage import FULL_UP, PUT, WHILE_BROKEN, failing, mend
from tests.support.faults.worker import with_worker
from tests.support.server import Site
from tests.support.visitor import PYTHON_MS, Arrive, Visitor, wait_for

NEVER_READ: Final = "() => { IDBObjectStore.prototype.get = () => new Promise(() => {}); }"
SLOW_DATABASE: Final = "IDBFactory.prototype.databases = () => new Promise(() => {});"
NAME: Final = '[data-field="name"]'


def open_in_new_tab(visitor: Visitor) -> Visitor:
    """Close the tab at once and open another on the checklist."""
    visitor.page.close()
    again = Visitor(visitor.page.context.new_page(), visitor.site, visitor.lang)
    again.open()
    return again


def test_input_is_kept_if_the_tab_closes_during_a_write(visitor: Visitor) -> None:
    """The answer and the note that were being written are in the next tab."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    visitor.page.evaluate(NEVER_READ)
    visitor.tick(trusts_opinion="no")
    visitor.page.locator(NAME).fill("Anna")
    visitor.page.locator(NAME).blur()
    expect(visitor.page.locator('[data-field="switch"]')).not_to_have_text("Anna")
    visitor.page.evaluate("dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    again = open_in_new_tab(visitor)
    again.expect_verdict("step_back")
    expect(again.page.locator(NAME)).to_have_value("Anna")
    again.expect_saved()
    assert [(one["name"], one["answers"]) for one in again.records()] == [("Anna", ADRIFT)]


def test_input_before_the_module_has_loaded_is_saved(arrive: Arrive, site: Site) -> None:
    """Name, note, context and answer stay in the form, and are saved once the module has loaded."""
    visitor = arrive(site, "ru")
    visitor.open()
    visitor.tick(decides="yes")
    visitor.expect_saved()
    held: list[Route] = []
    visitor.page.context.route("**/main.js", lambda route: held.append(route))  # noqa: PLW0108 - it takes no method of a list
    visitor.page.goto(visitor.page.url, wait_until="commit")
    enter_early(visitor)
    for route in held:
        route.continue_()
    visitor.expect_saved()
    expect_entered(visitor)


def test_input_is_kept_if_the_module_never_loads(arrive: Arrive, site: Site) -> None:
    """It does not load twice in a row; the third visit saves the input."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    visitor.open()
    visitor.tick(decides="yes")
    visitor.expect_saved()
    site.faults["main.js"] = "missing"
    visitor.open()
    enter_early(visitor)
    visitor.open()
    visitor.tick(budget_ok="no")
    site.repair()
    visitor.open()
    visitor.expect_saved()
    expect_entered(visitor, budget_ok="no")


def enter_early(visitor: Visitor) -> None:
    """Enter a name, a note, a context and an answer."""
    visitor.page.locator(NAME).fill("Anna")
    write_note(visitor.page, "Asked twice")
    visitor.page.locator('[data-context="early"]').check()
    visitor.tick(knows_goal="no")


def expect_entered(visitor: Visitor, **more: str) -> None:
    """Check that the input is on the page, and is stored for one client only."""
    answers = {"decides": "yes", "knows_goal": "no", **more}
    assert visitor.ticked() == answers
    expect(visitor.page.locator(NAME)).to_have_value("Anna")
    expect(visitor.page.locator(NOTE)).to_have_value("Asked twice")
    expect(visitor.page.locator('[data-context="early"]')).to_be_checked()
    kept = {"name": "Anna", "notes": {"knows_goal": "Asked twice"}, "context": ["early"]}
    expect(visitor.page.locator('[data-slot="keeping"]')).to_have_text(re.compile(r"\d:\d\d"))
    until_kept(visitor, "one.name && one.notes && one.context")
    [one] = visitor.records()
    assert {key: one.get(key) for key in kept} == kept
    assert one["answers"] == answers


def test_input_is_kept_if_the_page_closes_before_the_database_opens(
    arrive: Arrive, site: Site
) -> None:
    """The answers given before it opens, and those stored earlier, are there afterwards."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    name_client(visitor, "Anna")
    slow = Visitor(visitor.page.context.new_page(), site, "en")
    slow.page.add_init_script(SLOW_DATABASE)
    slow.open_scored()
    slow.tick(trusts_opinion="no")
    slow.page.goto(site.url("en/article/"))
    visitor.page.close()
    again = open_in_new_tab(slow)
    again.expect_verdict_from_python("step_back")
    again.expect_saved()
    assert [(one["name"], one["answers"]) for one in again.records()] == [("Anna", ADRIFT)]


def test_input_before_the_database_opens_survives_reloads(arrive: Arrive, site: Site) -> None:
    """There is nothing to undo yet; the answers are there after one reload and after two."""
    visitor = arrive(site, "en")
    visitor.page.add_init_script(SLOW_DATABASE)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.evaluate("document.querySelector('[data-action=undo]').click()")
    assert visitor.ticked() == ADRIFT
    for _ in range(2):
        visitor.page.reload()
        assert visitor.ticked() == ADRIFT
    visitor.expect_opened()
    assert visitor.ticked() == ADRIFT


def test_input_that_the_database_refuses_is_kept_while_other_clients_are_open(
    arrive: Arrive, site: Site
) -> None:
    """The page says "saved" only once everything is stored, with the next successful write."""
    visitor = arrive(site, "en")
    visitor.page.add_init_script(WHILE_BROKEN % failing(PUT, FULL_UP))
    visitor.open_scored()
    keeping = visitor.page.locator('[data-slot="keeping"]')
    not_yet = load("en")("storage.not_yet")
    visitor.tick(**ADRIFT)
    expect(keeping).to_have_text(not_yet)
    press(visitor, "new-client")
    visitor.tick(**OPEN)
    visitor.open("article/")
    visitor.open()
    expect(visitor.radio("knows_goal", "yes")).to_be_checked()
    expect(visitor.page.locator('[data-field="switch"] option')).to_have_count(2)
    expect(keeping).to_have_text(not_yet)
    assert visitor.records() == []
    mend(visitor)
    visitor.tick(decides="no")
    visitor.expect_saved()
    expect(keeping).not_to_have_text(not_yet)
    saved = [one["answers"] for one in visitor.records()]
    assert sorted(saved, key=len) == [ADRIFT, {**OPEN, "decides": "no"}]


def test_a_client_that_could_not_be_read_is_not_overwritten(arrive: Arrive, site: Site) -> None:
    """Answers given meanwhile, to what looks like a new client, are merged into the stored one."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    name_client(visitor, "Anna")
    forget_journals(visitor.page)
    visitor.page.add_init_script(
        WHILE_BROKEN % failing("IDBFactory.prototype.open", "refuse('UnknownError')")
    )
    visitor.reload()
    visitor.expect_engine("python")
    visitor.tick(decides="no")
    expect(visitor.page.locator('[data-slot="keeping"]')).to_have_text(
        load("en")("storage.not_yet")
    )
    mend(visitor)
    visitor.tick(trusts_opinion="no")
    visitor.expect_saved()
    expect(visitor.page.locator(NAME)).to_have_value("Anna")
    assert visitor.ticked() == {**ADRIFT, "decides": "no"}


def test_a_note_is_never_shown_for_another_client(visitor: Visitor) -> None:
    """Not even if a link is opened while the visitor is writing."""
    visitor.open_scored()
    name_client(visitor, "Anna")
    write_note(visitor.page, "Asked twice")
    expect(visitor.page.locator(NOTE)).to_be_focused()
    visitor.page.evaluate(f"() => {{ location.hash = 'c={LINK}'; }}")
    visitor.expect_verdict("step_back")
    expect(visitor.page.locator(NOTE)).to_have_value("")
    expect(visitor.page.locator(NAME)).to_have_value("")
    assert [one["notes"] for one in visitor.records()] == [{"knows_goal": "Asked twice"}]


def test_a_request_that_crashes_python_is_sent_twice_at_most(arrive: Arrive, site: Site) -> None:
    """Then the page reports it, and Python handles all other requests."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    with_worker(
        """self.addEventListener("message", (event) => {
          if (event.data.request.includes("open_link")) {
            event.stopImmediatePropagation();
            throw new Error("too much");
          }
        });"""
    )(visitor)
    visitor.open(f"checklist/#c={LINK}")
    for _ in range(2):
        expect(visitor.page.locator('[data-slot="failure"]')).to_contain_text(
            "worker.js", timeout=PYTHON_MS
        )
        press(visitor, "retry")
    expect(visitor.page.locator('[data-slot="shared"]')).to_have_text(
        load("en")("messages.gave_up"), timeout=PYTHON_MS
    )
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")


def test_a_client_that_the_database_does_not_have_is_not_restored(visitor: Visitor) -> None:
    """The page may show it before the database has opened, but does not store it."""
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_saved()
    visitor.open("article/")
    delete_database(visitor.page)
    visitor.open_scored()
    visitor.expect_verdict("empty")
    assert visitor.records() == []


def test_clients_stored_by_version_1_4_are_moved(visitor: Visitor) -> None:
    """The client that was open is open, unsaved input included; no old data is left."""
    visitor.page.goto(visitor.site.url("licences.txt"))
    clients = [record("a", name="Anna", answers={"knows_goal": "no"}), record("b", name="Bob")]
    write_clients_of_1_4(visitor.page, clients)
    unsaved = {"a": {"saved": clients[0], "record": {**clients[0], "answers": ADRIFT}}}
    visitor.page.evaluate(
        """(items) => Object.entries(items).forEach(
          ([key, text]) => localStorage.setItem(`client-checklist:${key}`, text))""",
        {"last": "a", "snapshot": "{}", "unsaved": json.dumps(unsaved)},
    )
    visitor.open()
    expect(visitor.page.locator(NAME)).to_have_value("Anna")
    visitor.expect_verdict("step_back")
    expect(visitor.page.locator('[data-field="switch"] option')).to_have_count(2)
    assert visitor.ticked() == ADRIFT
    assert visitor.records() == [{**clients[0], "answers": ADRIFT}, clients[1]]
    old = """async () => [(await indexedDB.databases()).map(({ name }) => name),
      Object.keys(localStorage).filter((key) => !key.startsWith("client-checklist:/:"))]"""
    wait_for(
        visitor.page, lambda: visitor.page.evaluate(old), [[DATABASE], []], "what is still stored"
    )


@pytest.mark.parametrize("returns", [False, True], ids=["left open", "returned to"])
def test_what_was_saved_yesterday_has_its_day(arrive: Arrive, site: Site, returns: bool) -> None:
    """On a page that stays open past midnight, and on one to which the visitor comes back."""
    visitor = arrive(site, "ru", timezone_id="UTC")
    page = visitor.page
    page.clock.install(time="2026-11-23T23:50:00Z")
    visitor.open_scored()
    visitor.tick(decides="no")
    line = page.locator('[data-slot="keeping"]')
    expect(line).to_contain_text("23:5")
    expect(line).not_to_contain_text("23 ноября")
    page.wait_for_load_state("networkidle")  # the jump must not look like Python's silence
    if returns:
        page.clock.set_system_time("2026-11-26T09:00:00Z")
        event = "new Event('visibilitychange', { bubbles: true })"
        page.evaluate(f"document.dispatchEvent({event})")
    else:
        page.clock.fast_forward(20 * 60_000)
    expect(line).to_contain_text("23 ноября")
