"""Several tabs of one browser at once: no change is lost, and all tabs show the same in the end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from checklist.advice import CHECKS, STAGES
from checklist.rules import ANSWERS
from tests.support.answers import CONTEXT_IDS, FACT_IDS
from tests.support.clients_page import listed_ids, open_clients
from tests.support.sampling import count, randomness
from tests.support.shown import (
    AGREED,
    Seen,
    as_shown,
    differences_of,
    expect_agreement,
    shown,
    shown_around,
)
from tests.support.visitor import Visitor, wait_for

RUNS: Final = count(2, soak=40)
ROUNDS: Final = 5
STEPS: Final = 20
PAUSES_MS: Final = (0, 0, 0, 5, 50, 300)
TEXTS: Final = ("name", "staying", "outcome-words", "greet", "better")
FIGURES: Final = ("hours", "weeks", "rate")
CHOICES: Final = {"decision": ("", "taken", "declined"), "went": ("", "well", "mixed", "badly")}

CLICK: Final = "(css) => document.querySelector(css).click()"
TYPE: Final = """([css, value]) => {
  const field = document.querySelector(css);
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input",
    { bubbles: true }));
}"""
OPEN_ANOTHER: Final = """(number) => {
  const list = document.querySelector('[data-field="switch"]');
  if (list.options.length > 1) {
    list.selectedIndex = number % list.options.length;
    list.dispatchEvent(new Event("change"));
  }
}"""
BLUR: Final = "() => document.activeElement.blur()"
NO_PAUSE_IN_TYPING: Final = """() => {
  const { setTimeout } = window;
  window.setTimeout = (run, ms) => (ms === 400 ? 1 : setTimeout(run, ms));
}"""
"""Keeps what is typed from being stored before something else makes the page store it."""


type Parts = Mapping[str, object]


@dataclass(frozen=True)
class Change:
    """A change of one part of a client in one of the tabs."""

    tab: int
    client: str
    part: str
    value: object


@dataclass
class Model:
    """What must be stored.

    ``known`` holds the clients' parts when the tabs last agreed, ``changes`` the changes since,
    and ``deleted`` the ids of the clients that must not be restored.
    """

    known: dict[str, Parts] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)

    def note(self, tab: int, before: Seen, after: Seen) -> None:
        """Record how an action changed a tab's page."""
        parts, now = parts_of(before), parts_of(after)
        for part in parts.keys() | now.keys():
            if parts.get(part) != now.get(part):
                self.changes.append(Change(tab, after["id"], part, now.get(part)))

    def wipe_all(self) -> None:
        """Record that everything was deleted."""
        self.deleted |= {*self.known, *(change.client for change in self.changes)}

    def allowed(self, client: str, part: str) -> list[object]:
        """Return the allowed values of a part: the last one from each tab."""
        last = {
            change.tab: change.value
            for change in self.changes
            if (change.client, change.part) == (client, part)
        }
        return [*last.values()] or [self.known.get(client, {}).get(part)]

    def faults(self, found: Mapping[str, Parts]) -> list[str]:
        """Return how the found clients differ from the allowed ones."""
        clients = {*self.known, *(change.client for change in self.changes)}
        faults = [f"{one} is back" for one in self.deleted & found.keys()]
        faults += [f"{one} is unknown" for one in found.keys() - clients - self.deleted]
        for client in clients - self.deleted:
            parts = found.get(client, {})
            named = {change.part for change in self.changes if change.client == client}
            for part in named | self.known.get(client, {}).keys() | parts.keys():
                allowed = self.allowed(client, part)
                if parts.get(part) not in allowed:
                    faults.append(f"{client}: {part} is {parts.get(part)!r}, not of {allowed}")
        return faults

    def continue_with(self, found: Mapping[str, Parts]) -> None:
        """Start a new round from the found clients."""
        self.known = dict(found)
        self.changes = []


def parts_of(seen: Seen) -> Parts:
    """Return the parts of a client that are not empty."""
    return {part: value for part, value in _parts(seen) if value not in ("", None)}


def _parts(seen: Seen) -> Iterator[tuple[str, object]]:
    for key, value in seen.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", one) for inner, one in value.items())
        elif isinstance(value, list):
            yield from ((f"{key}.{one}", True) for one in value)
        elif key != "id":
            yield key, value


