"""The letters of the checklist: those that fit come first, the others say which do."""

import re

import pytest
from playwright.sync_api import Locator, expect

from checklist.advice import KINDS, REASONS, Situation, letter_kinds, situation_of
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD
from tests.support.clients_page import fill_storage, open_panels, press, record, until_kept
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor

GROUPS = (
    "all => all.map((group) => [...group.querySelectorAll('option')].map(({ value }) => value))"
)


def field(visitor: Visitor, name: str) -> Locator:
    """A field of the letters."""
    return visitor.page.locator(f'[data-field="{name}"]')


def expect_kinds(visitor: Visitor, situation: Situation) -> None:
    """Wait until the kinds that fit are first, and the best one is chosen."""
    fitting = letter_kinds(situation)
    expect(field(visitor, "kind")).to_have_value(fitting[0])
    groups = field(visitor, "kind").locator("optgroup").evaluate_all(GROUPS)
    assert groups == [[*fitting], [kind for kind in KINDS if kind not in fitting]]


def test_the_stage_changes_which_letters_fit(visitor: Visitor) -> None:
    """Every kind can be chosen, whatever fits."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_saved()
    open_panels(visitor, "words")
    expect_kinds(visitor, situation_of(ADRIFT))
    visitor.check(pays_late="yes")
    visitor.tick(stage="begun")
    expect_kinds(visitor, situation_of(ADRIFT, {"pays_late": "yes"}, "begun"))


def test_an_edited_letter_keeps_its_kind(visitor: Visitor) -> None:
    """Answers that call for another letter do not give the visitor's text another title."""
    visitor.open_scored()
    visitor.tick(**GOOD)
    visitor.expect_saved()
    open_panels(visitor, "words")
    expect_kinds(visitor, situation_of(GOOD))
    field(visitor, "letter").fill("Subject: Ours\n\nHello")
    visitor.check(no_room="yes")
    best = field(visitor, "kind").locator("optgroup").first.locator("option").first
    expect(best).to_have_attribute("value", "hold")
    expect(field(visitor, "kind")).to_have_value("start")
    expect(field(visitor, "letter")).to_have_value("Subject: Ours\n\nHello")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_that_does_not_fit_says_which_does(arrive: Arrive, site: Site, lang: str) -> None:
    """And one that fits has a subject."""
    visitor, texts = arrive(site, lang), load(lang)
    visitor.open_scored()
    visitor.tick(**GOOD)
    visitor.expect_saved()
    open_panels(visitor, "words")
    fitting = letter_kinds(situation_of(GOOD))
    for kind in KINDS:
        field(visitor, "kind").select_option(kind)
        if kind in fitting and kind != "clauses":
            subject = texts("letters.subject", subject=texts(f"letters.{kind}.subject"))
            expect(field(visitor, "letter")).to_have_value(re.compile(re.escape(subject[:20])))
        elif kind not in fitting:
            expect(field(visitor, "letter")).to_be_hidden()
            expect(visitor.page.locator('[data-slot="letter-none"]')).to_contain_text(
                texts(f"letters.{fitting[0]}.title")
            )


def test_the_visitor_picks_the_reason_of_a_refusal(arrive: Arrive, site: Site) -> None:
    """The one that fits is given unless another is picked, which is kept with the client."""
    visitor, texts = arrive(site, "en", viewport=PHONE), load("en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.check(pays_late="yes")
    visitor.expect_saved()
    visitor.result.locator('[data-action="words"]').click()
    letter, reason = field(visitor, "letter"), field(visitor, "reason")
    expect(letter).to_have_value(re.compile(re.escape(texts("letters.refusal.adrift"))))
    expect(reason).to_be_visible()
    fitting, others = reason.locator("optgroup").evaluate_all(GROUPS)
    assert fitting == ["adrift", "money"]
    assert {*fitting, *others} == {*REASONS}
    reason.select_option("calendar")
    expect(letter).to_have_value(re.compile(re.escape(texts("letters.refusal.calendar"))))
    until_kept(visitor, "one.letter?.reason === 'calendar'")
    field(visitor, "kind").select_option("clauses")
    expect(reason).to_be_hidden()
    visitor.reload()
    visitor.expect_engine("python")
    expect(reason).to_have_value("calendar")


def test_a_stop_has_the_letter_that_ends_it(arrive: Arrive, site: Site) -> None:
    """Whatever the verdict is, also from the bar."""
    visitor, texts = arrive(site, "en"), load("en")
    visitor.open_scored()
    visitor.tick(**GOOD, stage="begun")
    visitor.check(abusive="yes")
    visitor.expect_saved()
    visitor.result.locator('[data-action="words"]').click()
    expect(field(visitor, "kind")).to_have_value("ending")
    expect(field(visitor, "letter")).to_have_value(
        re.compile(re.escape(texts("letters.ending.subject")))
    )


def test_there_is_no_letter_to_copy_before_python(arrive: Arrive, site: Site) -> None:
    """Neither an empty field nor its buttons; a draft of the visitor's own is there at once."""
    visitor = arrive(site, "en")
    visitor.keep_python_out()
    fill_storage(visitor, [record("1", answers=ADRIFT, letter={"text": "Dear Anna"})])
    visitor.open()
    visitor.expect_opened()
    letter = visitor.page.locator('[data-block="letter"]')
    expect(letter).not_to_have_attribute("hidden", "")
    press(visitor, "new-client")
    expect(letter).to_have_attribute("hidden", "")
