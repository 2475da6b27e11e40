"""Answers one by one: how a value is displayed, messages for bad ones, what to ask next."""

from itertools import combinations

import pytest

from checklist import score
from checklist.rules import FACTS, SCORED, Problem, expected_questions_left, short_json
from checklist.rules.answers import known_answers
from checklist.rules.completions import interchangeable
from checklist.rules.facts import Answer, opposite
from checklist.rules.plan import QUESTIONS_FROM_EMPTY_FORM

ALIKE = (
    {"quality_ok", "deadline_ok", "budget_ok"},
    {"decides", "takes_responsibility", "participates"},
)


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
    """As JSON of at most 60 characters; by its type where JSON has no form for it."""
    assert short_json(value) == text


def test_a_value_that_contains_itself_is_shown() -> None:
    """By its type, as its JSON would be endless."""
    endless: list[object] = []
    endless.append(endless)
    assert short_json(endless) == "list"


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
def test_the_text_of_a_problem(problem: Problem, line: str) -> None:
    """The place and what is wrong there; other kinds by their name and value."""
    assert str(problem) == line


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        ({}, QUESTIONS_FROM_EMPTY_FORM + 1),
        ({"hit_wall": "unknown"}, QUESTIONS_FROM_EMPTY_FORM + 1),
        ({"hit_wall": "no"}, QUESTIONS_FROM_EMPTY_FORM),
        ({"knows_goal": "no", "trusts_opinion": "no"}, 1),
        ({"knows_goal": "no", "trusts_opinion": "no", "hit_wall": "no"}, 0),
    ],
)
def test_how_many_questions_are_left(answers: dict[str, str], questions: float) -> None:
    """Those of the best plan on average, and one for the wall while it is unknown."""
    assert expected_questions_left(answers) == questions  # type: ignore[arg-type]  # answers


@pytest.mark.parametrize(
    ("answer", "flipped"), [("yes", "no"), ("no", "yes"), ("unknown", "unknown")]
)
def test_an_answer_is_flipped(answer: Answer, flipped: Answer) -> None:
    """An unknown answer has no opposite."""
    assert opposite(answer) == flipped


def test_an_unknown_answer_is_not_a_known_answer() -> None:
    """Nor is it a reason."""
    assert known_answers({"decides": "no", "hit_wall": "unknown"}) == {"decides": "no"}


@pytest.mark.parametrize(("one", "other"), list(combinations(SCORED, 2)))
def test_facts_that_the_rule_treats_alike(one: str, other: str) -> None:
    """Those of the gap, and those of the third sign, each with its own bad answer."""
    bad: dict[str, Answer] = {fact.id: fact.bad for fact in FACTS}
    expected = any({one, other} <= group for group in ALIKE)
    assert interchangeable(one, other, bad) == interchangeable(other, one, bad) == expected


@pytest.mark.parametrize(
    ("answers", "gap"),
    [
        ({}, ("compromises", "quality_ok", "deadline_ok", "budget_ok")),
        ({"quality_ok": "yes"}, ("deadline_ok", "budget_ok", "compromises")),
        ({"deadline_ok": "yes"}, ("quality_ok", "budget_ok", "compromises")),
    ],
)
def test_the_order_of_questions(answers: dict[str, str], gap: tuple[str, ...]) -> None:
    """The facts that save most questions come first, and the wall last."""
    third_sign = ("decides", "takes_responsibility", "participates")
    expected = ("knows_goal", *third_sign, "trusts_opinion", *gap, "hit_wall")
    assert score(answers).ask_next == expected


@pytest.mark.parametrize(
    "answers", [{"hit_wall": "yes"}, {"knows_goal": "no", "trusts_opinion": "no"}]
)
def test_the_reason_may_be_all_answers(answers: dict[str, str]) -> None:
    """None of them can be left out."""
    assert score(answers).reasons == (answers,)