@dataclass(frozen=True)
class Tabs:
    """Some tabs with the checklist, one with the list of clients, and the model."""

    pages: list[Page]
    listing: Visitor
    model: Model
    chance: Random

    def any_tab(self) -> int:
        """Return the number of a random tab with the checklist."""
        return self.chance.randrange(len(self.pages))

    def do(self, tab: int, script: str, argument: object) -> None:
        """Do an action in a tab and record how it changed the client there."""
        before, after = shown_around(self.pages[tab], script, argument)
        self.model.note(tab, before, after)


type Step = Callable[[Tabs], None]


def tick(tabs: Tabs) -> None:
    """Answer a question."""
    fact, answer = tabs.chance.choice(FACT_IDS), tabs.chance.choice(ANSWERS)
    tabs.do(tabs.any_tab(), CLICK, f'input[name="{fact}"][value="{answer}"]')


def check(tabs: Tabs) -> None:
    """Answer a check, or choose the stage of the work."""
    questions = [("stage", STAGES), *((f"check-{check.id}", ANSWERS) for check in CHECKS[:3])]
    name, values = tabs.chance.choice(questions)
    css = f'input[name="{name}"][value="{tabs.chance.choice(values)}"]'
    tabs.do(tabs.any_tab(), CLICK, css)


def undo(tabs: Tabs) -> None:
    """Undo, redo, or start over."""
    action = tabs.chance.choice(("undo", "undo", "redo", "start-over"))
    tabs.do(tabs.any_tab(), CLICK, f'[data-action="{action}"]')


def note(tabs: Tabs) -> None:
    """Write a note."""
    css = f"#note-{tabs.chance.choice(FACT_IDS[:3])}"
    tabs.do(tabs.any_tab(), TYPE, [css, some_text(tabs.chance)])


def text(tabs: Tabs) -> None:
    """Write into a field."""
    css = f'[data-field="{tabs.chance.choice(TEXTS)}"]'
    tabs.do(tabs.any_tab(), TYPE, [css, some_text(tabs.chance)])


def figure(tabs: Tabs) -> None:
    """Type a number into the estimate."""
    css = f'[data-field="{tabs.chance.choice(FIGURES)}"]'
    tabs.do(tabs.any_tab(), TYPE, [css, str(tabs.chance.randrange(1_000))])


def context(tabs: Tabs) -> None:
    """Tick a context note, or remove the tick."""
    tabs.do(tabs.any_tab(), CLICK, f'[data-context="{tabs.chance.choice(CONTEXT_IDS)}"]')


def outcome(tabs: Tabs) -> None:
    """Choose the outcome."""
    name = tabs.chance.choice([*CHOICES])
    css = f'[data-field="{name}"]'
    tabs.do(tabs.any_tab(), TYPE, [css, tabs.chance.choice(CHOICES[name])])


def new_client(tabs: Tabs) -> None:
    """Start another client."""
    tabs.pages[tabs.any_tab()].evaluate(CLICK, '[data-action="new-client"]')


def open_another(tabs: Tabs) -> None:
    """Open another client from the list on the page."""
    tabs.pages[tabs.any_tab()].evaluate(OPEN_ANOTHER, tabs.chance.randrange(100))


def reload(tabs: Tabs) -> None:
    """Load a tab again."""
    tabs.pages[tabs.any_tab()].reload()


def delete(tabs: Tabs) -> None:
    """Delete a client while the other tabs are in use."""
    page = tabs.listing.page
    if clients := listed_ids(page):
        client = tabs.chance.choice(clients)
        page.evaluate(CLICK, f'.client[data-id="{client}"] [data-row="delete"]')
        tabs.model.deleted.add(client)


def wipe(tabs: Tabs) -> None:
    """Wipe everything, and wait until the page says so."""
    page = tabs.listing.page
    if not listed_ids(page):
        return
    for action in ("wipe", "wipe-really"):
        page.evaluate(CLICK, f'[data-action="{action}"]')
    expect(page.locator(".client")).to_have_count(0)
    tabs.model.wipe_all()
    expect_all_agree(tabs)


