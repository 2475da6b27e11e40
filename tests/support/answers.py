"""Ids of facts and contexts, answers and a time that many tests use."""

from collections.abc import Mapping
from typing import Final

from checklist.rules import FACTS, SCORED

FACT_IDS: Final = tuple(fact.id for fact in FACTS)
CONTEXT_IDS: Final = ("early", "culture", "age", "experience")

GOOD: Final = {fact.id: "yes" if fact.bad == "no" else "no" for fact in FACTS}
"""Every fact has its good answer: "go ahead"."""

ADRIFT: Final = {"knows_goal": "no", "trusts_opinion": "no"}
"""Sign 1 is present: "step back", whatever the other answers are."""

OPEN: Final = {"knows_goal": "yes", "deadline_ok": "no", "compromises": "yes"}
"""Not settled: more than one verdict is possible."""

AT: Final = "2026-11-23T10:00:00+03:00"


def count_answered(answers: Mapping[str, str]) -> int:
    """Return how many answers the result counts: "yes" or "no" to a question of the rule."""
    return sum(answers.get(fact) in ("yes", "no") for fact in SCORED)
