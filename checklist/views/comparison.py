"""Two to four clients side by side."""

from collections.abc import Iterator, Sequence
from typing import Final

from checklist.cases import Case
from checklist.rules import FACTS, SIGNS
from checklist.texts import Texts
from checklist.texts.explanation import explain
from checklist.views.documents import Document, Row, Table
from checklist.views.wording import answer_in_words, name_of, scored, verdict_in_words

FEWEST: Final = 2
MOST: Final = 4


def comparison(cases: Sequence[Case], texts: Texts) -> Document:
    """Return the table: verdicts, reasons and signs, then each answer, differences marked.

    Raises ``ValueError`` for fewer than two cases or more than four.
    """
    if not FEWEST <= len(cases) <= MOST:
        raise ValueError(f"{len(cases)} cases: {FEWEST} to {MOST} can be compared")
    table = Table(
        texts("compare.corner"),
        _distinct([name_of(case, texts) for case in cases]),
        (*_verdicts(cases, texts), *_answers(cases, texts)),
    )
    return Document(texts("compare.title"), (table,))


def _verdicts(cases: Sequence[Case], texts: Texts) -> Iterator[Row]:
    results = [scored(case) for case in cases]
    explained = [
        explain(result, case.answers, texts) for result, case in zip(results, cases, strict=True)
    ]
    yield _row(texts("compare.verdict"), [verdict_in_words(case, texts) for case in cases])
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


def _answers(cases: Sequence[Case], texts: Texts) -> Iterator[Row]:
    for fact in FACTS:
        cells = []
        for case in cases:
            answer = answer_in_words(case.answers.get(fact.id), texts)
            note = case.notes.get(fact.id, "").strip()
            cells.append(texts("compare.with_note", answer=answer, note=note) if note else answer)
        given = {case.answers.get(fact.id, "unknown") for case in cases}
        yield Row(texts(f"facts.{fact.id}.question"), tuple(cells), differs=len(given) > 1)


def _row(label: str, cells: list[str]) -> Row:
    return Row(label, tuple(cells), differs=len(set(cells)) > 1)


def _distinct(names: list[str]) -> tuple[str, ...]:
    """The names, numbered where two clients have the same."""
    return tuple(
        f"{name} ({names[: index + 1].count(name)})" if names.count(name) > 1 else name
        for index, name in enumerate(names)
    )
