"""The checks: what people weigh about a client, and about themselves, that the article leaves out.

Ids are permanent: saved clients and links are keyed by them. Each is answered like a fact, and
"yes" is the answer that calls for caution. The words of a check are in ``checklist/texts``.
"""

from dataclasses import dataclass
from typing import Final, Literal

type Weight = Literal["stop", "settle", "mine"]
type Stage = Literal["before", "begun"]

WEIGHTS: Final[tuple[Weight, ...]] = ("stop", "settle", "mine")
"""In the order in which notices are shown: before any verdict; to put right before the start; about
the visitor, who never blames the client for it."""

STAGES: Final[tuple[Stage, ...]] = ("before", "begun")
"""Whether the work has begun. The first one is the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One yes-or-no statement beside the rule.

    ``before`` and ``begun`` name the letter that a "yes" calls for at each stage, if any.
    ``reason`` is the key of the sentence that a refusal may give as its reason, if any.
    ``weight_begun`` is the weight once work has begun, where that is another one.
    ``is_before_signing`` marks what to look at before any contract is signed. ``is_question`` is
    false where the client is told something and not asked.
    """

    id: str
    weight: Weight
    before: str = ""
    begun: str = ""
    reason: str = ""
    weight_begun: Weight | None = None
    is_before_signing: bool = False
    is_question: bool = True

    @property
    def is_about_client(self) -> bool:
        """Whether the client can be asked about it, and a contract can cover it."""
        return self.weight != "mine"

    def weight_at(self, stage: Stage) -> Weight:
        """Return the weight at a stage of the work."""
        return self.weight_begun or self.weight if stage == "begun" else self.weight

    def letter_at(self, stage: Stage) -> str:
        """Return the kind of letter that a "yes" calls for at a stage; may be empty."""
        return self.begun if stage == "begun" else self.before


CHECKS: Final[tuple[Check, ...]] = (
    Check(id="abusive", weight="stop", before="refusal", begun="ending", is_question=False),
    Check(
        id="unlawful_or_harmful",
        weight="stop",
        before="refusal",
        begun="ending",
        reason="conscience",
    ),
    Check(
        id="pays_late",
        weight="settle",
        weight_begun="stop",
        before="deposit",
        begun="pause",
        reason="money",
    ),
    Check(
        id="nothing_upfront",
        weight="settle",
        before="deposit",
        begun="clauses",
        reason="money",
        is_before_signing=True,
    ),
    Check(
        id="paid_when_paid",
        weight="settle",
        before="deposit",
        begun="clauses",
        reason="money",
        is_before_signing=True,
    ),
    Check(
        id="nothing_signed",
        weight="settle",
        before="start",
        begun="clauses",
        reason="writing",
        is_before_signing=True,
    ),
    Check(
        id="scope_unwritten",
        weight="settle",
        before="start",
        begun="change",
        reason="writing",
        is_before_signing=True,
    ),
    Check(id="goes_silent", weight="settle", before="hold", begun="pause", reason="silence"),
    Check(id="unpaid_test", weight="settle", before="trial", begun="change", reason="test"),
    Check(
        id="bad_history",
        weight="settle",
        before="clarify",
        begun="clauses",
        is_before_signing=True,
    ),
    Check(id="middleman", weight="settle", before="decider", begun="decider", reason="middleman"),
    Check(id="outside_my_role", weight="settle", before="clarify", begun="change", reason="role"),
    Check(id="need_the_money", weight="mine"),
    Check(id="no_room", weight="mine", before="hold", begun="change", reason="calendar"),
    Check(id="new_to_me", weight="mine", before="trial", reason="experience"),
    Check(id="a_favour", weight="mine", before="start", begun="clauses", reason="favour"),
)
"""In the order in which notices of one weight are shown."""
