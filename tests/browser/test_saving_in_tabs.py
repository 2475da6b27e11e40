"""Saving with several tabs: failed writes, deleted clients, late responses and rapid changes."""

from typing import Final

import pytest
from playwright.sync_api import expect

from checklist.rules import ANSWERS, SCORED
from tests.support.answers import ADRIFT
from tests.support.clients_page import LINK, NOTE, open_clients, press, write_note
from tests.support.faults.storage import FULL_UP, PUT, WHILE_BROKEN, failing, mend
from tests.support.sampling import count, randomness
from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor, until


def test_a_tab_whose_write_failed_merges_what_another_tab_wrote(visitor: Visitor) -> None:
    """Neither overwrites the other."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.expect_saved()
    visitor.page.evaluate(f"() => {WHILE_BROKEN % failing(PUT, FULL_UP)}")
    visitor.tick(decides="no")
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    other.open_scored()
    other.tick(trusts_opinion="no")
    other.expect_saved()
    expect(visitor.radio("trusts_opinion", "no")).to_be_checked()
    mend(visitor)
    visitor.tick(budget_ok="no")
    visitor.expect_saved()
    [kept] = visitor.records()
    assert kept["answers"] == {**ADRIFT, "decides": "no", "budget_ok": "no"}


def test_a_client_deleted_in_one_tab_is_removed_from_another(visitor: Visitor) -> None:
    """Also from the focused text field; nothing of it is stored again."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    write_note(visitor.page, "Asked twice")
    visitor.expect_saved()
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    open_clients(other)
    press(other, "wipe")
    press(other, "wipe-really")
    visitor.expect_verdict("empty")
    expect(visitor.page.locator(NOTE)).to_have_value("")
    other.page.close()
    kept = visitor.page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "Asked twice" not in kept
    assert "trusts_opinion" not in kept
    assert visitor.records() == []


def test_a_late_response_does_not_replace_the_open_client(arrive: Arrive, site: Site) -> None:
    """A link that had not been read when the visitor began a new client is not opened."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_engine("failed")
    press(visitor, "new-client")
    visitor.tick(hit_wall="no")
    site.repair()
    press(visitor, "retry")
    visitor.expect_verdict_from_python("open")
    visitor.expect_saved()
    assert visitor.ticked() == {"hit_wall": "no"}


RAPID_STEPS: Final = """async (chosen) => {
  for (const [what, value] of chosen) {
    if (what === "wait") {
      await new Promise((go) => setTimeout(go, value));
    } else if (what === "press") {
      document.querySelector(`[data-action="${value}"]`).click();
    } else {
      document.querySelector(`input[name="${what}"][value="${value}"]`).click();
    }
  }
  window.isRunning = false;
}"""


@pytest.mark.soak
@pytest.mark.parametrize("number", range(count(1, soak=10)))
def test_rapid_changes_are_all_saved(visitor: Visitor, number: int) -> None:
    """The database has what the page shows, also with an answer from another tab in between."""
    chance = randomness(f"rapid {number}")
    steps: list[tuple[str, str | int]] = []
    for _ in range(300):
        ticked = (chance.choice(SCORED), chance.choice(ANSWERS))
        pressed = ("press", chance.choice(("start-over", "undo", "redo")))
        waited = ("wait", chance.choice((0, 1, 5, 20)))
        steps.append(chance.choices((ticked, pressed, waited), (8, 1, 2))[0])
    visitor.open_scored()
    other = Visitor(visitor.page.context.new_page(), visitor.site)
    other.open_scored()
    visitor.page.evaluate(f"(steps) => {{ ({RAPID_STEPS})(steps); }}", steps)
    other.tick(hit_wall="no")
    until(visitor.page, "window.isRunning === false")
    for one in (visitor, other):
        one.expect_saved()
    [kept] = visitor.records()
    assert kept["answers"] == visitor.ticked() == other.ticked()
