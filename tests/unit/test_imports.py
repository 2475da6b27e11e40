"""Importing files: a preview first; nothing is overwritten and nothing is lost."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.browser import handle
from checklist.clients import (
    FORMAT,
    ClientError,
    plan_import,
    read_client,
    read_clients,
    to_json,
    write_client,
)
from checklist.clients.limits import MAX_CLIENTS
from checklist.rules import RULES_VERSION
from tests.support.answers import ADRIFT, AT
from tests.support.client_files import collections, records


def kinds(incoming: str, here: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Return kind and id of each client in the file."""
    return [(one.kind, one.client.id) for one in plan_import(read_clients(incoming), here)]


@pytest.mark.parametrize(
    ("incoming", "here", "expected"),
    [
        ({"id": "1", "answers": {}}, {}, [("new", "1")]),
        ({"answers": {}}, {}, [("new", "imported")]),
        ({"id": "1", "answers": ADRIFT}, {"1": {"answers": ADRIFT}}, [("same", "1")]),
        ({"id": "1", "answers": ADRIFT}, {"1": {"answers": {}}}, [("copy", "1-2")]),
        (
            {"id": "1", "answers": ADRIFT},
            {"1": {"answers": {}}, "1-2": {"name": "x", "answers": {}}},
            [("copy", "1-3")],
        ),
        (
            {"id": "1", "answers": ADRIFT},
            {"1": {"answers": {}}, "1-2": {"answers": ADRIFT}},
            [("same", "1")],
        ),
        (
            {"id": "1", "answers": {}, "changed": AT},
            {"1": {"answers": {}}},
            [("same", "1")],
        ),
        (
            {"id": "1", "answers": {}, "later": 1},
            {"1": {"answers": {}, "later": 1.5}},
            [("copy", "1-2")],
        ),
        ({"id": "1", "answers": {}}, {"1": {"answers": []}}, [("copy", "1-2")]),
    ],
)
def test_the_preview_of_an_import(
    incoming: dict[str, Any], here: dict[str, dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    """Each client is new, the same, or a copy beside the saved one."""
    head = {"format": "client-case/1", "rules": RULES_VERSION}
    full = {id_: {**head, **record, "id": id_} for id_, record in here.items()}
    assert kinds(json.dumps({**head, **incoming}), full) == expected


@given(collections, st.lists(records, max_size=3))
def test_importing_overwrites_nothing_and_adds_nothing_twice(
    incoming: str, first: list[dict[str, Any]]
) -> None:
    """Every added id is free; afterwards the same file has nothing new."""
    here = {str(index): {**record, "id": str(index)} for index, record in enumerate(first)}
    found = plan_import(read_clients(incoming), here)
    added = {one.client.id: write_client(one.client) for one in found if one.kind != "same"}
    assert not added.keys() & here.keys()
    assert len(added) == sum(one.kind != "same" for one in found)
    again = plan_import(read_clients(incoming), {**here, **added})
    assert {one.kind for one in again} <= {"same"}


@given(records)
def test_exporting_and_importing_loses_nothing(record: dict[str, Any]) -> None:
    """Unknown keys in the record and in its log are the same afterwards."""
    client = read_client(json.dumps(record))
    collection = {"format": "client-cases/1", "cases": [write_client(client)]}
    [back] = read_clients(to_json(collection, indent=2))
    assert back.record == {"format": "client-case/1", "rules": RULES_VERSION, **record}


def test_the_place_of_a_problem_names_the_client() -> None:
    """In a file of several; all problems are named at once."""
    clients = [
        {"answers": {}},
        {"answers": {"knows_goal": "maybe"}},
        [],
        {"answers": {}, "name": 7, "log": [{"at": "soon"}, {}]},
    ]
    with pytest.raises(ClientError) as caught:
        read_clients(json.dumps({"format": "client-cases/1", "cases": clients}))
    assert [(one.place, one.kind) for one in caught.value.problems] == [
        ("cases[1].answers.knows_goal", "not_an_answer"),
        ("cases[2].case", "not_an_object"),
        ("cases[3].name", "not_text_value"),
        ("cases[3].log[0].at", "not_a_time"),
        ("cases[3].log[1].at", "not_there"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "place", "kind"),
    [
        ("id", 7, "id", "not_text_value"),
        ("notes", [], "notes", "not_a_group"),
        ("notes", {"decides": 1}, "notes.decides", "not_text_value"),
        ("log", {}, "log", "not_a_list"),
        ("log", [1], "log[0]", "not_a_group"),
        ("log", [{"at": AT, "answers": []}], "log[0].answers", "not_a_group"),
        (
            "log",
            [{"at": AT, "answers": {"decides": "no"}}],
            "log[0].answers.decides",
            "not_a_change",
        ),
        (
            "log",
            [{"at": AT, "answers": {"decides": ["no", {}]}}],
            "log[0].answers.decides",
            "not_a_change",
        ),
        ("outcome", [], "outcome", "not_a_group"),
        ("outcome", {"decision": "maybe"}, "outcome.decision", "not_one_of"),
        ("estimate", {"hours": -1}, "estimate.hours", "not_a_number"),
        ("estimate", {"hours": True}, "estimate.hours", "not_a_number"),
        ("letter", "Hello", "letter", "not_a_group"),
        ("letter", {"text": 1}, "letter.text", "not_text_value"),
        ("changed", "yesterday", "changed", "not_a_time"),
        ("staying", None, "staying", "not_text_value"),
    ],
)
def test_a_key_of_another_shape_is_named(field: str, value: object, place: str, kind: str) -> None:
    """The views rely on this check."""
    with pytest.raises(ClientError) as caught:
        read_client(json.dumps({"answers": {}, field: value}))
    assert [(one.place, one.kind) for one in caught.value.problems] == [(place, kind)]


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    """It exceeds the limit, so it is not parsed."""
    with pytest.raises(ClientError) as caught:
        read_clients(" " * 10_000_001)
    assert caught.value.problems[0].kind == "too_large"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_entry_point_of_the_browser_previews_an_import(lang: str) -> None:
    """The page gets sentences to show and records to add."""
    here = [{"id": "1", "format": "client-case/1", "rules": RULES_VERSION, "answers": {}}]
    request = {
        "lang": lang,
        "do": "import",
        "text": json.dumps({"id": "1", "answers": ADRIFT}),
        "here": here,
    }
    response = json.loads(handle(json.dumps(request)))
    assert len(response["lines"]) == 1
    assert [record["id"] for record in response["records"]] == ["1-2"]


def test_a_full_file_is_imported_beside_other_clients() -> None:
    """The limit is of a file, not of what the browser has; a client that is there is not added."""
    clients = [{"id": str(number), "answers": ADRIFT} for number in range(MAX_CLIENTS)]
    here = [{"id": "0", "format": FORMAT, "rules": RULES_VERSION, "answers": ADRIFT}]
    text = json.dumps({"format": "client-cases/1", "cases": clients})
    request = {"lang": "en", "do": "import", "text": text, "here": here}
    response = json.loads(handle(json.dumps(request)))
    assert len(response["records"]) == MAX_CLIENTS - 1


@pytest.mark.parametrize(
    ("indent", "text"),
    [(None, '{"a":[1,"я"]}'), (1, '{\n "a": [\n  1,\n  "я"\n ]\n}')],
)
def test_json_is_the_same_bytes_everywhere(indent: int | None, text: str) -> None:
    """Compact unless an indent is given, without escaped letters."""
    assert to_json({"a": [1, "я"]}, indent=indent) == text


def test_a_copy_names_the_answers_that_differ() -> None:
    """From those of the first client with its id."""
    here = {"1": {"answers": {"decides": "no", "hit_wall": "no"}}}
    [copy] = plan_import([read_client('{"id": "1", "answers": {"decides": "no"}}')], here)
    assert (copy.kind, copy.differs) == ("copy", ("hit_wall",))


def test_records_are_compared_without_the_order_of_keys() -> None:
    """Another order of keys does not make another client."""
    first, second = '{"a": 0.5, "b": 1, "answers": {}}', '{"b": 1, "answers": {}, "a": 0.5}'
    here = {"1": {**write_client(read_client(first)), "id": "1"}}
    client = read_client(second).with_changes(id="1")
    assert [one.kind for one in plan_import([client], here)] == ["same"]


def test_clients_with_other_ids_are_not_copies() -> None:
    """A client of the file is compared only with clients of the same id."""
    clients = [read_client(json.dumps({"id": id_, "answers": {}})) for id_ in ("1", "2", "1", "2")]
    found = [(one.kind, one.client.id) for one in plan_import(clients, {})]
    assert found == [("new", "1"), ("new", "2"), ("same", "1"), ("same", "2")]
