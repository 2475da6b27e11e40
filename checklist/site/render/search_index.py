"""The sections of a page that the search finds, and the settings of the search field."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from typing import Final

from checklist.site.assets.bundle import Bundle
from checklist.site.pages import folder_of
from checklist.texts import Texts

SEARCH_INDEX: Final = "search/index.json"
"""The path of a language's index below its folder."""

_FIELD: Final = "search-field.js"
_WORKER: Final = "search-worker.js"
_PAGE_TITLE: Final = "h1"
_HEADINGS: Final = frozenset({_PAGE_TITLE, "h2", "h3", "h4", "h5", "h6"})
_LEFT_OUT: Final = frozenset({"button", "script", "style", "svg", "template"})
"""Elements that are no text to read, like those that are hidden from screen readers."""

_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "small", "span"}
    | {"strong", "sub", "sup", "wbr"}
)
"""Elements that do not separate words."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text below it; ``location`` is relative to the language's folder."""

    location: str
    title: str
    text: str


def sections_of(html: str, location: str) -> list[Section]:
    """Return the sections of a page: its beginning, and one for each heading with an id."""
    parser = _Parser(location)
    parser.feed(html)
    parser.close()
    return [
        Section(place, _plain(title), _plain(text))
        for place, title, text in zip(parser.locations, parser.titles, parser.texts, strict=True)
    ]


def search_index(sections: Iterable[Section]) -> str:
    """Return the index as JSON, as the search's worker reads it."""
    return json.dumps([asdict(section) for section in sections], ensure_ascii=False)


def search_settings(texts: Texts, bundle: Bundle, href: Callable[[str], str]) -> str:
    """Return the settings as JSON for an attribute.

    ``href`` turns a path below the site's root into an address.
    """
    settings = {
        "field": href(f"{bundle.path}/{_FIELD}"),
        "worker": href(f"{bundle.path}/{_WORKER}"),
        "index": href(f"{folder_of(texts.lang)}{SEARCH_INDEX}"),
        "lang": texts.lang,
        "words": texts.section("search"),
    }
    return json.dumps(settings, ensure_ascii=False)


class _Parser(HTMLParser):
    """Collects the location, the parts of the title and of the text of each section."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.page = location
        self.locations = [location]
        self.titles: list[list[str]] = [[]]
        self.texts: list[list[str]] = [[]]
        self.target = self.texts[0]
        self.left_out = 0
        """How many open elements are left out: one, and those in it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.left_out or tag in _LEFT_OUT or given.get("aria-hidden") == "true":
            self.left_out += tag not in _VOID
            self.target.append(" ")
            return
        id_ = given.get("id")
        if tag == _PAGE_TITLE:
            self.target = self.titles[0]
        elif tag in _HEADINGS and id_:
            self.locations.append(f"{self.page}#{id_}")
            self.titles.append([])
            self.texts.append([])
            self.target = self.titles[-1]
        elif tag not in _INLINE:
            self.target.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            self.left_out -= tag not in _VOID
            return
        if tag in _HEADINGS:
            self.target = self.texts[-1]
        if tag not in _INLINE:
            self.target.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.target.append(data)


def _plain(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())
