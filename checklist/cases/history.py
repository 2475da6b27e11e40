"""A case's log played again: which answer moved the verdict, and how things stood before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklist.cases.case import Case
from checklist.rules import FACTS, Answers, Verdict, score
from checklist.rules.answers import is_answer

type Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of the log, with the verdicts possible before and after it."""

    entry: Entry
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]

    @property
    def moved(self) -> bool:
        """Whether the entry changed what the verdict can be."""
        return self.before != self.after


def moves(case: Case) -> tuple[Move, ...]:
    """Return the log, oldest first, with what each entry did to the verdict."""
    states = _states(case)
    possible = [score(state).possible for state in states]
    return tuple(
        Move(entry, possible[index], possible[index + 1]) for index, entry in enumerate(case.log)
    )


def answers_before(case: Case, index: int) -> Answers:
    """Return the answers as they stood before the log's entry of this index."""
    return _states(case)[index]


def _states(case: Case) -> list[Answers]:
    """The answers before each entry, and now: from now backwards, for a log may begin late."""
    states: list[Answers] = [dict(case.answers)]
    for entry in reversed(case.log):
        state = dict(states[0])
        for fact, (before, _) in entry.get("answers", {}).items():
            if fact in _KNOWN:
                state.pop(fact, None)
                if is_answer(before):
                    state[fact] = before
        states.insert(0, state)
    return states


_KNOWN = {fact.id for fact in FACTS}
