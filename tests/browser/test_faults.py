"""When Python cannot be had: the message, the answers, the table, and the way to try again."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from checklist.texts import LANGUAGES, load
from tests.browser.conftest import Arrive, Visitor
from tests.server import Fault, Site

PATIENCE_MS = 4_000


def impatient(page: Page) -> None:
    """Make the page give up on silence soon, so that the test need not wait half a minute."""

    def shorten(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('"watchdog": 30000', f'"watchdog": {PATIENCE_MS}')
        assert str(PATIENCE_MS) in body
        route.fulfill(response=answer, body=body)

    page.route("**/checklist/", shorten)


def expect_failure(visitor: Visitor, reason: str, file: str) -> None:
    """The page says what could not be had, keeps the answers and shows the way out."""
    texts = load(visitor.lang)
    visitor.expect_engine("failed")
    expect(visitor.page.locator('[data-slot="title"]')).to_have_text(texts("load.failed"))
    said = texts(f"load.reason.{reason}", file="{file}")
    failure = visitor.page.locator('[data-slot="failure"]')
    for part in (file, *said.split("{file}")):
        expect(failure).to_contain_text(part.strip())
    assert visitor.ticked() == {"knows_goal": "no"}
    expect(visitor.result).to_have_attribute("data-verdict", "open")
    expect(visitor.page.locator('.engine a[href="#rule"]')).to_be_attached()


def expect_recovery(visitor: Visitor) -> None:
    """One press, and the verdict is there."""
    visitor.page.locator('[data-action="retry"]').click()
    visitor.expect_engine("python")
    visitor.tick(trusts_opinion="no")
    visitor.expect_verdict("step_back")


def arrive_with_an_answer(arrive: Arrive, site: Site, lang: str) -> Visitor:
    """Bring a visitor who has answered one question before."""
    visitor = arrive(site, lang, viewport={"width": 1280, "height": 900})
    visitor.may_complain = True
    visitor.open()
    visitor.tick(knows_goal="no")
    return visitor


@pytest.mark.parametrize(
    ("file", "fault", "reason"),
    [
        ("pyodide.asm.wasm", "missing", "missing"),
        ("pyodide.asm.wasm", "wrong", "damaged"),
        ("pyodide.asm.wasm", "truncated", "damaged"),
        ("pyodide.asm.wasm", "silent", "timeout"),
        (".whl", "missing", "missing"),
        (".whl", "wrong", "missing"),
        ("python_stdlib.zip", "missing", "missing"),
        ("python_stdlib.zip", "truncated", "damaged"),
        ("pyodide-lock.json", "missing", "missing"),
        ("pyodide.mjs", "missing", "missing"),
        ("pyodide.asm.js", "missing", "missing"),
        ("worker.js", "missing", "blocked"),
    ],
)
def test_a_file_that_fails_is_named_and_retried(
    arrive: Arrive, site: Site, file: str, fault: Fault, reason: str
) -> None:
    """Each file, failing in each way, ends in the message that names it and a working retry."""
    visitor = arrive_with_an_answer(arrive, site, "ru")
    site.faults[file] = fault
    impatient(visitor.page)
    visitor.open()
    expect_failure(visitor, reason, "" if fault == "silent" else file)
    site.faults.clear()
    site.released.set()
    expect_recovery(visitor)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_workers(arrive: Arrive, site: Site, lang: str) -> None:
    """Where workers are not allowed the page says so, and works on once they are."""
    visitor = arrive_with_an_answer(arrive, site, lang)
    visitor.page.add_init_script("window.ItsWorker = Worker; delete window.Worker;")
    visitor.open()
    expect_failure(visitor, "blocked", "worker.js")
    visitor.page.evaluate("() => { window.Worker = window.ItsWorker; }")
    expect_recovery(visitor)


def test_a_wrong_answer_is_not_trusted(arrive: Arrive, site: Site) -> None:
    """A Python that fails the known question is never shown as the engine."""
    visitor = arrive_with_an_answer(arrive, site, "en")

    def falsify(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        known = '\\"settled\\":true'
        assert body.count(known) == 1
        route.fulfill(response=answer, body=body.replace(known, '\\"settled\\":false'))

    visitor.page.route("**/checklist/", falsify)
    visitor.open()
    visitor.expect_engine("failed")
    expect(visitor.page.locator('[data-slot="failure"]')).to_have_text(
        load("en")("load.reason.wrong-answer")
    )


def test_loading_shows_how_far_it_is(arrive: Arrive, site: Site) -> None:
    """While a file is on its way the page says how much has come, of how much."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    site.faults["pyodide.asm.wasm"] = "silent"
    visitor.open()
    line = visitor.page.locator('[data-slot="engine"]')
    expect(line).to_have_text(re.compile(r"Loading Python: [1-9]\d*\.\d of 1[23]\.\d MB"))
    bar = visitor.page.locator('[data-slot="progress-bar"]')
    expect(bar).to_be_visible()
    assert 0 < bar.evaluate("bar => bar.value / bar.max") < 1
    expect(visitor.result).to_have_attribute("data-engine", "none")


def test_answers_given_while_loading_are_scored(arrive: Arrive, site: Site) -> None:
    """Nobody has to wait for Python to start ticking."""
    visitor = arrive(site, "en")
    visitor.open()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_engine("python")
    visitor.expect_verdict("step_back")
