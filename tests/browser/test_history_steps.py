"""What Back, a link within the page and the language switch do to an open checklist."""

import re

import pytest
from playwright.sync_api import expect

from checklist.rules import SCOPE
from tests.support.answers import ADRIFT, GOOD
from tests.support.clients_page import name_client, open_panels, until_kept
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor


def test_one_back_leaves_the_checklist(arrive: Arrive, site: Site) -> None:
    """Three links to places on the page add no step; each shows its place and has the focus."""
    visitor = arrive(site, "en", viewport=DESKTOP)
    visitor.open("")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    page = visitor.page
    for link in ("knows_goal", "trusts_opinion"):
        page.locator(f'[data-list="because"] a[href="#q-{link}"]').click()
        expect(page.locator(f"#q-{link}")).to_be_in_viewport()
        expect(page.locator(f"#q-{link}")).to_be_focused()
    page.locator('[data-block="signs"] > summary').click()
    page.locator('.signs a[href="#backseat"]').click()
    expect(page.locator("#backseat")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url(re.compile("/en/$"))


def test_a_link_opens_what_it_leads_to(arrive: Arrive, site: Site) -> None:
    """The question about the assumption is behind a line."""
    visitor = arrive(site, viewport=PHONE)
    visitor.open_scored()
    visitor.page.locator(".assumption > summary").click()
    visitor.radio(SCOPE, "no").check()
    visitor.expect_verdict("out_of_scope")
    visitor.page.locator(".assumption > summary").click()
    visitor.page.locator('[data-action="toggle"]').click()
    visitor.page.locator(f'[data-list="because"] a[href="#q-{SCOPE}"]').click()
    expect(visitor.page.locator(f"#q-{SCOPE}")).to_be_in_viewport()


def test_a_letter_stays_open_in_the_other_language(visitor: Visitor) -> None:
    """With its greeting and its signature."""
    page = visitor.page
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "Anna")
    open_panels(visitor, "words")
    page.locator('[data-field="greet"]').fill("Mr Alpha")
    page.locator('[data-field="sign"]').fill("Olga")
    until_kept(visitor, 'one.letter?.greet === "Mr Alpha" && one.letter.sign === "Olga"')
    page.get_by_role("button", name="Язык").hover()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/checklist/")
    expect(page.locator("#words")).to_have_attribute("open", "")
    expect(page.locator('[data-field="greet"]')).to_have_value("Mr Alpha")
    expect(page.locator('[data-field="sign"]')).to_have_value("Olga")
    letter = page.locator('[data-field="letter"]')
    expect(letter).to_have_value(re.compile("Mr Alpha.*Olga", re.DOTALL))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_counts_of_questions_agree(arrive: Arrive, site: Site, lang: str) -> None:
    """As many in the result as on the page, without the folded one, and without "don't know"."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    visitor.tick(**GOOD | {"budget_ok": "unknown"})
    visitor.expect_announced()
    total = visitor.page.locator("fieldset[data-fact]:not(.assumption *)").count()
    numbers = re.findall(r"\d+", visitor.result.locator('[data-slot="considered"]').inner_text())
    assert numbers == [str(total - 1), str(total)]
