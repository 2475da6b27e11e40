"""The problems of invalid input: the place, the kind and the value of each, exactly."""

import json

import pytest

from checklist.clients import ClientError, parse_client, read_client, read_clients, read_link
from checklist.clients.limits import (
    MAX_CLIENTS,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_PROBLEMS,
    MAX_TEXT_LENGTH,
)
from checklist.clients.shapes import Field, Group, MappingTo, OneOf, Text
from checklist.rules import FACTS
from tests.support.answers import AT
from tests.support.problems import Named, named

NOT_A_OR_B = ("not_one_of", '"c" (a, b)')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", [("case", "not_an_object", "[]")]),
        ("{}", [("answers", "missing", "")]),
        ('{"format": "y", "answers": {}}', [("format", "other_format", '"y"')]),
        (
            '{"answers": {"decides": "x"}, "rules": 7}',
            [("rules", "not_a_version", "7"), ("answers.decides", "not_an_answer", '"x"')],
        ),
        ('{"answers": {}, "rules": "9.9"}', [("rules", "newer_rules", '"9.9"')]),
        (
            '{"answers": {}, "a": 1, "b": 2, "a": 3, "a": 4}',
            [("a", "repeated", "3"), ("a", "repeated", "4")],
        ),
        ('{"answers": {}, "x": 1e400}', [("case", "number_too_long", "")]),
        ('{"answers": {}, "x": -Infinity}', [("case", "not_json", "-Infinity")]),
        ('{"answers": {}, "name": "\\uD800"}', [("case", "half_a_character", "")]),
        ('{"a": 0123456789abcdefghijklmno', [("1:8", "not_json", '"{\\"a\\": 0123456789a"')]),
        ('0123456789abcdefghij{"a": 0}   ', [("1:2", "not_json", '"0123456789a"')]),
        ('{"abcdefghijklmno" 1}', [("1:20", "not_json", '"hijklmno\\" 1}"')]),
        ('{"a":\n "x', [("2:2", "cut_short", '"{\\"a\\":\\n \\"x"')]),
        ("[1,2  ", [("1:7", "cut_short", '"[1,2  "')]),
        ('{"format": "client-cases/1"}', [("cases", "not_a_list", "null")]),
        (
            '{"format": "client-cases/1", "cases": {}, "cases": 1}',
            [("cases", "repeated", "1"), ("cases", "not_a_list", "1")],
        ),
        (
            '{"format": "client-cases/1", "cases": [1, {"answers": {"x": 1}}]}',
            [("cases[0].case", "not_an_object", "1"), ("cases[1].answers.x", "no_such_fact", "1")],
        ),
    ],
)
def test_problems_of_a_file(text: str, expected: Named) -> None:
    """Place, kind and value of each."""
    with pytest.raises(ClientError) as caught:
        read_clients(text)
    assert named(caught.value.problems) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"notes": []}, [("notes", "not_a_group", "[]")]),
        ({"notes": {"decides": 1}}, [("notes.decides", "not_text_value", "1")]),
        ({"log": {}}, [("log", "not_a_list", "{}")]),
        ({"log": [1]}, [("log[0]", "not_a_group", "1")]),
        ({"log": [{"at": AT}, {"at": 1}]}, [("log[1].at", "not_a_time", "1")]),
        ({"log": [{}]}, [("log[0].at", "not_there", "")]),
        ({"log": [{"at": AT, "answers": []}]}, [("log[0].answers", "not_a_group", "[]")]),
        (
            {"log": [{"at": AT, "answers": {"a": ["no"], "b": ["yes", None], "c": ["no", {}]}}]},
            [
                ("log[0].answers.a", "not_a_change", '["no"]'),
                ("log[0].answers.c", "not_a_change", '["no", {}]'),
            ],
        ),
        (
            {"log": [{"at": AT, "note": 1, "text": 2, "meeting": 3, "decision": 4}]},
            [
                ("log[0].note", "not_text_value", "1"),
                ("log[0].text", "not_text_value", "2"),
                ("log[0].meeting", "not_text_value", "3"),
                ("log[0].decision", "not_text_value", "4"),
            ],
        ),
        ({"outcome": []}, [("outcome", "not_a_group", "[]")]),
        (
            {"outcome": {"decision": "m", "went": "w", "words": 1}},
            [
                ("outcome.decision", "not_one_of", '"m" (, taken, declined)'),
                ("outcome.went", "not_one_of", '"w" (, well, mixed, badly)'),
                ("outcome.words", "not_text_value", "1"),
            ],
        ),
        (
            {"estimate": {"hours": -1, "weeks": True, "rate": "x"}},
            [
                ("estimate.hours", "not_a_number", "-1"),
                ("estimate.weeks", "not_a_number", "true"),
                ("estimate.rate", "not_a_number", '"x"'),
            ],
        ),
        (
            {"letter": {"kind": 1, "in": 2, "text": 3}},
            [
                ("letter.kind", "not_text_value", "1"),
                ("letter.in", "not_text_value", "2"),
                ("letter.text", "not_text_value", "3"),
            ],
        ),
        ({"letter": 1}, [("letter", "not_a_group", "1")]),
        ({"estimate": 1}, [("estimate", "not_a_group", "1")]),
        ({"changed": "soon"}, [("changed", "not_a_time", '"soon"')]),
        ({"changed": 1}, [("changed", "not_a_time", "1")]),
        (
            {"id": 1, "name": 2, "staying": 3},
            [
                ("id", "not_text_value", "1"),
                ("name", "not_text_value", "2"),
                ("staying", "not_text_value", "3"),
            ],
        ),
        ({"outcome": None, "estimate": {"hours": 0, "rate": 0.5}, "letter": None}, []),
        ({"estimate": {"hours": 2**53 - 1}}, []),
        ({"log": [{"at": AT}] * MAX_ITEMS, "name": "n" * MAX_TEXT_LENGTH, "x": -(2**53) + 1}, []),
    ],
)
def test_problems_of_a_record(fields: dict[str, object], expected: Named) -> None:
    """Place, kind and value for each key that has a wrong type."""
    found: Named = []
    try:
        parse_client({"answers": {}, **fields})
    except ClientError as error:
        found = named(error.problems)
    assert found == expected


