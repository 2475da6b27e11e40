"""The public function `score`: its JSON result, invalid answers, and that it changes nothing."""

import json
from dataclasses import FrozenInstanceError

import pytest

from checklist import AnswersError, score
from tests.support.answers import GOOD


def test_the_example_of_the_design() -> None:
    """The JSON result exactly, keys in their order."""
    answers = {**GOOD, "knows_goal": "no", "trusts_opinion": "no", "participates": "yes"}
    del answers["compromises"]
    assert json.dumps(score(answers).as_dict()) == json.dumps(
        {
            "rules": "1.0",
            "verdict": "step_back",
            "settled": True,
            "possible": ["step_back"],
            "signs": {
                "adrift": {
                    "status": "present",
                    "met": ["knows_goal", "trusts_opinion"],
                    "unmet": [],
                    "unknown": [],
                    "needed": 2,
                },
                "mismatch": {
                    "status": "absent",
                    "met": [],
                    "unmet": ["knows_goal", "gap"],
                    "unknown": ["compromises"],
                    "needed": 3,
                },
                "backseat": {
                    "status": "absent",
                    "met": ["participates"],
                    "unmet": ["decides", "takes_responsibility"],
                    "unknown": [],
                    "needed": 3,
                },
            },
            "margin": [0, 0],
            "reasons": [{"knows_goal": "no", "trusts_opinion": "no"}],
            "would_change": [["knows_goal"], ["trusts_opinion"]],
            "ask_next": [],
            "irrelevant": ["compromises"],
            "notices": [],
            "letters": [
                *("refusal", "clarify", "clauses", "start", "deposit", "trial", "hold"),
            ],
        }
    )


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"knows_goal": "maybe"}, ['answers.knows_goal: "maybe" is not one of yes, no, unknown']),
        ({"knows_goal": True}, ["answers.knows_goal: true is not one of yes, no, unknown"]),
        ({"knows_goal": None}, ["answers.knows_goal: null is not one of yes, no, unknown"]),
        ({"knows_goal": ["yes"]}, ['answers.knows_goal: ["yes"] is not one of yes, no, unknown']),
        ({"knows_goal": "Yes"}, ['answers.knows_goal: "Yes" is not one of yes, no, unknown']),
        ({"knows_gaol": "yes"}, ["answers.knows_gaol: no such fact"]),
        ({"early_disagreement": "yes"}, ["answers.early_disagreement: no such fact"]),
        ({1: "yes"}, ["answers.1: no such fact"]),
        (
            {"decides": "x", "nope": "yes", "budget_ok": 0},
            [
                'answers.decides: "x" is not one of yes, no, unknown',
                "answers.nope: no such fact",
                "answers.budget_ok: 0 is not one of yes, no, unknown",
            ],
        ),
        ([], ["answers: [] is not a mapping from facts to answers"]),
        ("yes", ['answers: "yes" is not a mapping from facts to answers']),
        (None, ["answers: null is not a mapping from facts to answers"]),
    ],
)
def test_bad_answers_are_all_named(answers: object, named: list[str]) -> None:
    """One error has every bad key and value, in the order given."""
    with pytest.raises(AnswersError) as caught:
        score(answers)
    assert [str(problem) for problem in caught.value.problems] == named
    assert str(caught.value) == "\n".join(named)


def test_a_long_value_is_shortened() -> None:
    """So that the message stays readable."""
    with pytest.raises(AnswersError) as caught:
        score({"knows_goal": "x" * 10_000})
    assert len(str(caught.value)) < 150


def test_a_result_cannot_be_changed() -> None:
    """The result is frozen, and what it hands out is a copy."""
    result = score({})
    with pytest.raises(FrozenInstanceError):
        result.margin = (0, 0)  # type: ignore[misc]  # that it cannot be set is the test
    result.as_dict()["possible"].clear()
    assert result.as_dict()["possible"]


def test_scoring_does_not_change_its_argument() -> None:
    """The mapping is only read."""

    class ReadOnly(dict[str, str]):
        def __setitem__(self, key: str, value: str) -> None:
            raise AssertionError(key)

    answers = ReadOnly(GOOD)
    assert score(answers).verdict == "work"
    assert answers == GOOD
