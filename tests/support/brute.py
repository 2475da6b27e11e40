"""The rule by brute force, written from its description and apart from ``checklist.rules``.

Nothing here is clever: ten bits for ten facts, every completion written out, every plan tried.
A state is a tuple of ten values, each 0 (no), 1 (yes) or 2 (unknown), in the facts' order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

FACTS = (
    "knows_goal",
    "trusts_opinion",
    "quality_ok",
    "deadline_ok",
    "budget_ok",
    "compromises",
    "decides",
    "takes_responsibility",
    "participates",
    "hit_wall",
)
VALUES = ("no", "yes", "unknown")
ORDER = ("work", "clarify_first", "step_back")
WALL = len(FACTS) - 1

type State = tuple[int, ...]


def all_states() -> Iterator[State]:
    """Yield the 59,049 states."""
    return product((0, 1, 2), repeat=len(FACTS))


def as_answers(state: State) -> dict[str, str]:
    """Return a state the way ``score`` takes it."""
    return {fact: VALUES[value] for fact, value in zip(FACTS, state, strict=True)}


def signs_of(state: State) -> tuple[bool, bool, bool]:
    """Which of the three signs a complete state shows."""
    knows, trusts, quality, deadline, budget, compromises, decides, answers, takes_part, _ = state
    gap = not (quality and deadline and budget)
    return (
        not knows and not trusts,
        bool(knows and gap and not compromises),
        bool(not decides and not answers and takes_part),
    )


@cache
def verdict_of(state: State) -> str:
    """The verdict of a complete state."""
    knows, _, quality, deadline, budget, _, decides, answers, takes_part, wall = state
    if any(signs_of(state)) or wall:
        return "step_back"
    if not knows or not (quality and deadline and budget):
        return "clarify_first"
    if (not decides) + (not answers) + takes_part >= 2:
        return "clarify_first"
    return "work"


def children(state: State) -> tuple[State, State] | None:
    """A state's two completions of its first unknown fact; none where it is complete."""
    if 2 not in state:
        return None
    place = state.index(2)
    return (*state[:place], 0, *state[place + 1 :]), (*state[:place], 1, *state[place + 1 :])


@cache
def possible(state: State) -> frozenset[str]:
    """The verdicts over every completion."""
    both = children(state)
    if both is None:
        return frozenset({verdict_of(state)})
    return possible(both[0]) | possible(both[1])


@cache
def distance(state: State) -> int:
    """How many answers of a complete state must be flipped before it shows a sign."""
    for size in range(len(FACTS)):
        for places in combinations(range(len(FACTS)), size):
            if any(signs_of(flipped(state, places))):
                return size
    raise AssertionError(state)


@cache
def margin(state: State) -> tuple[int, int]:
    """The lowest and highest distance over every completion."""
    both = children(state)
    if both is None:
        return distance(state), distance(state)
    low, high = margin(both[0]), margin(both[1])
    return min(low[0], high[0]), max(low[1], high[1])


def flipped(state: State, places: tuple[int, ...]) -> State:
    """The state with these answers turned round."""
    return tuple(1 - value if place in places else value for place, value in enumerate(state))


def known(state: State) -> list[int]:
    """The places that are answered."""
    return [place for place, value in enumerate(state) if value != 2]


def reasons(state: State) -> list[tuple[int, ...]]:
    """All smallest sets of answered places that alone force the verdict."""
    (verdict,) = possible(state)
    for size in range(len(FACTS) + 1):
        found = [
            places
            for places in combinations(known(state), size)
            if possible(tuple(state[p] if p in places else 2 for p in range(len(FACTS))))
            == {verdict}
        ]
        if found:
            return found
    raise AssertionError(state)


def would_change(state: State) -> list[tuple[int, ...]]:
    """All smallest sets of answered places which, flipped, settle on a better verdict."""
    (verdict,) = possible(state)
    better = [frozenset({other}) for other in ORDER[: ORDER.index(verdict)]]
    for size in range(1, len(known(state)) + 1) if better else ():
        found = [
            places
            for places in combinations(known(state), size)
            if possible(flipped_known(state, places)) in better
        ]
        if found:
            return found
    return []


