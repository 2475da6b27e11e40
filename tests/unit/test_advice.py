"""What stands beside the rule: notices and letters that fit, and that they move no verdict."""

import json
from dataclasses import fields
from itertools import product
from typing import Final

import pytest

from checklist import AnswersError, score
from checklist.advice import (
    CHECKS,
    KINDS,
    REASONS,
    STAGES,
    Situation,
    Stage,
    advised,
    kinds_at,
    letter_kinds,
    notices,
    questions,
    refusal_reasons,
    situation_of,
    to_check_before_signing,
)
from checklist.advice.checks import WEIGHTS
from checklist.rules import (
    ANSWERS,
    BEST_FIRST,
    SCOPE,
    SCORED,
    SIGNS,
    Answers,
    Result,
    possible_verdicts,
    score_sign,
)
from checklist.rules import score as score_by_rule
from tests.support.answers import ADRIFT, GOOD
from tests.support.beside import random_checks, sample_of_situations
from tests.support.entry_points import DONE, run_in_process
from tests.support.golden import BESIDE, Beside
from tests.support.sampling import count, randomness
from tests.support.states import sample_of_states

by_id = pytest.mark.parametrize("case", BESIDE, ids=lambda case: case.id)
BEFORE_SIGNING = [
    "nothing_upfront",
    "paid_when_paid",
    "nothing_signed",
    "scope_unwritten",
    "bad_history",
]
CHECK_IDS = tuple(check.id for check in CHECKS)


@by_id
def test_what_stands_beside_a_story(case: Beside) -> None:
    """The notices in their order, and the letter that fits best; the verdict is the rule's."""
    result = score(case.answers, case.checks, case.stage).as_dict()
    assert [f"{one['id']}:{one['weight']}" for one in result["notices"]] == case.notices
    assert result["letters"][0] == case.letter
    assert result["possible"] == case.possible == list(score_by_rule(case.answers).possible)


@by_id
def test_the_command_line_says_the_same(case: Beside) -> None:
    """The result of a case file is that of the package, and its best letter can be written."""
    given = json.dumps(case.parts).encode()
    done = run_in_process(["score", "-", "--format", "json"], given)
    assert json.loads(done.stdout) == score(case.answers, case.checks, case.stage).as_dict()
    assert run_in_process(["letter", case.letter, "-"], given).returncode == DONE


def test_there_are_stories_of_every_check_at_both_stages() -> None:
    """Thirty at least; every check is a notice in one, and every verdict is that of one."""
    assert len(BESIDE) >= 30
    assert {one.partition(":")[0] for case in BESIDE for one in case.notices} == set(CHECK_IDS)
    assert {case.stage for case in BESIDE} == set(STAGES)
    settled = {case.possible[0] for case in BESIDE if len(case.possible) == 1}
    assert settled == {*BEST_FIRST, "out_of_scope"}


def test_no_verdict_moves_whatever_stands_beside_it() -> None:
    """Over all 59,049 states: every part of the rule's result is the same object as before."""
    random = randomness("beside")
    for state in product(ANSWERS, repeat=len(SCORED)):
        answers: Answers = {SCOPE: "yes", **dict(zip(SCORED, state, strict=True))}
        signs = tuple(score_sign(sign, answers) for sign in SIGNS)
        result = Result(possible=possible_verdicts(answers), signs=signs, margin=None)
        situation = Situation(answers, result, random_checks(random), random.choice(STAGES))
        with_advice = advised(situation)
        for field in fields(result):
            assert getattr(with_advice, field.name) is getattr(result, field.name)


@pytest.mark.soak
def test_a_score_has_the_result_of_the_rule_first() -> None:
    """Its keys in their order; the two that are added come last."""
    random = randomness("keys")
    for answers in sample_of_states(count(100, soak=5_000), "keys"):
        result = score(answers, random_checks(random), random.choice(STAGES)).as_dict()
        of_rule = score_by_rule(answers).as_dict()
        assert list(result) == [*of_rule, "notices", "letters"]
        assert {key: result[key] for key in of_rule} == of_rule


