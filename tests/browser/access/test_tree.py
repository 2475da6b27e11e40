"""The checklist as a screen reader has it: a file for each language, to be read and compared.

After a change that is meant, renew the files with
``RENEW=1 .venv/bin/python -m pytest tests/browser/access/test_tree.py`` and read the difference.
"""

import difflib
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES
from tests.browser.conftest import Arrive
from tests.server import Site

CLOCK = re.compile(r"\d?\d:\d\d( [AP]M)?")
FILES = Path(__file__).with_name("trees")
STATES: dict[str, dict[str, str]] = {
    "empty": {},
    "step_back": {"knows_goal": "no", "trusts_opinion": "no"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tree_is_the_one_that_was_read(
    arrive: Arrive, site: Site, lang: str, state: str
) -> None:
    """Every name, role, state and description of the page's content."""
    visitor = arrive(site, lang, viewport={"width": 1280, "height": 900})
    visitor.open_scored()
    visitor.tick(**STATES[state])
    visitor.expect_verdict(state)
    visitor.page.locator("[aria-describedby]").first.wait_for()
    title = visitor.page.locator('[data-slot="title"]').inner_text()
    expect(visitor.page.locator('[data-slot="announcement"]')).to_contain_text(title)
    tree = CLOCK.sub("TIME", visitor.page.locator("article").aria_snapshot()) + "\n"
    file = FILES / f"{state}.{lang}.yaml"
    if os.environ.get("RENEW"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(tree, encoding="utf-8")
    known = file.read_text(encoding="utf-8")
    changed = [*difflib.unified_diff(known.splitlines(), tree.splitlines(), "known", "now", n=1)]
    assert changed == [], "\n".join(changed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_of_the_form_has_a_name(arrive: Arrive, site: Site, lang: str) -> None:
    """Each group of answers its question, each answer its word, each field its label."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    nameless = visitor.page.evaluate(
        """() => [...document.querySelectorAll("article :is(fieldset, input, textarea, select)")]
          .filter((one) => !(one.localName === "fieldset" ? one.querySelector("legend")
            : one.labels?.[0] ?? one.ariaLabel)).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert nameless == []


def test_a_mark_on_a_question_describes_it(arrive: Arrive, site: Site) -> None:
    """What is asked next is heard with its question, and no mark that is hidden."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    described = visitor.page.locator("fieldset[aria-describedby]")
    marks = described.evaluate_all("all => all.map((one) => one.getAttribute('aria-describedby'))")
    assert marks
    for mark in marks:
        assert visitor.page.locator(f"#{mark}").is_visible()