@pytest.mark.parametrize(
    ("record", "count", "last"),
    [
        ({"answers": {str(number): 1 for number in range(300)}}, 101, ("answers", "more", "100")),
        ({"answers": {}, "log": [1] * 100}, 100, ("log[99]", "not_a_group", "1")),
        ({"answers": {}, "log": [1] * 101}, 101, ("log[0]", "more", "100")),
        ({"answers": {}, "log": [2**60] * 99}, 99, ("log[98]", "not_a_group", str(2**60))),
    ],
)
def test_of_many_problems_of_a_record_the_first_are_named(
    record: dict[str, object], count: int, last: tuple[str, ...]
) -> None:
    """The list of problems has a limit."""
    with pytest.raises(ClientError) as caught:
        parse_client(record)
    found = named(caught.value.problems)
    assert (len(found), found[-1]) == (count, last)


def test_a_file_of_too_many_clients_is_refused() -> None:
    """As many as the limit are read."""
    file = {"format": "client-cases/1", "cases": [{"answers": {}}] * MAX_CLIENTS}
    assert len(read_clients(json.dumps(file))) == MAX_CLIENTS
    file["cases"] = [{"answers": {}}] * (MAX_CLIENTS + 1)
    with pytest.raises(ClientError) as caught:
        read_clients(json.dumps(file))
    assert named(caught.value.problems) == [("cases", "too_many", "1000")]


