"""The facts: what a visitor is asked about one client.

Ids are permanent: saved clients and links are keyed by them. Questions and other wording are in
``checklist/texts``.
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
    """One yes-or-no statement about a client.

    ``bad`` is the answer that speaks against the client, all other answers being equal.
    ``scored`` is false for the one fact that decides whether the rule applies at all.
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
    """Return "no" for "yes" and the reverse; "unknown" is returned unchanged."""
    match answer:
        case "yes":
            return "no"
        case "no":
            return "yes"
        case "unknown":
            return "unknown"
