"""Every state of the checklist and of the page of clients, one after another."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, Route, expect

from checklist.rules import FACTS
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import (
    LINK,
    fill_storage,
    name_client,
    open_clients,
    open_panels,
    press,
    press_in_menu,
    record,
)
from tests.support.database import delete_database, forget_journals, write_state
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import PYTHON_MS, Arrive, Visitor

VERDICTS: Final = {
    "work": dict.fromkeys((fact.id for fact in FACTS), "yes") | {"hit_wall": "no"},
    "clarify_first": {"knows_goal": "no", "trusts_opinion": "yes"},
    "step_back": {"hit_wall": "yes"},
    "out_of_scope": {"depends_on_client": "no"},
}
DAMAGED: Final = json.dumps(
    {
        "format": "client-case/1",
        "rules": "1.0",
        "answers": {"decides": "maybe"},
        "notes": {"decides": "asks somebody each time"},
    }
)

_SCRIPTS: Final = re.compile(r"<script\b.*?</script>", re.DOTALL)

type State = tuple[str, Page]
type Visit = Callable[[], Visitor]


def states_of_the_checklist(arrive: Arrive, site: Site, lang: str) -> Iterator[State]:
    """Yield each state of the checklist by its name, with the page that is in it."""

    def visit(**options: object) -> Visitor:
        return arrive(site, lang, reduced_motion="reduce", **options)

    visitor = visit()
    yield from _answered(visitor)
    yield from _after_the_verdict(visitor)
    yield from _arrived_by_link(visit)
    yield from _saved_and_damaged(visit())
    yield from _without_python(visit, site)
    yield "no script", _without_scripts(visit()).page


def _answered(visitor: Visitor) -> Iterator[State]:
    visitor.open_scored()
    yield "empty", visitor.page
    visitor.tick(knows_goal="yes", deadline_ok="no")
    visitor.expect_verdict("open")
    yield "open", visitor.page
    for verdict, answers in VERDICTS.items():
        visitor.tick(**answers)
        visitor.expect_verdict(verdict)
        yield verdict, visitor.page
    press(visitor, "start-over")
    visitor.expect_verdict("empty")
    yield "cleared", visitor.page


def _after_the_verdict(visitor: Visitor) -> Iterator[State]:
    expect(visitor.page.locator('[data-block="undo-bar"]')).to_be_hidden()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    name_client(visitor, "W" * 60)
    visitor.page.locator("#q-knows_goal .how:not(.note) summary").click()
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator('[data-context="early"]').check()
    open_panels(visitor)
    letter = visitor.page.locator('[data-field="letter"]')
    expect(letter).not_to_have_value("")
    visitor.page.locator('[data-field="hours"]').fill("-1")
    expect(visitor.page.locator('[data-field="hours"][aria-invalid]')).to_be_visible()
    letter.fill("Own words")
    press(visitor, "rewrite")
    expect(visitor.page.locator('[data-block="undo-bar"]')).to_be_visible()
    yield "every panel open, a wrong figure, undo offered", visitor.page


def _arrived_by_link(visit: Visit) -> Iterator[State]:
    shared = visit()
    shared.open(f"checklist/#c={LINK}")
    shared.expect_verdict_from_python("step_back")
    yield "from a link", shared.page
    shared.page.goto("about:blank")
    shared.open("checklist/#c=1~1.0~nonsense")
    expect(shared.page.locator('[data-slot="shared"]')).to_contain_text("1~1.0~nonsense")
    yield "from a damaged link", shared.page


def open_damaged(visitor: Visitor) -> None:
    """Open the checklist of a visitor whose saved client is damaged."""
    visitor.page.goto(visitor.site.url("licences.txt"))
    forget_journals(visitor.page)
    delete_database(visitor.page)
    visitor.page.evaluate("text => localStorage.setItem('client-checklist:case', text)", DAMAGED)
    visitor.open_scored()
    expect(visitor.page.locator('[data-list="problems"] li')).to_have_count(1)


def _saved_and_damaged(visitor: Visitor) -> Iterator[State]:
    open_damaged(visitor)
    expect(visitor.page.locator("#note-decides")).to_be_visible()
    yield "saved and damaged, with a note", visitor.page
    fill_storage(visitor, [record("1", name="N", answers=ADRIFT, rules="0.9")])
    visitor.open("checklist/#case=1")
    expect(visitor.page.locator('[data-list="news"] li').first).to_be_visible(timeout=PYTHON_MS)
    offer_update(visitor.page)
    yield "of older rules, and a new version of the site", visitor.page


def offer_update(page: Page) -> None:
    """Show the bar about a new version, as the page itself does."""
    page.evaluate(
        """() => {
          const bar = document.querySelector("[data-update]");
          bar.querySelector("[data-slot=update]").textContent =
            bar.querySelector("template").content.textContent;
          bar.querySelector(".update__buttons").hidden = false;
          bar.classList.add("update--shown");
        }"""
    )


def _without_python(visit: Visit, site: Site) -> Iterator[State]:
    loading = visit()
    loading.keep_python_out()
    loading.open()
    loading.tick(**ADRIFT)
    loading.expect_engine("table")
    yield "Python on its way", loading.page
    loading.let_python_in()
    site.faults["worker.js"] = "missing"
    failed = visit()
    failed.may_complain = True
    failed.open()
    failed.tick(**ADRIFT)
    expect(failed.page.locator('[data-slot="failure"]')).not_to_be_empty()
    yield "Python failed", failed.page
    site.faults.clear()


def _without_scripts(visitor: Visitor) -> Visitor:
    """Open the page as it is without scripts; axe is a script and needs them on."""

    def strip(route: Route) -> None:
        answer = route.fetch()
        body = _SCRIPTS.sub("", answer.text())
        route.fulfill(response=answer, body=body.replace("noscript>", "div>"))

    visitor.page.route("**/checklist/", strip)
    visitor.open()
    return visitor


def states_of_the_clients(arrive: Arrive, site: Site, lang: str, folder: Path) -> Iterator[State]:
    """Yield each state of the page of clients by its name; ``folder`` is for a file to import."""
    visitor = arrive(site, lang, reduced_motion="reduce")
    page = visitor.page
    open_clients(visitor)
    page.locator("a.main-button").hover()
    yield "no clients, the way to the checklist under the pointer", page
    fill_storage(
        visitor,
        [
            record("1", name="A", answers=ADRIFT),
            record("2", name="W" * 60, answers=OPEN),
            record("3", name="C", rules="9.0"),
        ],
    )
    open_clients(visitor)
    expect(page.locator(".client--unreadable")).to_be_visible()
    yield "some clients, one unreadable", page
    for box in page.locator(".client__pick").all():
        box.click()
    press(visitor, "compare")
    expect(page.locator('[data-document="compare"] table')).to_be_visible()
    yield "side by side", page
    page.locator('[data-field="compare-all"]').check()
    press(visitor, "close-compare")
    page.locator(".client summary").first.click()
    expect(page.locator(".menu__items").first).to_be_visible()
    yield "a menu open", page
    page.keyboard.press("Escape")
    file = folder / "clients.json"
    file.write_text(json.dumps(record("4", name="D", answers=OPEN)), encoding="utf-8")
    page.locator('[data-field="file"]').set_input_files(file)
    expect(page.locator('[data-action="import-add"]')).to_be_visible()
    yield "importing", page
    press(visitor, "import-add")
    expect(page.locator('[data-block="undo-bar"]')).to_be_visible()
    file.write_text("no JSON", encoding="utf-8")
    page.locator('[data-field="file"]').set_input_files(file)
    expect(page.locator('[data-list="import-preview"]')).to_contain_text("1:1")
    page.locator('[data-field="filter"]').fill("nobody")
    expect(page.locator('[data-slot="found"]')).not_to_be_empty()
    yield "imported, another refused, none found", page
    page.locator('[data-field="filter"]').fill("")
    write_state(page, "aside", [DAMAGED])
    press(visitor, "wipe")
    yield "about to wipe, with something unreadable", page
    press(visitor, "wipe-cancel")
    press_in_menu(page.locator(".client").first, "rename")
    yield "renaming", page


def states_of_the_theme(arrive: Arrive, site: Site, lang: str) -> Iterator[State]:
    """Yield the theme's overlays on a phone, and the privacy page."""
    visitor = arrive(site, lang, reduced_motion="reduce", viewport=PHONE)
    visitor.open("signs/adrift/")
    visitor.page.locator(".md-header [data-opens='__drawer']").click()
    expect(visitor.page.locator(".md-nav__close")).to_be_focused()
    yield "list of pages", visitor.page
    visitor.page.keyboard.press("Escape")
    visitor.page.locator(".md-header [data-opens='__search']").click()
    visitor.page.locator(".md-search__input").press_sequentially("json")
    expect(visitor.page.locator(".md-search-result__link").first).to_be_visible()
    yield "search", visitor.page
    visitor.open("privacy/")
    visitor.page.evaluate(
        """() => {
          const copy = document.querySelector("[data-copy]");
          copy.querySelector("[data-slot=copy]").textContent =
            copy.querySelector("[data-copy-message=ready]").content.textContent;
          copy.querySelector("[data-action=remove-copy]").hidden = false;
        }"""
    )
    yield "a copy of the site is there", visitor.page
