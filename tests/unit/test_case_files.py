"""Case files: which are read, and the problems of those that are refused."""

import json

import pytest

from checklist.clients import ClientError, read_client
from checklist.rules import RULES_VERSION

GOOD = {"format": "client-case/1", "rules": RULES_VERSION, "answers": {"knows_goal": "no"}}


def problems_of(text: str) -> list[tuple[str, str]]:
    """Read a file that must be refused; return place and kind of each problem."""
    with pytest.raises(ClientError) as caught:
        read_client(text)
    return [(problem.place, problem.kind) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD),
        '{"answers": {"knows_goal": "no"}}',
        '{"answers": {"knows_goal": "no"}, "name": "Клиент", "anything": [1, {"else": null}]}',
        json.dumps(GOOD, indent=4),
        '{"answers": {"knows_goal": "no"}, "name": "' + "[" * 1000 + '"}',
    ],
)
def test_files_that_are_read(text: str) -> None:
    """A complete case file, answers alone, and files with more keys."""
    assert read_client(text).answers == {"knows_goal": "no"}


def test_unknown_keys_survive() -> None:
    """Keys that this version does not know are kept."""
    other = {"id": "7", "name": "N", "notes": {"knows_goal": "?"}, "later": [1, 2]}
    assert read_client(json.dumps({**GOOD, **other})).record == {**GOOD, **other}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("1:1", "cut_short")]),
        # A comma too many: versions of Python report different places.
        ('{"answers": {"knows_goal": "no", }}', [("1:32", "not_json")]),
        ('{"notes": [1,\n ]}', [("1:13", "not_json")]),
        ('{"notes": [1,}', [("1:14", "not_json")]),
        ('{"answers": {"knows_goal": "no"', [("1:32", "cut_short")]),
        ('{"answers": {"knows_go', [("1:14", "cut_short")]),
        ("{answers}", [("1:2", "not_json")]),
        ('{\n  "answers": {},\n  oops\n}', [("3:3", "not_json")]),
        ("[]", [("case", "not_an_object")]),
        ("null", [("case", "not_an_object")]),
        ('"yes"', [("case", "not_an_object")]),
        ("{}", [("answers", "missing")]),
        ('{"answers": []}', [("answers", "not_a_mapping")]),
        ('{"answers": {"knows_goal": "maybe"}}', [("answers.knows_goal", "not_an_answer")]),
        ('{"answers": {"knows_goal": true}}', [("answers.knows_goal", "not_an_answer")]),
        (
            '{"answers": {"knows_goal": NaN}}',
            [("case", "not_json"), ("answers.knows_goal", "not_an_answer")],
        ),
        ('{"answers": {}, "name": "\\ud800"}', [("case", "half_a_character")]),
        ('{"answers": {"knows_gaol": "yes"}}', [("answers.knows_gaol", "no_such_fact")]),
        ('{"answers": {"__proto__": "yes"}}', [("answers.__proto__", "no_such_fact")]),
        (
            '{"answers": {"decides": "yes", "decides": "no"}}',
            [("decides", "repeated")],
        ),
        ('{"format": "client-case/2", "answers": {}}', [("format", "other_format")]),
        ('{"rules": "1.1", "answers": {}}', [("rules", "newer_rules")]),
        ('{"rules": "2.0", "answers": {}}', [("rules", "newer_rules")]),
        ('{"rules": 1.0, "answers": {}}', [("rules", "not_a_version")]),
        ('{"rules": "one", "answers": {}}', [("rules", "not_a_version")]),
        ('{"rules": "1.0.0", "answers": {}}', [("rules", "not_a_version")]),
        ('{"answers": ' + "[" * 100_000, [("case", "too_deep")]),
        ('{"answers": ' + "9" * 10_000 + "}", [("case", "number_too_long")]),
    ],
)
def test_files_that_are_refused(text: str, expected: list[tuple[str, str]]) -> None:
    """With the place and the kind of each problem."""
    assert problems_of(text) == expected


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    """Repairing one does not uncover another."""
    text = json.dumps(
        {"format": "x", "rules": "9.9", "answers": {"knows_goal": "maybe", "nope": "yes"}}
    )
    assert problems_of(text) == [
        ("format", "other_format"),
        ("rules", "newer_rules"),
        ("answers.knows_goal", "not_an_answer"),
        ("answers.nope", "no_such_fact"),
    ]


def test_the_message_names_place_and_value() -> None:
    """It can be understood without the code."""
    with pytest.raises(ClientError) as caught:
        read_client('{"answers": {"knows_goal": "maybe"}}')
    assert str(caught.value) == 'answers.knows_goal: "maybe" is not one of yes, no, unknown'
