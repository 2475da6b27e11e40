"""The article's three signs, each a conjunction of conditions."""

from dataclasses import dataclass
from typing import Final, Literal

from checklist.rules.facts import Answers, opposite

type ConditionState = Literal["met", "unmet", "unknown"]
type SignStatus = Literal["present", "absent", "open"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a sign: met when any of its facts has the answer ``needs``."""

    id: str
    needs: Literal["yes", "no"]
    facts: tuple[str, ...]

    def state(self, answers: Answers) -> ConditionState:
        """Return whether the answers meet the condition, or leave it unknown."""
        values = [answers[fact] for fact in self.facts]
        if self.needs in values:
            return "met"
        if all(value == opposite(self.needs) for value in values):
            return "unmet"
        return "unknown"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that it is better to step back: present when all its conditions are met."""

    id: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class SignScore:
    """One sign under a set of answers: the ids of its conditions, by their state."""

    id: str
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def needed(self) -> int:
        """The number of conditions of the sign."""
        return len(self.met) + len(self.unmet) + len(self.unknown)

    @property
    def status(self) -> SignStatus:
        """``present`` if all conditions are met, ``absent`` if one is unmet, else ``open``."""
        if self.unmet:
            return "absent"
        return "open" if self.unknown else "present"


def _fact(fact: str, needs: Literal["yes", "no"]) -> Condition:
    return Condition(fact, needs, (fact,))


GAP: Final = Condition("gap", "no", ("quality_ok", "deadline_ok", "budget_ok"))

ADRIFT: Final = Sign("adrift", (_fact("knows_goal", "no"), _fact("trusts_opinion", "no")))
MISMATCH: Final = Sign("mismatch", (_fact("knows_goal", "yes"), GAP, _fact("compromises", "no")))
BACKSEAT: Final = Sign(
    "backseat",
    (
        _fact("decides", "no"),
        _fact("takes_responsibility", "no"),
        _fact("participates", "yes"),
    ),
)
SIGNS: Final[tuple[Sign, ...]] = (ADRIFT, MISMATCH, BACKSEAT)


def score_sign(sign: Sign, answers: Answers) -> SignScore:
    """Return the sign's conditions, sorted by their state under the answers."""
    states = {condition.id: condition.state(answers) for condition in sign.conditions}

    def ids_in(wanted: ConditionState) -> tuple[str, ...]:
        return tuple(id_ for id_, state in states.items() if state == wanted)

    return SignScore(sign.id, ids_in("met"), ids_in("unmet"), ids_in("unknown"))
