"""The rule by brute force, written from its description and independent of ``checklist.rules``.

It is kept simple: ten bits for ten facts, every completion written out, every plan tried. A state
is a tuple of ten values, each 0 (no), 1 (yes) or 2 (unknown), in the facts' order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product
from random import Random

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
BAD = (0, 0, 0, 0, 0, 0, 0, 0, 1, 1)
ALIKE = ((2, 3, 4), (6, 7, 8))
"""Places of facts that the rule treats alike: those of the gap, and of the third sign."""

type State = tuple[int, ...]


def all_states() -> Iterator[State]:
    """Yield the 59,049 states."""
    return product((0, 1, 2), repeat=len(FACTS))


def one_of_each_kind(randomness: Random) -> Iterator[State]:
    """Yield a random state of each of the 8,100 kinds.

    Two states are of one kind where they differ only in which of several interchangeable facts are
    bad, good or unknown.
    """
    for state in all_states():
        standing = with_bad_as_zero(state)
        if all(standing[p] <= standing[q] for one in ALIKE for p, q in pairwise(one)):
            for places in ALIKE:
                mixed = randomness.sample(places, len(places))
                values = [standing[place] for place in places]
                for place, value in zip(mixed, values, strict=True):
                    standing[place] = value
            yield tuple(with_bad_as_zero(standing))


def with_bad_as_zero(state: Iterable[int]) -> list[int]:
    """Return the state with 0 for a bad answer and 1 for a good one, or the reverse of that."""
    return [
        value if value == 2 or not bad else 1 - value for bad, value in zip(BAD, state, strict=True)
    ]


def as_answers(state: State) -> dict[str, str]:
    """Return a state in the form that ``score`` accepts."""
    return {fact: VALUES[value] for fact, value in zip(FACTS, state, strict=True)}


def as_state(answers: Mapping[str, str]) -> State:
    """Return the state with these answers to all scored facts."""
    return tuple(VALUES.index(answers[fact]) for fact in FACTS)


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
    turned = list(state)
    for place in places:
        turned[place] = 1 - turned[place]
    return tuple(turned)


def known(state: State) -> list[int]:
    """The places of the known answers."""
    return [place for place, value in enumerate(state) if value != 2]


@cache
def reasons(state: State) -> list[tuple[int, ...]]:
    """All smallest sets of known answers that alone force the verdict of a settled state.

    A further answer never unsettles a state, so each set is among the reasons of a settled state
    with one answer less; where there is none, the state is its own reason.
    """
    below = [
        reasons(fewer)
        for place in known(state)
        if len(possible(fewer := (*state[:place], 2, *state[place + 1 :]))) == 1
    ]
    if not below:
        return [tuple(known(state))]
    size = min(len(sets[0]) for sets in below)
    return sorted({places for sets in below for places in sets if len(places) == size})


def would_change(state: State) -> list[tuple[int, ...]]:
    """All smallest sets of known answers which, flipped, settle on a better verdict."""
    (verdict,) = possible(state)
    better = [frozenset({other}) for other in ORDER[: ORDER.index(verdict)]]
    places = known(state)
    for size in range(1, len(places) + 1) if better else ():
        found = [
            chosen
            for chosen in combinations(places, size)
            if possible(flipped(state, chosen)) in better
        ]
        if found:
            return found
    return []


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
    """The expected number of questions where this one is asked first."""
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
    """The status of each sign, as in the JSON result."""
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
    """The whole JSON result of a state, without the rules' version."""
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
