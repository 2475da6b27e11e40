"""The shortest way to a verdict: which fact to ask about next.

An optimal decision tree over the unknown facts, every answer equally likely, found by
dynamic programming. The wall is left out of the plan and asked last: it is what remains
when two attempts have failed, not a thing to open a conversation with.

Facts that the rule does not tell apart (quality, deadline and budget, say) make states that
differ only by name, so a state is kept as counts of bad and good answers within each group of
such facts. The groups are found in the rule's own table, not declared.
"""

from functools import cache
from typing import Final

from checklist.rules.answers import parse_answers
from checklist.rules.completions import Bits, completions, interchangeable, matters, possible
from checklist.rules.facts import FACTS, SCORED, WALL, Answer, Answers, opposite

type Counts = tuple[int, int]
type State = tuple[Counts, ...]

_BAD: Final[Answers] = {fact.id: fact.bad for fact in FACTS}


def _grouped(facts: list[str]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = []
    for fact in facts:
        for group in groups:
            if interchangeable(group[0], fact, _BAD):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return tuple(map(tuple, groups))


_GROUPS: Final = _grouped([fact for fact in SCORED if fact != WALL])
_GROUP_OF: Final = {fact: place for place, group in enumerate(_GROUPS) for fact in group}
_MOST: Final = max(map(len, _GROUPS))
# Each pair is made once and shared: the plan below holds thousands of states made of them.
_COUNTS: Final = tuple(tuple((bad, good) for good in range(_MOST + 1)) for bad in range(_MOST + 1))
_EMPTY: Final[State] = tuple(_COUNTS[0][0] for _ in _GROUPS)


def _standing(group: tuple[str, ...], counts: Counts) -> Bits:
    """The completions where the group's first facts are bad, the next good, the rest unknown."""
    bad, good = counts
    answers: list[tuple[str, Answer]] = [(fact, _BAD[fact]) for fact in group[:bad]]
    answers += [(fact, opposite(_BAD[fact])) for fact in group[bad : bad + good]]
    return completions(answers)


_STANDING: Final = tuple(
    {
        (bad, good): _standing(group, (bad, good))
        for bad in range(len(group) + 1)
        for good in range(len(group) + 1 - bad)
    }
    for group in _GROUPS
)
_NO_WALL: Final = completions([(WALL, "no")])


@cache
def expected_questions(state: State) -> float:
    """Return how many questions the best plan still needs on average; exact in binary."""
    bits = _NO_WALL
    for standing, counts in zip(_STANDING, state, strict=True):
        bits &= standing[counts]
    if len(possible(bits)) == 1:
        return 0.0
    return min(
        _questions_when_asking(state, place)
        for place, (bad, good) in enumerate(state)
        if bad + good < len(_GROUPS[place])
    )


def _questions_when_asking(state: State, place: int) -> float:
    """The same where the next question is about an unknown fact of the given group."""
    bad, good = state[place]
    before, after = state[:place], state[place + 1 :]
    return 1.0 + 0.5 * (
        expected_questions((*before, _COUNTS[bad + 1][good], *after))
        + expected_questions((*before, _COUNTS[bad][good + 1], *after))
    )


QUESTIONS_FROM_NOTHING: Final = expected_questions(_EMPTY)
"""How many questions the best plan needs from an empty form. Asking fills the table once, at
import, so that no visitor waits for it later."""


def state_of(answers: Answers) -> State:
    """Return the counts of bad and good answers in each group."""
    return tuple(
        (
            sum(answers[fact] == _BAD[fact] for fact in group),
            sum(answers[fact] == opposite(_BAD[fact]) for fact in group),
        )
        for group in _GROUPS
    )


def expected_questions_left(answers: Answers) -> float:
    """Return how many questions a client still needs on average, the wall's included.

    For putting clients in order. The wall is asked about last, so it counts as one question.
    """
    checked = parse_answers(answers)
    return expected_questions(state_of(checked)) + (checked[WALL] == "unknown")


def ask_next(answers: Answers) -> tuple[str, ...]:
    """Return the unknown facts that can still change the verdict, best to ask first.

    They are ordered by the expected number of questions when that one is asked first and the
    rest by the best plan; ties keep the facts' order and the wall comes last.
    """
    bits = completions(answers.items())
    state = state_of(answers)
    open_facts = [fact for fact in unknown(answers) if matters(bits, fact)]
    return tuple(
        sorted(
            open_facts,
            key=lambda fact: (
                fact == WALL,
                0.0 if fact == WALL else _questions_when_asking(state, _GROUP_OF[fact]),
            ),
        )
    )


def irrelevant(answers: Answers) -> tuple[str, ...]:
    """Return the unknown facts whose answer cannot matter any more."""
    bits = completions(answers.items())
    return tuple(fact for fact in unknown(answers) if not matters(bits, fact))


def unknown(answers: Answers) -> list[str]:
    """Return the scored facts that are not answered yes or no."""
    return [fact for fact in SCORED if answers[fact] == "unknown"]
