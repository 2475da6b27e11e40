"""The comparison of two to four clients in a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from checklist.advice import CHECKS, STAGES
from checklist.clients import Client
from checklist.rules import FACTS, SIGNS
from checklist.texts import Texts
from checklist.texts.explanation import explain
from checklist.views.documents import Document, Row, Table
from checklist.views.wording import (
    answer_in_words,
    name_of,
    notices_in_words,
    result_of,
    stage_in_words,
    verdict_in_words,
)

MIN_COMPARED: Final = 2
MAX_COMPARED: Final = 4


def comparison(clients: Sequence[Client], texts: Texts) -> Document:
    """Return a document with a column for each client.

    Rows: verdict, reasons to stop (if there are any), reason, each sign, then each answer with its
    note; then, as far as there are any, the stage, the other notices and the answers beside the
    rule. Rows that differ are marked.
    Raises ``ValueError`` for fewer than two clients or more than four.
    """
    if not MIN_COMPARED <= len(clients) <= MAX_COMPARED:
        raise ValueError(f"{len(clients)} clients, not {MIN_COMPARED} to {MAX_COMPARED}")
    table = Table(
        texts("compare.corner"),
        _distinct([name_of(client, texts) for client in clients]),
        (*_verdicts(clients, texts), *_answers(clients, texts), *_beside(clients, texts)),
    )
    return Document(texts("compare.title"), (table,))


def _verdicts(clients: Sequence[Client], texts: Texts) -> Iterator[Row]:
    results = [result_of(client) for client in clients]
    explained = [
        explain(result, client.answers, texts)
        for result, client in zip(results, clients, strict=True)
    ]
    yield _row(texts("compare.verdict"), [verdict_in_words(client, texts) for client in clients])
    stops = ["; ".join(notices_in_words(client, texts, "stop")) for client in clients]
    if any(stops):
        yield _row(texts("notices.stop"), stops)
    yield _row(
        texts("result.because"),
        [
            "; ".join(one["text"] for one in (each["because"] or [[]])[0])
            or texts("cases.next", question=each["ask"]["question"])
            for each in explained
        ],
    )
    for index, sign in enumerate(SIGNS):
        yield _row(
            texts(f"signs.{sign.id}.title"),
            [
                texts(
                    "compare.sign",
                    count=each["signs"][index]["count"],
                    status=each["signs"][index]["status_text"],
                )
                for each in explained
            ],
        )


def _answers(clients: Sequence[Client], texts: Texts) -> Iterator[Row]:
    for fact in FACTS:
        cells = []
        for client in clients:
            answer = answer_in_words(client.answers.get(fact.id), texts)
            note = client.notes.get(fact.id, "").strip()
            cells.append(texts("compare.with_note", answer=answer, note=note) if note else answer)
        given = {client.answers.get(fact.id, "unknown") for client in clients}
        yield Row(texts(f"facts.{fact.id}.question"), tuple(cells), differs=len(given) > 1)


def _beside(clients: Sequence[Client], texts: Texts) -> Iterator[Row]:
    if any(client.stage != STAGES[0] for client in clients):
        yield _row(texts("notices.stage"), [stage_in_words(client, texts) for client in clients])
    found = ["; ".join(notices_in_words(client, texts, "settle", "mine")) for client in clients]
    if any(found):
        yield _row(texts("notices.title"), found)
    for check in CHECKS:
        given = [client.checks.get(check.id) for client in clients]
        if any(given):
            cells = [answer_in_words(answer, texts) for answer in given]
            known = {answer or "unknown" for answer in given}
            yield Row(texts(f"checks.{check.id}.question"), tuple(cells), differs=len(known) > 1)


def _row(label: str, cells: list[str]) -> Row:
    return Row(label, tuple(cells), differs=len(set(cells)) > 1)


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return the names, with a number appended to those that several clients have."""
    return tuple(
        f"{name} ({names[: index + 1].count(name)})" if names.count(name) > 1 else name
        for index, name in enumerate(names)
    )
