"""The start of the checklist: what is shown at once, that it stays, and that no input is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from checklist.rules import score
from checklist.rules.answers import parse_answers
from checklist.texts import LANGUAGES, load
from checklist.texts.explanation import explain
from tests.support.answers import ADRIFT
from tests.support.clients_page import fill_storage, press_in_menu, record
from tests.support.metered_host import Line, hosted
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor, wait_for_paint

pytestmark = pytest.mark.usefixtures("python_in_browser")

SLOW = Line(rate=1_200_000, delay=0.03)
SIZES = [PHONE, DESKTOP]

# Every change of the verdict, with the answers ticked at that moment.
WATCH = """window.__seen = [];
new MutationObserver(() => {
  const result = document.querySelector("#checklist-result");
  if (!result?.dataset.verdict) return;
  const ticked = Object.fromEntries(
    [...document.querySelectorAll("[data-fact][data-touched='true'] input:checked")]
      .map(({ name, value }) => [name, value]));
  window.__seen.push([result.dataset.engine, result.dataset.verdict, ticked]);
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-verdict"] });
"""


def with_saved_answers(arrive: Arrive, site: Site, lang: str = "en") -> Visitor:
    """Bring a visitor whose browser has a client with two answers."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_saved()
    return visitor


def without_main(visitor: Visitor) -> list[Route]:
    """Hold back the page's module; return a list to which its request is added."""
    held: list[Route] = []
    visitor.page.context.route("**/main.js", lambda route: held.append(route))  # noqa: PLW0108 - it takes no method of a list
    return held


def test_saved_answers_and_their_verdict_need_no_module(arrive: Arrive, site: Site) -> None:
    """In a new tab the page shows them before its module has loaded, from the table of verdicts."""
    first = with_saved_answers(arrive, site, "ru")
    held = without_main(first)
    visitor = Visitor(first.page.context.new_page(), site, "ru")
    visitor.page.goto(site.url("checklist/"), wait_until="commit")
    visitor.expect_engine("table")
    visitor.expect_verdict("step_back")
    assert visitor.ticked() == ADRIFT
    sign = visitor.page.locator('[data-sign="adrift"] [data-slot="status"]')
    expect(sign).to_have_text(load("ru")("result.status.present"))
    for route in held:
        route.continue_()
    visitor.expect_verdict_from_python("step_back")


def test_ticks_before_the_module_are_kept(arrive: Arrive, site: Site) -> None:
    """The table gives their verdict at once, and they replace what was saved."""
    visitor = with_saved_answers(arrive, site)
    held = without_main(visitor)
    visitor.page.goto(site.url("en/checklist/"), wait_until="commit")
    visitor.expect_engine("table")
    visitor.tick(knows_goal="yes")
    visitor.tick(trusts_opinion="yes")
    visitor.expect_verdict("open")
    for route in held:
        route.continue_()
    visitor.expect_verdict_from_python("open")
    answers = {"knows_goal": "yes", "trusts_opinion": "yes"}
    assert visitor.ticked() == answers
    visitor.expect_saved()
    assert [one["answers"] for one in visitor.records()] == [answers]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_are_shown_before_python_and_are_pythons(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """While it is loaded, the reasons and what would change the verdict come from a file."""
    visitor = arrive(site, lang)
    visitor.keep_python_out()
    visitor.open()
    visitor.tick(**ADRIFT)
    explained = explain(score(ADRIFT), parse_answers(ADRIFT), load(lang))
    page = visitor.page
    reasons = [one["text"] for one in explained["because"][0]]
    expect(page.locator('[data-list="because"] > li')).to_have_text(reasons)
    expect(page.locator('[data-slot="change_lead"]')).to_have_text(explained["change_lead"])
    assert page.locator("#checklist-result").get_attribute("data-engine") == "table"


def test_the_verdict_always_fits_the_ticked_answers(arrive: Arrive, site: Site) -> None:
    """From the first paint to Python's answer."""
    visitor = with_saved_answers(arrive, site)
    visitor.page.add_init_script(WATCH)
    visitor.reload()
    visitor.expect_engine("python")
    seen = visitor.page.evaluate("window.__seen")
    assert seen
    for _, verdict, ticked in seen:
        assert verdict == score(ticked).verdict


def test_a_deleted_client_is_not_shown_in_a_new_tab(arrive: Arrive, site: Site) -> None:
    """Its snapshot for the first paint is deleted too."""
    visitor = arrive(site, "en")
    fill_storage(visitor, [record("1", name="Alpha", answers=ADRIFT)])
    visitor.page.goto(site.url("en/checklist/#case=1"))
    visitor.expect_verdict_from_python("step_back")
    visitor.open("clients/")
    press_in_menu(visitor.page.locator(".client").first, "delete")
    expect(visitor.page.locator(".client")).to_have_count(0)
    kept = visitor.page.evaluate("() => Object.values(localStorage).join()")
    assert "Alpha" not in kept


@pytest.mark.parametrize(
    ("lang", "viewport"), list(zip(LANGUAGES, SIZES, strict=True)), ids=["phone", "desktop"]
)
def test_nothing_moves_while_python_loads(
    arrive: Arrive, built: Path, lang: str, viewport: dict[str, int]
) -> None:
    """Once the fonts are there the questions stay in place, on a slow connection too."""
    with hosted(built, SLOW) as host:
        visitor = arrive(Site(host.address), lang, viewport=viewport)
        visitor.page.add_init_script(SHIFTS)
        visitor.open()
        visitor.page.evaluate("document.fonts.ready.then(() => { window.__moved = 0; })")
        visitor.expect_engine("python")
        wait_for_paint(visitor.page)
        assert visitor.page.evaluate("window.__moved") <= LARGEST_SHIFT


# The result's last lines cause a small layout shift; web.dev calls one below 0.1 good.
LARGEST_SHIFT = 0.03
SHIFTS = """window.__moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize(("system", "scheme"), [("dark", "slate"), ("light", "default")])
def test_a_first_visit_in_a_dark_scheme_is_dark_at_once(
    arrive: Arrive, site: Site, system: str, scheme: str
) -> None:
    """The colours of the system are used before any file of scripts has loaded."""
    visitor = arrive(site, color_scheme=system)
    visitor.may_complain = True
    visitor.page.context.route("**/app/*/*.js", lambda route: route.abort())
    visitor.keep_python_out()
    for path in ("checklist/", "clients/", "article/", "no-such-page/"):
        visitor.open(path)
        body = visitor.page.locator("body")
        expect(body, path).to_have_attribute("data-md-color-scheme", scheme)


@pytest.mark.parametrize("viewport", SIZES, ids=["phone", "desktop"])
def test_the_tables_verdict_can_be_read_on_any_screen(
    arrive: Arrive, site: Site, viewport: dict[str, int]
) -> None:
    """While Python is loading the page shows the advice and the signs, and nothing of Python."""
    visitor = arrive(site, "en", viewport=viewport)
    without_runtime(visitor)
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_engine("table")
    toggle = visitor.page.locator('[data-action="toggle"]')
    if toggle.is_visible():
        toggle.click()
    texts = load("en")
    expect(visitor.page.locator('[data-slot="next"]')).to_have_text(
        texts("verdicts.step_back.next")
    )
    assert "Python" not in visitor.result.inner_text()
    visitor.page.locator('[data-block="signs"] > summary').click()
    expect(visitor.page.locator(".sign__head").first).to_be_visible()
    expect(visitor.page.locator(".sign__conditions").first).to_be_hidden()


def without_runtime(visitor: Visitor) -> None:
    """Hold back every file of Python."""
    visitor.page.context.route("**/runtime/**", lambda _: None)
