"""The outline of each view: its document with the keys of texts in place of sentences.

The words are in `checklist/texts` and may change; which sentences a view has, with which figures,
is in `tests/golden/outlines.json`. `GOLDEN=1 pytest tests/unit/test_outlines.py` writes that file
anew.
"""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest

from checklist.advice import KINDS
from checklist.clients import Client, ImportItem, Migration, read_client
from checklist.rules import Problem, parse_answers, score
from checklist.texts import Texts
from checklist.texts.explanation import explain, explain_problem
from checklist.views.agenda import agenda
from checklist.views.comparison import comparison
from checklist.views.csv_file import to_csv
from checklist.views.documents import (
    Document,
    Heading,
    Items,
    Paragraph,
    Quote,
    Row,
    Space,
    Table,
    to_markdown,
    to_text,
)
from checklist.views.history import history
from checklist.views.import_preview import describe_import
from checklist.views.letters import Options, fitting_kind, letter
from checklist.views.losses import estimate, losses
from checklist.views.migration import describe_migration
from checklist.views.overview import overview
from checklist.views.sheet import sheet
from tests.support.answers import ADRIFT, AT
from tests.support.site_build import PROJECT

GOLDEN = PROJECT / "tests" / "golden" / "outlines.json"


class Keys(Texts):
    """Texts that return their own keys, with the values that are filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the key and the values."""
        filled = ", ".join(f"{name}={value}" for name, value in values.items())
        return f"{key}({filled})" if filled else key

    def lines(self, key: str) -> tuple[str, ...]:
        """Return two lines, one of them the same for all keys."""
        return (f"{key}[0]", "any[1]")


