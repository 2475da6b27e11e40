"""The Content-Security-Policy: it allows all that a page does, and blocks everything else."""

from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.offline_copy import arrive_and_stay
from tests.support.policy import WATCH, try_to_break_in, violations
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

KINDS = {"ru": ("", "article/", "signs/adrift/", "checklist/"), "en": ("clients/", "privacy/")}

pytestmark = pytest.mark.usefixtures("python_in_browser")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_policy_allows_all_that_a_page_does(arrive: Arrive, site: Site, lang: str) -> None:
    """Pages of each kind, with search, palette and menu used.

    All others are opened in access/test_pages.py, where the browser would report violations too.
    """
    visitor = arrive(site, lang, viewport={"width": 400, "height": 800})
    page = visitor.page
    page.add_init_script(WATCH)
    for path in KINDS[lang]:
        visitor.open(path)
        page.locator('.md-header [data-opens="__drawer"]').click()
        page.keyboard.press("Escape")
        page.locator('[data-opens="__search"]').click()
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], path
    page.locator(".md-search__input").press_sequentially("Python")
    page.locator(".md-search-result__link").first.wait_for()
    assert violations(page) == []
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert violations(page) == []


def test_the_policy_comes_first(built: Path) -> None:
    """It is before any script, and no page has inline styles that it would have to allow."""
    for page_file in built.rglob("*.html"):
        text = page_file.read_text(encoding="utf-8")
        assert text.index("Content-Security-Policy") < text.index("<script"), page_file
        assert " style=" not in text
        assert "<style" not in text


def test_the_policy_blocks_injected_markup(arrive: Arrive, site: Site) -> None:
    """On each kind of page, and on the page for wrong addresses at any depth."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    visitor.page.add_init_script(WATCH)
    for path in ("", "checklist/", "clients/", "privacy/", "no/such/page/"):
        visitor.open(path)
        assert violations(visitor.page) == [], path
        assert try_to_break_in(visitor) == [], path


def test_the_policy_holds_without_a_network_too(arrive: Arrive, site: Site) -> None:
    """A page from the service worker has the same policy."""
    visitor: Visitor = arrive_and_stay(arrive, site)
    visitor.page.add_init_script(WATCH)
    visitor.open("checklist/")
    visitor.expect_engine("python")
    assert violations(visitor.page) == []
    assert try_to_break_in(visitor) == []
