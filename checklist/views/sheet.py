"""The sheet: one client on one page, to print or to share."""

from collections.abc import Iterator

from checklist.advice import CHECKS, STAGES
from checklist.clients import Client
from checklist.rules import FACTS
from checklist.texts import Texts
from checklist.texts.explanation import explain, in_one_line
from checklist.views.documents import Block, Document, Heading, Items, Paragraph, Row, Table
from checklist.views.notices import Advice, advise, notice_line, signing_line
from checklist.views.times import format_time
from checklist.views.wording import (
    answer_in_words,
    name_of,
    situation_of_client,
    stage_in_words,
    verdict_in_words,
)


def sheet(client: Client, texts: Texts) -> Document:
    """Return the verdict with its reason, what would change it, the answers and the decision."""
    title = texts("sheet.title", name=name_of(client, texts))
    return Document(title, tuple(_blocks(client, texts)))


def _blocks(client: Client, texts: Texts) -> Iterator[Block]:
    situation = situation_of_client(client)
    explained = explain(situation.result, client.answers, texts)
    advice = advise(situation, texts)
    if client.changed:
        yield Paragraph(texts("sheet.changed", at=format_time(client.changed, texts)), small=True)
    yield Heading(verdict_in_words(client, texts))
    yield from _notices(advice, texts, is_stop=True)
    yield Paragraph(explained["lead"])
    if explained["because"]:
        yield Heading(explained["because_title"])
        yield Items(tuple(one["text"] for one in explained["because"][0]))
    if explained["not_no"]:
        yield Heading(texts("result.not_no"))
        yield Items(tuple(one["text"] for one in explained["not_no"]))
    if explained["change"]:
        yield Heading(texts("result.change"))
        yield Paragraph(explained["change_lead"])
        yield Items(tuple(in_one_line(each, texts) for each in explained["change"]))
    if explained["ask"]:
        yield Heading(texts("result.ask"))
        yield Items((explained["ask"]["question"],))
    yield from _notices(advice, texts, is_stop=False)
    if advice["signing"]:
        yield Heading(advice["signing_title"])
        yield Items(tuple(signing_line(item, texts) for item in advice["signing"]))
    yield Heading(texts("sheet.answers"))
    yield Table(
        texts("sheet.question"),
        (texts("sheet.answer"), texts("sheet.note")),
        tuple(
            Row(
                texts(f"facts.{fact.id}.question"),
                (
                    answer_in_words(client.answers.get(fact.id), texts),
                    client.notes.get(fact.id, "").strip(),
                ),
            )
            for fact in FACTS
        ),
    )
    yield from _checks(client, texts)
    yield from _decision(client, texts)
    yield Paragraph(texts("sheet.foot", rules=client.rules), small=True)


def _notices(advice: Advice, texts: Texts, *, is_stop: bool) -> Iterator[Block]:
    """Yield what calls for a stop, which stands above the verdict's advice, or the rest.

    The heading of a stop says by itself that it is not the article's.
    """
    shown = [one for one in advice["notices"] if (one["weight"] == "stop") == is_stop]
    if shown:
        yield Heading(shown[0]["weight_text"] if is_stop else advice["title"])
        if not is_stop:
            yield Paragraph(advice["lead"], small=True)
        yield Items(tuple(notice_line(one, texts) for one in shown))


def _checks(client: Client, texts: Texts) -> Iterator[Block]:
    """Yield the checks that are answered, and the stage if work has begun."""
    rows = [
        Row(
            texts(f"checks.{check.id}.question"),
            (
                answer_in_words(client.checks[check.id], texts),
                client.notes.get(check.id, "").strip(),
            ),
        )
        for check in CHECKS
        if check.id in client.checks
    ]
    if client.stage != STAGES[0]:
        rows.insert(0, Row(texts("notices.stage"), (stage_in_words(client, texts), "")))
    if rows:
        yield Heading(texts("notices.answers"))
        columns = (texts("sheet.answer"), texts("sheet.note"))
        yield Table(texts("sheet.question"), columns, tuple(rows))


def _decision(client: Client, texts: Texts) -> Iterator[Block]:
    lines = []
    if decision := client.outcome.get("decision"):
        lines.append(texts(f"outcome.{decision}"))
    if went := client.outcome.get("went"):
        lines.append(texts("outcome.went_line", went=texts(f"outcome.{went}")))
    lines.append(client.outcome.get("words", "").strip())
    if client.staying:
        lines.append(texts("sheet.staying", because=client.staying))
    if shown := tuple(filter(None, lines)):
        yield Heading(texts("sheet.decision"))
        yield Items(shown)
