"""The checks and the stage: in the form, beside the article's questions, and in the client."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checklist.advice import CHECKS, STAGES
from checklist.rules import ANSWERS, SCORED
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.clients_page import link_of, open_clients, press, until_kept
from tests.support.server import Site
from tests.support.shown import expect_agreement, shown
from tests.support.viewports import DESKTOP, NARROW, PHONE
from tests.support.visitor import Arrive, Visitor

CHECK_IDS = tuple(check.id for check in CHECKS)
GIVEN = {"pays_late": "yes", "middleman": "no", "no_room": "unknown"}
NEXT_FACT = "[data-next-fact]"


def give(visitor: Visitor) -> None:
    """Answer some checks and say that work has begun."""
    visitor.check(**GIVEN)
    visitor.tick(stage="begun")


def expect_given(page: Page) -> None:
    """Wait until the form shows these answers, and the database has them."""
    expect(page.locator('[name="stage"][value="begun"]')).to_be_checked()
    expect_agreement(page)
    assert shown(page)["checks"] == GIVEN


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_has_every_check_and_the_stage(
    arrive: Arrive, site: Site, lang: str, *, scripts: bool
) -> None:
    """Each check can be answered and leads to its place in the guide, without scripts too."""
    visitor = arrive(site, lang, java_script_enabled=scripts)
    visitor.open()
    page, texts = visitor.page, load(lang)
    beside = page.get_by_role("region", name=texts("how_to_tell.title"), exact=True)
    for stage in STAGES:
        visitor.radio("stage", stage).check()
        expect(beside.get_by_role("link", name=texts(f"how_to_tell.guide_{stage}"))).to_be_visible()
    visitor.radio("stage", STAGES[0]).check()
    expect(visitor.radio(f"check-{CHECK_IDS[0]}", "yes")).to_be_hidden()
    beside.get_by_text(texts("how_to_tell.checks")).click()
    for check in CHECK_IDS:
        group = beside.get_by_role("group", name=texts(f"checks.{check}.question"), exact=True)
        expect(group.get_by_text(texts(f"how_to_tell.{check}"))).to_be_visible()
        for answer in ANSWERS:
            visitor.radio(f"check-{check}", answer).check()
        link = group.get_by_role("link")
        expect(link).to_have_attribute("href", f"../not-covered/#check-{check}")
    assert beside.locator("fieldset").count() == len(CHECK_IDS) + 1


def test_a_link_of_a_check_leads_to_its_place_in_the_guide(arrive: Arrive, site: Site) -> None:
    """Every heading that the form names is there."""
    visitor = arrive(site, "en")
    visitor.open("not-covered/")
    for check in CHECK_IDS:
        assert visitor.page.locator(f"#check-{check}").count() == 1


def test_the_title_counts_the_answered_checks(arrive: Arrive, site: Site) -> None:
    """They are folded, so that the page is not twice as long; facts are counted apart."""
    visitor, texts = arrive(site, "en"), load("en")
    visitor.open_scored()
    expect(visitor.page.locator(".beside__checks")).not_to_have_attribute("open", "")
    give(visitor)
    count = texts("messages.checked", count=len(GIVEN), total=len(CHECK_IDS))
    expect(visitor.page.locator(".beside__checks > summary")).to_contain_text(count)
    considered = texts("messages.considered", count=0, total=len(SCORED))
    expect(visitor.page.locator('[data-slot="considered"]')).to_have_text(considered)


def test_checks_and_the_stage_are_kept(visitor: Visitor) -> None:
    """After a reload, and in the other language."""
    visitor.open_scored()
    give(visitor)
    expect_given(visitor.page)
    visitor.reload()
    expect_given(visitor.page)
    visitor.open("en/checklist/")
    visitor.expect_opened()
    expect_given(visitor.page)


def test_checks_before_python_and_the_database_are_kept(arrive: Arrive, site: Site) -> None:
    """The page may be left at once."""
    visitor = arrive(site)
    visitor.keep_python_out()
    visitor.open()
    give(visitor)
    visitor.page.reload()
    visitor.expect_opened()
    expect_given(visitor.page)


def test_checks_and_the_stage_are_undone_and_redone(visitor: Visitor) -> None:
    """Like answers, one step for each; starting over is one step."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    give(visitor)
    until_kept(visitor, "one.stage === 'begun'")
    press(visitor, "undo")
    expect(visitor.radio("stage", "before")).to_be_checked()
    press(visitor, "undo")
    expect(visitor.page.locator("#check-no_room")).to_have_attribute("data-touched", "false")
    press(visitor, "redo")
    press(visitor, "redo")
    expect_given(visitor.page)
    press(visitor, "start-over")
    expect_agreement(visitor.page)
    seen = shown(visitor.page)
    assert (seen["answers"], seen["checks"], seen["stage"]) == ({}, {}, "")
    press(visitor, "undo")
    expect_given(visitor.page)
    assert visitor.ticked() == {"knows_goal": "no"}


