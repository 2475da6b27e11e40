"""Panels below the verdict: history, agenda, letters, context, decision, the printed sheet."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import (
    name_client,
    open_clients,
    open_panels,
    press,
    until_kept,
)
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor, until

SHOWN = """(result) => {
  const copy = result.cloneNode(true);
  copy.querySelectorAll('[role="status"]').forEach((region) => region.remove());
  return copy.outerHTML;
}"""
"""The result as it is seen; what is said of it may still be on its way."""


def expect_announced(visitor: Visitor) -> None:
    """Wait until the live region has the verdict that is shown."""
    texts = ("announcement", "title")
    announced, shown = (f"document.querySelector('[data-slot={one}]').textContent" for one in texts)
    until(visitor.page, f"{announced}.includes({shown})")


def expect_sheet_named(visitor: Visitor, name: str) -> None:
    """Wait until the sheet that the browser's print command would print has this name."""
    until(
        visitor.page,
        f"""() => {{
          dispatchEvent(new Event("beforeprint"));
          const {{ textContent }} = document.querySelector(".print-area");
          dispatchEvent(new Event("afterprint"));
          return textContent.includes({json.dumps(name)});
        }}""",
    )


def test_the_history_says_which_answer_changed_the_verdict(arrive: Arrive, site: Site) -> None:
    """The page shows Python's document; a meeting has a comparison of the answers then and now."""
    visitor = arrive(site, "en", viewport={"width": 1280, "height": 900})
    visitor.page.clock.install(time="2026-11-23T10:00:00Z")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#decision > summary").click()
    visitor.page.locator('[data-field="meeting"]').fill("talked about the goal")
    press(visitor, "add-meeting")
    shown = visitor.page.locator('[data-document="history"]')
    # If the clock jumped while Python is busy, the watchdog would report a timeout.
    expect(shown).to_contain_text("talked about the goal")
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.clock.fast_forward(120_000)
    visitor.tick(knows_goal="yes")
    visitor.page.clock.fast_forward(1_000)
    texts = load("en")
    moved = texts(
        "history.moved",
        before=texts("verdicts.step_back.title"),
        after=texts("result.open.title", verdicts="").rstrip(),
    )
    expect(shown).to_contain_text(moved.partition("→")[0].strip())
    row = shown.locator("tr", has_text=texts("facts.knows_goal.question"))
    expect(row.locator("td").nth(0)).to_have_text(texts("page.no"))
    expect(row.locator("td").nth(1)).to_have_text(texts("page.yes"))


def test_the_agenda_prints_in_either_language(arrive: Arrive, site: Site) -> None:
    """Only the agenda is printed, in the language chosen for it."""
    visitor = arrive(site)
    visitor.page.add_init_script("window.print = () => { window.printed = true; };")
    visitor.open_scored()
    visitor.page.locator("#words > summary").click()
    sheet = visitor.page.locator(".print-area")
    for lang in LANGUAGES:
        visitor.page.evaluate("window.printed = false")
        visitor.page.locator('[data-field="agenda-lang"]').select_option(lang)
        expect(visitor.page.locator('[data-document="agenda"]')).to_contain_text(
            load(lang)("agenda.end_text")
        )
        press(visitor, "print-agenda")
        until(visitor.page, "window.printed")
        visitor.page.emulate_media(media="print")
        expect(sheet).to_contain_text(load(lang)("agenda.end_text"))
        expect(sheet).to_contain_text(load(lang)("facts.knows_goal.ask"))
        expect(visitor.page.locator("#q-decides")).to_be_hidden()
        visitor.page.emulate_media(media="screen")


