"""Clients' stories, ticked in the browser and scored by Python there."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checklist import score
from checklist.browser import handle
from checklist.rules import SCOPE
from checklist.texts import LANGUAGES
from tests.support.golden import CASES, Client
from tests.support.server import Site
from tests.support.viewports import DESKTOP
from tests.support.visitor import Arrive, Visitor, wait_for

pytestmark = pytest.mark.usefixtures("python_in_browser")

KEYS_UP = {"unknown": 0, "no": 1, "yes": 2}
TABS_AT_MOST = 80


def expected_of(client: Client) -> dict[str, str]:
    """Return the page's attributes for a case, computed by CPython."""
    result = score(client.answers)
    answered = any(answer != "unknown" for answer in client.answers.values())
    return {
        "data-engine": "python",
        "data-verdict": (result.verdict or "open") if answered else "empty",
        "data-settled": str(result.settled).lower(),
        "data-possible": " ".join(result.possible),
    }


SHOWN = """() => {
  const all = (css, from = document) => [...from.querySelectorAll(css)];
  const texts = (name) => all(`[data-list="${name}"] > li`).map((item) => item.textContent);
  const asked = document.querySelector('[data-block="ask"]');
  return {
    title: document.querySelector('[data-slot="title"]').textContent.trim(),
    signs: Object.fromEntries(all("[data-sign]").map((sign) => [sign.dataset.sign, {
      status: sign.dataset.status,
      count: sign.querySelector('[data-slot="count"]').textContent.trim(),
      conditions: all(".meter > *", sign).map((cell) => cell.dataset.state),
    }])),
    because: [...texts("because"), ...texts("rest")], more: texts("more"),
    change: texts("change"), help: texts("help"),
    ask: asked.hidden ? null : asked.querySelector('[data-slot="ask-words"]').textContent.trim(),
    irrelevant: all(".question[data-irrelevant]", document).map(({ dataset }) => dataset.fact),
  };
}"""
type Statements = list[dict[str, str]]


def expect_result(visitor: Visitor, client: Client) -> None:
    """Wait until the page shows what CPython says, in the same words."""
    for name, value in expected_of(client).items():
        expect(visitor.result, client.id).to_have_attribute(name, value)
    response = json.loads(handle(json.dumps({"lang": visitor.lang, "answers": client.answers})))
    explanation = response["explanation"]
    expect(visitor.page.locator('[data-slot="title"]'), client.id).to_have_text(
        explanation["title"]
    )
    # Two stories may have the same verdict and title, so the whole result is compared.
    page = visitor.page
    wait_for(page, lambda: differences(page.evaluate(SHOWN), response), "", about=client.id)


def differences(shown: dict[str, Any], response: dict[str, Any]) -> str:
    """Return where the page differs from what CPython says."""
    explanation = response["explanation"]
    first, *others = explanation["because"] or [[]]
    signs = {
        sign["id"]: {
            "status": sign["status"],
            "count": sign["count"],
            "conditions": [condition["state"] for condition in sign["conditions"]],
        }
        for sign in explanation["signs"]
    }
    ask = explanation["ask"]
    found = {
        "signs": shown["signs"] == signs,
        "because": has_sets(shown["because"], [[statement] for statement in first]),
        "more": has_sets(shown["more"], others),
        "change": has_sets(shown["change"], explanation["change"][: len(shown["change"])]),
        "help": has_sets(shown["help"], explanation["change"]),
        "ask": shown["ask"] == (ask and ask["words"]),
        "irrelevant": shown["irrelevant"] == response["result"]["irrelevant"],
    }
    return "; ".join(f"{name}: {shown[name]}" for name, is_right in found.items() if not is_right)


def has_sets(shown: list[str], sets: list[Statements]) -> bool:
    """Whether a list has an item for each set, with the set's statements in it."""
    return len(shown) == len(sets) and all(
        statement["text"] in item
        for item, statements in zip(shown, sets, strict=True)
        for statement in statements
    )


def press_until_on(page: Page, fact: str) -> None:
    """Press Tab until the focus is in the question about a fact."""
    for _ in range(TABS_AT_MOST):
        if page.evaluate("document.activeElement.name") == fact:
            return
        if page.evaluate("document.activeElement.matches('.assumption:not([open]) > summary')"):
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {fact}")


def each_answer_once() -> list[Client]:
    """Return a few stories that together have every answer that occurs in any story."""
    chosen: list[Client] = []
    missing = {answer for client in CASES for answer in client.answers.items()}
    while missing:
        chosen.append(max(CASES, key=lambda client: len(missing & client.answers.items())))
        missing -= chosen[-1].answers.items()
    return chosen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_story_by_mouse(arrive: Arrive, site: Site, lang: str) -> None:
    """Each story gets CPython's verdict and words; the languages alternate."""
    visitor = arrive(site, lang, viewport=DESKTOP)
    visitor.open_scored()
    for client in CASES[LANGUAGES.index(lang) :: len(LANGUAGES)]:
        visitor.page.locator('[data-action="start-over"]').click()
        visitor.tick(**client.answers)
        expect_result(visitor, client)


def test_each_answer_by_keyboard(arrive: Arrive, site: Site) -> None:
    """The same with Tab and the arrow keys alone, in stories that have each answer."""
    visitor = arrive(site, "ru", viewport=DESKTOP)
    visitor.open_scored()
    keyboard = visitor.page.keyboard
    for client in each_answer_once():
        visitor.page.locator('[data-action="start-over"]').click()
        visitor.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        visitor.page.locator("h1").click()
        for fact in (SCOPE, *(fact for fact in client.answers if fact != SCOPE)):
            if fact not in client.answers:
                continue
            press_until_on(visitor.page, fact)
            if client.answers[fact] == "unknown":
                keyboard.press("Space")
            for _ in range(KEYS_UP[client.answers[fact]]):
                keyboard.press("ArrowUp")
        expect_result(visitor, client)
