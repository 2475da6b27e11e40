"""The checklist on a phone: sizes, and that nothing covers what is used."""

import re

import pytest
from playwright.sync_api import expect

from checklist.rules import FACTS, SCOPE
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD, OPEN, count_answered
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor, wait_for_paint

BAD: dict[str, str] = {fact.id: fact.bad for fact in FACTS if fact.id != SCOPE}
GAP = {"quality_ok": "no", "deadline_ok": "no", "budget_ok": "no"}
VERDICTS: dict[str, dict[str, str]] = {
    "empty": {},
    "open": OPEN,
    "adrift": ADRIFT,
    "wall": {"hit_wall": "yes"},
    "backseat": GOOD | {"decides": "no", "takes_responsibility": "no", "participates": "yes"},
    "mismatch": GOOD | GAP | {"compromises": "no"},
    "everything bad": BAD,
    "either way": {"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"},
    "low budget": GOOD | {"budget_ok": "no"},
    "much to clarify": GOOD | GAP | {"knows_goal": "no", "compromises": "no", "decides": "no"},
    "good": GOOD,
    "another case": {SCOPE: "no"},
}
MOST_OF_RESULT = 630  # "at most about 600"
MOST_OF_FORM = 5.5 * PHONE["height"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_result_and_the_form_are_short_on_a_phone(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """Long lists are folded; the form takes five and a half screens at most."""
    visitor = arrive(site, lang, viewport=PHONE)
    visitor.open_scored()
    form = visitor.page.locator(".checklist__columns > [role=group]")
    assert form.evaluate("form => form.offsetHeight") <= MOST_OF_FORM
    visitor.page.locator('[data-action="toggle"]').click()
    for name, answers in VERDICTS.items():
        visitor.page.locator('[data-action="new-client"]').dispatch_event("click")
        visitor.expect_verdict("empty")
        for fact, answer in answers.items():
            visitor.radio(fact, answer).dispatch_event("click")
        expect(visitor.page.locator('[data-slot="considered"]')).to_contain_text(
            re.compile(rf"^\D+{count_answered(answers)}\b")
        )
        visitor.expect_announced()
        height = visitor.page.locator("#result-body").evaluate("body => body.scrollHeight")
        assert height <= MOST_OF_RESULT, name
        assert "Python" not in visitor.result.inner_text(), name


def answers_fit(visitor: Visitor, fact: str) -> bool:
    """Whether each answer keeps its height and its words stay within it, chosen or not."""
    choices = visitor.page.locator(f"#q-{fact} .choice")
    seen = set()
    for answer in ("no", "yes", "unknown"):
        visitor.radio(fact, answer).dispatch_event("click")
        seen |= set(
            choices.evaluate_all("all => all.map((one) => one.offsetHeight)")
            + choices.evaluate_all("all => all.map((one) => one.scrollWidth > one.clientWidth)")
        )
    return seen == {44, False}


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_is_compact(arrive: Arrive, site: Site, lang: str, width: int) -> None:
    """Its answers are in one line, at 320 px "unknown" is in a second; so are help and note."""
    visitor = arrive(site, lang, viewport=PHONE | {"width": width})
    visitor.open_scored()
    for fact in FACTS:
        question = visitor.page.locator(f"#q-{fact.id}")
        tops = "all => all.map((one) => one.getBoundingClientRect().top)"
        answers = question.locator(".choice").evaluate_all(tops)
        assert answers[0] == answers[1]
        assert answers[1] == answers[2] or width < PHONE["width"]
        assert answers_fit(visitor, fact.id)
        help_and_note = question.locator("summary").evaluate_all(tops)
        assert help_and_note[0] == help_and_note[1]
        expect(question.locator("q")).to_be_hidden()


def test_red_is_for_signs_and_bad_answers(arrive: Arrive, site: Site) -> None:
    """A good answer that belongs to a sign is not red, unless that sign is present."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.page.locator('[data-block="signs"] > summary').click()
    root = visitor.page.locator("body")
    red = root.evaluate("""body => {
      const sample = body.appendChild(document.createElement("i"));
      sample.style.color = "var(--step-back)";
      const { color } = getComputedStyle(sample);
      sample.remove();
      return color;
    }""")

    def reds(sign: str) -> list[bool]:
        cells = visitor.page.locator(f'[data-sign="{sign}"] .meter > *')
        colours = "all => all.map((one) => getComputedStyle(one).backgroundColor)"
        return [colour == red for colour in cells.evaluate_all(colours)]

    visitor.tick(knows_goal="yes", budget_ok="no")
    expect(visitor.page.locator('[data-sign="mismatch"] [data-state="met"]')).to_have_count(4)
    assert reds("mismatch") == [False, True, False]
    visitor.tick(compromises="no")
    visitor.expect_verdict("step_back")
    assert reds("mismatch") == [True, True, True]
    visitor.tick(compromises="yes")
    visitor.expect_verdict("open")
    assert reds("mismatch") == [False, False, False]


def test_targets_are_large_enough_for_a_finger(arrive: Arrive, site: Site) -> None:
    """Answers, explanations and buttons are 44 px high on a phone."""
    visitor = arrive(site, viewport=PHONE)
    visitor.open_scored()
    heights = visitor.page.locator(
        ".choice:visible, .how summary:visible, .checklist button:visible"
    ).evaluate_all("targets => targets.map((target) => target.getBoundingClientRect().height)")
    assert len(heights) > 4 * len(FACTS)
    assert min(heights) >= 44


def test_focus_is_not_covered_on_a_phone(arrive: Arrive, site: Site) -> None:
    """A focused control is above the result and below the header."""
    visitor = arrive(site, viewport=PHONE)
    visitor.open_scored()
    visitor.open_assumption()
    visitor.radio(FACTS[0].id, "unknown").focus()
    covered = """() => {
      const box = document.activeElement.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const seen = document.elementFromPoint(x, y);
      return !document.activeElement.contains(seen) && !seen?.contains(document.activeElement);
    }"""
    for _ in range(2 * len(FACTS) - 1):
        visitor.page.keyboard.press("Tab")
        wait_for_paint(visitor.page)
        assert not visitor.page.evaluate(covered), visitor.page.evaluate(
            "document.activeElement.outerHTML"
        )


def test_a_link_from_the_result_shows_its_question_on_a_phone(arrive: Arrive, site: Site) -> None:
    """The open result closes to show the question."""
    visitor = arrive(site, viewport=PHONE)
    visitor.open_scored()
    visitor.page.locator('[data-action="toggle"]').click()
    visitor.page.locator('[data-slot="ask-question"]').click()
    expect(visitor.page.locator("#result-body")).to_be_hidden()
    expect(visitor.page.locator("#q-knows_goal")).to_be_in_viewport(ratio=1)
    visitor.tick(knows_goal="no")
    visitor.expect_verdict("open")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_open_result_is_below_the_header(arrive: Arrive, site: Site, lang: str) -> None:
    """On the smallest of phones too, with a verdict that has reasons."""
    visitor = arrive(site, lang, viewport={"width": 320, "height": 568})
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    visitor.page.locator('[data-action="toggle"]').click()
    expect(visitor.page.locator("#result-body")).to_be_visible()
    wait_for_paint(visitor.page)
    top = visitor.result.evaluate("one => one.getBoundingClientRect().top")
    header = visitor.page.locator(".md-header")
    assert top >= header.evaluate("one => one.getBoundingClientRect().bottom")


@pytest.mark.parametrize("height", [740, 568])
def test_without_python_the_open_result_can_be_closed(
    arrive: Arrive, site: Site, height: int
) -> None:
    """The message about the failure leaves its head in view; the letter's button says why not."""
    visitor = arrive(site, "ru", viewport={"width": 320, "height": height})
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open()
    for fact, answer in ADRIFT.items():
        visitor.radio(fact, answer).dispatch_event("click")
    visitor.expect_verdict("step_back")
    expect(visitor.page.locator('[data-block="failed"]')).to_be_visible()
    toggle = visitor.page.locator('[data-action="toggle"]')
    toggle.click()
    expect(visitor.page.locator("#result-body")).to_be_visible()
    expect(toggle).to_be_in_viewport(ratio=1)
    visitor.result.locator('[data-action="words"]').click()
    reason = load("ru")("messages.needs_python")
    expect(visitor.result.locator('[data-slot="fitting-copied"]')).to_have_text(reason)
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_button_does_not_cover_a_reason_to_stop(arrive: Arrive, site: Site, lang: str) -> None:
    """In a low and narrow window the button that opens the result is beside that line."""
    visitor = arrive(site, lang, viewport={"width": 320, "height": 568})
    visitor.open_scored()
    visitor.radio("check-abusive", "yes").dispatch_event("click")
    line = visitor.page.locator('[data-slot="stop-line"]')
    expect(line).to_be_visible()
    right = line.evaluate("line => line.getBoundingClientRect().right")
    left = visitor.page.locator('[data-action="toggle"]').evaluate(
        "button => button.getBoundingClientRect().left"
    )
    assert right <= left


def test_what_stands_above_the_bar_knows_its_height(arrive: Arrive, site: Site) -> None:
    """The page, which scrolls the focus above it, and the bars on top of it."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.open_scored()
    readers = visitor.page.locator("html, .undo-bar, .update")
    heights = readers.evaluate_all(
        "all => all.map((one) => getComputedStyle(one).getPropertyValue('--sheet'))"
    )
    height = visitor.result.evaluate("bar => bar.getBoundingClientRect().height")
    assert heights == [f"{height}px"] * 3