KEYS = Keys("en", {})
GOOD = {
    **dict.fromkeys(("knows_goal", "trusts_opinion", "quality_ok", "deadline_ok"), "yes"),
    **dict.fromkeys(("budget_ok", "compromises", "decides", "takes_responsibility"), "yes"),
    **dict.fromkeys(("participates", "hit_wall"), "no"),
}
LOG = [
    {
        "at": AT,
        "answers": {"decides": ["yes", "no"], "knows_goal": [None, "no"], "later": [None, "yes"]},
    },
    {"at": AT, "meeting": " about the terms "},
    {"at": AT, "answers": {"trusts_opinion": ["yes", "no"]}},
    {"at": AT, "note": "decides", "text": " asks "},
    {"at": AT, "note": "decides", "text": ""},
    {"at": AT, "note": "decides"},
    {"at": AT, "note": "later", "text": "x"},
    {"at": AT, "decision": "taken"},
    {"at": AT, "decision": "declined"},
    {"at": AT, "decision": "later"},
    {"at": AT, "rules": "0.9"},
    {"at": AT, "meeting": " "},
]
RECORDS: dict[str, dict[str, Any]] = {
    "empty": {"answers": {}},
    "adrift": {
        "name": " A ",
        "answers": {**ADRIFT, "decides": "no", "depends_on_client": "yes"},
        "notes": {"decides": " seen ", "knows_goal": " "},
        "log": LOG,
        "changed": AT,
        "staying": " of the trade ",
        "outcome": {"decision": "taken", "went": "badly", "words": " never "},
    },
    "work": {"answers": GOOD, "outcome": {"decision": "declined"}, "changed": "2026-11-01T10:00"},
    "wall": {
        "name": "N" * 201,
        "answers": {**GOOD, "hit_wall": "yes"},
        "outcome": {"decision": "taken", "went": "well"},
    },
    "terms": {"answers": {**GOOD, "deadline_ok": "no"}, "log": LOG[1:2]},
    "two gaps": {"answers": {**GOOD, "deadline_ok": "no", "quality_ok": "no"}, "outcome": None},
    "no room": {"answers": {**GOOD, "budget_ok": "no", "compromises": "no"}},
    "vague": {"answers": {**GOOD, "knows_goal": "no"}, "outcome": {"words": "W"}},
    "nobody decides": {"answers": {**GOOD, "decides": "no", "takes_responsibility": "no"}},
    "takes part": {"answers": {**GOOD, "decides": "no", "participates": "yes"}},
    "back seat": {
        "answers": {
            **GOOD,
            "decides": "no",
            "takes_responsibility": "no",
            "participates": "yes",
        }
    },
    "everything": {"answers": {**ADRIFT, "hit_wall": "yes", "compromises": "unknown"}},
    "either": {"answers": {"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}},
    "half known": {"answers": {"knows_goal": "yes", "budget_ok": "no", "decides": "no"}},
    "no goal": {"answers": {"knows_goal": "no"}, "outcome": {"decision": "declined"}},
    "out of scope": {"answers": {"depends_on_client": "no", "knows_goal": "no"}},
}
EVERYTHING = Document(
    "# title",
    (
        Heading("*head*"),
        Paragraph("+ text"),
        Paragraph("1. small", small=True),
        Quote("one\ntwo|", "id"),
        Items(("a\n b", "- c")),
        Table("c|", ("A", "B"), (Row("r", ("1\n2", "x"), differs=True), Row("s", ("3", "4")))),
        Space(),
        Space(3),
    ),
)


def client_named(name: str) -> Client:
    """Return one of the clients."""
    return read_client(json.dumps({"id": name, **RECORDS[name]}))


def of_one(name: str) -> dict[str, Any]:
    """Return the outlines of all views of one client."""
    client = client_named(name)
    answers = parse_answers(client.answers)
    options = Options(" Ann ", " Bob ", " Carol ")
    return {
        "explain": explain(score(answers), answers, KEYS),
        **{
            view.__name__: view(client, KEYS).as_dict() for view in (agenda, history, losses, sheet)
        },
        "fitting": fitting_kind(client),
        "letters": {kind: letter(kind, client, KEYS) for kind in KINDS},
        "letters with options": {kind: letter(kind, client, KEYS, options) for kind in KINDS},
        "import": describe_import(
            [ImportItem("new", client), ImportItem("copy", client, ("decides", "hit_wall"))], KEYS
        ),
    }


def of_several() -> dict[str, Any]:
    """Return the outlines of all views of several clients, or of none."""
    clients = [client_named(name) for name in RECORDS]
    adrift = client_named("adrift")
    figures: tuple[dict[str, Any], ...] = (
        {"hours": 1},
        {"hours": 1500.6, "weeks": 3, "rate": 2},
        {"hours": 1e15},
        {},
    )
    return {
        "comparison": comparison([adrift, clients[0], clients[13], clients[0]], KEYS).as_dict(),
        "comparison of two": comparison(clients[2:4], KEYS).as_dict(),
        "overview": overview(clients, KEYS),
        "overview of none": overview([], KEYS),
        "csv": to_csv([adrift, clients[0]], KEYS),
        "estimates": [estimate(one, KEYS) for one in figures],
        "migrations": [
            describe_migration(Migration(adrift, "0.9", then, ("step_back",), ("1.0", "1.1")), KEYS)
            for then in (None, ("work", "step_back"), ("step_back",))
        ],
        "problems": [
            explain_problem(Problem(place, "not_json", "\u202e\x07"), KEYS)
            for place in ("p" * 300, "p" * 301)
        ],
        "markdown": to_markdown(EVERYTHING),
        "text": to_text(EVERYTHING),
        "plain values": EVERYTHING.as_dict(),
    }


OUTLINES: Mapping[str, Callable[[], dict[str, Any]]] = {
    **{name: partial(of_one, name) for name in RECORDS},
    "several": of_several,
}


def written(outlines: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the outlines as JSON with a line for each view."""
    parts = []
    for name, views in outlines.items():
        lines = [f"  {json.dumps(view)}: {json.dumps(outline)}" for view, outline in views.items()]
        parts.append(f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    """The expected outlines; with ``GOLDEN=1`` they are written first."""
    if os.environ.get("GOLDEN"):
        made = {name: make() for name, make in OUTLINES.items()}
        GOLDEN.write_text(written(made), encoding="utf-8")
    outlines: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return outlines


@pytest.mark.parametrize("name", OUTLINES)
def test_each_view_has_its_outline(golden: dict[str, Any], name: str) -> None:
    """Which sentences, about which facts, with which figures, in which order."""
    made = json.loads(json.dumps(OUTLINES[name]()))
    for view, outline in golden[name].items():
        assert made[view] == outline, view
    assert made.keys() == golden[name].keys()


def test_each_view_and_each_outline_is_compared(golden: dict[str, Any]) -> None:
    """None is left over in the file and none is missing."""
    assert list(golden) == list(OUTLINES)
