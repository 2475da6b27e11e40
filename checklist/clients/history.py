"""Replaying a client's log: the verdicts before and after each entry."""

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
class ReplayedEntry:
    """One entry of the log, the answers before it, and the possible verdicts before and after."""

    entry: Entry
    answers_before: Answers
    verdicts_before: tuple[Verdict, ...]
    verdicts_after: tuple[Verdict, ...]

    @property
    def changed_verdict(self) -> bool:
        """Whether the entry changed the possible verdicts."""
        return self.verdicts_before != self.verdicts_after


def replay_log(client: Client, latest: int | None = None) -> tuple[ReplayedEntry, ...]:
    """Return the log's entries, oldest first, with the verdicts before and after each.

    ``latest`` limits them to that number of the newest entries.
    """
    answers = client.answers
    verdicts = _possible(answers)
    replayed = []
    # Backwards from the current answers, because a log may not reach back to the first answer.
    for entry in islice(reversed(client.log), latest):
        answers_before = _answers_before(entry, answers)
        verdicts_before = verdicts if answers_before is answers else _possible(answers_before)
        replayed.append(ReplayedEntry(entry, answers_before, verdicts_before, verdicts))
        answers, verdicts = answers_before, verdicts_before
    return tuple(reversed(replayed))


def _answers_before(entry: Entry, after: Answers) -> Answers:
    """Return the answers before an entry; the same object if the entry changes none."""
    changed = [
        (fact, pair[0]) for fact, pair in entry.get("answers", {}).items() if fact in _FACT_IDS
    ]
    if not changed:
        return after
    unchanged = {fact: answer for fact, answer in after.items() if fact not in dict(changed)}
    return unchanged | {fact: before for fact, before in changed if is_answer(before)}


def _possible(answers: Answers) -> tuple[Verdict, ...]:
    return possible_verdicts(parse_answers(answers))


_FACT_IDS = {fact.id for fact in FACTS}
