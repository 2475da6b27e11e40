"""Scoring with advice: the result of the rule, and what stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, cast

from checklist.advice.checks import CHECKS, STAGES, Stage
from checklist.advice.letters import letter_kinds
from checklist.advice.notices import Notice, notices
from checklist.advice.situation import Situation, situation_of
from checklist.rules import (
    Answers,
    AnswersError,
    Problem,
    Result,
    is_answer,
    parse_answers,
    short_json,
)

_RULE_FIELDS: Final = tuple(field.name for field in fields(Result))
_CHECK_IDS: Final = frozenset(check.id for check in CHECKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedResult(Result):
    """The result of the rule, with the notices beside it and the kinds of letters that fit."""

    notices: tuple[Notice, ...]
    letters: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the keys of the rule's result, then ``notices`` and ``letters``, best first."""
        return {
            **Result.as_dict(self),
            "notices": [{"id": one.check.id, "weight": one.weight} for one in self.notices],
            "letters": list(self.letters),
        }


def score(answers: object, checks: object = None, stage: object = STAGES[0]) -> AdvisedResult:
    """Return the result for the answers about one client, with the advice beside it.

    ``answers`` is a mapping from fact ids to "yes", "no" or "unknown", ``checks`` one from ids of
    checks; a missing one is unknown. ``stage`` is "before" or "begun". Raises ``AnswersError``,
    which lists every invalid key and value.
    """
    problems = [*_check_problems({} if checks is None else checks), *_stage_problems(stage)]
    try:
        parsed = parse_answers(answers)
    except AnswersError as error:
        raise AnswersError([*error.problems, *problems]) from None
    if problems:
        raise AnswersError(problems)
    known = cast("Answers", checks or {})
    return advised(situation_of(parsed, known, cast("Stage", stage)))


def advised(situation: Situation) -> AdvisedResult:
    """Return the result of a situation, with the advice beside it."""
    return AdvisedResult(
        **{name: getattr(situation.result, name) for name in _RULE_FIELDS},
        notices=notices(situation),
        letters=letter_kinds(situation),
    )


def _check_problems(checks: object) -> Iterator[Problem]:
    if not isinstance(checks, Mapping):
        yield Problem("checks", "not_a_group", short_json(checks))
        return
    for key, value in checks.items():
        if key not in _CHECK_IDS:
            yield Problem(f"checks.{key}", "no_such_check", short_json(value))
        elif not is_answer(value):
            yield Problem(f"checks.{key}", "not_an_answer", short_json(value))


def _stage_problems(stage: object) -> Iterator[Problem]:
    if stage not in STAGES:
        yield Problem("stage", "not_one_of", f"{short_json(stage)} ({', '.join(STAGES)})")
