"""Every state of the checklist and of the list of clients: axe, narrow screens, large text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.access.page_states import (
    State,
    states_of_the_checklist,
    states_of_the_clients,
    states_of_the_theme,
)
from tests.support.access.probing import OF_STYLES, SCHEMES, SLOW, check, problems, set_view
from tests.support.sampling import IS_SOAK
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive

FINGER_PX = 44
FULL = {
    "open",
    "every panel open, a wrong figure, undo offered",
    "saved and damaged, with a note",
    "some clients, one unreadable",
    "side by side",
    "a menu open",
    "about to wipe, with something unreadable",
}
"""Where axe's slow rules run too; `make soak` runs them in all states."""


def problems_in(states: Iterator[State], lang: str) -> list[str]:
    """Return what is wrong in any of the states, too small targets of the form included."""
    found = []
    for name, page in states:
        without = OF_STYLES if IS_SOAK or name in FULL else SLOW
        found += problems(page, name, SCHEMES[lang], without)
        small = check(page, "small", FINGER_PX)
        found += [f"{name}: too small for a finger: {wrong}" for wrong in small]
    return found


@pytest.mark.soak
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_checklist_in_every_state(arrive: Arrive, site: Site, lang: str) -> None:
    """From empty to settled, by link, damaged, while Python loads, failed, without scripts."""
    assert problems_in(states_of_the_checklist(arrive, site, lang), lang) == []


@pytest.mark.soak
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_clients_in_every_state(arrive: Arrive, site: Site, tmp_path: Path, lang: str) -> None:
    """None, some, invalid, compared, importing, wiping, renaming."""
    assert problems_in(states_of_the_clients(arrive, site, lang, tmp_path), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_opens_over_a_page_on_a_phone(arrive: Arrive, site: Site, lang: str) -> None:
    """The list of pages, the search results, and the button that removes the offline copy."""
    found = []
    for name, page in states_of_the_theme(arrive, site, lang):
        set_view(page, PHONE, SCHEMES[lang])
        found += [
            f"{name}, {SCHEMES[lang]}: {wrong}" for wrong in check(page, "axe", None, OF_STYLES)
        ]
    assert found == []
