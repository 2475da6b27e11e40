"""The checklist on a phone: sizes of targets, and that nothing covers what is used."""

import pytest
from playwright.sync_api import expect

from checklist.rules import FACTS
from checklist.texts import LANGUAGES
from tests.support.answers import ADRIFT
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, wait_for_paint


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
