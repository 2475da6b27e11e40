"""The rule, over all of its 59,049 states, against brute force."""

import json
import random
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from checklist import RULES_VERSION, AnswersError, score
from checklist.rules import BEST_FIRST, FACTS, SCORED
from checklist.rules.plan import QUESTIONS_FROM_NOTHING
from tests.support import brute
from tests.support.brute import State, all_states, as_answers

EMPTY: State = (2,) * len(SCORED)
GOOD = {fact.id: "yes" if fact.bad == "no" else "no" for fact in FACTS}
KEYS = (
    *("rules", "verdict", "settled", "possible", "signs", "margin"),
    *("reasons", "would_change", "ask_next", "irrelevant"),
)

type Results = dict[State, dict[str, Any]]


@pytest.fixture(scope="session")
def results() -> Results:
    """Every state's result, as ``score`` gives it."""
    return {state: score(as_answers(state)).as_dict() for state in all_states()}


@pytest.fixture(scope="session")
def expected() -> Results:
    """Every state's result, by brute force."""
    return {state: brute.result_of(state) for state in all_states()}


def differences(results: Results, expected: Results, key: str) -> list[str]:
    """Return the first few states whose results differ under a key."""
    return [
        f"{as_answers(state)}: {result[key]} instead of {expected[state][key]}"
        for state, result in results.items()
        if result[key] != expected[state][key]
    ][:5]


@pytest.mark.parametrize("key", KEYS[1:])
def test_every_state_is_as_brute_force_has_it(
    results: Results, expected: Results, key: str
) -> None:
    """Each part of the result is right in all 59,049 states."""
    assert differences(results, expected, key) == []


def test_how_many_states_there_are(results: Results) -> None:
    """Ten facts with three answers each; 32,471 states are settled."""
    assert len(results) == 3**10 == 59_049
    assert sum(result["settled"] for result in results.values()) == 32_471


def test_settled_exactly_when_every_completion_agrees(results: Results) -> None:
    """A verdict is given when no missing answer could change it, and only then."""
    assert all(result["settled"] == (len(result["possible"]) == 1) for result in results.values())
    assert all((result["verdict"] is not None) == result["settled"] for result in results.values())


def test_an_empty_form_is_not_settled() -> None:
    """A blank is never good news: every verdict is still possible."""
    result = score({})
    assert (result.settled, result.possible) == (False, BEST_FIRST)


def test_the_plan_from_an_empty_form() -> None:
    """The best plan needs 3.7578125 questions on average, as the plain plan finds too."""
    without_wall = (*EMPTY[:-1], 0)
    assert brute.questions(without_wall) == 3.7578125
    assert QUESTIONS_FROM_NOTHING == 3.7578125


def test_worse_is_never_better(results: Results) -> None:
    """Making any one fact but ``knows_goal`` worse never improves a complete verdict."""
    bad = {fact.id: brute.VALUES.index(fact.bad) for fact in FACTS}
    improved = [
        (as_answers(state), fact)
        for state, result in results.items()
        if 2 not in state
        for place, fact in enumerate(SCORED)
        if fact != "knows_goal" and state[place] != bad[fact]
        for worse in [(*state[:place], bad[fact], *state[place + 1 :])]
        if BEST_FIRST.index(results[worse]["verdict"]) < BEST_FIRST.index(result["verdict"])
    ]
    assert improved == []


def test_why_the_goal_is_excepted() -> None:
    """A client who knows what they want may want what you will not give."""
    knows = {**GOOD, "budget_ok": "no", "compromises": "no"}
    assert score(knows).verdict == "step_back"
    assert score({**knows, "knows_goal": "no"}).verdict == "clarify_first"


def test_margin_is_at_most_two(results: Results) -> None:
    """No client is further than two answers from a sign."""
    assert {result["margin"][1] for result in results.values()} == {0, 1, 2}
    assert all(result["margin"][0] <= result["margin"][1] for result in results.values())


def test_the_order_of_answering_never_matters(results: Results) -> None:
    """However the mapping is ordered, the result is the same to the byte."""
    chance = random.Random(1)
    for state in chance.sample(list(results), 2_000):
        answers = list(as_answers(state).items())
        chance.shuffle(answers)
        assert json.dumps(score(dict(answers)).as_dict()) == json.dumps(results[state])


def test_missing_means_unknown() -> None:
    """A fact left out counts as one that is not known."""
    for state in random.Random(2).sample(list(all_states()), 2_000):
        answers = as_answers(state)
        given = {fact: answer for fact, answer in answers.items() if answer != "unknown"}
        assert score(given) == score(answers)


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_the_rule_applies_unless_told_otherwise(answer: str) -> None:
    """The fact about scope changes nothing unless it is "no"."""
    for state in random.Random(3).sample(list(all_states()), 2_000):
        answers = as_answers(state)
        assert score({"depends_on_client": answer, **answers}) == score(answers)


def test_out_of_scope(results: Results) -> None:
    """Where the result does not depend on the client no other answer counts; signs stand."""
    for state in random.Random(4).sample(list(results), 2_000):
        result = score({"depends_on_client": "no", **as_answers(state)}).as_dict()
        assert result == {
            "rules": RULES_VERSION,
            "verdict": "out_of_scope",
            "settled": True,
            "possible": ["out_of_scope"],
            "signs": results[state]["signs"],
            "margin": None,
            "reasons": [{"depends_on_client": "no"}],
            "would_change": [],
            "ask_next": [],
            "irrelevant": [],
        }


def test_three_valued_logic_would_not_do() -> None:
    """The goal stands in one sign and, negated, in another: settled though no sign is."""
    answers = {
        **{fact: answer for fact, answer in GOOD.items() if fact != "knows_goal"},
        "trusts_opinion": "no",
        "budget_ok": "no",
        "compromises": "no",
    }
    result = score(answers)
    assert {sign.status for sign in result.signs} == {"open", "absent"}
    assert result.verdict == "step_back"


def test_no_points_could_express_the_rule() -> None:
    """Two pairs of clients add up to the same answers, one pair with signs and one without."""

    def client(knows: str, trusts: str, delivers: str) -> str | None:
        answers = {"knows_goal": knows, "trusts_opinion": trusts, "budget_ok": delivers}
        return score({**GOOD, **answers, "compromises": "no"}).verdict

    assert client("no", "no", "yes") == client("yes", "yes", "no") == "step_back"
    assert "step_back" not in (client("yes", "no", "yes"), client("no", "yes", "no"))


def test_the_example_of_the_design() -> None:
    """The JSON result to the letter, keys in their order."""
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
    """One error names every bad key and value, in the order given."""
    with pytest.raises(AnswersError) as caught:
        score(answers)
    assert [str(problem) for problem in caught.value.problems] == named
    assert str(caught.value) == "\n".join(named)


def test_a_long_value_is_shortened() -> None:
    """A message stays readable whatever was put in."""
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


def test_scoring_changes_nothing_it_was_given() -> None:
    """The mapping is read, never written."""

    class ReadOnly(dict[str, str]):
        def __setitem__(self, key: str, value: str) -> None:
            raise AssertionError(key)

    answers = ReadOnly(GOOD)
    assert score(answers).verdict == "work"
    assert answers == GOOD