def test_another_tab_shows_the_same_checks(visitor: Visitor) -> None:
    """And its own answers to other checks stay."""
    visitor.open_scored()
    visitor.check(pays_late="yes")
    visitor.expect_saved()
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    other.open_scored()
    other.check(middleman="no", no_room="unknown")
    other.tick(stage="begun")
    for tab in (visitor, other):
        expect_given(tab.page)


def test_a_link_and_a_file_have_the_checks(arrive: Arrive, site: Site, tmp_path: Path) -> None:
    """They open in another browser with the same notices."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    give(visitor)
    expect_given(visitor.page)
    link = link_of(visitor)
    open_clients(visitor)
    with visitor.page.expect_download() as download:
        press(visitor, "save-json")
    file = tmp_path / "clients.json"
    download.value.save_as(file)
    [saved] = json.loads(file.read_text(encoding="utf-8"))["cases"]
    assert (saved["checks"], saved["stage"]) == (GIVEN, "begun")

    other = arrive(site, "en")
    other.page.goto(link)
    expect(other.page.locator('[data-notice="pays_late"]')).to_be_visible()
    press(other, "keep-shared")
    expect_given(other.page)


def test_checks_are_another_clients_only_there(visitor: Visitor) -> None:
    """A new client has none of them, and no notice."""
    visitor.open_scored()
    give(visitor)
    expect_given(visitor.page)
    expect(visitor.page.locator("[data-notice]")).to_have_count(1)
    press(visitor, "new-client")
    expect(visitor.page.locator("[data-notice]")).to_have_count(0)
    seen = shown(visitor.page)
    assert (seen["checks"], seen["stage"]) == ({}, "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
def test_checks_fit_the_window(arrive: Arrive, site: Site, lang: str, size: dict[str, int]) -> None:
    """Nothing scrolls sideways, and each control is large enough for a finger."""
    visitor = arrive(site, lang, viewport=size)
    visitor.open_scored()
    give(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    heights = visitor.page.locator(".beside :is(.choice, summary, a):visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 4 * len(CHECK_IDS)
    assert min(heights) >= 44


def test_the_keyboard_alone_answers_a_check(arrive: Arrive, site: Site) -> None:
    """From the last note on the context: the stage, the title, then check by check."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.open_scored()
    keyboard = visitor.page.keyboard
    visitor.page.locator("[data-context]").last.focus()
    keyboard.press("Tab")
    keyboard.press("ArrowDown")
    expect(visitor.radio("stage", "begun")).to_be_checked()
    keyboard.press("Tab")
    expect(visitor.page.locator(".stage__guide--begun a")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("ArrowDown")  # from "unknown" on to "yes"
    expect(visitor.radio("check-abusive", "yes")).to_be_checked()
    expect(visitor.radio("check-abusive", "yes")).to_be_focused()
    expect(visitor.page.locator('[data-slot="stop-line"]')).to_be_visible()
