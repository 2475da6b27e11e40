"""The list of clients on a phone: one row each, a menu, the comparison and its bar."""

import pytest
from playwright.sync_api import Page, expect

from checklist.rules import FACTS
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import fill_storage, open_clients, press, press_in_menu, record
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor

GOOD = dict.fromkeys((fact.id for fact in FACTS), "yes") | {"hit_wall": "no"}
TWELVE = [
    record(str(number), name=f"{name} {number}", answers=answers)
    for number, (name, answers) in enumerate(
        [("Clinic in Lisbon", OPEN), ("Bakery", ADRIFT), ("Museum", GOOD), ("Start-up", {})] * 3
    )
]
IS_COVERED = """(covered) => {
  const [one, other] = [covered, document.querySelector("[data-undo-bar]")]
    .map((element) => element.getBoundingClientRect());
  return one.top < other.bottom && other.top < one.bottom;
}"""


def visitor_with(
    arrive: Arrive, site: Site, clients: list[dict[str, object]], lang: str = "en"
) -> Visitor:
    """Return a visitor with a phone at the list of some clients."""
    visitor = arrive(site, lang, viewport=PHONE, reduced_motion="reduce")
    fill_storage(visitor, clients)
    open_clients(visitor)
    return visitor


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twelve_clients_fit_on_two_screens(arrive: Arrive, site: Site, lang: str) -> None:
    """From the top of the page to the last row."""
    page = visitor_with(arrive, site, TWELVE, lang).page
    last = page.locator(".client").last
    last.scroll_into_view_if_needed()
    bottom = last.evaluate("one => one.getBoundingClientRect().bottom + scrollY")
    assert bottom <= 2 * PHONE["height"]


