"""The rule against brute force: verdicts in all 59,049 states, all else in each kind of state.

`make soak` compares the whole result in all states.
"""

import importlib
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from checklist.rules import (
    BEST_FIRST,
    RULES_VERSION,
    SCOPE,
    SCORED,
    possible_verdicts,
    score,
)
from checklist.rules.plan import QUESTIONS_FROM_EMPTY_FORM
from tests.support import brute
from tests.support.answers import GOOD
from tests.support.brute import State, all_states, as_answers, as_state, one_of_each_kind
from tests.support.sampling import IS_MUTANTS, IS_SOAK, count, randomness

EMPTY: State = (2,) * len(SCORED)
KEYS = (
    *("rules", "verdict", "settled", "possible", "signs", "margin"),
    *("reasons", "would_change", "ask_next", "irrelevant"),
)
RULES_MODULES = [name for name in sys.modules if name.startswith("checklist.rules")]
type Results = dict[State, dict[str, Any]]


@pytest.fixture(scope="module")
def results() -> Results:
    """The results that ``score`` gives for a random state of each kind, or for all states.

    Under mutation testing there are only some of them.
    """
    states = all_states() if IS_SOAK else one_of_each_kind(randomness("rules"))
    if IS_MUTANTS:
        states = iter(randomness("rules").sample(list(all_states()), 60))
    return {state: score(as_answers(state)).as_dict() for state in states}


@pytest.fixture(scope="module")
def expected(results: Results) -> Results:
    """The results of the same states, by brute force."""
    return {state: brute.result_of(state) for state in results}


def some_states(name: str) -> Iterator[dict[str, str]]:
    """Yield the answers of some random states."""
    for state in randomness(name).sample(list(all_states()), count(200, soak=5_000)):
        yield as_answers(state)


def differences(results: Results, expected: Results, key: str) -> list[str]:
    """Return the first few states whose results differ under a key."""
    return [
        f"{as_answers(state)}: {result[key]} instead of {expected[state][key]}"
        for state, result in results.items()
        if result[key] != expected[state][key]
    ][:5]


def test_every_state_has_the_verdict_of_brute_force() -> None:
    """Ten facts with three answers each; 32,471 of the states are settled."""
    verdicts = {
        state: possible_verdicts({SCOPE: "unknown", **as_answers(state)})  # type: ignore[dict-item]  # answers
        for state in all_states()
    }
    assert len(verdicts) == 3**10 == 59_049
    assert [
        as_answers(state)
        for state, found in verdicts.items()
        if found != tuple(one for one in BEST_FIRST if one in brute.possible(state))
    ] == []
    assert sum(len(found) == 1 for found in verdicts.values()) == 32_471


@pytest.mark.soak
@pytest.mark.parametrize("key", KEYS[1:])
def test_every_kind_of_state_has_the_result_of_brute_force(
    results: Results, expected: Results, key: str
) -> None:
    """A random state of each of the 8,100 kinds, or all states."""
    assert differences(results, expected, key) == []


@pytest.mark.soak
def test_the_kinds_cover_all_states(results: Results) -> None:
    """There is a state of each kind, and together the kinds have as many states as there are."""
    assert len(results) == (59_049 if IS_SOAK else 3**4 * 10**2)


def test_settled_exactly_when_every_completion_agrees(results: Results) -> None:
    """There is a verdict exactly where no missing answer could change it."""
    assert all(result["settled"] == (len(result["possible"]) == 1) for result in results.values())
    assert all((result["verdict"] is not None) == result["settled"] for result in results.values())


def test_an_empty_form_is_not_settled() -> None:
    """Every verdict is still possible."""
    result = score({})
    assert (result.settled, result.possible) == (False, BEST_FIRST)


def test_the_plan_from_an_empty_form() -> None:
    """The best plan needs 3.7578125 questions on average, as by brute force."""
    without_wall = (*EMPTY[:-1], 0)
    assert brute.questions(without_wall) == 3.7578125
    assert QUESTIONS_FROM_EMPTY_FORM == 3.7578125


