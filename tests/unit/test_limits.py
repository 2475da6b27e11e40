"""The limits on imported files: size, depth, items, numbers, and how many problems are reported."""

import pytest

from checklist.clients.limits import (
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_PROBLEMS,
    MAX_SEPARATORS,
    MAX_TEXT_LENGTH,
    amount_problems,
    cut_at_depth,
    exceeds_depth,
    nesting_depth,
    parse_finite,
    size_problems,
    too_large,
    truncate_problems,
)
from checklist.rules import Problem
from tests.support.problems import Named, named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" " * 9, []),
        (" " * 10, [("case", "too_large", "0")]),
        ("9" * 9, []),
    ],
)
def test_the_size_is_checked_first(text: str, expected: Named) -> None:
    """The limit itself is allowed."""
    assert named([*size_problems(text, "case", 9)]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("," * MAX_SEPARATORS, []),
        ("," * (MAX_SEPARATORS + 1), [("case", "too_many", "200000")]),
        (
            "[" * (MAX_SEPARATORS // 2) + "]" * (MAX_SEPARATORS // 2 + 1),
            [("case", "too_many", "200000")],
        ),
        (
            "{" * (MAX_SEPARATORS // 2) + "}" * (MAX_SEPARATORS // 2 + 1),
            [("case", "too_many", "200000")],
        ),
        ("[" * MAX_DEPTH, []),
        ("{" * (MAX_DEPTH + 1), [("case", "too_deep", "")]),
        ('["' + "[" * 99 + '"]', []),
        ("9" * 308, []),
        ("9" * 309, [("case", "number_too_long", "")]),
        ('"' + "9" * 309 + '"', []),
    ],
)
def test_problems_of_a_text_before_it_is_parsed(text: str, expected: Named) -> None:
    """Too many parts, too deep nesting, too long numbers; the contents of strings do not count."""
    assert named([*size_problems(text, "case", 10**6)]) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("n" * MAX_TEXT_LENGTH, []),
        ("n" * (MAX_TEXT_LENGTH + 1), [("", "too_long", "100000")]),
        (2**53 - 1, []),
        (2**53, [("", "number_too_long", "")]),
        (-(2**53), [("", "number_too_long", "")]),
        ([0] * MAX_ITEMS, []),
        ([0] * (MAX_ITEMS + 1), [("case", "too_many", "10000")]),
        ({"a": [0] * (MAX_ITEMS + 1)}, [("a", "too_many", "10000")]),
        (
            {"a": {"b": [0, 2**53]}, "c": [{"d": -(2**60)}]},
            [("a.b[1]", "number_too_long", ""), ("c[0].d", "number_too_long", "")],
        ),
    ],
)
def test_problems_of_a_value(value: object, expected: Named) -> None:
    """Too long texts, too large integers, too many items in a list or an object."""
    assert named([*amount_problems(value)]) == expected


def test_a_size_is_given_in_megabytes() -> None:
    """Whole ones."""
    assert named([too_large("link", 2_999_999)]) == [("link", "too_large", "2")]


@pytest.mark.parametrize(
    ("value", "levels"),
    [(1, 0), ([], 1), ({}, 1), ([[], {"a": {}}], 3), ({"a": 1, "b": [{"c": [[]]}]}, 5)],
)
def test_the_depth_of_a_value(value: object, levels: int) -> None:
    """Lists and objects alike; the deepest part counts."""
    assert [exceeds_depth(value, most) for most in range(6)] == [most < levels for most in range(6)]


@pytest.mark.parametrize(
    ("text", "levels"),
    [("", 0), ("1", 0), ("[]", 1), ("[{},[[]]]", 3), ("[{}]]]]{", 2), ("ы[ы{", 2)],
)
def test_the_depth_of_a_text(text: str, levels: int) -> None:
    """Whatever is between the brackets."""
    assert nesting_depth(text) == levels


@pytest.mark.parametrize(
    ("most", "cut"),
    [
        (0, "null"),
        (1, '{"a": null, "[": null, "c": "]}"}'),
        (2, '{"a": [null, 2], "[": {"d": null}, "c": "]}"}'),
        (3, '{"a": [{"b": 1}, 2], "[": {"d": [3, null]}, "c": "]}"}'),
        (4, '{"a": [{"b": 1}, 2], "[": {"d": [3, [4]]}, "c": "]}"}'),
    ],
)
def test_deeper_parts_are_replaced_by_null(most: int, cut: str) -> None:
    """Brackets in strings stay as they are."""
    text = '{"a": [{"b": 1}, 2], "[": {"d": [3, [4]]}, "c": "]}"}'
    assert cut_at_depth(text, most) == cut


def test_an_infinite_number_is_an_error() -> None:
    """Others keep their value."""
    assert parse_finite("2.5") == 2.5
    with pytest.raises(ValueError, match="1e400"):
        parse_finite("1e400")


def test_of_many_problems_the_first_are_named() -> None:
    """Up to the limit all; beyond it the message says that there are more."""
    many = [Problem(f"notes.{number}", "not_text_value", "1") for number in range(MAX_PROBLEMS + 5)]
    assert truncate_problems(many[:MAX_PROBLEMS]) == tuple(many[:MAX_PROBLEMS])
    for some in (many, many[: MAX_PROBLEMS + 1]):
        assert truncate_problems(some) == (*many[:MAX_PROBLEMS], Problem("notes", "more", "100"))