def test_losses_show_where_the_verdict_is_to_say_no(arrive: Arrive, site: Site) -> None:
    """They are in the result, filled by Python, and not there with another verdict."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    losses = visitor.page.locator("#losses")
    expect(losses).to_be_hidden()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    losses.locator("summary").click()
    shown = visitor.page.locator('[data-document="losses"]')
    expect(shown).to_contain_text(load("en")("losses.adrift"))
    visitor.tick(hit_wall="yes")
    expect(shown).to_contain_text(load("en")("losses.wall"))
    visitor.tick(knows_goal="yes", hit_wall="no")
    visitor.expect_verdict("open")
    expect(losses).to_be_hidden()


def test_sharing_is_beside_the_name_and_there_are_two_panels(arrive: Arrive, site: Site) -> None:
    """One button has link, files and print; the panels are by what one wants to do."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    share = visitor.page.locator(".client-bar #share")
    expect(share.locator("summary")).to_have_text(load("en")("page.share"))
    share.locator("summary").click()
    expect(visitor.page.locator('[data-field="link"]')).to_have_value(re.compile("#c=2z"))
    for action in ("copy-link", "save-json", "save-md", "save-csv", "print-sheet"):
        expect(share.locator(f'[data-action="{action}"]')).to_be_visible()
    names = visitor.page.locator(".panels [data-panel]").evaluate_all(
        "all => all.map(({ dataset }) => dataset.panel)"
    )
    assert names == ["words", "decision"]


def letter(page: Page) -> str:
    """Return the text of the letter."""
    return page.locator('[data-field="letter"]').input_value()


