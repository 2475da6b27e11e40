"""Answers as they come in: what a value is shown as, and what is said of a bad one."""

import pytest

from checklist.rules import Problem, expected_questions_left, shown
from checklist.rules.plan import QUESTIONS_FROM_NOTHING


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("нет", '"нет"'),
        ({"a": [1, 2]}, '{"a": [1, 2]}'),
        ({1, 2}, "set"),
        (object(), "object"),
        ("x" * 58, f'"{"x" * 58}"'),
        ("x" * 59, f'"{"x" * 58}…'),
        ("x" * 900, f'"{"x" * 58}…'),
    ],
)
def test_a_value_is_shown_on_one_line(value: object, text: str) -> None:
    """As JSON in 60 characters at most; by its type where there is no JSON for it."""
    assert shown(value) == text


def test_a_value_that_contains_itself_is_shown() -> None:
    """By its type: there is no end to write it to."""
    endless: list[object] = []
    endless.append(endless)
    assert shown(endless) == "list"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("answers.x", "no_such_fact", '"yes"'), "answers.x: no such fact"),
        (Problem("answers.x", "not_an_answer", "1"), "answers.x: 1 is not one of yes, no, unknown"),
        (
            Problem("answers", "not_a_mapping", "[]"),
            "answers: [] is not a mapping from facts to answers",
        ),
        (Problem("1:2", "not_json", '"{"'), '1:2: not_json "{"'),
        (Problem("case", "too_deep", ""), "case: too_deep"),
        (Problem(" case", "too_deep", ""), " case: too_deep"),
    ],
)
def test_a_problem_is_a_line_in_a_log(problem: Problem, line: str) -> None:
    """Place and what is wrong there; other kinds by their name and value."""
    assert str(problem) == line


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ({}, QUESTIONS_FROM_NOTHING + 1),
        ({"hit_wall": "unknown"}, QUESTIONS_FROM_NOTHING + 1),
        ({"hit_wall": "no"}, QUESTIONS_FROM_NOTHING),
        ({"knows_goal": "no", "trusts_opinion": "no"}, 1),
        ({"knows_goal": "no", "trusts_opinion": "no", "hit_wall": "no"}, 0),
    ],
)
def test_how_many_questions_are_left(answers: dict[str, str], questions: float) -> None:
    """Those of the best plan on average, and one for the wall while it is not known."""
    assert expected_questions_left(answers) == questions  # type: ignore[arg-type]  # answers
