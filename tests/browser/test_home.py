"""The home page shows a returning visitor the client that they left."""

import pytest
from playwright.sync_api import expect

from checklist.rules import FACTS, SCOPE, score
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD, OPEN
from tests.support.clients_page import name_client, press
from tests.support.pages import FOLDERS
from tests.support.server import Site
from tests.support.viewports import NARROW, PHONE
from tests.support.visitor import Arrive, Visitor, until, wait_for_paint

BLOCK = '[data-block="last-client"]'
SHIFTS = """window.shifts = [];
new PerformanceObserver((seen) => shifts.push(...seen.getEntries().filter(
  ({ sources }) => sources.some(({ node }) => node?.parentElement?.closest("main")),
))).observe({ type: "layout-shift", buffered: true });"""


def leave_client(visitor: Visitor, name: str = "", **answers: str) -> None:
    """Answer about a client on the checklist's page, then go to the home page."""
    visitor.open()
    visitor.expect_opened()
    if answers:
        visitor.tick(**answers)
        visitor.expect_saved()
    if name:
        name_client(visitor, name)
    visitor.open("")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_returning_visitor_goes_on_with_their_client(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """The home page has the name, that it is open, and the next question; then the verdict."""
    visitor, texts = arrive(site, lang, viewport=PHONE), load(lang)
    leave_client(visitor, "Anna", **OPEN)
    block = visitor.page.locator(BLOCK)
    expect(block).to_be_in_viewport(ratio=1)
    expect(block.locator('[data-slot="name"]')).to_have_text("Anna")
    expect(block.locator('[data-slot="verdict"]')).to_have_text(texts("guide.last_open"))
    question = texts(f"facts.{score(OPEN).ask_next[0]}.question")
    expect(block.locator('[data-slot="next"]')).to_have_text(
        f"{texts('guide.last_next')} {question}"
    )
    block.locator("a").click()
    visitor.page.wait_for_url(f"**/{FOLDERS[lang]}checklist/")
    expect(visitor.page.locator('[data-field="name"]')).to_have_value("Anna")
    leave_client(visitor, **ADRIFT)
    expect(block.locator('[data-slot="verdict"]')).to_have_text(texts("verdicts.step_back.title"))
    expect(block.locator('[data-slot="next"]')).to_have_text(texts("verdicts.step_back.next"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_to_stop_comes_before_the_verdict(arrive: Arrive, site: Site, lang: str) -> None:
    """The home page does not say "go ahead" of a client who insults."""
    visitor, texts = arrive(site, lang, viewport=PHONE), load(lang)
    visitor.open()
    visitor.expect_opened()
    visitor.tick(**GOOD)
    visitor.check(abusive="yes", unlawful_or_harmful="yes")
    visitor.expect_saved()
    visitor.open("")
    block = visitor.page.locator(BLOCK)
    expect(block.locator('[data-slot="verdict"]')).to_have_text(texts("guide.last_stop"))
    reasons = [texts(f"checks.{check}.yes") for check in ("abusive", "unlawful_or_harmful")]
    expect(block.locator('[data-slot="next"]')).to_have_text(". ".join(reasons))


def test_a_question_put_aside_is_the_next_one_again(arrive: Arrive, site: Site) -> None:
    """The home page does not advise a visitor who knows nothing yet to start with a question."""
    visitor, texts = arrive(site, "en"), load("en")
    aside = {fact.id: "unknown" for fact in FACTS if fact.id != SCOPE}
    leave_client(visitor, **aside)
    question = texts(f"facts.{score(aside).ask_next[0]}.question")
    expect(visitor.page.locator(f'{BLOCK} [data-slot="next"]')).to_have_text(
        f"{texts('guide.last_next')} {question}"
    )


def test_a_new_visitor_sees_no_client(visitor: Visitor) -> None:
    """And nothing is fetched for one; nor for somebody who has answered nothing."""
    fetched: list[str] = []
    visitor.page.on("request", lambda request: fetched.append(request.url))
    visitor.open("")
    expect(visitor.page.locator(BLOCK)).to_be_hidden()
    visitor.page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if url.endswith("checklist/")]
    leave_client(visitor)
    expect(visitor.page.locator(BLOCK)).to_be_hidden()


def test_a_deleted_client_is_gone_from_the_home_page(visitor: Visitor) -> None:
    """Deleting everything leaves no name there, not even on a page that the browser kept."""
    leave_client(visitor, "Anna", **ADRIFT)
    expect(visitor.page.locator(BLOCK)).to_be_visible()
    visitor.open("clients/")
    press(visitor, "wipe")
    press(visitor, "wipe-really")
    expect(visitor.page.locator(".client")).to_have_count(0)
    visitor.open("")
    expect(visitor.page.locator(BLOCK)).to_be_hidden()


def test_the_home_page_works_without_storage(arrive: Arrive, site: Site) -> None:
    """A browser that refuses to store shows no client, and no error."""
    visitor = arrive(site, "en")
    visitor.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"
    )
    visitor.open("")
    expect(visitor.page.locator("h1")).to_be_visible()
    expect(visitor.page.locator(BLOCK)).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["360", "320"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_moves_when_the_verdict_comes(
    arrive: Arrive, site: Site, lang: str, viewport: dict[str, int]
) -> None:
    """Its place is reserved, for every question that can be the next."""
    visitor, texts = arrive(site, lang, viewport=viewport), load(lang)
    visitor.page.add_init_script(SHIFTS)
    leave_client(visitor, "Anna", **ADRIFT)
    slot = visitor.page.locator(f'{BLOCK} [data-slot="next"]')
    expect(slot).not_to_have_text("")
    wait_for_paint(visitor.page)
    assert visitor.page.evaluate("shifts.length") == 0
    height = slot.evaluate("slot => slot.offsetHeight")
    for fact in FACTS:
        if fact.id != SCOPE:
            words = f"{texts('guide.last_next')} {texts(f'facts.{fact.id}.question')}"
            slot.evaluate("(slot, words) => { slot.textContent = words; }", words)
            assert slot.evaluate("slot => slot.offsetHeight") == height, words
    until(visitor.page, "true")
