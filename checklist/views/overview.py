"""The client list: a row for each client, by urgency, and the diary of decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from checklist.clients import DECISIONS, PROJECT_RESULTS, Client
from checklist.rules import (
    Answers,
    Verdict,
    ask_next,
    expected_questions_left,
    parse_answers,
    possible_verdicts,
)
from checklist.texts import Texts
from checklist.texts.explanation import join_alternatives, state_of_verdicts
from checklist.views.documents import Document, Paragraph, Row, Table
from checklist.views.wording import name_of, notices_in_words, verdict_in_words

_MOST_NAMED: Final = 2
"""How many possible verdicts a row names."""


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
    return {
        "rows": [_row(one, texts) for one in found],
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


def _row(one: _ListedClient, texts: Texts) -> dict[str, Any]:
    decision = one.client.outcome.get("decision", "")
    stop = ". ".join(notices_in_words(one.client, texts, "stop"))
    state = state_of_verdicts(one.possible, one.answers)
    return {
        "id": one.client.id,
        "name": name_of(one.client, texts),
        "state": state,
        "verdict": _verdict(one, state, texts),
        "next": stop or _next(one, texts),
        "stops": bool(stop),
        "decision": texts(f"outcome.{decision}") if decision else "",
    }


def _verdict(one: _ListedClient, state: str, texts: Texts) -> str:
    """Return the verdict in one line, without the possible ones if all three are possible."""
    if state != "open":
        return verdict_in_words(one.client, texts)
    if len(one.possible) > _MOST_NAMED:
        return texts("cases.open")
    return texts("cases.open_between", verdicts=join_alternatives(one.possible, texts))


def _next(one: _ListedClient, texts: Texts) -> str:
    if one.settled:
        return ""
    return texts("cases.next", question=texts(f"facts.{ask_next(one.answers)[0]}.question"))
