"""A case's log played again: which answer moved the verdict, and how things stood before."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from checklist.clients.client import Client
from checklist.rules import (
    FACTS,
    Answers,
    Verdict,
    is_answer,
    parse_answers,
    possible_verdicts,
)

type Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of the log, with the answers before it, and the verdicts before and after."""

    entry: Entry
    then: Answers
    before: tuple[Verdict, ...]
    after: tuple[Verdict, ...]

    @property
    def moved(self) -> bool:
        """Whether the entry changed what the verdict can be."""
        return self.before != self.after


def moves(client: Client, latest: int | None = None) -> tuple[Move, ...]:
    """Return the log, oldest first, with what each entry did to the verdict.

    ``latest`` is how many entries of it, where not all are wanted.
    """
    now = client.answers
    after = _possible(now)
    found = []
    # From now backwards, for a log may begin late.
    for entry in islice(reversed(client.log), latest):
        then = _before(entry, now)
        before = after if then is now else _possible(then)
        found.append(Move(entry, then, before, after))
        now, after = then, before
    return tuple(reversed(found))


def _before(entry: Entry, after: Answers) -> Answers:
    """The answers before an entry: the very same where it changes none."""
    changed = [(fact, pair[0]) for fact, pair in entry.get("answers", {}).items() if fact in _KNOWN]
    if not changed:
        return after
    then = {fact: answer for fact, answer in after.items() if fact not in dict(changed)}
    return then | {fact: before for fact, before in changed if is_answer(before)}


def _possible(answers: Answers) -> tuple[Verdict, ...]:
    return possible_verdicts(parse_answers(answers))


_KNOWN = {fact.id for fact in FACTS}
