"""The situation that advice is given for: the answers and their result, the checks, the stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checklist.advice.checks import STAGES, Stage
from checklist.rules import Answers, Result, parse_answers, score


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about one client.

    ``answers`` has every fact, ``result`` is their score. ``checks`` are the answers to checks by
    id; a missing one is not answered.
    """

    answers: Answers
    result: Result
    checks: Answers = field(default_factory=dict)
    stage: Stage = STAGES[0]

    def is_true(self, *checks: str) -> bool:
        """Return whether any of these checks is answered "yes"."""
        return any(self.checks.get(check) == "yes" for check in checks)

    @property
    def has_begun(self) -> bool:
        """Whether work has begun."""
        return self.stage == "begun"

    @property
    def is_stopped(self) -> bool:
        """Whether there is a reason to stop that no agreement would remove."""
        return self.is_true("abusive", "unlawful_or_harmful")


def situation_of(
    answers: Mapping[str, Any], checks: Answers | None = None, stage: Stage = STAGES[0]
) -> Situation:
    """Return the situation of these answers; raises ``AnswersError``."""
    parsed = parse_answers(answers)
    return Situation(parsed, score(parsed), checks or {}, stage)
