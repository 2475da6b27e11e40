"""Clients' stories, ticked in the browser, scored by Python there."""

import json

import pytest
from playwright.sync_api import Page, expect

from checklist import score
from checklist.browser import handle
from checklist.rules import SCOPE
from checklist.texts import LANGUAGES
from tests.support.golden import CASES, Case
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

KEYS_UP = {"unknown": 0, "no": 1, "yes": 2}
TABS_AT_MOST = 80


def expected_of(case: Case) -> dict[str, str]:
    """Return the page's attributes for a case, worked out by CPython."""
    result = score(case.answers)
    answered = any(answer != "unknown" for answer in case.answers.values())
    return {
        "data-engine": "python",
        "data-verdict": (result.verdict or "open") if answered else "empty",
        "data-settled": str(result.settled).lower(),
        "data-possible": " ".join(result.possible),
    }


def expect_result(visitor: Visitor, case: Case) -> None:
    """Wait until the page says what CPython says, in the same words."""
    for name, value in expected_of(case).items():
        expect(visitor.result).to_have_attribute(name, value)
    said = json.loads(handle(json.dumps({"lang": visitor.lang, "answers": case.answers})))
    explanation = said["explanation"]
    expect(visitor.page.locator('[data-slot="title"]')).to_have_text(explanation["title"])
    for sign in explanation["signs"]:
        shown = visitor.page.locator(f'[data-sign="{sign["id"]}"]')
        expect(shown).to_have_attribute("data-status", sign["status"])
        expect(shown.locator('[data-slot="count"]')).to_have_text(sign["count"])
        assert shown.locator(".meter > *").evaluate_all(
            "cells => cells.map((cell) => cell.dataset.state)"
        ) == [condition["state"] for condition in sign["conditions"]]
    first, *others = explanation["because"] or [[]]
    expect_sets(visitor, "because", [[statement] for statement in first])
    expect_sets(visitor, "more", others)
    expect_sets(visitor, "change", explanation["change"])
    ask = explanation["ask"]
    expect(visitor.page.locator('[data-block="ask"]')).to_be_visible(visible=ask is not None)
    if ask:
        expect(visitor.page.locator('[data-slot="ask-words"]')).to_have_text(ask["words"])
    marked = visitor.page.locator(".question--irrelevant").evaluate_all(
        "questions => questions.map((question) => question.dataset.fact)"
    )
    assert marked == said["result"]["irrelevant"]


def expect_sets(visitor: Visitor, name: str, sets: list[list[dict[str, str]]]) -> None:
    """Wait until a list has an item for each set, with the set's statements in it."""
    shown = visitor.page.locator(f'[data-list="{name}"] > li')
    expect(shown).to_have_count(len(sets))
    for index, statements in enumerate(sets):
        for statement in statements:
            expect(shown.nth(index)).to_contain_text(statement["text"])


def press_until_on(page: Page, fact: str) -> None:
    """Move on with Tab until the focus is in the question about a fact."""
    for _ in range(TABS_AT_MOST):
        if page.evaluate("document.activeElement.name") == fact:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {fact}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_story_by_mouse(arrive: Arrive, site: Site, lang: str) -> None:
    """Each story gets the verdict and the words that CPython gives it."""
    visitor = arrive(site, lang, viewport={"width": 1280, "height": 900})
    visitor.open_scored()
    for case in CASES:
        visitor.page.locator('[data-action="start-over"]').click()
        visitor.tick(**case.answers)
        expect_result(visitor, case)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_story_by_keyboard(arrive: Arrive, site: Site, lang: str) -> None:
    """The same with Tab and the arrow keys alone."""
    visitor = arrive(site, lang, viewport={"width": 1280, "height": 900})
    visitor.open_scored()
    keyboard = visitor.page.keyboard
    for case in CASES:
        visitor.page.locator('[data-action="start-over"]').click()
        visitor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        visitor.page.locator("h1").click()
        for fact in (SCOPE, *(fact for fact in case.answers if fact != SCOPE)):
            if fact not in case.answers:
                continue
            press_until_on(visitor.page, fact)
            if case.answers[fact] == "unknown":
                keyboard.press("Space")
            for _ in range(KEYS_UP[case.answers[fact]]):
                keyboard.press("ArrowUp")
        expect_result(visitor, case)
