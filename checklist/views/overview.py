"""The client list: a row for each client, by urgency, and the diary of decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from checklist.clients import DECISIONS, PROJECT_RESULTS, Client
from checklist.rules import (
    SIGNS,
    Answers,
    Sign,
    Verdict,
    ask_next,
    expected_questions_left,
    parse_answers,
    possible_verdicts,
    score_sign,
)
from checklist.texts import Texts
from checklist.texts.explanation import state_of_verdicts
from checklist.views.documents import Document, Paragraph, Row, Table
from checklist.views.wording import name_of, verdict_in_words

type _SignCache = dict[str, dict[str, Any]]
"""A row's signs by id and answers, because thousands of clients share a few hundred of them."""


@dataclass(frozen=True, slots=True)
class _ListedClient:
    """A client and the part of its result that the list needs: there may be thousands of them."""

    client: Client
    answers: Answers
    possible: tuple[Verdict, ...]

    @property
    def settled(self) -> bool:
        return len(self.possible) == 1


def overview(clients: Iterable[Client], texts: Texts) -> dict[str, Any]:
    """Return ``rows``, one for each client, and ``diary``, a document; as values for JSON.

    Rows are sorted: undecided before decided, unsettled before settled, the fewest expected
    questions first, then the latest change, then the id.
    """
    found = [_listed_client(client) for client in clients]
    found.sort(key=lambda one: one.client.id)
    found.sort(key=lambda one: _seconds(one.client.changed), reverse=True)
    found.sort(key=_attention)
    cache: _SignCache = {}
    return {
        "rows": [_row(one, cache, texts) for one in found],
        "diary": _diary(found, texts).as_dict(),
    }


def _listed_client(client: Client) -> _ListedClient:
    answers = parse_answers(client.answers)
    return _ListedClient(client, answers, possible_verdicts(answers))


def _diary(clients: Sequence[_ListedClient], texts: Texts) -> Document:
    """Return the diary: how many clients of each verdict were taken, and how that went.

    Counts only: percentages would suggest an accuracy that the rule does not claim.
    """
    columns = [*DECISIONS, *PROJECT_RESULTS]
    decided = [one for one in clients if one.client.outcome.get("decision")]
    if not decided:
        return Document(texts("diary.title"), (Paragraph(texts("diary.nothing")),))
    rows = []
    for state in ("work", "clarify_first", "step_back", "out_of_scope", "open"):
        of_state = [
            one.client.outcome
            for one in decided
            if (one.possible[0] if one.settled else "open") == state
        ]
        if of_state:
            counts = [
                sum(column in (one.get("decision"), one.get("went")) for one in of_state)
                for column in columns
            ]
            label = texts("diary.open" if state == "open" else f"verdicts.{state}.title")
            rows.append(Row(label, tuple(map(str, counts))))
    table = Table(
        texts("diary.corner"), tuple(texts(f"diary.{column}") for column in columns), tuple(rows)
    )
    return Document(texts("diary.title"), (Paragraph(texts("diary.lead")), table))


def _attention(one: _ListedClient) -> tuple[bool, bool, float]:
    return (
        bool(one.client.outcome.get("decision")),
        one.settled,
        0.0 if one.settled else expected_questions_left(one.answers),
    )


def _seconds(changed: str) -> float:
    if not changed:
        return 0.0
    time = datetime.fromisoformat(changed)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def _row(one: _ListedClient, cache: _SignCache, texts: Texts) -> dict[str, Any]:
    decision = one.client.outcome.get("decision", "")
    return {
        "id": one.client.id,
        "name": name_of(one.client, texts),
        "state": state_of_verdicts(one.possible, one.answers),
        "verdict": verdict_in_words(one.client, texts),
        "next": "" if one.settled else _next(ask_next(one.answers)[0], texts),
        "decision": texts(f"outcome.{decision}") if decision else "",
        "signs": [_sign(sign, one.answers, cache, texts) for sign in SIGNS],
    }


def _sign(sign: Sign, answers: Answers, cache: _SignCache, texts: Texts) -> dict[str, Any]:
    given = [answers[fact] for condition in sign.conditions for fact in condition.facts]
    key = " ".join([sign.id, *given])
    if key not in cache:
        found = score_sign(sign, answers)
        cache[key] = {
            "title": texts(f"signs.{sign.id}.title"),
            "count": texts("result.count", met=len(found.met), needed=found.needed),
            "status": texts(f"result.status.{found.status}"),
            "cells": [condition.state(answers) for condition in sign.conditions],
        }
    return cache[key]


def _next(fact: str, texts: Texts) -> str:
    return texts("cases.next", question=texts(f"facts.{fact}.question"))