def test_a_worse_answer_never_improves_the_verdict() -> None:
    """A worse answer to any fact but ``knows_goal`` never improves a complete verdict."""
    verdicts = {state: score(as_answers(state)).verdict for state in all_states() if 2 not in state}
    improved = [
        (as_answers(state), fact)
        for state, verdict in verdicts.items()
        for place, fact in enumerate(SCORED)
        if fact != "knows_goal"
        for worse in [(*state[:place], brute.BAD[place], *state[place + 1 :])]
        if BEST_FIRST.index(verdicts[worse]) < BEST_FIRST.index(verdict)
    ]
    assert improved == []


def test_not_knowing_the_goal_may_improve_the_verdict() -> None:
    """A client who knows the goal may want what you are not ready to deliver."""
    knows = {**GOOD, "budget_ok": "no", "compromises": "no"}
    assert score(knows).verdict == "step_back"
    assert score({**knows, "knows_goal": "no"}).verdict == "clarify_first"


def test_margin_is_at_most_two(results: Results) -> None:
    """No client is more than two answers away from a sign."""
    assert {result["margin"][1] for result in results.values()} == {0, 1, 2}
    assert all(result["margin"][0] <= result["margin"][1] for result in results.values())


@pytest.mark.soak
def test_the_order_of_answering_never_matters() -> None:
    """For any order of the mapping the result is the same, byte by byte."""
    for answers in some_states("order"):
        pairs = list(answers.items())
        random.Random(str(answers)).shuffle(pairs)
        assert json.dumps(score(dict(pairs)).as_dict()) == json.dumps(score(answers).as_dict())


@pytest.mark.soak
def test_missing_means_unknown() -> None:
    """A missing fact counts as unknown."""
    for answers in some_states("missing"):
        given = {fact: answer for fact, answer in answers.items() if answer != "unknown"}
        assert score(given) == score(answers)


@pytest.mark.soak
@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_only_the_scope_no_changes_the_result(answer: str) -> None:
    """The scope changes nothing unless it is "no"."""
    for answers in some_states(f"in scope: {answer}"):
        assert score({"depends_on_client": answer, **answers}) == score(answers)


@pytest.mark.soak
def test_out_of_scope() -> None:
    """The other answers then change nothing but the signs."""
    for answers in some_states("out of scope"):
        result = score({"depends_on_client": "no", **answers}).as_dict()
        assert result == {
            "rules": RULES_VERSION,
            "verdict": "out_of_scope",
            "settled": True,
            "possible": ["out_of_scope"],
            "signs": score(answers).as_dict()["signs"],
            "margin": None,
            "reasons": [{"depends_on_client": "no"}],
            "would_change": [],
            "ask_next": [],
            "irrelevant": [],
        }


def test_the_tables_made_at_import() -> None:
    """The tables of complete answers and the plan, made again, agree with brute force."""
    kept = {name: sys.modules.pop(name) for name in [*sys.modules] if name in RULES_MODULES}
    try:
        again = importlib.import_module("checklist.rules")
        for answers in some_states("import"):
            found = again.score(answers).as_dict()
            assert {**brute.result_of(as_state(answers)), "rules": RULES_VERSION} == found
        assert (
            importlib.import_module("checklist.rules.plan").QUESTIONS_FROM_EMPTY_FORM == 3.7578125
        )
    finally:
        sys.modules.update(kept)


def test_three_valued_logic_would_not_settle_some_states() -> None:
    """The goal is in one sign and, negated, in another: settled though no sign is."""
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
    """Two pairs of clients have the same sum of answers, but only one pair has signs."""

    def client(knows: str, trusts: str, delivers: str) -> str | None:
        answers = {"knows_goal": knows, "trusts_opinion": trusts, "budget_ok": delivers}
        return score({**GOOD, **answers, "compromises": "no"}).verdict

    assert client("no", "no", "yes") == client("yes", "yes", "no") == "step_back"
    assert "step_back" not in (client("yes", "no", "yes"), client("no", "yes", "no"))