@pytest.mark.parametrize("stage", STAGES)
def test_notices_are_ordered_by_weight_then_as_the_records(stage: str) -> None:
    """Each check answered "yes" makes one, and nothing else does."""
    everything = score({}, dict.fromkeys(CHECK_IDS, "yes"), stage).notices
    places = [(WEIGHTS.index(one.weight), CHECK_IDS.index(one.check.id)) for one in everything]
    assert places == sorted(places)
    assert len(places) == len(CHECK_IDS)
    for answer in ("no", "unknown"):
        assert score({}, dict.fromkeys(CHECK_IDS, answer), stage).notices == ()


def test_money_that_is_late_stops_work_that_has_begun() -> None:
    """Before the start it is something to settle."""
    for stage, weight in (("before", "settle"), ("begun", "stop")):
        [notice] = score({}, {"pays_late": "yes"}, stage).notices
        assert notice.weight == weight


@pytest.mark.parametrize(
    ("answers", "is_next"),
    [(GOOD, True), ({"depends_on_client": "no"}, True), ({}, False), (ADRIFT, False)],
)
def test_what_to_check_before_signing(answers: Answers, *, is_next: bool) -> None:
    """It is listed wherever the verdict leads to a contract, whatever is answered."""
    listed = [check.id for check in to_check_before_signing(situation_of(answers))]
    assert listed == (BEFORE_SIGNING if is_next else [])


@pytest.mark.parametrize(
    ("checks", "stage", "named"),
    [
        ({"pays_late": "maybe"}, "before", ['checks.pays_late: "maybe" is not one of yes, no']),
        ({"pays_often": "yes"}, "before", ["checks.pays_often: no such check"]),
        (["pays_late"], "before", ['checks: ["pays_late"] is not a mapping']),
        (
            {},
            "later",
            ['stage: must be one of the values in brackets, not "later" (before, begun)'],
        ),
        (
            {"a": 1, "no_room": 2},
            3,
            [
                "checks.a",
                "checks.no_room: 2",
                "stage: must be one of the values in brackets, not 3",
            ],
        ),
    ],
)
def test_bad_checks_and_stages_are_named(checks: object, stage: object, named: list[str]) -> None:
    """All at once, together with bad answers."""
    with pytest.raises(AnswersError) as caught:
        score({"decides": "x"}, checks, stage)
    first, *others = str(caught.value).splitlines()
    assert first.startswith("answers.decides")
    assert len(others) == len(named)
    assert [one for one in others if not one.startswith(tuple(named))] == []


@pytest.mark.soak
def test_a_letter_always_fits() -> None:
    """Only those of the stage; what calls for one is the first."""
    for situation in sample_of_situations(count(500, soak=20_000), "fits"):
        kinds = letter_kinds(situation)
        assert kinds
        assert len(set(kinds)) == len(kinds)
        assert set(kinds) <= set(kinds_at(situation.stage)) <= set(KINDS)
        if situation.is_stopped:
            assert kinds[0] in {"refusal", "ending"}
        assert "clauses" in kinds


NOBODY: Final[Answers] = {"decides": "no", "takes_responsibility": "no"}
LATE: Final[Answers] = {"deadline_ok": "no"}
UNLAWFUL: Final[Answers] = {"unlawful_or_harmful": "yes"}


