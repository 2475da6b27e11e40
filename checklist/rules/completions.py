"""Sets of complete answers as bits, so that "over every completion" is arithmetic.

The ten scored facts have 2^10 complete sets of answers. A set of them is one integer of
1,024 bits; bit ``i`` stands for the complete answers whose k-th fact is yes where bit k of
``i`` is set. The tables are filled by asking the rule about each complete set: the rule is
stated once, in ``verdicts``, and holds here by construction.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Final

from checklist.rules.facts import SCOPE, SCORED, Answer, Answers
from checklist.rules.verdicts import BEST_FIRST, Verdict, distance_to_a_sign, verdict_of

type Bits = int
type Given = tuple[str, Answer]

_STEP: Final = {fact: 1 << place for place, fact in enumerate(SCORED)}


def _complete(index: int) -> Answers:
    yes_or_no: dict[str, Answer] = {
        fact: "yes" if index & step else "no" for fact, step in _STEP.items()
    }
    return {SCOPE: "yes", **yes_or_no}


_COUNT: Final = 1 << len(SCORED)
EVERY: Final[Bits] = (1 << _COUNT) - 1


def _sorted_by[T](key: Callable[[Answers], T]) -> dict[T, Bits]:
    """Gather the complete answers that have the same key."""
    sets: dict[T, Bits] = {}
    for index, complete in enumerate(map(_complete, range(_COUNT))):
        found = key(complete)
        sets[found] = sets.get(found, 0) | 1 << index
    return sets


_BY_VERDICT: Final = _sorted_by(verdict_of)
_BY_DISTANCE: Final = _sorted_by(distance_to_a_sign)
_BY_ANSWER: Final[dict[Given, Bits]] = {
    (fact, answer): bits for fact in SCORED for answer, bits in _sorted_by(itemgetter(fact)).items()
}


def completions(answers: Iterable[Given]) -> Bits:
    """Return the set of complete answers that agree with the given ones.

    Unknowns, and facts that are not scored, rule nothing out.
    """
    bits = EVERY
    for pair in answers:
        bits &= _BY_ANSWER.get(pair, EVERY)
    return bits


def possible(bits: Bits) -> tuple[Verdict, ...]:
    """Return the verdicts over a set of complete answers, best first."""
    return tuple(verdict for verdict in BEST_FIRST if bits & _BY_VERDICT[verdict])


def all_have(bits: Bits, verdict: Verdict) -> bool:
    """Tell whether every complete set of answers in the set has the verdict."""
    return not bits & ~_BY_VERDICT[verdict]


def margin(bits: Bits) -> tuple[int, int]:
    """Return the lowest and highest distance to the nearest sign over the set."""
    distances = [distance for distance, having in _BY_DISTANCE.items() if bits & having]
    return min(distances), max(distances)


def matters(bits: Bits, fact: str) -> bool:
    """Tell whether the verdict can depend on a fact that is unknown in the set."""
    return any(_flip(bits & having, fact) != bits & having for having in _BY_VERDICT.values())


def interchangeable(one: str, other: str, bad: Answers) -> bool:
    """Tell whether the rule gives the same verdicts when two facts' standing is exchanged.

    ``bad`` names each fact's bad answer; exchanging takes bad to bad, not yes to yes.
    """
    differing = completions([(one, bad[one])]) ^ completions([(other, bad[other])])
    return all(
        _flip(_flip(having & differing, one), other) == having & differing
        for having in _BY_VERDICT.values()
    )


def _flip(bits: Bits, fact: str) -> Bits:
    """The set with the fact's answer flipped in every member."""
    step = _STEP[fact]
    return (bits & _BY_ANSWER[fact, "yes"]) >> step | (bits & _BY_ANSWER[fact, "no"]) << step
