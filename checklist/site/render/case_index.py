"""Fold the worked cases, and render the choice of those that the page shows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from checklist.rules import SIGNS, WALL, score
from checklist.site.render.worked_cases import OPEN, WorkedCase
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

_VERDICTS: Final = ("work", "clarify_first", "step_back", OPEN, "out_of_scope")
_CASE: Final = re.compile(
    r'(?P<heading><h2 id="([^"]+)">.*?</h2>)(?P<rest>.*?)(?=<h2 |\Z)', re.DOTALL
)


def fold_cases(html: str, cases: Mapping[str, WorkedCase]) -> str:
    """Return the page with each case folded to its heading, and marked with its lists.

    The styles show the cases of the list that is chosen. Raises ``LookupError`` if the page lacks a
    case.
    """
    found = {match[2]: match for match in _CASE.finditer(html)}
    all_lists = _lists(cases)
    for id_ in cases:
        heading, rest = found[id_].group("heading", "rest")
        lists = " ".join(one.id for one in all_lists if id_ in one.cases)
        folded = (
            f'<details class="case" id="case-{id_}" data-lists="{lists}">\n'
            f"<summary>{heading}</summary>\n{rest}</details>\n"
        )
        html = html.replace(heading + rest, folded)
    return html


def render_case_index(texts: Texts, cases: Mapping[str, WorkedCase]) -> str:
    """Return the choice: all, those with a verdict, or those with a sign."""
    lists = _lists(cases)
    groups = [
        {
            "title": texts(f"guide.{group}"),
            "entries": [
                {
                    "id": found.id,
                    "title": texts(found.title),
                    "verdict": found.id if group == "by_verdict" else "",
                    "count": len(found.cases),
                }
                for found in lists
                if found.group == group
            ],
        }
        for group in ("by_verdict", "by_sign")
    ]
    module: Any = TEMPLATES.get_template("guide.html").module
    return str(module.case_index(texts, groups, len(cases)))


@dataclass(frozen=True, slots=True)
class _List:
    """The cases with one verdict, or with one sign."""

    group: str
    id: str
    title: str
    """The key of its title in the texts."""
    cases: Sequence[str]


def _lists(cases: Mapping[str, WorkedCase]) -> list[_List]:
    return [*_by_verdict(cases), *_by_sign(cases)]


def _by_verdict(cases: Mapping[str, WorkedCase]) -> Iterator[_List]:
    for verdict in _VERDICTS:
        title = "cases.open" if verdict == OPEN else f"verdicts.{verdict}.title"
        found = [case.id for case in cases.values() if case.verdict == verdict]
        yield _List("by_verdict", verdict, title, found)


def _by_sign(cases: Mapping[str, WorkedCase]) -> Iterator[_List]:
    present = {
        case.id: {sign.id for sign in score(case.answers).signs if sign.status == "present"}
        for case in cases.values()
    }
    for sign in SIGNS:
        found = [id_ for id_ in cases if sign.id in present[id_]]
        yield _List("by_sign", sign.id, f"signs.{sign.id}.title", found)
    walls = [id_ for id_, case in cases.items() if case.answers.get(WALL) == "yes"]
    yield _List("by_sign", "wall", "groups.wall.title", walls)