@pytest.mark.parametrize(
    ("answers", "checks", "stage", "letters"),
    [
        (GOOD, {}, "before", "start clarify deposit trial hold clauses refusal"),
        (GOOD, {"middleman": "yes"}, "before", "decider start clarify deposit trial hold"),
        (GOOD, {"no_room": "yes"}, "before", "hold start clarify deposit trial clauses refusal"),
        ({**GOOD, **LATE}, {"no_room": "yes"}, "before", "trade clarify start deposit trial hold"),
        ({**GOOD, **LATE}, {"abusive": "yes"}, "before", "refusal clauses"),
        (LATE, {}, "before", "clarify trade decider start deposit trial hold clauses refusal"),
        (ADRIFT, {"no_room": "yes"}, "before", "refusal clarify decider clauses start deposit"),
        (ADRIFT, {"pays_late": "yes"}, "before", "refusal clarify decider clauses deposit start"),
        (ADRIFT, {"pays_late": "yes"}, "begun", "ending pause invoice decider change"),
        (GOOD, {"pays_late": "yes"}, "begun", "pause invoice clauses change boundaries ending"),
        ({**GOOD, **LATE}, {"pays_late": "yes"}, "begun", "pause invoice change"),
        ({**GOOD, **NOBODY}, {}, "begun", "decider change boundaries clauses ending"),
        ({**GOOD, **NOBODY, **LATE}, {}, "begun", "change decider boundaries clauses ending"),
        (NOBODY, {}, "begun", "decider change boundaries clauses ending"),
        (GOOD, {"abusive": "yes"}, "begun", "ending clauses"),
        (GOOD, {"abusive": "yes", "pays_late": "yes"}, "begun", "ending invoice clauses"),
        (GOOD, UNLAWFUL, "begun", "ending clauses"),
        (GOOD, {**UNLAWFUL, "goes_silent": "yes"}, "begun", "ending clauses"),
        (GOOD, {**UNLAWFUL, "pays_late": "yes"}, "begun", "ending invoice clauses"),
    ],
)
def test_the_letters_that_fit_best_first(
    answers: Answers, checks: Answers, stage: Stage, letters: str
) -> None:
    """What is called for, then the others; some of these lists are given up to there."""
    kinds = letter_kinds(situation_of(answers, checks, stage))
    expected = tuple(letters.split())
    assert kinds[: len(expected)] == expected
    if expected[-1] in {"clauses", "refusal", "ending", "boundaries", "invoice"}:
        assert kinds == expected


def test_no_more_than_two_questions_are_about_checks() -> None:
    """The others are left to those of the rule."""
    checks: Answers = dict.fromkeys(("pays_late", "unpaid_test", "middleman"), "yes")
    chosen = questions(situation_of({}, checks))
    assert [one for one in chosen if one in CHECK_IDS] == ["pays_late", "unpaid_test"]
    assert len(chosen) == 5


@pytest.mark.soak
def test_two_to_five_questions() -> None:
    """Those that still matter; fewer only where all else is known, or the wall is what is left."""
    for situation in sample_of_situations(count(500, soak=20_000), "questions"):
        chosen = questions(situation)
        assert len(set(chosen)) == len(chosen) <= 5
        answered = [one for one in chosen if situation.checks.get(one) == "no"]
        assert answered == []
        if len(chosen) < 2 and situation.answers["hit_wall"] != "yes":
            signing = to_check_before_signing(situation_of(GOOD))
            assert all(check.id in (*situation.checks, *chosen) for check in signing)


@pytest.mark.parametrize(
    ("answers", "checks", "reasons"),
    [
        ({}, {}, ()),
        (ADRIFT, {}, ("adrift",)),
        (ADRIFT, {"no_room": "yes", "pays_late": "yes"}, ("adrift", "money", "calendar")),
        (ADRIFT, {"unlawful_or_harmful": "yes"}, ("conscience", "adrift")),
        (ADRIFT, {"abusive": "yes"}, ()),
        ({**ADRIFT, "hit_wall": "yes"}, {}, ("wall", "adrift")),
        ({**ADRIFT, "depends_on_client": "no"}, {"new_to_me": "yes"}, ("experience",)),
        (GOOD, {"nothing_upfront": "yes", "paid_when_paid": "yes"}, ("money",)),
    ],
)
def test_the_reasons_of_a_refusal(
    answers: Answers, checks: Answers, reasons: tuple[str, ...]
) -> None:
    """The best one first; a reason that is not to be given is none."""
    assert refusal_reasons(situation_of(answers, checks)) == reasons
    assert set(reasons) <= set(REASONS)


def test_a_check_calls_for_letters_that_exist() -> None:
    """At the stage that they are for."""
    for check, stage in product(CHECKS, STAGES):
        if kind := check.letter_at(stage):
            assert kind in kinds_at(stage)
    assert notices(situation_of({})) == ()