@pytest.mark.parametrize("depth_", [MAX_DEPTH, MAX_DEPTH + 1])
def test_a_record_may_nest_as_deep_as_a_file(depth_: int) -> None:
    """And no deeper."""
    value: object = 1
    for _ in range(depth_ - 1):
        value = [value]
    found: Named = []
    try:
        parse_client({"answers": {}, "x": value})
    except ClientError as error:
        found = named(error.problems)
    assert found == ([] if depth_ == MAX_DEPTH else [("case", "too_deep", "")])


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("", [("link", "damaged_link", '""')]),
        ("3~x", [("link", "newer_link", '"3"')]),
        ("x~1", [("link", "damaged_link", '"x~1"')]),
        ("A" * 1_000_001, [("link", "too_large", "1")]),
    ],
)
def test_problems_of_a_link(payload: str, expected: Named) -> None:
    """Place, kind and value."""
    with pytest.raises(ClientError) as caught:
        read_link(payload)
    assert named(caught.value.problems) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"at": "x"}, []),
        ({"at": "x", "else": 1}, []),
        ([1], [("log", "not_a_group", "[1]")]),
        ({}, [("log.at", "not_there", "")]),
        ({"at": 1, "as": "c"}, [("log.at", "not_text_value", "1"), ("log.as", *NOT_A_OR_B)]),
    ],
)
def test_the_shape_of_an_object(value: object, expected: Named) -> None:
    """The shapes of known keys, and which of them are required."""
    shape = Group((Field("at", Text(), required=True), Field("as", OneOf(("a", "b")))))
    assert named([*shape.problems("log", value)]) == expected


def test_the_shape_of_an_object_with_some_keys() -> None:
    """Another key is named, and its value is not looked at."""
    found = named([*MappingTo(Text(), ("a", "b")).problems("x", {"a": "", "b": 1, "c": 2})])
    assert found == [("x.b", "not_text_value", "1"), ("x.c", "no_such_fact", "2")]


@pytest.mark.parametrize(
    ("text", "message", "behind", "place"),
    [
        ('{"a": 1, }', "Expecting property name enclosed in double quotes", 9, "1:8"),
        ('{"a": 1,\n}', "Expecting property name enclosed in double quotes", 9, "1:8"),
        ("[1, \t\r\n ]", "Expecting value", 8, "1:3"),
        ("[1,]x", "Expecting value", 3, "1:3"),
        ("[1,}", "Expecting value", 3, "1:4"),
        ("[1, ?]", "Expecting value", 4, "1:5"),
        ("[1 ]", "Expecting value", 3, "1:4"),
        ("[1,]", "Other", 3, "1:4"),
    ],
)
def test_an_error_behind_a_comma_too_many_is_named_at_the_comma(
    monkeypatch: pytest.MonkeyPatch, text: str, message: str, behind: int, place: str
) -> None:
    """As Python 3.12 reports it; other errors keep their place."""

    def loads(_: str, **__: object) -> object:
        raise json.JSONDecodeError(message, text, behind)

    monkeypatch.setattr(json, "loads", loads)
    with pytest.raises(ClientError) as caught:
        read_client(text)
    [problem] = caught.value.problems
    assert (problem.place, problem.kind) == (place, "not_json")


@pytest.mark.parametrize(
    "more",
    [
        '{"answers": {}, "x": [' + "NaN, " * 200 + "1]}",
        '{"answers": {}, ' + '"x": 1, ' * 200 + '"x": 1}',
        '{"answers": {}, "x": [' + f"{2**60}, " * 200 + "1]}",
        json.dumps(
            {"answers": {fact.id: "no" for fact in FACTS} | dict.fromkeys(map(str, range(200)))}
        ),
    ],
)
def test_of_many_problems_of_a_file_the_first_are_named(more: str) -> None:
    """Not JSON, repeated keys, large amounts, or wrong keys after right ones."""
    with pytest.raises(ClientError) as caught:
        read_client(more)
    found = named(caught.value.problems)
    assert (len(found), found[-1][1:]) == (MAX_PROBLEMS + 1, ("more", "100"))
