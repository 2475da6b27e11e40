"""Completions as bit sets.

A completion is a set of answers in which every scored fact is "yes" or "no". Ten scored facts
have 2^10 completions. A set of completions is an integer of 1,024 bits: bit ``i`` stands for the
completion in which the k-th fact is "yes" exactly where bit k of ``i`` is set. The tables below
are made at import by evaluating the rule (``verdicts.py``) for each completion.
"""

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Final

from checklist.rules.facts import SCOPE, SCORED, Answer, Answers
from checklist.rules.verdicts import BEST_FIRST, Verdict, distance_to_a_sign, verdict_of

type Bits = int
type FactAnswer = tuple[str, Answer]

_BIT_OF_FACT: Final = {fact: 1 << place for place, fact in enumerate(SCORED)}


def _completion_at(index: int) -> Answers:
    yes_or_no: dict[str, Answer] = {
        fact: "yes" if index & step else "no" for fact, step in _BIT_OF_FACT.items()
    }
    return {SCOPE: "yes", **yes_or_no}


_COUNT: Final = 1 << len(SCORED)
ALL_COMPLETIONS: Final[Bits] = (1 << _COUNT) - 1


def _group_by[T](key: Callable[[Answers], T]) -> dict[T, Bits]:
    """Return, for each value of ``key``, the set of the completions that have it."""
    sets: dict[T, Bits] = {}
    for index, complete in enumerate(map(_completion_at, range(_COUNT))):
        value = key(complete)
        sets[value] = sets.get(value, 0) | 1 << index
    return sets


_BY_VERDICT: Final = _group_by(verdict_of)
_BY_DISTANCE: Final = _group_by(distance_to_a_sign)
_BY_ANSWER: Final[dict[FactAnswer, Bits]] = {
    (fact, answer): bits for fact in SCORED for answer, bits in _group_by(itemgetter(fact)).items()
}


def completions(answers: Iterable[FactAnswer]) -> Bits:
    """Return the set of the completions that agree with the given answers.

    An unknown answer, or a fact that is not scored, excludes no completion.
    """
    bits = ALL_COMPLETIONS
    for pair in answers:
        bits &= _BY_ANSWER.get(pair, ALL_COMPLETIONS)
    return bits


def possible(bits: Bits) -> tuple[Verdict, ...]:
    """Return the verdicts of the completions in a set, each once, best first."""
    return tuple(verdict for verdict in BEST_FIRST if bits & _BY_VERDICT[verdict])


def all_have(bits: Bits, verdict: Verdict) -> bool:
    """Return whether every completion in the set has the verdict."""
    return not bits & ~_BY_VERDICT[verdict]


def margin(bits: Bits) -> tuple[int, int]:
    """Return the lowest and highest distance to the nearest sign, in answers, over the set."""
    distances = [distance for distance, having in _BY_DISTANCE.items() if bits & having]
    return min(distances), max(distances)


def can_change_verdict(bits: Bits, fact: str) -> bool:
    """Return whether the verdict depends on the fact, which must be unknown in the set."""
    return any(_flip(bits & having, fact) != bits & having for having in _BY_VERDICT.values())


def interchangeable(one: str, other: str, bad: Answers) -> bool:
    """Return whether swapping two facts never changes the verdict.

    ``bad`` has the bad answer of each fact. The swap gives each fact the bad answer where the
    other one had its own bad answer.
    """
    differing = completions([(one, bad[one])]) ^ completions([(other, bad[other])])
    return all(
        _flip(_flip(having & differing, one), other) == having & differing
        for having in _BY_VERDICT.values()
    )


def _flip(bits: Bits, fact: str) -> Bits:
    """Return the set with the fact's answer flipped in each completion."""
    step = _BIT_OF_FACT[fact]
    return (bits & _BY_ANSWER[fact, "yes"]) >> step | (bits & _BY_ANSWER[fact, "no"]) << step