HOW_OFTEN: Final[dict[Step, float]] = {
    tick: 12,
    check: 5,
    undo: 4,
    note: 3,
    text: 3,
    figure: 1,
    context: 3,
    outcome: 3,
    new_client: 1,
    open_another: 2,
    reload: 1,
    delete: 0.5,
    wipe: 0.2,
}


def some_text(chance: Random) -> str:
    """Return a unique text."""
    return f"text {chance.randrange(10**9)}"


def expect_all_agree(tabs: Tabs) -> None:
    """Wait until all tabs show what the database has, and compare it with the model."""
    for page in tabs.pages:
        page.evaluate(BLUR)
    pages, listing = tabs.pages, tabs.listing
    agreed = [AGREED] * len(pages)
    wait_for(listing.page, lambda: differences_of(pages), agreed, "the tabs and the database")
    found = {one["id"]: parts_of(as_shown(one)) for one in listing.records()}
    wait_for(listing.page, lambda: sorted(listed_ids(listing.page)), sorted(found), "the list")
    assert tabs.model.faults(found) == [], "\n".join(map(str, [*tabs.model.changes, found]))
    tabs.model.continue_with(found)


def open_tabs(visitor: Visitor, chance: Random) -> Tabs:
    """Open two to four tabs on one new client, and the list of all."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    browser = visitor.page.context
    others = [Visitor(browser.new_page(), visitor.site) for _ in range(chance.randint(1, 3))]
    for other in others:
        other.open_scored()
    listing = Visitor(browser.new_page(), visitor.site)
    open_clients(listing)
    [client] = visitor.records()
    model = Model({client["id"]: parts_of(as_shown(client))})
    return Tabs([visitor.page, *(other.page for other in others)], listing, model, chance)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(RUNS))
def test_random_changes_in_several_tabs_are_all_kept(visitor: Visitor, number: int) -> None:
    """The tabs change the same clients and different ones."""
    chance = randomness(f"tabs {number}")
    tabs = open_tabs(visitor, chance)
    for _ in range(ROUNDS):
        for _ in range(chance.randrange(STEPS)):
            [step] = chance.choices([*HOW_OFTEN], [*HOW_OFTEN.values()])
            step(tabs)
            tabs.listing.page.wait_for_timeout(chance.choice(PAUSES_MS))
        expect_all_agree(tabs)


@pytest.mark.parametrize("name", ["outcome-words", "name", "staying", "better"])
def test_a_focused_field_shows_the_change_of_another_tab_later(visitor: Visitor, name: str) -> None:
    """Once the field loses the focus; the change of the other tab is not undone."""
    browser = visitor.page.context
    pages = [visitor.page, browser.new_page()]
    for page in pages:
        page.goto(visitor.site.url("checklist/"))
        expect(page.locator("#checklist-result")).to_have_attribute("data-engine", "python")
        page.evaluate(TYPE, [f'[data-field="{name}"]', f"written at {pages.index(page)}"])
        expect_agreement(page)
    mine, theirs = pages
    mine.evaluate(BLUR)
    mine.evaluate(TYPE, ['[data-field="went"]', "mixed"])
    wait_for(theirs, lambda: shown(theirs)["went"], "mixed", "what the other tab chose")
    for page in (theirs, mine):
        expect(page.locator(f'[data-field="{name}"]')).to_have_value("written at 1")


@pytest.mark.parametrize(("mine", "theirs"), [("hours", "weeks"), ("greet", "better")])
def test_two_tabs_change_two_fields_of_one_part_of_a_client(
    visitor: Visitor, mine: str, theirs: str
) -> None:
    """Typing in one tab does not overwrite the other field, which another tab stores."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    other.open_scored()
    other.expect_opened()
    visitor.page.evaluate(NO_PAUSE_IN_TYPING)
    visitor.page.evaluate(TYPE, [f'[data-field="{mine}"]', "7"])
    other.page.evaluate(TYPE, [f'[data-field="{theirs}"]', "8"])
    other.page.evaluate(BLUR)
    expect(visitor.page.locator(f'[data-field="{theirs}"]')).to_have_value("8")
    for tab in (visitor, other):
        tab.page.evaluate(BLUR)
        expect_agreement(tab.page)
        expect(tab.page.locator(f'[data-field="{mine}"]')).to_have_value("7")
        expect(tab.page.locator(f'[data-field="{theirs}"]')).to_have_value("8")
