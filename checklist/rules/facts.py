"""The facts: what a visitor is asked about one client.

Ids are permanent. Saved cases and links are keyed by them, never by wording; the words
live in ``checklist/texts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

type Answer = Literal["yes", "no", "unknown"]
type Answers = Mapping[str, Answer]

ANSWERS: Final[tuple[Answer, ...]] = ("yes", "no", "unknown")
RULES_VERSION: Final = "1.0"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is true of a client, or not.

    ``bad`` is the answer that speaks against the client where the other conditions are the
    same. ``scored`` is false for the one fact that decides whether the rule applies at all.
    """

    id: str
    bad: Literal["yes", "no"] = "no"
    scored: bool = True


FACTS: Final[tuple[Fact, ...]] = (
    Fact("depends_on_client", scored=False),
    Fact("knows_goal"),
    Fact("trusts_opinion"),
    Fact("quality_ok"),
    Fact("deadline_ok"),
    Fact("budget_ok"),
    Fact("compromises"),
    Fact("decides"),
    Fact("takes_responsibility"),
    Fact("participates", bad="yes"),
    Fact("hit_wall", bad="yes"),
)
SCOPE: Final = "depends_on_client"
WALL: Final = "hit_wall"
SCORED: Final[tuple[str, ...]] = tuple(fact.id for fact in FACTS if fact.scored)


def opposite(answer: Answer) -> Answer:
    """Return the flipped answer; ``unknown`` has none and stays as it is."""
    match answer:
        case "yes":
            return "no"
        case "no":
            return "yes"
        case "unknown":
            return "unknown"
