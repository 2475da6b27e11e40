"""Notices: what to see to beside the verdict, which they never change."""

from dataclasses import dataclass
from typing import Final

from checklist.advice.checks import CHECKS, WEIGHTS, Check, Weight
from checklist.advice.situation import Situation

_BEFORE_SIGNING: Final = tuple(check for check in CHECKS if check.is_before_signing)


@dataclass(frozen=True, slots=True)
class Notice:
    """A check that is answered "yes", and its weight at the present stage."""

    check: Check
    weight: Weight


def notices(situation: Situation) -> tuple[Notice, ...]:
    """Return a notice for each check answered "yes", by weight, then in the order of ``CHECKS``."""
    found = [
        Notice(check, check.weight_at(situation.stage))
        for check in CHECKS
        if situation.is_true(check.id)
    ]
    return tuple(sorted(found, key=lambda notice: WEIGHTS.index(notice.weight)))


def to_check_before_signing(situation: Situation) -> tuple[Check, ...]:
    """Return what to look at before signing, where the verdict itself leads to a contract."""
    is_next = situation.result.verdict in ("work", "out_of_scope")
    return _BEFORE_SIGNING if is_next else ()
