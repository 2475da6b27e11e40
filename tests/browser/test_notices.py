"""Notices beside the verdict: shown with every result, apart from it, and never changing it."""

import tomllib
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, expect

from checklist.advice import CHECKS
from checklist.rules import score
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, GOOD, OPEN
from tests.support.clients_page import fill_storage, record
from tests.support.server import Site
from tests.support.site_build import PROJECT
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor, wait_for, wait_for_paint

STORIES: Final[list[dict[str, Any]]] = tomllib.loads(
    (PROJECT / "tests/golden/beside/cases.toml").read_text(encoding="utf-8")
)["case"]
STOPS: Final = {"abusive": "yes", "unlawful_or_harmful": "yes"}
SIGNING: Final = tuple(check.id for check in CHECKS if check.is_before_signing)
MOST_OF_BAR: Final = 0.4
"""Of a phone's window."""


def notices(visitor: Visitor) -> list[str]:
    """Return the ids of the notices in the result, with their weights, from the top."""
    shown: list[str] = visitor.result.evaluate(
        """result => [...result.querySelectorAll("[data-notice]")]
          .map((one) => `${one.dataset.notice}:${one.parentElement.dataset.list}`)"""
    )
    return shown


def top(element: Locator) -> float:
    """Return where an element begins."""
    box = element.bounding_box()
    assert box
    return box["y"]


def test_every_story_has_its_notices(arrive: Arrive, site: Site) -> None:
    """As told by people who do this job; the verdict is that of the answers alone."""
    visitor = arrive(site, "en")
    clients = [
        record(one["id"], answers=one["answers"], checks=one["checks"], stage=one["stage"])
        for one in STORIES
    ]
    fill_storage(visitor, clients)
    for story in STORIES:
        visitor.open(f"checklist/#case={story['id']}")
        possible = " ".join(story["possible"])
        expect(visitor.result).to_have_attribute("data-possible", possible)
        visitor.expect_engine("python")
        wait_for(visitor.page, lambda: notices(visitor), story["notices"], story["id"])


