"""The reasons that a refusal may give: one of them, the one that fits or the one chosen."""

from collections.abc import Iterator
from typing import Final

from checklist.advice.checks import CHECKS
from checklist.advice.notices import notices
from checklist.advice.situation import Situation
from checklist.rules import SIGNS, WALL

NO_REASON: Final = "none"

REASONS: Final[tuple[str, ...]] = (
    "wall",
    *(sign.id for sign in SIGNS),
    *dict.fromkeys(check.reason for check in CHECKS if check.reason),
    NO_REASON,
)


def refusal_reasons(situation: Situation) -> tuple[str, ...]:
    """Return the reasons that these answers give, best first.

    Those of the rule only where the verdict is to refuse. Whoever is abusive is given none.
    """
    if situation.is_true("abusive"):
        return ()
    return tuple(dict.fromkeys(_reasons(situation)))


def _reasons(situation: Situation) -> Iterator[str]:
    by_weight = [(one.weight, one.check.reason) for one in notices(situation) if one.check.reason]
    yield from (reason for weight, reason in by_weight if weight == "stop")
    if situation.result.verdict == "step_back":
        if situation.answers[WALL] == "yes":
            yield "wall"
        yield from (sign.id for sign in situation.result.signs if sign.status == "present")
    yield from (reason for weight, reason in by_weight if weight != "stop")
