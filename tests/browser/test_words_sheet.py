"""The sheet with the fitting letter, which the result's main button opens."""

import re

import pytest
from playwright.sync_api import Locator, expect

from checklist.rules import SCOPE
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD
from tests.support.clients_page import until_kept
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor

LETTERS = {
    "refusal": ADRIFT,
    "trade": GOOD | {"budget_ok": "no"},
    "start": GOOD,
    "clarify": GOOD | {"knows_goal": "no"},
}


def open_sheet(visitor: Visitor) -> Locator:
    """Open the sheet and wait for the letter."""
    visitor.result.locator('[data-action="words"]').click()
    sheet = visitor.page.locator("dialog.words")
    expect(sheet.locator('[data-field="letter"]')).not_to_have_value("")
    return sheet


@pytest.mark.parametrize(
    "size", [{"width": 320, "height": 568}, PHONE, DESKTOP], ids=["320", "360", "1280"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_has_the_most_of_the_sheet(
    arrive: Arrive, site: Site, lang: str, size: dict[str, int]
) -> None:
    """On a phone the sheet fills the window, with Copy and Share in a row at its lower edge."""
    visitor = arrive(site, lang, viewport=size)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    sheet = open_sheet(visitor)
    whole, text, copying, sharing = (
        sheet.locator(one).evaluate("one => one.getBoundingClientRect().toJSON()")
        for one in (
            ":scope",
            '[data-field="letter"]',
            '[data-action="copy-letter"]',
            '[data-action="share-letter"]',
        )
    )
    assert text["height"] >= whole["height"] / 2
    assert text["bottom"] <= copying["top"]
    assert copying["top"] == sharing["top"]
    assert copying["height"] == 44
    assert 0 <= whole["bottom"] - copying["bottom"] < 20
    if size != DESKTOP:
        assert (whole["width"], whole["height"]) == (size["width"], size["height"])
    expect(sheet.locator('[data-field="greet"]')).to_be_hidden()


def test_each_verdict_has_words_of_its_own(arrive: Arrive, site: Site) -> None:
    """Also “go ahead”, and a client whom the checklist does not fit."""
    visitor = arrive(site, "en", viewport=PHONE)
    for kind, answers in [*LETTERS.items(), ("start", {SCOPE: "no"})]:
        visitor.open_scored()
        visitor.page.locator('[data-action="new-client"]').dispatch_event("click")
        visitor.expect_verdict("empty")
        for fact, answer in answers.items():
            visitor.radio(fact, answer).dispatch_event("click")
        expect(visitor.result).to_have_attribute("data-settled", "true")
        sheet = open_sheet(visitor)
        expect(sheet.locator('[data-field="kind"]')).to_have_value(kind)


def test_the_options_of_a_letter_are_kept_with_the_client(arrive: Arrive, site: Site) -> None:
    """Greeting, signature, recommendation and language; another client has none of them."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    sheet = open_sheet(visitor)
    sheet.locator("summary").click()
    written = {"greet": "Ms Alpha", "better": "Boris", "sign": "Olga"}
    for name, value in written.items():
        sheet.locator(f'[data-field="{name}"]').fill(value)
    sheet.locator('[data-field="letter-lang"]').select_option("ru")
    until_kept(visitor, "one.letter?.sign === 'Olga' && one.letter.in === 'ru'")
    visitor.reload()
    visitor.expect_engine("python")
    sheet = open_sheet(visitor)
    letter = sheet.locator('[data-field="letter"]')
    for value in written.values():
        expect(letter).to_have_value(re.compile(value))
    expect(letter).to_have_attribute("lang", "ru")
    visitor.page.keyboard.press("Escape")
    visitor.page.locator('[data-action="new-client"]').click()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    letter = open_sheet(visitor).locator('[data-field="letter"]')
    expect(letter).to_have_attribute("lang", "en")
    expect(letter).not_to_have_value(re.compile("Alpha|Boris"))


def test_on_a_desktop_the_letter_is_copied_from_the_result(arrive: Arrive, site: Site) -> None:
    """It is the one of the sheet; where the browser does not let it be copied, the sheet opens."""
    visitor = arrive(
        site, "en", viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]
    )
    visitor.open_scored()
    button = visitor.result.locator('[data-action="copy-fitting"]')
    expect(button).to_be_hidden()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    button.click()
    region = visitor.result.locator('[data-slot="fitting-copied"]')
    expect(region).to_have_text(load("en")("messages.copied"))
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    expect(open_sheet(visitor).locator('[data-field="letter"]')).to_have_value(copied)
    visitor.page.keyboard.press("Escape")
    visitor.tick(hit_wall="yes")
    expect(region).to_have_text("")
    visitor.page.evaluate(
        """navigator.clipboard.writeText = async () => { throw new Error("not allowed"); };
        document.execCommand = () => false;"""
    )
    button.click()
    expect(visitor.page.locator("dialog.words")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    expect(button).to_be_hidden()
