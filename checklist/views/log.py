"""A case's history: what changed, which answer moved the verdict, and then and now."""

from collections.abc import Iterator
from typing import Final

from checklist.clients import Client, Move, moves
from checklist.rules import FACTS, Verdict
from checklist.texts import Texts
from checklist.texts.numbers import grouped
from checklist.views.documents import Block, Document, Heading, Items, Paragraph, Row, Table
from checklist.views.times import shown_time
from checklist.views.wording import answer_in_words, verdicts_in_words

LATEST: Final = 500
"""More entries than anybody reads; it is said how many there are before them."""


def history(client: Client, texts: Texts) -> Document:
    """Return the log, newest first, after what has changed since each meeting."""
    return Document(texts("history.title"), tuple(_blocks(client, texts)))


def _blocks(client: Client, texts: Texts) -> Iterator[Block]:
    played = moves(client, LATEST)
    if not played:
        yield Paragraph(texts("history.nothing"))
        return
    now = played[-1].after
    for move in reversed(played):
        if "meeting" in move.entry:
            yield from _then_and_now(client, move, now, texts)
    yield Heading(texts("history.log"))
    lines = [_line(move, texts) for move in reversed(played)]
    yield Items(tuple(line for line in lines if line))
    if earlier := len(client.log) - len(played):
        shown = grouped(earlier, texts.lang)
        yield Paragraph(texts.counted("history.earlier", earlier, shown=shown), small=True)


def _then_and_now(
    client: Client, move: Move, now: tuple[Verdict, ...], texts: Texts
) -> Iterator[Block]:
    yield Heading(texts("history.meeting", at=shown_time(move.entry["at"], texts)))
    if words := move.entry["meeting"].strip():
        yield Paragraph(words)
    rows = [
        Row(
            texts("history.verdict"),
            (verdicts_in_words(move.before, texts), verdicts_in_words(now, texts)),
            differs=move.before != now,
        )
    ]
    rows += [
        Row(
            texts(f"facts.{fact.id}.question"),
            tuple(
                answer_in_words(state.get(fact.id), texts) for state in (move.then, client.answers)
            ),
            differs=True,
        )
        for fact in FACTS
        if move.then.get(fact.id) != client.answers.get(fact.id)
    ]
    if len(rows) == 1:
        yield Paragraph(texts("history.unchanged"))
    yield Table(
        texts("history.corner"), (texts("history.before"), texts("history.now")), tuple(rows)
    )


def _line(move: Move, texts: Texts) -> str:
    """One entry as a sentence; empty for one of a kind that we do not know."""
    at = shown_time(move.entry["at"], texts)
    known = {fact.id for fact in FACTS}
    if "answers" in move.entry:
        changed = "; ".join(
            texts(
                "history.answer",
                question=texts(f"facts.{fact}.question"),
                before=answer_in_words(before, texts),
                after=answer_in_words(after, texts),
            )
            for fact, (before, after) in move.entry["answers"].items()
            if fact in known
        )
        moved = (
            texts(
                "history.moved",
                before=verdicts_in_words(move.before, texts),
                after=verdicts_in_words(move.after, texts),
            )
            if move.moved
            else ""
        )
        return texts("history.line_moved", at=at, what=changed, moved=moved).rstrip()
    what = _other(move, known, texts)
    return texts("history.line", at=at, what=what) if what else ""


def _other(move: Move, known: set[str], texts: Texts) -> str:
    entry = move.entry
    if entry.get("note") in known:
        return texts(
            "history.note",
            question=texts(f"facts.{entry['note']}.question"),
            text=entry.get("text", "").strip() or texts("history.erased"),
        )
    if "meeting" in entry:
        return texts("history.met")
    if entry.get("decision") in ("taken", "declined"):
        return texts(f"history.decision.{entry['decision']}")
    if "rules" in entry:
        return texts("history.rules", version=str(entry["rules"]))
    return ""
