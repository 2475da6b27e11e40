"""A browser that is killed: stored clients are still there, and deleted clients are not.

A real browser with a profile on the disk is ended with SIGKILL, which it cannot handle.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright, expect

from checklist.rules import ANSWERS
from tests.support.answers import FACT_IDS
from tests.support.clients_page import listed_ids, open_clients, press, press_in_menu
from tests.support.database import opened_last
from tests.support.faults.storage import FULL_UP, PUT, WHILE_BROKEN, failing, mend
from tests.support.find_browser import find_browser
from tests.support.killed_clients import DELETED, NAME, OPENED, ClientHistory
from tests.support.killing import Computer, Running
from tests.support.sampling import count, randomness
from tests.support.server import Site
from tests.support.shown import difference, expect_agreement, shown
from tests.support.visitor import wait_for

PROFILES: Final = count(1, soak=10)
KILLS: Final = count(1, soak=4)
STEPS: Final = 12
LONGEST_PAUSE_MS: Final = 1_500

TICK: Final = """([fact, answer]) => {
  document.querySelector(`input[name="${fact}"][value="${answer}"]`).click();
  return history.state.client;
}"""
A_NAME: Final = "Somebody Particular"
OUTSIDE: Final = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
NOBODY: Final[list[str]] = []


@pytest.fixture
def computer(
    playwright: Playwright,
    browser_type_launch_args: dict[str, object],
    site: Site,
    tmp_path: Path,
) -> Iterator[Computer]:
    """A computer with a complete Chromium, not the headless shell."""
    options = {**browser_type_launch_args, "executable_path": find_browser()}
    computer = Computer(playwright, options, tmp_path / "profile", site)
    yield computer
    computer.close()


def begin(running: Running) -> Page:
    """Open the checklist and wait until the page and the database agree."""
    running.visitor.open_scored()
    expect_agreement(running.visitor.page)
    return running.visitor.page


def tick(page: Page, history: ClientHistory, fact: str, answer: str) -> None:
    """Answer a question of the client that is open."""
    history.note(page.evaluate(TICK, [fact, answer]), fact, answer)


def settle(running: Running, history: ClientHistory) -> None:
    """Wait until everything is stored, including which client is open."""
    page = running.visitor.page
    expect_agreement(page)
    here = shown(page)["id"]
    if here in history.clients():
        wait_for(page, lambda: opened_last(page), here, "the client that is open")
    history.report()


def delete(running: Running, history: ClientHistory, client: str, *, waits: bool = True) -> None:
    """Delete a client from the list of all, and wait until the page says so."""
    page = running.visitor.page
    settle(running, history)
    open_clients(running.visitor)
    press_in_menu(page.locator(f'.client[data-id="{client}"]'), "delete")
    history.note(client, DELETED)
    if waits:
        expect_deleted(running, history)


def wipe(running: Running, history: ClientHistory, *, waits: bool = True) -> None:
    """Wipe everything, and wait until the page says so."""
    settle(running, history)
    open_clients(running.visitor)
    press(running.visitor, "wipe")
    press(running.visitor, "wipe-really")
    for client in history.clients():
        history.note(client, DELETED)
    if waits:
        expect_deleted(running, history)


def expect_deleted(running: Running, history: ClientHistory) -> None:
    """Wait until the page says that they are gone."""
    page = running.visitor.page
    expect(page.locator(".client")).to_have_count(len(history.clients()))
    expect(page.locator('[data-slot="undo-bar"]')).to_be_visible()
    history.report()


def give_an_answer(running: Running, history: ClientHistory, chance: Random) -> None:
    """Answer one question."""
    tick(running.visitor.page, history, chance.choice(FACT_IDS), chance.choice(ANSWERS))


def give_answers(running: Running, history: ClientHistory, chance: Random) -> None:
    """Answer several questions at once."""
    for _ in range(chance.randint(2, 6)):
        give_an_answer(running, history, chance)


def give_a_name(running: Running, history: ClientHistory, chance: Random) -> None:
    """Name the client that is open."""
    page = running.visitor.page
    value = f"n{chance.randrange(10**9)}"
    page.locator('[data-field="name"]').fill(value)
    history.note(shown(page)["id"], NAME, value)


def begin_another(running: Running, history: ClientHistory, _chance: Random) -> None:
    """Start another client, of which nothing is stored yet."""
    press(running.visitor, "new-client")
    history.note(shown(running.visitor.page)["id"], OPENED)


def open_another(running: Running, history: ClientHistory, chance: Random) -> None:
    """Open another client from the list on the page."""
    page = running.visitor.page
    settle(running, history)
    others = [one for one in history.clients() if one != shown(page)["id"]]
    if others:
        chosen = chance.choice(others)
        page.locator('[data-field="switch"]').select_option(chosen)
        wait_for(page, lambda: shown(page)["id"], chosen, "the client that was chosen")
        history.note(chosen, OPENED)


def look(running: Running, history: ClientHistory, _chance: Random) -> None:
    """If the page says that everything is stored, record that."""
    is_entered = history.actions and history.actions[-1].what != OPENED
    if is_entered and not difference(running.visitor.page):
        history.report()


def delete_one(running: Running, history: ClientHistory, chance: Random) -> None:
    """Delete a client, and return to the checklist."""
    if clients := history.clients():
        delete(running, history, chance.choice(clients))
        begin(running)


def wipe_all(running: Running, history: ClientHistory, _chance: Random) -> None:
    """Wipe everything, and return to the checklist."""
    if history.clients():
        wipe(running, history)
        begin(running)


def delete_last(running: Running, history: ClientHistory, chance: Random) -> None:
    """Delete a client or wipe everything as the last action, with or without waiting for it."""
    waits = chance.random() < 1 / 2
    if chance.random() < 1 / 2:
        delete(running, history, chance.choice(history.clients()), waits=waits)
    else:
        wipe(running, history, waits=waits)


type Step = Callable[[Running, ClientHistory, Random], None]

HOW_OFTEN: Final[dict[Step, int]] = {
    give_an_answer: 8,
    give_answers: 3,
    give_a_name: 2,
    begin_another: 2,
    open_another: 2,
    look: 4,
    delete_one: 1,
    wipe_all: 1,
}


def pause(page: Page, chance: Random) -> None:
    """Wait for a random time, mostly short."""
    page.wait_for_timeout(LONGEST_PAUSE_MS * chance.random() ** 3)


def kill_and_compare(computer: Computer, running: Running, history: ClientHistory) -> Running:
    """Kill the browser, start it again, and compare the stored clients with the expected ones."""
    if history.end():
        running.write_elsewhere()  # on a slow machine, this waits as long as the page's write
    again = computer.start_anew(running)
    page = begin(again)
    found = {one["id"]: one for one in again.visitor.records()}
    open_client = shown(page)["id"]
    assert history.faults(found, open_client) == [], (
        f"{history.must_be_stored} of {history.actions}"
    )
    gone = history.all_ids() - found.keys() - {open_client}
    expect_forgotten(page, gone)
    open_clients(again.visitor)
    wait_for(page, lambda: sorted(listed_ids(page)), sorted(found), "the list of all clients")
    assert {one["id"]: one for one in again.visitor.records()} == found
    expect_forgotten(page, gone)
    history.continue_with(found, open_client)
    return again


def expect_forgotten(page: Page, clients: set[str]) -> None:
    """Wait until nothing stored outside the database has the ids of the clients."""

    def named() -> list[str]:
        text = page.evaluate(OUTSIDE)
        return [client for client in sorted(clients) if client in text]

    wait_for(page, named, NOBODY, "what is deleted is still in the browser")


@pytest.mark.soak
@pytest.mark.parametrize("number", range(PROFILES))
def test_killed_at_any_moment(computer: Computer, number: int) -> None:
    """Repeatedly, with one profile: nothing saved is lost, and nothing deleted is restored."""
    chance = randomness(f"killed {number}")
    history = ClientHistory()
    running = computer.start()
    for _ in range(KILLS):
        page = begin(running)
        for _ in range(chance.randrange(STEPS)):
            [step] = chance.choices([*HOW_OFTEN], [*HOW_OFTEN.values()])
            step(running, history, chance)
            pause(page, chance)
        last = delete_last if history.clients() and chance.random() < 1 / 2 else give_answers
        last(running, history, chance)
        pause(page, chance)
        running = kill_and_compare(computer, running, history)


def after_wiping(running: Running, history: ClientHistory) -> None:
    """All clients have been deleted."""
    wipe(running, history)


def after_deleting(running: Running, history: ClientHistory) -> None:
    """The client has been deleted."""
    delete(running, history, history.actions[0].client)


def after_a_newer_answer(running: Running, history: ClientHistory) -> None:
    """An answer has been changed."""
    tick(running.visitor.page, history, FACT_IDS[0], "yes")
    settle(running, history)


def after_starting_over(running: Running, history: ClientHistory) -> None:
    """The answers have been undone, so that they equal those before the old journal."""
    page = running.visitor.page
    press(running.visitor, "start-over")
    expect(page.locator('[data-slot="cleared"]')).not_to_be_empty()
    for fact in FACT_IDS[:6]:
        history.note(shown(page)["id"], fact, None)
    settle(running, history)


def after_another_client(running: Running, history: ClientHistory) -> None:
    """Another client has been opened and answered."""
    press(running.visitor, "new-client")
    tick(running.visitor.page, history, FACT_IDS[0], "yes")
    settle(running, history)


type Moment = Callable[[Running, ClientHistory], None]

MOMENTS: Final[tuple[Moment, ...]] = (
    after_wiping,
    after_deleting,
    after_a_newer_answer,
    after_starting_over,
    after_another_client,
)


@pytest.mark.parametrize("moment", MOMENTS, ids=[moment.__name__ for moment in MOMENTS])
def test_killed_with_an_old_journal(computer: Computer, moment: Moment) -> None:
    """The journal on the disk has changes older than those in the database.

    Browsers write ``localStorage`` to the disk seconds late, so this is common.
    """
    history = ClientHistory()
    running = computer.start()
    page = begin(running)
    page.evaluate(f"() => {WHILE_BROKEN % failing(PUT, FULL_UP)}")
    for fact in FACT_IDS[:5]:
        tick(page, history, fact, "no")
    page.locator('[data-field="name"]').fill(A_NAME)
    history.note(shown(page)["id"], NAME, A_NAME)
    running.until_on_disk(A_NAME)
    mend(running.visitor)
    tick(page, history, FACT_IDS[5], "no")
    settle(running, history)
    moment(running, history)
    kill_and_compare(computer, running, history)


def test_killed_in_the_first_seconds(computer: Computer) -> None:
    """The answers, and which client was open, are only in the database."""
    history = ClientHistory()
    running = computer.start()
    page = begin(running)
    for fact in FACT_IDS:
        tick(page, history, fact, "no")
    settle(running, history)
    kill_and_compare(computer, running, history)