def test_letters_in_either_language(visitor: Visitor) -> None:
    """The letter that fits the verdict is selected; options are filled in; edits are kept."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    name_client(visitor, "Ужасный клиент")
    visitor.page.locator("#words > summary").click()
    expect(visitor.page.locator('[data-field="kind"]')).to_have_value("refusal")
    field = visitor.page.locator('[data-field="letter"]')
    expect(field).to_have_value(re.compile(r"^Тема: .*\s+Здравствуйте!"))
    visitor.page.locator('[data-field="letter-lang"]').select_option("en")
    visitor.page.locator('[data-field="better"]').fill("Ann")
    expect(field).to_have_value(re.compile(r"^Subject: .*Hello,.*Ann", re.DOTALL))
    assert "Ужасный" not in letter(visitor.page)
    field.fill("My own words")
    visitor.tick(hit_wall="yes")
    expect(visitor.page.locator('[data-block="letter-stale"]')).to_be_visible()
    assert letter(visitor.page) == "My own words"
    until_kept(visitor, "one.letter?.text === 'My own words'")
    visitor.reload()
    expect(field).to_have_value("My own words")
    visitor.expect_engine("python")
    visitor.page.locator("#words > summary").click()
    press(visitor, "rewrite")
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    visitor.page.locator('[data-block="undo-bar"] button').click()
    assert letter(visitor.page) == "My own words"
    visitor.page.locator('[data-field="kind"]').select_option("clarify")
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    visitor.page.locator('[data-block="undo-bar"] button').first.click()
    expect(visitor.page.locator('[data-field="kind"]')).to_have_value("refusal")
    assert letter(visitor.page) == "My own words"
    press(visitor, "new-client")
    expect(field).not_to_have_value("My own words")
    visitor.page.locator('[data-field="switch"]').select_option(label="Ужасный клиент")
    expect(field).to_have_value("My own words")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_panels_and_list_fit_the_narrowest_phone(arrive: Arrive, site: Site, lang: str) -> None:
    """With every panel open nothing scrolls sideways, and every control can be touched."""
    visitor = arrive(site, lang, viewport={"width": 320, "height": 640})
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "W" * 60)
    open_panels(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    small = """targets => targets
      .filter((target) => target.getBoundingClientRect().height < 44)
      .map((target) => target.outerHTML.slice(0, 120))"""
    fields = "select, textarea, input:not([type=radio], [type=checkbox])"
    pressed = f".checklist :is(button, summary, .check, {fields}):visible"
    assert visitor.page.locator(pressed).evaluate_all(small) == []
    open_clients(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    pressed = ".checklist :is(button, summary, .check, .client__head a):visible"
    assert visitor.page.locator(pressed).evaluate_all(small) == []


def test_a_letter_is_copied_with_one_press(arrive: Arrive, site: Site) -> None:
    """The text of the field is copied to the clipboard, and the page says so."""
    visitor = arrive(site, "en", permissions=["clipboard-read", "clipboard-write"])
    visitor.open_scored()
    visitor.tick(hit_wall="yes")
    visitor.page.locator("#words > summary").click()
    field = visitor.page.locator('[data-field="letter"]')
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    field.fill("Mine")
    press(visitor, "copy-letter")
    expect(visitor.page.locator('[data-slot="copied"]')).to_have_text(load("en")("messages.copied"))
    assert visitor.page.evaluate("navigator.clipboard.readText()") == "Mine"


def test_context_shows_the_articles_advice_and_does_not_change_the_verdict(
    arrive: Arrive, site: Site
) -> None:
    """A ticked context note shows its advice."""
    visitor = arrive(site, "ru")
    visitor.open_scored()
    visitor.tick(**OPEN)
    visitor.expect_saved()
    expect_announced(visitor)
    expect(visitor.page.locator('[data-block="ask"]')).to_be_visible()
    before = visitor.result.evaluate(SHOWN)
    for note in ("early", "culture", "age", "experience"):
        advice = visitor.page.get_by_text(load("ru")(f"context.{note}.advice"))
        expect(advice).to_be_hidden()
        visitor.page.locator(f'[data-context="{note}"]').check()
        expect(advice).to_be_visible()
    until_kept(visitor, "one.context?.length === 4")
    assert visitor.result.evaluate(SHOWN) == before
    visitor.reload()
    expect(visitor.page.locator('[data-context="age"]')).to_be_checked()


def test_figures_are_read_as_people_write_them(arrive: Arrive, site: Site) -> None:
    """Typed and pasted; what is wrong is said at the field, and the wheel changes nothing."""
    visitor = arrive(site, "ru")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#decision > summary").click()
    hours, weeks = (visitor.page.locator(f'[data-field="{name}"]') for name in ("hours", "weeks"))
    hours.press_sequentially("12,5")
    weeks.fill(" 1\u00a0234 ")
    until_kept(visitor, "one.estimate?.hours === 12.5 && one.estimate.weeks === 1234")
    hours.hover()
    visitor.page.mouse.wheel(0, -300)
    expect(hours).to_have_value("12,5")
    weeks.fill("1-2")
    expect(visitor.page.locator('[data-slot="weeks-problem"]')).to_have_text(
        load("ru")("messages.not_a_figure")
    )
    until_kept(visitor, "one.estimate?.hours === 12.5 && !('weeks' in one.estimate)")
    visitor.reload()
    expect(hours).to_have_value("12,5")
    expect(weeks).to_have_value("")


def test_decision_reasons_and_estimate_are_kept(arrive: Arrive, site: Site) -> None:
    """They are shown after a reload and in the diary, and do not change the verdict."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#decision > summary").click()
    visitor.page.locator('[data-field="staying"]').fill("I like the trade")
    visitor.page.locator('[data-field="hours"]').fill("5")
    visitor.page.locator('[data-field="weeks"]').fill("4")
    expect(visitor.page.locator('[data-slot="estimate"]')).to_have_text("At risk: 20 hours.")
    visitor.page.locator('[data-field="decision"]').select_option("taken")
    visitor.page.locator('[data-field="went"]').select_option("badly")
    until_kept(visitor, "one.staying && one.estimate?.weeks && one.outcome?.went === 'badly'")
    visitor.expect_verdict("step_back")
    visitor.reload()
    expect(visitor.page.locator('[data-field="staying"]')).to_have_value("I like the trade")
    expect(visitor.page.locator('[data-field="hours"]')).to_have_value("5")
    expect(visitor.page.locator('[data-field="went"]')).to_have_value("badly")
    open_clients(visitor)
    diary = visitor.page.locator('[data-document="diary"]')
    expect(diary).to_contain_text("went badly")
    assert "%" not in diary.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_prints_one_clean_sheet(
    arrive: Arrive, site: Site, tmp_path: Path, lang: str
) -> None:
    """Printing the checklist gives the client on one A4 page, not the form."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    visitor.tick(**ADRIFT, decides="no", takes_responsibility="no", participates="yes")
    visitor.expect_verdict("step_back")
    name_client(visitor, "Acme")
    expect_sheet_named(visitor, "Acme")
    target = tmp_path / "sheet.pdf"
    visitor.page.pdf(path=target, format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) == 1
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    sheet = visitor.page.locator(".print-area")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(load(lang)("verdicts.step_back.title"))
    expect(visitor.page.locator("#q-decides")).to_be_hidden()
    expect(visitor.page.locator(".md-header")).to_be_hidden()
