"""Printed pages: dark on white, as wide as the paper, and without controls."""

from playwright.sync_api import expect

from checklist.texts import load
from tests.support.access.probing import check
from tests.support.answers import ADRIFT
from tests.support.clients_page import fill_storage, open_clients, press_in_menu, record
from tests.support.server import Site
from tests.support.visitor import Arrive

PAPER = {"width": 690, "height": 980}  # A4 without its margins
ANSWERS = "[type=text], [name], [data-context]"
PRESSED = f"article :is(button, summary, select, .md-button, input:not({ANSWERS}))"


def test_a_printed_page_can_be_read(arrive: Arrive, site: Site) -> None:
    """From the dark scheme too; the checklist prints itself where Python cannot make the sheet."""
    visitor = arrive(site, "en", viewport=PAPER, color_scheme="dark", reduced_motion="reduce")
    page = visitor.page
    visitor.may_complain = True
    fill_storage(visitor, [record("1", name="Anna", answers=ADRIFT), record("2", name="Bob")])
    open_clients(visitor)
    press_in_menu(page.locator(".client").last, "delete")
    expect(page.locator("[data-undo-bar]")).to_be_visible()
    for path in ("clients/", "", "signs/adrift/", "checklist/"):
        if path == "checklist/":
            site.faults["worker.js"] = "missing"
        if path != "clients/":
            visitor.open(path)
        if path == "checklist/":
            expect(page.locator('[data-action="retry"]')).to_be_visible()
            page.locator("#q-decides .note summary").click()
            page.locator("#note-decides").fill("asks somebody each time")
        page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
        page.emulate_media(media="print")
        printed = [load("en")("page.note")] if path == "checklist/" else []
        expect(page.locator(f"{PRESSED}:visible")).to_have_text(printed, use_inner_text=True)
        assert check(page, "wide") == []
        assert check(page, "axe") == []
        page.emulate_media(media="screen")
