"""Which fact to ask about next, so that the verdict is settled with the fewest questions.

Dynamic programming over an optimal decision tree, in which both answers to a question are equally
likely. The wall is left out of the plan and comes last, because it presupposes two failed
attempts to remove an obstacle.

Facts that the rule treats alike (such as quality, deadline and budget) form a group. A state is
stored as the number of bad and good answers in each group, which leaves 2,646 states. The groups
are derived from the rule.
"""

from functools import cache
from math import inf
from typing import Final

from checklist.rules.answers import parse_answers
from checklist.rules.completions import (
    Bits,
    can_change_verdict,
    completions,
    interchangeable,
    possible,
)
from checklist.rules.facts import FACTS, SCORED, WALL, Answer, Answers, opposite

type Counts = tuple[int, int]
type State = tuple[Counts, ...]

_BAD: Final[Answers] = {fact.id: fact.bad for fact in FACTS}


def _group_interchangeable(facts: list[str]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = []
    for fact in facts:
        for group in groups:
            if interchangeable(group[0], fact, _BAD):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return tuple(map(tuple, groups))


GROUPS: Final = _group_interchangeable([fact for fact in SCORED if fact != WALL])
"""The facts but the wall, grouped by what the rule treats alike."""
_GROUP_OF: Final = {fact: place for place, group in enumerate(GROUPS) for fact in group}
_LARGEST_GROUP: Final = max(map(len, GROUPS))
# The cache below holds thousands of states; they share these pairs to save memory.
_SHARED_COUNTS: Final = tuple(
    tuple((bad, good) for good in range(_LARGEST_GROUP + 1)) for bad in range(_LARGEST_GROUP + 1)
)
_EMPTY: Final[State] = tuple(_SHARED_COUNTS[0][0] for _ in GROUPS)


def _completions_with(group: tuple[str, ...], counts: Counts) -> Bits:
    """Return the completions in which the group's first facts are bad and the next ones good."""
    bad, good = counts
    answers: list[tuple[str, Answer]] = [(fact, _BAD[fact]) for fact in group[:bad]]
    answers += [(fact, opposite(_BAD[fact])) for fact in group[bad : bad + good]]
    return completions(answers)


_COMPLETIONS_BY_COUNTS: Final = tuple(
    {
        (bad, good): _completions_with(group, (bad, good))
        for bad in range(len(group) + 1)
        for good in range(len(group) + 1 - bad)
    }
    for group in GROUPS
)
_WITHOUT_WALL: Final = completions([(WALL, "no")])


@cache
def expected_questions(state: State) -> float:
    """Return the expected number of questions that the best plan still needs.

    Exact: the value is a sum of powers of one half.
    """
    bits = _WITHOUT_WALL
    for by_counts, counts in zip(_COMPLETIONS_BY_COUNTS, state, strict=True):
        bits &= by_counts[counts]
    if len(possible(bits)) == 1:
        return 0.0
    return min(
        _questions_when_asking(state, place)
        for place, (bad, good) in enumerate(state)
        if bad + good < len(GROUPS[place])
    )


def _questions_when_asking(state: State, place: int) -> float:
    """Return the expectation if the next question is about an unknown fact of the group."""
    bad, good = state[place]
    before, after = state[:place], state[place + 1 :]
    return 1.0 + 0.5 * (
        expected_questions((*before, _SHARED_COUNTS[bad + 1][good], *after))
        + expected_questions((*before, _SHARED_COUNTS[bad][good + 1], *after))
    )


QUESTIONS_FROM_EMPTY_FORM: Final = expected_questions(_EMPTY)
"""The expected number of questions from an empty form. Computing it at import fills the cache, so
that no request has to wait for that."""


def state_of(answers: Answers) -> State:
    """Return the counts of bad and good answers in each group."""
    return tuple(
        (
            sum(answers[fact] == _BAD[fact] for fact in group),
            sum(answers[fact] == opposite(_BAD[fact]) for fact in group),
        )
        for group in GROUPS
    )


def expected_questions_left(answers: Answers) -> float:
    """Return the expected number of questions until the verdict is settled, to sort clients by.

    An unknown wall counts as one question more. Raises ``AnswersError``.
    """
    checked = parse_answers(answers)
    return expected_questions(state_of(checked)) + (checked[WALL] == "unknown")


def questions_when_asking(fact: str, state: State) -> float:
    """Return the expected number of questions if this fact is next; infinite for the wall."""
    return inf if fact == WALL else _questions_when_asking(state, _GROUP_OF[fact])


def ask_next(answers: Answers) -> tuple[str, ...]:
    """Return the ids of the unknown facts that can still change the verdict, best first.

    The order is by the expected number of questions when that fact is asked first and the best
    plan follows. Ties keep the order of ``FACTS``; the wall comes last.
    """
    bits = completions(answers.items())
    state = state_of(answers)
    open_facts = [fact for fact in unknown_facts(answers) if can_change_verdict(bits, fact)]
    return tuple(sorted(open_facts, key=lambda fact: questions_when_asking(fact, state)))


def irrelevant(answers: Answers) -> tuple[str, ...]:
    """Return the ids of the unknown facts whose answer can no longer change the verdict."""
    bits = completions(answers.items())
    return tuple(fact for fact in unknown_facts(answers) if not can_change_verdict(bits, fact))


def unknown_facts(answers: Answers) -> list[str]:
    """Return the ids of the scored facts that are not answered "yes" or "no"."""
    return [fact for fact in SCORED if answers[fact] == "unknown"]
