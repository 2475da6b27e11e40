"""Live regions: each change is announced once, by a region that was on the page before it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES, load
from tests.support.access.announcements import announcements, listen
from tests.support.access.page_states import open_damaged
from tests.support.answers import ADRIFT
from tests.support.clients_page import (
    LINK,
    fill_storage,
    open_clients,
    press,
    press_in_menu,
    record,
)
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor


def arrive_listening(arrive: Arrive, site: Site, lang: str, **options: object) -> Visitor:
    """Bring a visitor whose live regions are recorded."""
    visitor = arrive(site, lang, **options)
    listen(visitor.page)
    return visitor


def test_live_regions_exist_before_their_texts(arrive: Arrive, site: Site) -> None:
    """Every live region outside a closed panel is on the page while it is still empty."""
    visitor = arrive(site, "en")
    for path, least in (("checklist/", 6), ("clients/", 3), ("privacy/", 2), ("article/", 1)):
        visitor.open(path)
        regions = visitor.page.locator(
            "[role=status]:not(details *, [data-block=some] *, .md-search *)"
        )
        missing = regions.evaluate_all(
            "all => all.filter((one) => !one.checkVisibility()).map((one) => one.outerHTML)"
        )
        assert missing == []
        assert regions.count() >= least


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_change_is_announced_once(arrive: Arrive, site: Site, lang: str) -> None:
    """The first verdict, a tick, another verdict, undo, redo, and starting over."""
    visitor = arrive_listening(arrive, site, lang)
    visitor.open_scored()
    assert len(announcements(visitor.page)) == 1
    visitor.tick(knows_goal="no")
    assert len(announcements(visitor.page)) == 1
    visitor.tick(trusts_opinion="no")
    assert len(announcements(visitor.page)) == 1
    for action in ("undo", "redo", "start-over"):
        press(visitor, action)
        [announced] = announcements(visitor.page)
    assert announced.startswith(load(lang)("storage.cleared"))


def test_each_failure_is_announced_once(arrive: Arrive, site: Site) -> None:
    """The same failure, a second time, is announced again."""
    visitor = arrive_listening(arrive, site, "en")
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open()
    expect(visitor.page.locator('[data-slot="failure"]')).to_contain_text("worker.js")
    failure = visitor.page.locator('[data-slot="failure"]').inner_text()
    assert announcements(visitor.page).count(failure) == 1
    press(visitor, "retry")
    expect(visitor.page.locator('[data-slot="failure"]')).to_contain_text("worker.js")
    assert announcements(visitor.page) == [failure]


def test_the_list_of_clients_announces_what_was_done(
    arrive: Arrive, site: Site, tmp_path: Path
) -> None:
    """Also the second time, when the text is the same."""
    visitor, texts = arrive_listening(arrive, site, "en"), load("en")
    page = visitor.page
    fill_storage(visitor, [record("1", name="Anna", answers=ADRIFT)])
    open_clients(visitor)
    page.locator(".client__pick").click()
    file = tmp_path / "bad.json"
    file.write_text("no JSON", encoding="utf-8")

    def rename() -> None:
        press_in_menu(page.locator(".client").first, "rename")
        page.locator('[data-dialog="rename"] input').fill("Bob")
        page.locator('[data-dialog="rename"] button[value="ok"]').click()

    def filtered(by: str) -> Callable[[], None]:
        return lambda: page.locator('[data-field="filter"]').fill(by)

    def compare() -> None:
        # One client is not enough; the button announces that.
        page.locator('[data-action="compare"]').click(force=True)

    def duplicate() -> None:
        press_in_menu(page.locator(".client").first, "duplicate")

    undo = f" {texts('messages.undo_where')}"
    copy = texts("messages.copy_of", name="Bob")
    too_few = texts("messages.compare_help")
    for act, announced in (
        (compare, too_few),
        (compare, too_few),
        (rename, texts("messages.renamed", name="Bob")),
        (duplicate, texts("messages.duplicated", name=copy)),
        (filtered("("), texts("messages.found", count=1, total=2)),
        (filtered("nobody"), texts("messages.none_found")),
        (filtered("bob"), texts("messages.found", count=2, total=2)),
        (
            lambda: press_in_menu(page.locator('.client:has-text("(copy)")'), "delete"),
            texts("messages.deleted", name=copy) + undo,
        ),
    ):
        act()
        assert announced in announcements(page)
    page.locator('[data-field="file"]').set_input_files(file)
    expect(page.locator('[data-list="import-preview"]')).to_contain_text("1:1")
    assert texts("messages.refused", name="bad.json") in announcements(page)[-1]


def test_the_panels_announce_what_was_done(arrive: Arrive, site: Site) -> None:
    """Each copy to the clipboard, the sum of the figures once they are typed, a wrong figure."""
    visitor = arrive_listening(arrive, site, "en", permissions=["clipboard-write"])
    page, texts = visitor.page, load("en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    letter = page.locator('[data-field="letter"]')
    hours = page.locator('[data-field="hours"]')
    page.locator("#words > summary").click()
    expect(letter).not_to_have_value("")
    announcements(page)
    for _ in range(2):
        press(visitor, "copy-letter")
        assert announcements(page) == [texts("messages.copied")]
    letter.fill("Own words")
    press(visitor, "rewrite")
    assert texts("messages.letter_replaced") in announcements(page)[0]
    letter.fill("Own words again")
    visitor.tick(hit_wall="yes")
    assert texts("page.letter_stale") in announcements(page)
    page.locator("#decision > summary").click()
    page.locator('[data-field="weeks"]').fill("4")
    hours.press_sequentially("12", delay=50)
    assert announcements(page) == ["At risk: 48\u00a0hours."]
    hours.fill("-12")
    assert announcements(page) == [texts("messages.not_a_figure")]
    expect(hours).to_have_attribute("aria-invalid", "true")
    hours.fill("10")
    assert announcements(page) == ["At risk: 40\u00a0hours."]
    expect(hours).not_to_have_attribute("aria-invalid", "true")
    for _ in range(2):
        press(visitor, "add-meeting")
        assert announcements(page) == [texts("messages.meeting_added")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_messages_at_the_opening_of_a_page_are_announced(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """A client from a link, a damaged link, a damaged record: each once, without its buttons."""
    visitor, texts = arrive_listening(arrive, site, lang), load(lang)
    page = visitor.page
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    assert announcements(page).count(texts("messages.shared")) == 1
    page.goto("about:blank")
    visitor.open("checklist/#c=1~1.0~nonsense")
    expect(page.locator('[data-slot="shared"]')).to_contain_text("1~1.0~nonsense")
    problem = page.locator('[data-slot="shared"]').inner_text()
    assert announcements(page).count(problem) == 1
    open_damaged(visitor)
    announced = " ".join(announcements(page))
    problems = page.locator('[data-list="problems"]').inner_text()
    for words in (texts("storage.damaged_all"), problems):
        assert announced.count(words) == 1
    assert texts("storage.delete_unreadable") not in announced
