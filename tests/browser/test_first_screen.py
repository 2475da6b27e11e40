"""The top of the checklist: the client's line, what is assumed, and the first question."""

import pytest
from playwright.sync_api import expect

from checklist.rules import SCOPE
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.clients_page import LINK, fill_storage, record
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, wait_for_paint

LINE = ".client-bar__line :is(input, select, button, a):visible"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_screen_holds_the_first_question(arrive: Arrive, site: Site, lang: str) -> None:
    """Its answers are above the bar, before anything is scrolled."""
    visitor = arrive(site, lang, viewport=PHONE)
    visitor.open_scored()
    bar = visitor.result.evaluate("bar => bar.getBoundingClientRect().top")
    choices = visitor.page.locator(".choices:visible").first
    assert choices.evaluate("one => one.getBoundingClientRect().bottom") <= bar
    assert visitor.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_client_is_one_line_on_a_phone(arrive: Arrive, site: Site, lang: str) -> None:
    """The name, the switch to other clients, a new one, all of them; each has a full name."""
    visitor, texts = arrive(site, lang, viewport=PHONE), load(lang)
    fill_storage(visitor, [record("1", name="Anna", answers=ADRIFT), record("2", name="Boris")])
    visitor.open("checklist/#case=1")
    page = visitor.page
    switch = page.get_by_role("combobox", name=texts("page.switch"), exact=True)
    expect(switch).to_be_visible()
    boxes = page.locator(LINE).evaluate_all("all => all.map((one) => one.getBoundingClientRect())")
    assert len(boxes) == 4
    assert len({round(box["bottom"]) for box in boxes}) == 1
    bar = page.locator(".client-bar")
    for button in (
        bar.get_by_role("button", name=texts("page.new_client"), exact=True),
        bar.get_by_role("link", name=texts("page.all_clients"), exact=True),
    ):
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    switch.select_option(label="Boris")
    expect(page.get_by_label(texts("page.name"), exact=True)).to_have_value("Boris")


def test_the_keyboard_opens_another_client_on_a_phone(arrive: Arrive, site: Site) -> None:
    """Once one is chosen its name is shown, and the button that opens it."""
    visitor = arrive(site, "en", viewport=PHONE)
    fill_storage(visitor, [record("1", name="Anna", answers=ADRIFT), record("2", name="Boris")])
    visitor.open("checklist/#case=1")
    page = visitor.page
    button = page.locator('[data-action="open-chosen"]')
    expect(page.locator('[data-field="switch"]')).to_be_visible()
    expect(button).to_be_hidden()
    page.locator('[data-field="switch"]').focus()
    page.keyboard.press("ArrowDown")
    expect(button).to_be_visible()
    button.press("Enter")
    expect(page.locator('[data-field="name"]')).to_have_value("Boris")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_assumption_is_one_line_that_can_be_changed(
    arrive: Arrive, site: Site, *, scripts: bool
) -> None:
    """It says what is assumed, or what was answered instead; it opens without scripts too."""
    visitor, texts = arrive(site, "en", viewport=PHONE, java_script_enabled=scripts), load("en")
    visitor.open()
    line = visitor.page.locator(".assumption > summary")
    stands = line.get_by_text(texts("groups.scope.assumed"), exact=True)
    fails = line.get_by_text(texts(f"facts.{SCOPE}.no"), exact=True)
    expect(stands).to_be_visible()
    expect(fails).to_be_hidden()
    expect(visitor.radio(SCOPE, "no")).to_be_hidden()
    line.click()
    visitor.radio(SCOPE, "no").check()
    expect(fails).to_be_visible()
    expect(stands).to_be_hidden()
    if scripts:
        visitor.expect_verdict("out_of_scope")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notice_about_a_link_stands_on_top(arrive: Arrive, site: Site, lang: str) -> None:
    """It is whole in the first screen of a phone, above the client's name and the bar."""
    visitor = arrive(site, lang, viewport=PHONE)
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    wait_for_paint(visitor.page)
    notice, client, bar = (
        visitor.page.locator(one).bounding_box()
        for one in ('[data-block="shared"]', ".client-bar", "#checklist-result")
    )
    assert notice
    assert client
    assert bar
    assert notice["y"] + notice["height"] <= min(client["y"], bar["y"])
