"""A browser that is killed: what was stored is there, and what was erased is not.

The browser is a real one with a profile on the disk; SIGKILL ends it, which it cannot handle.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from playwright.sync_api import Page, Playwright, expect

from checklist.rules import ANSWERS, FACTS
from tests.support.clients_page import open_clients, press
from tests.support.database import opened_last
from tests.support.diary import ERASED, NAME, OPENED, Diary
from tests.support.faults import FULL_UP, PUT, WHILE_BROKEN, failing, mend
from tests.support.find_browser import find_browser
from tests.support.killing import Computer, Running
from tests.support.sampling import count, randomness
from tests.support.server import Site
from tests.support.shown import difference, expect_agreement, shown
from tests.support.visitor import wait_for

PROFILES: Final = count(1, soak=10)
KILLS: Final = count(1, soak=4)
STEPS: Final = 12
LONGEST_PAUSE_MS: Final = 1_500
FACT_IDS: Final = tuple(fact.id for fact in FACTS)

TICK: Final = """([fact, answer]) => {
  document.querySelector(`input[name="${fact}"][value="${answer}"]`).click();
  return history.state.client;
}"""
SOMEBODY: Final = "Somebody Particular"
OUTSIDE: Final = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
LISTED: Final = "() => [...document.querySelectorAll('.client')].map((one) => one.dataset.id)"
NOBODY: Final[list[str]] = []


@pytest.fixture
def computer(
    playwright: Playwright,
    browser_type_launch_args: dict[str, object],
    site: Site,
    tmp_path: Path,
) -> Iterator[Computer]:
    """A computer with the whole browser, the one that people have."""
    options = {**browser_type_launch_args, "executable_path": find_browser()}
    computer = Computer(playwright, options, tmp_path / "profile", site)
    yield computer
    computer.close()


def begin(running: Running) -> Page:
    """Open the checklist and wait until the page and the database agree."""
    running.visitor.open_scored()
    expect_agreement(running.visitor.page)
    return running.visitor.page


def tick(page: Page, diary: Diary, fact: str, answer: str) -> None:
    """Answer a question of the client that is open."""
    diary.note(page.evaluate(TICK, [fact, answer]), fact, answer)


def settle(running: Running, diary: Diary) -> None:
    """Wait until all is stored, and which client is open."""
    page = running.visitor.page
    expect_agreement(page)
    here = shown(page)["id"]
    if here in diary.clients():
        wait_for(page, lambda: opened_last(page), here, "the client that is open")
    diary.report()


def delete(running: Running, diary: Diary, client: str, *, waits: bool = True) -> None:
    """Delete a client from the list of all, and wait until the page says so."""
    page = running.visitor.page
    settle(running, diary)
    open_clients(running.visitor)
    page.locator(f'.client[data-id="{client}"] [data-row="delete"]').click()
    diary.note(client, ERASED)
    if waits:
        expect_erased(running, diary)


def wipe(running: Running, diary: Diary, *, waits: bool = True) -> None:
    """Erase everything, and wait until the page says so."""
    settle(running, diary)
    open_clients(running.visitor)
    press(running.visitor, "wipe")
    press(running.visitor, "wipe-really")
    for client in diary.clients():
        diary.note(client, ERASED)
    if waits:
        expect_erased(running, diary)


def expect_erased(running: Running, diary: Diary) -> None:
    """Wait until the page says that they are gone."""
    page = running.visitor.page
    expect(page.locator(".client")).to_have_count(len(diary.clients()))
    expect(page.locator('[data-slot="undo-bar"]')).to_be_visible()
    diary.report()


def give_an_answer(running: Running, diary: Diary, chance: Random) -> None:
    """Answer one question."""
    tick(running.visitor.page, diary, chance.choice(FACT_IDS), chance.choice(ANSWERS))


def give_answers(running: Running, diary: Diary, chance: Random) -> None:
    """Answer several questions at once."""
    for _ in range(chance.randint(2, 6)):
        give_an_answer(running, diary, chance)


def give_a_name(running: Running, diary: Diary, chance: Random) -> None:
    """Name the client that is open."""
    page = running.visitor.page
    value = f"n{chance.randrange(10**9)}"
    page.locator('[data-field="name"]').fill(value)
    diary.note(shown(page)["id"], NAME, value)


def begin_another(running: Running, diary: Diary, _chance: Random) -> None:
    """Begin with another client; nothing is stored of it so far."""
    press(running.visitor, "new-case")
    diary.note(shown(running.visitor.page)["id"], OPENED)


def open_another(running: Running, diary: Diary, chance: Random) -> None:
    """Open another client from the list on the page."""
    page = running.visitor.page
    settle(running, diary)
    others = [one for one in diary.clients() if one != shown(page)["id"]]
    if others:
        chosen = chance.choice(others)
        page.locator('[data-field="switch"]').select_option(chosen)
        wait_for(page, lambda: shown(page)["id"], chosen, "the client that was chosen")
        diary.note(chosen, OPENED)


def look(running: Running, diary: Diary, _chance: Random) -> None:
    """Look whether what was entered is stored, and note it where it is."""
    is_entered = diary.deeds and diary.deeds[-1].what != OPENED
    if is_entered and not difference(running.visitor.page):
        diary.report()


def delete_one(running: Running, diary: Diary, chance: Random) -> None:
    """Delete a client, and come back to the checklist."""
    if clients := diary.clients():
        delete(running, diary, chance.choice(clients))
        begin(running)


def wipe_all(running: Running, diary: Diary, _chance: Random) -> None:
    """Erase everything, and come back to the checklist."""
    if diary.clients():
        wipe(running, diary)
        begin(running)


def erase_last(running: Running, diary: Diary, chance: Random) -> None:
    """Delete a client or erase everything, with or without waiting for it, and do no more."""
    waits = chance.random() < 1 / 2
    if chance.random() < 1 / 2:
        delete(running, diary, chance.choice(diary.clients()), waits=waits)
    else:
        wipe(running, diary, waits=waits)


type Step = Callable[[Running, Diary, Random], None]

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
    """Let time pass, most often little."""
    page.wait_for_timeout(LONGEST_PAUSE_MS * chance.random() ** 3)


def kill_and_compare(computer: Computer, running: Running, diary: Diary) -> Running:
    """End the browser, start it again, and compare what is there with what must be."""
    if diary.end():
        running.write_elsewhere()  # where that takes longer than a second, so may the page
    again = computer.start_anew(running)
    page = begin(again)
    found = {one["id"]: one for one in again.visitor.records()}
    open_client = shown(page)["id"]
    assert diary.faults(found, open_client) == [], f"{diary.promised} of {diary.deeds}"
    gone = diary.everybody() - found.keys() - {open_client}
    expect_forgotten(page, gone)
    open_clients(again.visitor)
    wait_for(page, lambda: listed(page), sorted(found), "the list of all clients")
    assert {one["id"]: one for one in again.visitor.records()} == found
    expect_forgotten(page, gone)
    diary.continue_with(found, open_client)
    return again


def listed(page: Page) -> list[str]:
    """Return the clients in the list of all."""
    ids: list[str] = page.evaluate(LISTED)
    return sorted(ids)


def expect_forgotten(page: Page, clients: set[str]) -> None:
    """Wait until nothing that the page keeps beside the database names any of the clients."""

    def named() -> list[str]:
        text = page.evaluate(OUTSIDE)
        return [client for client in sorted(clients) if client in text]

    wait_for(page, named, NOBODY, "what is erased is still in the browser")


@pytest.mark.soak
@pytest.mark.parametrize("number", range(PROFILES))
def test_killed_at_any_moment(computer: Computer, number: int) -> None:
    """Again and again on one profile: nothing that was promised is lost, nothing erased is back."""
    chance = randomness(f"killed {number}")
    diary = Diary()
    running = computer.start()
    for _ in range(KILLS):
        page = begin(running)
        for _ in range(chance.randrange(STEPS)):
            [step] = chance.choices([*HOW_OFTEN], [*HOW_OFTEN.values()])
            step(running, diary, chance)
            pause(page, chance)
        last = erase_last if diary.clients() and chance.random() < 1 / 2 else give_answers
        last(running, diary, chance)
        pause(page, chance)
        running = kill_and_compare(computer, running, diary)


def after_wiping(running: Running, diary: Diary) -> None:
    """Everything has been erased."""
    wipe(running, diary)


def after_deleting(running: Running, diary: Diary) -> None:
    """The client has been deleted."""
    delete(running, diary, diary.deeds[0].client)


def after_a_newer_answer(running: Running, diary: Diary) -> None:
    """An answer has been changed."""
    tick(running.visitor.page, diary, FACT_IDS[0], "yes")
    settle(running, diary)


def after_starting_over(running: Running, diary: Diary) -> None:
    """The answers have been taken back, so that they are what they were before the old journal."""
    page = running.visitor.page
    press(running.visitor, "start-over")
    expect(page.locator('[data-slot="cleared"]')).not_to_be_empty()
    for fact in FACT_IDS[:6]:
        diary.note(shown(page)["id"], fact, None)
    settle(running, diary)


def after_another_client(running: Running, diary: Diary) -> None:
    """Another client has been opened and answered."""
    press(running.visitor, "new-case")
    tick(running.visitor.page, diary, FACT_IDS[0], "yes")
    settle(running, diary)


type Moment = Callable[[Running, Diary], None]

MOMENTS: Final[tuple[Moment, ...]] = (
    after_wiping,
    after_deleting,
    after_a_newer_answer,
    after_starting_over,
    after_another_client,
)


@pytest.mark.parametrize("moment", MOMENTS, ids=[moment.__name__ for moment in MOMENTS])
def test_killed_with_an_old_journal(computer: Computer, moment: Moment) -> None:
    """The journal on the disk has changes that the database had not; by now it has newer ones.

    Browsers write ``localStorage`` to the disk seconds late, so that this is no rare case.
    """
    diary = Diary()
    running = computer.start()
    page = begin(running)
    page.evaluate(f"() => {WHILE_BROKEN % failing(PUT, FULL_UP)}")
    for fact in FACT_IDS[:5]:
        tick(page, diary, fact, "no")
    page.locator('[data-field="name"]').fill(SOMEBODY)
    diary.note(shown(page)["id"], NAME, SOMEBODY)
    running.until_on_disk(SOMEBODY)
    mend(running.visitor)
    tick(page, diary, FACT_IDS[5], "no")
    settle(running, diary)
    moment(running, diary)
    kill_and_compare(computer, running, diary)


def test_killed_in_the_first_seconds(computer: Computer) -> None:
    """The database has the answers; which client was open has not reached the disk otherwise."""
    diary = Diary()
    running = computer.start()
    page = begin(running)
    for fact in FACT_IDS:
        tick(page, diary, fact, "no")
    settle(running, diary)
    kill_and_compare(computer, running, diary)