@pytest.mark.parametrize("answers", [{}, OPEN, ADRIFT, GOOD], ids=["empty", "open", "no", "go"])
def test_checks_move_no_verdict(arrive: Arrive, site: Site, answers: dict[str, str]) -> None:
    """All of them, answered as bad as can be: only notices come."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**answers)
    title = visitor.page.locator('[data-slot="title"]')
    possible = " ".join(score(answers).possible)
    expect(visitor.result).to_have_attribute("data-possible", possible)
    before = title.inner_text()
    visitor.check(**{check.id: "yes" for check in CHECKS})
    expect(visitor.page.locator("[data-notice]")).to_have_count(len(CHECKS))
    expect(visitor.result).to_have_attribute("data-possible", possible)
    expect(title).to_have_text(before)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_stop_stands_above_the_advice_and_the_rest_below(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """Each part says that it is not the article's."""
    visitor, texts = arrive(site, lang, viewport=DESKTOP), load(lang)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.check(abusive="yes", pays_late="yes", need_the_money="yes")
    page, result = visitor.page, visitor.result
    stop = page.locator('[data-notice="abusive"]')
    expect(stop).to_contain_text(texts("checks.abusive.advice"))
    assert top(stop) < top(page.locator('[data-slot="next"]'))
    expect(result.locator('[data-slot="stop"]')).to_have_text(texts("notices.stop"))
    reasons = top(result.locator('[data-block="because"]'))
    late, mine = (page.locator(f'[data-notice="{one}"]') for one in ("pays_late", "need_the_money"))
    assert reasons < top(late) < top(mine)
    expect(result.get_by_role("heading", name=texts("notices.title"))).to_be_visible()
    expect(result.get_by_text(texts("notices.lead"))).to_be_visible()
    expect(late.get_by_text(texts("checks.pays_late.advice"))).to_be_hidden()
    late.locator("summary").click()
    expect(late).to_contain_text(texts("checks.pays_late.advice"))
    expect(late).to_contain_text(texts("checks.pays_late.say"))
    expect(late.get_by_role("link")).to_have_attribute("href", "../not-covered/#check-pays_late")
    visitor.tick(stage="begun")
    expect(page.locator('[data-list="stop"] [data-notice="pays_late"]')).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_of_a_phone_says_that_there_is_a_stop(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """The closed bar names it; opened, the notice is the first thing there."""
    visitor, texts = arrive(site, lang, viewport=PHONE), load(lang)
    visitor.open_scored()
    visitor.tick(**GOOD)
    line = visitor.page.locator('[data-slot="stop-line"]')
    expect(line).to_be_hidden()
    visitor.check(**STOPS)
    for check in STOPS:
        expect(line).to_contain_text(texts(f"checks.{check}.yes"))
    wait_for_paint(visitor.page)
    height = visitor.result.evaluate("bar => bar.getBoundingClientRect().height")
    assert height <= MOST_OF_BAR * PHONE["height"]
    visitor.page.locator('[data-action="toggle"]').click()
    expect(line).to_be_hidden()
    expect(visitor.page.locator('[data-notice="abusive"]')).to_be_in_viewport()


@pytest.mark.parametrize(
    "answers",
    [GOOD, {"depends_on_client": "no"}, GOOD | {"budget_ok": "no"}],
    ids=["go", "not this", "clarify"],
)
def test_nothing_says_to_go_on_beside_a_stop(
    arrive: Arrive, site: Site, answers: dict[str, str]
) -> None:
    """What to do is then the notice's advice alone."""
    visitor = arrive(site, "en", viewport=DESKTOP)
    visitor.open_scored()
    visitor.tick(**answers)
    to_do = visitor.page.locator('[data-slot="next"]')
    expect(to_do).to_be_visible()
    visitor.check(**STOPS)
    expect(to_do).to_be_hidden()


@pytest.mark.parametrize("answers", [GOOD, {"depends_on_client": "no"}], ids=["go", "not this"])
def test_before_signing_there_is_a_list_to_check(
    arrive: Arrive, site: Site, answers: dict[str, str]
) -> None:
    """Whatever is answered, ticked where it is; each entry leads to its question."""
    visitor, texts = arrive(site, "en", viewport=DESKTOP), load("en")
    visitor.open_scored()
    visitor.tick(**answers)
    items = visitor.page.locator('[data-list="signing"] > li')
    expect(items).to_have_text(
        [f"{texts(f'checks.{one}.no')} ({texts('notices.to_check')})" for one in SIGNING]
    )
    items.first.get_by_role("link").click()
    expect(visitor.page.locator(f"#check-{SIGNING[0]}")).to_be_in_viewport()
    visitor.check(**{SIGNING[0]: "no", SIGNING[1]: "yes"})
    states = ("settled", "to_settle", *["to_check"] * (len(SIGNING) - 2))
    expect(items).to_contain_text([f"({texts(f'notices.{state}')})" for state in states])
    assert notices(visitor) == [f"{SIGNING[1]}:settle"]
    visitor.tick(hit_wall="yes", depends_on_client="yes")
    expect(items).to_have_count(0)


@pytest.mark.parametrize("has_failed", [False, True], ids=["loading", "failed"])
def test_without_python_the_page_does_not_say_that_there_is_nothing(
    arrive: Arrive, site: Site, *, has_failed: bool
) -> None:
    """It has the reasons to stop, says that the rest is not counted, and shows the verdict."""
    visitor, texts = arrive(site, "en", viewport=DESKTOP), load("en")
    if has_failed:
        visitor.may_complain = True
        site.faults["worker.js"] = "missing"
    else:
        visitor.keep_python_out()
    visitor.open()
    expect(visitor.page.locator('[data-action="retry"]')).to_be_visible(visible=has_failed)
    visitor.tick(**GOOD)
    visitor.expect_verdict("work")
    uncounted = visitor.page.get_by_text(texts("page.uncounted"))
    expect(uncounted).to_be_hidden()
    visitor.check(abusive="yes")
    assert notices(visitor) == ["abusive:stop"]
    expect(visitor.result.get_by_text(texts("checks.abusive.advice"))).to_be_visible()
    expect(uncounted).to_be_hidden()
    visitor.check(nothing_upfront="yes")
    expect(uncounted).to_be_visible()
    assert notices(visitor) == ["abusive:stop"]
    expect(visitor.page.locator('[data-block="beside"]')).to_be_hidden()


def test_a_notice_is_announced_once_with_the_verdict(arrive: Arrive, site: Site) -> None:
    """A later answer does not repeat it."""
    visitor, texts = arrive(site, "en"), load("en")
    visitor.open_scored()
    visitor.tick(hit_wall="yes")
    announcement = visitor.page.locator('[data-slot="announcement"]')
    verdict = texts("messages.announce", title=texts("verdicts.step_back.title"))
    expect(announcement).to_have_text(verdict)
    visitor.check(abusive="yes")
    news = texts("messages.announce_notices", texts=texts("checks.abusive.yes"))
    expect(announcement).to_have_text(f"{verdict} {news}")
    visitor.check(pays_late="yes")
    news = texts("messages.announce_notices", texts=texts("checks.pays_late.yes"))
    expect(announcement).to_have_text(f"{verdict} {news}")
