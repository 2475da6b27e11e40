"""Why a settled verdict stands, and what would change it."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import combinations
from operator import and_

from checklist.rules.answers import given
from checklist.rules.completions import EVERY, Bits, all_have, completions, possible
from checklist.rules.facts import SCOPE, Answer, Answers, opposite
from checklist.rules.verdicts import BEST_FIRST, Verdict

type Reason = dict[str, Answer]
type Change = tuple[str, ...]


def reasons(answers: Answers, verdict: Verdict) -> tuple[Reason, ...]:
    """Return all smallest sets of given answers that alone force the verdict.

    With everything else unknown the verdict would be settled all the same: the prime
    implicants of smallest size that agree with the answers (Quine, 1952).
    """
    as_given = _each(answers)
    return tuple(
        {fact: answers[fact] for fact in facts}
        for facts in _smallest(
            facts
            for facts in _subsets(as_given)
            if all_have(_all(as_given[fact] for fact in facts), verdict)
        )
    )


def would_change(answers: Answers, verdict: Verdict) -> tuple[Change, ...]:
    """Return all smallest sets of given answers that, flipped, settle on a better verdict."""
    better = {(verdict,) for verdict in BEST_FIRST[: BEST_FIRST.index(verdict)]}
    as_given = _each(answers)
    flipped = _each({fact: opposite(answer) for fact, answer in answers.items()})
    return tuple(
        _smallest(
            facts
            for facts in _subsets(as_given)
            if possible(_all((as_given | {fact: flipped[fact] for fact in facts}).values()))
            in better
        )
        if better
        else ()
    )


def _each(answers: Answers) -> dict[str, Bits]:
    """The completions of each given answer by itself."""
    return {
        fact: completions([(fact, answer)])
        for fact, answer in given(answers).items()
        if fact != SCOPE
    }


def _all(sets: Iterable[Bits]) -> Bits:
    return reduce(and_, sets, EVERY)


def _subsets(facts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All sets of the facts, smallest first, each size in the facts' order."""
    facts = tuple(facts)
    for size in range(len(facts) + 1):
        yield from combinations(facts, size)


def _smallest(sets: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The sets as long as the first one; they come smallest first."""
    size: int | None = None
    for facts in sets:
        if size is not None and len(facts) > size:
            return
        size = len(facts)
        yield facts
