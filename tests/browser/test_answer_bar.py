"""The result bar on a phone: from the first question to a copied letter without scrolling."""

import re
from statistics import median

import pytest
from playwright.sync_api import expect

from checklist.rules import FACTS, SCOPE, score
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD, OPEN, count_answered
from tests.support.journey import CLIENTS, Journey
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor

pytestmark = pytest.mark.usefixtures("python_in_browser")

STATES: tuple[dict[str, str], ...] = (
    {},
    OPEN,
    ADRIFT,
    GOOD,
    GOOD | {"budget_ok": "no"},
    {SCOPE: "no"},
    dict.fromkeys((fact.id for fact in FACTS if fact.id != SCOPE), "unknown"),
)
QUARTER_OF_740 = 185
MOST_TAPS = 12
MEDIAN_TAPS = 8


def shown_fact(visitor: Visitor) -> str:
    """Return the fact that the bar asks about."""
    return str(visitor.result.locator("[data-next-fact]").get_attribute("data-next-fact"))


@pytest.fixture
def phone(arrive: Arrive, site: Site, request: pytest.FixtureRequest) -> Visitor:
    """A visitor with a phone, who has opened the checklist; the parameter is the language."""
    visitor = arrive(
        site, request.param, viewport=PHONE, has_touch=True, permissions=["clipboard-write"]
    )
    visitor.open_scored()
    return visitor


@pytest.mark.parametrize("phone", LANGUAGES, indirect=True)
def test_a_copied_letter_is_few_taps_away(phone: Visitor) -> None:
    """The verdict is right, nothing is scrolled, and the bar keeps its height."""
    page, bar = phone.page, phone.result
    taps_of = []
    for name, client in CLIENTS.items():
        phone.open_scored()
        page.locator('[data-action="new-client"]').dispatch_event("click")
        phone.expect_verdict("empty")
        page.evaluate("scrollTo(0, 0)")
        journey = Journey(phone, has_touch=True)
        heights = set()
        while not journey.is_settled:
            heights.add(bar.evaluate("bar => bar.offsetHeight"))
            journey.answer(client)
        assert bar.get_attribute("data-verdict") == score(client).verdict, name
        heights.add(bar.evaluate("bar => bar.offsetHeight"))
        assert len(heights) == 1, name
        assert max(heights) <= QUARTER_OF_740, name
        journey.copy_letter()
        assert page.evaluate("scrollY") == 0, name
        assert journey.scrolled == 0, name
        taps_of.append(journey.presses)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    assert median(taps_of) <= MEDIAN_TAPS
    assert max(taps_of) <= MOST_TAPS


@pytest.mark.parametrize("phone", ["en"], indirect=True)
def test_a_question_that_is_put_aside_comes_back(phone: Visitor) -> None:
    """The answer “unknown” goes on to the next; at the end they can be gone through again."""
    bar, texts = phone.result, load("en")
    aside = []
    while bar.locator('[data-block="next-question"]').is_visible():
        aside.append(shown_fact(phone))
        bar.locator('[data-answer="unknown"]').click()
        expect(bar.locator(f'[data-next-fact="{aside[-1]}"]:visible')).to_have_count(0)
    assert aside == list(score({}).ask_next)
    question = bar.locator('[data-slot="next-question"]')
    expect(question).to_have_text(texts("messages.left", count=len(aside)))
    expect(bar.locator('[data-action="words"]')).to_have_text(texts("messages.words_ask"))
    expect(bar.locator('[data-action="words"]')).to_be_focused()
    bar.locator('[data-action="again"]').click()
    expect(question).to_have_text(texts(f"facts.{aside[0]}.question"))
    expect(question).to_be_focused()
    bar.locator('[data-answer="no"]').click()
    expect(question).to_have_text(texts(f"facts.{aside[1]}.question"))
    assert phone.ticked()[aside[0]] == "no"


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_has_one_height(arrive: Arrive, site: Site, lang: str, width: int) -> None:
    """Whatever it shows; at most a quarter of a phone's window, and less in a low one."""
    visitor = arrive(site, lang, viewport={"width": width, "height": 740}, has_touch=True)
    visitor.open_scored()
    bar = visitor.result
    height_of: list[int] = []
    for height in (740, 568):
        visitor.page.set_viewport_size({"width": width, "height": height})
        heights = set()
        for answers in STATES:
            visitor.page.locator('[data-action="new-client"]').dispatch_event("click")
            visitor.expect_verdict("empty")
            for fact, answer in answers.items():
                visitor.radio(fact, answer).dispatch_event("click")
            expect(bar.locator('[data-slot="considered"]')).to_contain_text(
                re.compile(rf"^\D+{count_answered(answers)}\b")
            )
            visitor.expect_announced()
            heights.add(bar.evaluate("bar => bar.offsetHeight"))
        assert len(heights) == 1
        height_of += heights
    assert height_of[0] <= QUARTER_OF_740
    assert height_of[1] < height_of[0]


@pytest.mark.parametrize("phone", ["ru"], indirect=True)
@pytest.mark.parametrize("place", [".result__head", ".result__question"])
def test_the_bar_opens_wherever_it_is_touched(phone: Visitor, place: str) -> None:
    """Not the button alone; the line above the question closes it."""
    body = phone.page.locator("#result-body")
    expect(body).to_be_hidden()
    phone.result.locator(place).tap(position={"x": 20, "y": 20})
    expect(body).to_be_visible()
    phone.result.locator(".result__head").tap(position={"x": 20, "y": 20})
    expect(body).to_be_hidden()


@pytest.mark.parametrize("phone", LANGUAGES, indirect=True)
def test_the_bar_is_answered_with_the_keyboard(phone: Visitor) -> None:
    """The next question takes the focus, so only the state is announced; at the end the button."""
    bar, texts = phone.result, load(phone.lang)
    given: dict[str, str] = {}
    for answer in ("no", "no"):
        fact = shown_fact(phone)
        given[fact] = answer
        bar.locator(f'[data-answer="{answer}"]').press("Enter")
        following = score(given).ask_next
        if following:
            question = texts(f"facts.{following[0]}.question")
            expect(bar.locator('[data-slot="next-question"]')).to_be_focused()
            expect(bar.locator('[data-slot="next-question"]')).to_have_text(question)
            phone.expect_announced()
            expect(bar.locator('[data-slot="announcement"]')).not_to_contain_text(question)
    expect(bar).to_have_attribute("data-verdict", "step_back")
    expect(bar.locator('[data-action="words"]')).to_be_focused()


def test_the_bar_answers_before_python_is_there(arrive: Arrive, site: Site) -> None:
    """The table knows the next question; the answers count when Python has started."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.page.context.route("**/runtime/**", lambda _: None)
    visitor.open()
    visitor.expect_engine("table")
    for answer in ("no", "no"):
        visitor.result.locator(f'[data-answer="{answer}"]').click()
    visitor.expect_verdict("step_back")


def test_a_letter_is_shared(arrive: Arrive, site: Site) -> None:
    """With the browser's list of apps, where there is one."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.page.add_init_script("navigator.share = async (data) => { globalThis.shared = data; }")
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")
    visitor.result.locator('[data-action="words"]').click()
    letter = visitor.page.locator('dialog [data-field="letter"]')
    expect(letter).not_to_have_value("")
    visitor.page.locator('dialog [data-action="share-letter"]').click()
    visitor.page.wait_for_function("() => globalThis.shared")
    subject, body = letter.input_value().split("\n\n", 1)
    assert subject.endswith(f": {visitor.page.evaluate('shared.title')}")
    assert visitor.page.evaluate("shared.text") == body
