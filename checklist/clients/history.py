"""Replaying a client's log: the verdicts before and after each entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from checklist.advice import CHECKS
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
    """One entry of the log, and what it changed.

    The answers and the checks before it, and the possible verdicts before and after.
    """

    entry: Entry
    answers_before: Answers
    checks_before: Answers
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
    answers, checks = client.answers, client.checks
    verdicts = _possible(answers)
    replayed = []
    # Backwards from the current answers, because a log may not reach back to the first answer.
    for entry in islice(reversed(client.log), latest):
        answers_before = _before(entry.get("answers", {}), answers, _FACT_IDS)
        checks = _before(entry.get("checks", {}), checks, _CHECK_IDS)
        verdicts_before = verdicts if answers_before is answers else _possible(answers_before)
        replayed.append(ReplayedEntry(entry, answers_before, checks, verdicts_before, verdicts))
        answers, verdicts = answers_before, verdicts_before
    return tuple(reversed(replayed))


def _before(changes: Mapping[str, Any], after: Answers, ids: frozenset[str]) -> Answers:
    """Return the answers before changes, each a pair; the same object if they change none."""
    changed = [(id_, pair[0]) for id_, pair in changes.items() if id_ in ids]
    if not changed:
        return after
    unchanged = {id_: answer for id_, answer in after.items() if id_ not in dict(changed)}
    return unchanged | {id_: before for id_, before in changed if is_answer(before)}


def _possible(answers: Answers) -> tuple[Verdict, ...]:
    return possible_verdicts(parse_answers(answers))


_FACT_IDS = frozenset(fact.id for fact in FACTS)
_CHECK_IDS = frozenset(check.id for check in CHECKS)
