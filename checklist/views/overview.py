"""All clients: what needs attention first, and the diary's own counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from checklist.cases import COURSES, DECISIONS, Case
from checklist.rules import SIGNS, Result, expected_questions_left
from checklist.texts import Texts
from checklist.texts.explanation import state_of
from checklist.views.documents import Document, Paragraph, Row, Table
from checklist.views.wording import name_of, scored, verdict_in_words


@dataclass(frozen=True, slots=True)
class _Scored:
    case: Case
    result: Result
    state: str


def overview(cases: Iterable[Case], texts: Texts) -> dict[str, Any]:
    """Return a row for each client and the diary, as plain values.

    Rows are sorted by what needs attention: undecided before decided, unsettled before settled,
    the fewest questions to go first, then the latest change.
    """
    found = [_Scored(case, result, state_of(result, case.answers)) for case, result in _all(cases)]
    found.sort(key=lambda one: one.case.id)
    found.sort(key=lambda one: _seconds(one.case.changed), reverse=True)
    found.sort(key=_attention)
    return {
        "rows": [_row(one, texts) for one in found],
        "diary": diary([one.case for one in found], texts).as_dict(),
    }


def diary(cases: Sequence[Case], texts: Texts) -> Document:
    """Return the visitor's own counts: never shares, and nothing the rule takes into account."""
    columns = [*DECISIONS, *COURSES]
    decided = [case for case in cases if case.outcome.get("decision")]
    if not decided:
        return Document(texts("diary.title"), (Paragraph(texts("diary.nothing")),))
    rows = []
    for state in ("work", "clarify_first", "step_back", "out_of_scope", "open"):
        of_state = [case.outcome for case in decided if (scored(case).verdict or "open") == state]
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


def _all(cases: Iterable[Case]) -> Iterable[tuple[Case, Result]]:
    return ((case, scored(case)) for case in cases)


def _attention(one: _Scored) -> tuple[bool, bool, float]:
    return (
        bool(one.case.outcome.get("decision")),
        one.result.settled,
        0.0 if one.result.settled else expected_questions_left(one.case.answers),
    )


def _seconds(changed: str) -> float:
    if not changed:
        return 0.0
    time = datetime.fromisoformat(changed)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def _row(one: _Scored, texts: Texts) -> dict[str, Any]:
    decision = one.case.outcome.get("decision", "")
    return {
        "id": one.case.id,
        "name": name_of(one.case, texts),
        "state": one.state,
        "verdict": verdict_in_words(one.case, texts),
        "next": _next(one, texts),
        "decision": texts(f"outcome.{decision}") if decision else "",
        "signs": [
            {
                "title": texts(f"signs.{sign.id}.title"),
                "count": texts("result.count", met=len(found.met), needed=found.needed),
                "status": texts(f"result.status.{found.status}"),
                "cells": [
                    next(
                        state
                        for state in ("met", "unmet", "unknown")
                        if condition.id in getattr(found, state)
                    )
                    for condition in sign.conditions
                ],
            }
            for sign, found in zip(SIGNS, one.result.signs, strict=True)
        ],
    }


def _next(one: _Scored, texts: Texts) -> str:
    if not one.result.ask_next:
        return ""
    question = texts(f"facts.{one.result.ask_next[0]}.question")
    return texts("cases.next", question=question)
