"""From the opened checklist to a copied letter, as a finger or a mouse does it: what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator, expect

from checklist.rules import FACTS, SCOPE, score
from checklist.rules.facts import Answer
from checklist.texts import load
from tests.support.visitor import Visitor

_GOOD: Final[Mapping[str, Answer]] = {
    fact.id: "yes" if fact.bad == "no" else "no" for fact in FACTS
}
_BAD: Final[Mapping[str, Answer]] = {fact.id: fact.bad for fact in FACTS if fact.id != SCOPE}
CLIENTS: Final[Mapping[str, Mapping[str, Answer]]] = {
    "good": _GOOD,
    "no goal, no trust": {**_GOOD, "knows_goal": "no", "trusts_opinion": "no"},
    "no goal, trust": {**_GOOD, "knows_goal": "no"},
    "low budget": {**_GOOD, "budget_ok": "no"},
    "low budget, no compromise": {**_GOOD, "budget_ok": "no", "compromises": "no"},
    "decides nothing": {**_GOOD, "decides": "no", "takes_responsibility": "no"},
    "decides nothing, takes part": {**_GOOD, "decides": "no", "participates": "yes"},
    "bad": {**_GOOD, **_BAD},
}
"""The answers about each client, by what the client is like."""


@dataclass
class Journey:
    """One visitor's way: the presses so far, and the pixels that had to be scrolled for them."""

    visitor: Visitor
    has_touch: bool
    presses: int = 0
    scrolled: float = 0
    given: dict[str, Answer] = field(default_factory=dict)

    def press(self, target: Locator) -> None:
        """Press the middle of an element, and scroll to it only where it is out of view.

        Playwright's own ``tap`` and ``click`` scroll the page even to what is in view.
        """
        page = self.visitor.page
        box = target.bounding_box()
        assert box
        assert page.viewport_size
        below = box["y"] + box["height"] - page.viewport_size["height"]
        distance = max(below, 0) + min(box["y"], 0)
        if distance:
            page.mouse.wheel(0, distance)
            self.scrolled += abs(distance)
            box = target.bounding_box()
            assert box
        place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        (page.touchscreen.tap if self.has_touch else page.mouse.click)(*place)
        self.presses += 1

    @property
    def is_settled(self) -> bool:
        """Whether the result shows a settled verdict."""
        return self.visitor.result.get_attribute("data-settled") == "true"

    def answer(self, client: Mapping[str, Answer]) -> None:
        """Answer the question that the result shows, and wait for the next one, or the verdict."""
        result = self.visitor.result
        shown = result.locator("[data-next-fact]")
        fact = str(shown.get_attribute("data-next-fact"))
        self.given[fact] = client[fact]
        self.press(shown.locator(f'[data-answer="{client[fact]}"]'))
        expect(self.visitor.radio(fact, client[fact])).to_be_checked()
        following = score(self.given).ask_next[:1]
        if following:
            expect(shown).to_have_attribute("data-next-fact", following[0])
        else:
            expect(result).to_have_attribute("data-settled", "true")

    def copy_letter(self) -> None:
        """Copy the letter that fits: from its sheet, or on a desktop from the result."""
        result, dialog = self.visitor.result, self.visitor.page.locator("dialog")
        copied = load(self.visitor.lang)("messages.copied")
        if not self.has_touch:
            self.press(result.locator('[data-action="copy-fitting"]'))
            expect(result.locator('[data-slot="fitting-copied"]')).to_have_text(copied)
            return
        self.press(result.locator('[data-action="words"]'))
        expect(dialog.locator('[data-field="letter"]')).not_to_have_value("")
        self.press(dialog.locator('[data-action="copy-letter"]'))
        expect(dialog.locator('[data-slot="copied"]')).to_have_text(copied)