def flipped_known(state: State, places: tuple[int, ...]) -> State:
    """As ``flipped``, unknown values left as they are."""
    return tuple(
        1 - value if place in places and value != 2 else value for place, value in enumerate(state)
    )


@cache
def always_same(state: State, place: int) -> bool:
    """Whether an unknown fact's answer changes nothing, whatever the other unknowns are."""
    other = next((p for p, value in enumerate(state) if value == 2 and p != place), None)
    if other is not None:
        return all(
            always_same((*state[:other], value, *state[other + 1 :]), place) for value in (0, 1)
        )
    return len({verdict_of((*state[:place], value, *state[place + 1 :])) for value in (0, 1)}) == 1


def irrelevant(state: State) -> list[int]:
    """The unknown places whose answer cannot matter."""
    return [place for place, value in enumerate(state) if value == 2 and always_same(state, place)]


@cache
def questions(state: State) -> float:
    """The expected number of questions of the best plan."""
    if len(possible(state)) == 1:
        return 0.0
    return min(when_asking(state, place) for place, value in enumerate(state) if value == 2)


def when_asking(state: State, place: int) -> float:
    """The same where this place is asked about first."""
    no, yes = ((*state[:place], value, *state[place + 1 :]) for value in (0, 1))
    return 1 + (questions(no) + questions(yes)) / 2


def ask_next(state: State) -> list[int]:
    """The places that matter, by the plan with the wall taken as "no"; the wall last."""
    if len(possible(state)) == 1:
        return []
    matter = [p for p, value in enumerate(state) if value == 2 and not always_same(state, p)]
    without_wall = (*state[:WALL], 0 if state[WALL] == 2 else state[WALL])
    others = [place for place in matter if place != WALL]
    others.sort(key=lambda place: when_asking(without_wall, place))
    return others + [place for place in matter if place == WALL]


@dataclass(frozen=True)
class Part:
    """A condition of a sign as the description states it: its name, and where it holds."""

    name: str
    places: tuple[int, ...]
    met_by: int

    def state(self, state: State) -> str:
        """Met when one of its facts has the value, unmet when none can have it."""
        values = [state[place] for place in self.places]
        if self.met_by in values:
            return "met"
        return "unknown" if 2 in values else "unmet"


SIGNS = {
    "adrift": (Part("knows_goal", (0,), 0), Part("trusts_opinion", (1,), 0)),
    "mismatch": (
        Part("knows_goal", (0,), 1),
        Part("gap", (2, 3, 4), 0),
        Part("compromises", (5,), 0),
    ),
    "backseat": (
        Part("decides", (6,), 0),
        Part("takes_responsibility", (7,), 0),
        Part("participates", (8,), 1),
    ),
}


def sign_scores(state: State) -> dict[str, dict[str, object]]:
    """How each sign stands, as the JSON result has it."""
    scores: dict[str, dict[str, object]] = {}
    for sign, parts in SIGNS.items():
        by_state = {
            wanted: [part.name for part in parts if part.state(state) == wanted]
            for wanted in ("met", "unmet", "unknown")
        }
        status = "absent" if by_state["unmet"] else "open" if by_state["unknown"] else "present"
        scores[sign] = {"status": status, **by_state, "needed": len(parts)}
    return scores


def result_of(state: State) -> dict[str, object]:
    """The whole JSON result of a state, the rules' version left out."""
    verdicts = [verdict for verdict in ORDER if verdict in possible(state)]
    settled = len(verdicts) == 1

    def names(places: tuple[int, ...] | list[int]) -> list[str]:
        return [FACTS[place] for place in places]

    return {
        "verdict": verdicts[0] if settled else None,
        "settled": settled,
        "possible": verdicts,
        "signs": sign_scores(state),
        "margin": list(margin(state)),
        "reasons": [
            {FACTS[place]: VALUES[state[place]] for place in places} for places in reasons(state)
        ]
        if settled
        else [],
        "would_change": [names(places) for places in would_change(state)] if settled else [],
        "ask_next": names(ask_next(state)),
        "irrelevant": names(irrelevant(state)),
    }
