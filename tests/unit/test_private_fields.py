"""What visitors write about clients: no spelling or translation service is offered it."""

from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from checklist.site.render.clients_page import render_clients
from checklist.site.render.form import render_checklist
from checklist.texts import LANGUAGES, load
from tests.support.checklist_links import LINKS

OF_THE_VISITOR = {("data-document", "history"), ("data-document", "compare")} | {
    ("data-block", "print"),
    ("data-slot", "name"),
    ("data-field", "switch"),
}
"""What shows names or notes."""


class Elements(HTMLParser):
    """Collects the attributes of the elements that are private, and of the figures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[dict[str, str | None]] = []
        self.shown: list[dict[str, str | None]] = []
        self.figures: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort the element by what it is."""
        given = dict(attrs)
        if given.get("inputmode") == "decimal" or given.get("type") == "number":
            self.figures.append(given)
        elif "readonly" not in given and (
            tag == "textarea" or given.get("type") in {"text", "search"}
        ):
            self.fields.append(given)
        if OF_THE_VISITOR & {*attrs}:
            self.shown.append(given)


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Elements:
    """Both pages with clients, in one language."""
    texts = load(request.param)
    return Elements(
        render_checklist(texts, LINKS, settings={}, first=Markup())
        + render_clients(texts, app="app", checklist="checklist/", schema="schema", settings={})
    )


def test_fields_are_neither_spelled_nor_translated(page: Elements) -> None:
    """Cloud services would get the names and the notes."""
    assert len(page.fields) > 15
    exposed = [
        one
        for one in page.fields
        if (one.get("spellcheck"), one.get("translate")) != ("false", "no")
    ]
    assert exposed == []


def test_what_shows_names_and_notes_is_not_translated(page: Elements) -> None:
    """Where the pages show them again."""
    assert {item for one in page.shown for item in one.items()} >= OF_THE_VISITOR
    assert [one for one in page.shown if one.get("translate") != "no"] == []


def test_figures_are_texts_with_a_keyboard_for_decimals(page: Elements) -> None:
    """A browser's own number field takes one separator only, and the wheel changes it."""
    assert len(page.figures) == 3
    assert {(one.get("type"), one.get("inputmode")) for one in page.figures} == {
        ("text", "decimal")
    }