def test_a_row_has_each_part_on_a_line_of_its_own(arrive: Arrive, site: Site) -> None:
    """The name, the verdict, the next question, however long the name is."""
    page = visitor_with(arrive, site, [record("1", name="W" * 200, answers=OPEN)]).page
    name, verdict, question = (
        page.locator(f'.client [data-slot="{slot}"]').evaluate(
            "one => one.getBoundingClientRect().toJSON()"
        )
        for slot in ("name", "verdict", "next")
    )
    assert name["top"] < verdict["top"] < verdict["bottom"] <= question["top"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_reason_to_stop_stands_out(arrive: Arrive, site: Site) -> None:
    """Unless the visitor has decided: the decision is then in its place."""
    fields = {"answers": GOOD, "checks": {"abusive": "yes"}}
    clients = [record("1", **fields), record("2", **fields, outcome={"decision": "declined"})]
    page = visitor_with(arrive, site, clients, "en").page
    reason = page.locator('.client .verdict[data-verdict="stop"]')
    expect(reason).to_have_text(load("en")("checks.abusive.yes"))


def test_an_empty_list_offers_nothing_to_save_or_to_wipe(arrive: Arrive, site: Site) -> None:
    """Both appear with the first client, and go with the last one."""
    visitor = arrive(site, "en", viewport=PHONE)
    open_clients(visitor)
    offers = visitor.page.locator('[data-action^="save-"], [data-action="wipe"]')
    expect(visitor.page.locator('[data-block="none"]')).to_be_visible()
    assert offers.evaluate_all("all => all.filter((one) => one.checkVisibility()).length") == 0
    fill_storage(visitor, [record("1", name="A", answers=ADRIFT)])
    open_clients(visitor)
    for offer in offers.all():
        expect(offer).to_be_visible()
    press_in_menu(visitor.page.locator(".client"), "delete")
    for offer in offers.all():
        expect(offer).to_be_hidden()


def focused(page: Page) -> str:
    """Return the name of the button that has the focus, or the name of its element."""
    name: str = page.evaluate(
        "document.activeElement.dataset.row ?? document.activeElement.localName"
    )
    return name


def test_the_menu_is_used_with_the_keyboard(arrive: Arrive, site: Site) -> None:
    """The arrow keys move through it, Escape closes it alone, Tab leaves it closed."""
    page = visitor_with(arrive, site, TWELVE[:2]).page
    press_in_menu(page.locator(".client").last, "delete")
    opened = page.locator(".menu[open]")
    summary = page.locator(".client summary").first
    expect(summary).to_have_accessible_name(f"{load('en')('clients.menu')}: Clinic in Lisbon 0")
    summary.focus()
    places = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        places.append(focused(page))
    assert places == ["rename", "duplicate", "rename", "delete", "rename"]
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    assert focused(page) == "summary"
    expect(page.locator("[data-undo-bar]")).to_be_visible()
    page.keyboard.press("ArrowUp")
    assert focused(page) == "delete"
    page.keyboard.press("Tab")
    expect(opened).to_have_count(0)


def test_one_menu_is_open_at_a_time(arrive: Arrive, site: Site) -> None:
    """A press elsewhere closes it, and it lies over the rows below."""
    page = visitor_with(arrive, site, TWELVE).page
    for index in (0, 6):
        page.locator(".client summary").nth(index).click()
        expect(page.locator(".menu[open]")).to_have_count(1)
    button = page.locator('.menu[open] [data-row="delete"]')
    assert button.evaluate(
        """(one) => {
          const { left, top } = one.getBoundingClientRect();
          return document.elementFromPoint(left + 9, top + 9) === one;
        }"""
    )
    page.locator(".clients__list + p").click()
    expect(page.locator(".menu[open]")).to_have_count(0)


def test_the_first_tick_opens_the_bar(arrive: Arrive, site: Site) -> None:
    """At the lower edge of the window; it closes with the last one and with its button."""
    page = visitor_with(arrive, site, TWELVE).page
    bar = page.locator(".compare-bar")
    expect(bar).to_be_hidden()
    box = page.locator(".client__pick").first
    box.click()
    expect(bar).to_be_in_viewport(ratio=1)
    expect(bar.locator('[data-action="compare"]')).to_have_attribute("aria-disabled", "true")
    box.click()
    expect(bar).to_be_hidden()
    for index in (0, 1):
        page.locator(".client__pick").nth(index).click()
    expect(bar.locator('[data-action="compare"]')).to_have_attribute("aria-disabled", "false")
    page.locator('[data-action="unpick"]').click()
    expect(bar).to_be_hidden()
    expect(page.locator(".client__pick input:checked")).to_have_count(0)


def test_a_comparison_of_equal_clients_says_so(arrive: Arrive, site: Site) -> None:
    """Only the verdict is left of the table, until everything is asked for."""
    clients = [record(id_, name=id_, answers=ADRIFT) for id_ in ("1", "2")]
    visitor = visitor_with(arrive, site, clients)
    for box in visitor.page.locator(".client__pick").all():
        box.click()
    press(visitor, "compare")
    rows = visitor.page.locator('[data-document="compare"] tbody tr:visible')
    expect(rows).to_have_count(1)
    expect(visitor.page.locator('[data-slot="compare-same"]')).to_have_text(
        load("en")("messages.nothing_differs")
    )
    visitor.page.locator('[data-field="compare-all"]').check()
    expect(rows).to_have_count(5 + len(FACTS))
    press(visitor, "close-compare")
    expect(visitor.page.locator('[data-block="compare"]')).to_be_hidden()


def test_the_offer_to_undo_covers_no_comparison(arrive: Arrive, site: Site) -> None:
    """It waits at the end of the page, and the next offer closes the comparison."""
    visitor = visitor_with(arrive, site, TWELVE)
    page = visitor.page
    press_in_menu(page.locator(".client").last, "delete")
    expect(page.locator("[data-undo-bar]")).to_be_visible()
    for index in (0, 1):
        page.locator(".client__pick").nth(index).click()
    press(visitor, "compare")
    table = page.locator('[data-document="compare"]')
    expect(table).not_to_be_empty()
    upper_half = "one => one.getBoundingClientRect().top < innerHeight / 2"
    assert page.locator("#compare").evaluate(upper_half)
    assert not table.evaluate(IS_COVERED)
    page.locator(".client summary").first.click()
    page.locator('.menu[open] [data-row="delete"]').click()
    expect(page.locator('[data-block="compare"]')).to_be_hidden()


def test_a_translated_page_is_filtered_by_the_names_in_the_records(
    arrive: Arrive, site: Site
) -> None:
    """Extensions mark, translate and add elements: the list goes on working."""
    visitor = visitor_with(arrive, site, TWELVE[:4])
    page = visitor.page
    page.evaluate(
        """() => {
          const list = document.querySelector('[data-list="clients"]');
          for (const name of list.querySelectorAll('[data-slot="name"]')) {
            name.innerHTML = "<font><mark>Translated</mark></font>";
          }
          const foreign = document.createElement("extension-panel");
          foreign.innerHTML = "<button>Help</button><input type=checkbox>";
          list.prepend(foreign);
          list.querySelector(".client .menu__items").prepend(foreign.cloneNode(true));
        }"""
    )
    foreign = page.locator("extension-panel").first
    foreign.locator("button").click()
    foreign.locator("input").click()
    expect(page.locator(".compare-bar")).to_be_hidden()
    page.locator('[data-field="filter"]').fill("museum")
    expect(page.locator(".client:visible")).to_have_attribute("data-id", "2")
    page.locator('[data-field="filter"]').fill("")
    page.locator('.client[data-id="1"] .client__pick').click()
    expect(page.locator('[data-slot="picked"]')).to_contain_text("1")
    press_in_menu(page.locator('.client[data-id="1"]'), "delete")
    expect(page.locator('.client[data-id="1"]')).to_have_count(0)


def test_names_are_not_translated(arrive: Arrive, site: Site) -> None:
    """In the list, in the bar that offers to undo, and in the comparison."""
    visitor = visitor_with(arrive, site, TWELVE[:3])
    page = visitor.page
    press_in_menu(page.locator(".client").last, "delete")
    expect(page.locator(".client")).to_have_count(2)
    for box in page.locator(".client__pick").all():
        box.click()
    press(visitor, "compare")
    expect(page.locator('[data-document="compare"]')).not_to_be_empty()
    translated = page.evaluate(
        """() => {
          const found = [];
          const texts = document.createTreeWalker(document.querySelector("[data-clients]"), 4);
          while (texts.nextNode()) {
            const { data, parentElement } = texts.currentNode;
            if (/Clinic|Bakery|Museum/.test(data) && parentElement.translate
                && !parentElement.closest("[role=status]")) found.push(data);
          }
          return found;
        }"""
    )
    assert translated == []
