"""Forced colours: the browser replaces the site's colours, so nothing may depend on them."""

import pytest

from tests.support.access.probing import check
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive

# How an element is drawn, apart from its colours: what forced colours leave.
DRAWN = """(selector) => [...document.querySelectorAll(selector)].map((one) => {
  const { backgroundColor, borderTopStyle, borderTopWidth, outlineStyle, fontWeight } =
    getComputedStyle(one);
  return [backgroundColor, borderTopStyle, borderTopWidth, outlineStyle, fontWeight].join();
})"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_states_differ_without_our_colours(
    arrive: Arrive, site: Site, size: dict[str, int]
) -> None:
    """Conditions met and not met, the ticked answer and the verdict still look different."""
    visitor = arrive(site, "en", viewport=size, forced_colors="active")
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no", decides="yes")
    visitor.expect_verdict("step_back")
    met = visitor.page.evaluate(DRAWN, '.meter i[data-state="met"]')
    others = visitor.page.evaluate(DRAWN, '.meter i:not([data-state="met"])')
    assert met
    assert set(met).isdisjoint(others)
    visitor.page.locator('[data-block="signs"]').evaluate("signs => { signs.open = true; }")
    states = visitor.page.locator("[data-slot=state]").all_inner_texts()
    assert len(set(states)) > 1
    ticked = visitor.page.evaluate(DRAWN, "#q-decides .choice:has(:checked)")
    unticked = visitor.page.evaluate(DRAWN, "#q-decides .choice:not(:has(:checked))")
    assert ticked
    assert set(ticked).isdisjoint(unticked)
    assert visitor.page.locator('[data-slot="title"]').inner_text() != ""
    assert check(visitor.page, "wide") == []


def test_the_focus_has_a_ring(arrive: Arrive, site: Site) -> None:
    """On a radio button, a button and a link."""
    visitor = arrive(site, "en", forced_colors="active")
    visitor.open_scored()
    check(visitor.page, "wide")
    visitor.page.locator('[data-field="name"]').focus()
    for _ in range(6):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.evaluate("() => probe.focused()")
        assert [wrong for wrong in focused["wrong"] if "no ring" in wrong] == []
