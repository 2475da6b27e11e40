"""Render the index of the worked cases: links to them by verdict and by sign."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from checklist.rules import SIGNS, WALL, score
from checklist.site.render.worked_cases import OPEN, WorkedCase
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

_VERDICTS: Final = ("work", "clarify_first", "step_back", OPEN, "out_of_scope")
_HEADING: Final = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_PERMALINK: Final = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")


def render_case_index(texts: Texts, cases: Mapping[str, WorkedCase], html: str) -> str:
    """Return a list of links for each verdict and for each sign that a case has.

    ``html`` is the page with the cases: their titles are its headings. Raises ``LookupError`` if
    one is missing.
    """
    titles = _titles(html)
    links = {id_: {"id": id_, "title": titles[id_]} for id_ in cases}
    groups = [
        {
            "title": texts("guide.by_verdict"),
            "entries": [
                {"title": title, "verdict": verdict, "cases": [links[id_] for id_ in found]}
                for verdict, title, found in _by_verdict(texts, cases)
            ],
        },
        {
            "title": texts("guide.by_sign"),
            "entries": [
                {"title": title, "verdict": "", "cases": [links[id_] for id_ in found]}
                for title, found in _by_sign(texts, cases)
            ],
        },
    ]
    module: Any = TEMPLATES.get_template("guide.html").module
    return str(module.case_index(texts, groups))


def _titles(html: str) -> dict[str, str]:
    return {
        id_: unescape(_TAG.sub("", _PERMALINK.sub("", title))).strip()
        for id_, title in _HEADING.findall(html)
    }


def _by_verdict(
    texts: Texts, cases: Mapping[str, WorkedCase]
) -> Iterator[tuple[str, str, list[str]]]:
    for verdict in _VERDICTS:
        title = texts("cases.open" if verdict == OPEN else f"verdicts.{verdict}.title")
        yield verdict, title, [case.id for case in cases.values() if case.verdict == verdict]


def _by_sign(texts: Texts, cases: Mapping[str, WorkedCase]) -> Iterator[tuple[str, list[str]]]:
    present = {
        case.id: {sign.id for sign in score(case.answers).signs if sign.status == "present"}
        for case in cases.values()
    }
    for sign in SIGNS:
        yield texts(f"signs.{sign.id}.title"), [id_ for id_ in cases if sign.id in present[id_]]
    yield (
        texts("groups.wall.title"),
        [id_ for id_, case in cases.items() if case.answers.get(WALL) == "yes"],
    )
