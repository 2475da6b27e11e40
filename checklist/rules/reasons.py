"""The reasons of a settled verdict, and the changes that would improve it."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import combinations
from operator import and_

from checklist.rules.answers import known_answers
from checklist.rules.completions import ALL_COMPLETIONS, Bits, all_have, completions
from checklist.rules.facts import SCOPE, Answer, Answers, opposite
from checklist.rules.verdicts import BEST_FIRST, Verdict

type Reason = dict[str, Answer]
type Change = tuple[str, ...]


def reasons(answers: Answers, verdict: Verdict) -> tuple[Reason, ...]:
    """Return the smallest sets of known answers that settle the verdict by themselves.

    All sets of the smallest size, in the order of ``FACTS``: with every other fact unknown the
    verdict would be the same. They are the prime implicants of smallest size that agree with the
    answers (Quine, 1952).
    """
    known = _completions_by_fact(answers)
    return tuple(
        {fact: answers[fact] for fact in facts}
        for facts in _smallest(
            facts
            for facts in _subsets(known)
            if all_have(_intersection(known[fact] for fact in facts), verdict)
        )
    )


def would_change(answers: Answers, verdict: Verdict) -> tuple[Change, ...]:
    """Return the smallest sets of facts whose answers, flipped, settle a better verdict.

    All sets of the smallest size, in the order of ``FACTS``; none where there is no such set.
    """
    better = BEST_FIRST[: BEST_FIRST.index(verdict)]
    if not better:
        return ()
    known = _completions_by_fact(answers)
    flipped = _completions_by_fact({fact: opposite(answer) for fact, answer in answers.items()})

    def settles_better(facts: Change) -> bool:
        bits = _intersection((known | {fact: flipped[fact] for fact in facts}).values())
        return any(all_have(bits, one) for one in better)

    return tuple(_smallest(filter(settles_better, _subsets(known))))


def _completions_by_fact(answers: Answers) -> dict[str, Bits]:
    """Return, for each known answer to a scored fact, the completions that agree with it."""
    return {
        fact: completions([(fact, answer)])
        for fact, answer in known_answers(answers).items()
        if fact != SCOPE
    }


def _intersection(sets: Iterable[Bits]) -> Bits:
    return reduce(and_, sets, ALL_COMPLETIONS)


def _subsets(facts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield all subsets, smallest first; those of one size in the order of the facts."""
    facts = tuple(facts)
    for size in range(len(facts) + 1):
        yield from combinations(facts, size)


def _smallest(sets: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the sets that are as long as the first; the input must be sorted by length."""
    size: int | None = None
    for facts in sets:
        if size is not None and len(facts) > size:
            return
        size = len(facts)
        yield facts
