"""A client's history: the log with changes of the verdict, and what changed since each meeting."""

from collections.abc import Iterator
from typing import Final

from checklist.clients import Client, ReplayedEntry, replay_log
from checklist.rules import FACTS, Verdict
from checklist.texts import Texts
from checklist.texts.numbers import group_thousands
from checklist.views.documents import Block, Document, Heading, Items, Paragraph, Row, Table
from checklist.views.times import format_time
from checklist.views.wording import answer_in_words, verdicts_in_words

MAX_ENTRIES: Final = 500
"""Entries shown, the newest; the number of earlier ones is stated below them."""


def history(client: Client, texts: Texts) -> Document:
    """Return a document: a comparison with each meeting, then the log, both newest first."""
    return Document(texts("history.title"), tuple(_blocks(client, texts)))


def _blocks(client: Client, texts: Texts) -> Iterator[Block]:
    entries = replay_log(client, MAX_ENTRIES)
    if not entries:
        yield Paragraph(texts("history.nothing"))
        return
    now = entries[-1].verdicts_after
    for replayed in reversed(entries):
        if "meeting" in replayed.entry:
            yield from _then_and_now(client, replayed, now, texts)
    yield Heading(texts("history.log"))
    lines = [_line(replayed, texts) for replayed in reversed(entries)]
    yield Items(tuple(line for line in lines if line))
    if earlier := len(client.log) - len(entries):
        shown = group_thousands(earlier, texts.lang)
        yield Paragraph(texts.counted("history.earlier", earlier, shown=shown), small=True)


def _then_and_now(
    client: Client, replayed: ReplayedEntry, now: tuple[Verdict, ...], texts: Texts
) -> Iterator[Block]:
    yield Heading(texts("history.meeting", at=format_time(replayed.entry["at"], texts)))
    if words := replayed.entry["meeting"].strip():
        yield Paragraph(words)
    rows = [
        Row(
            texts("history.verdict"),
            (verdicts_in_words(replayed.verdicts_before, texts), verdicts_in_words(now, texts)),
            differs=replayed.verdicts_before != now,
        )
    ]
    rows += [
        Row(
            texts(f"facts.{fact.id}.question"),
            tuple(
                answer_in_words(state.get(fact.id), texts)
                for state in (replayed.answers_before, client.answers)
            ),
            differs=True,
        )
        for fact in FACTS
        if replayed.answers_before.get(fact.id) != client.answers.get(fact.id)
    ]
    if len(rows) == 1:
        yield Paragraph(texts("history.unchanged"))
    yield Table(
        texts("history.corner"), (texts("history.before"), texts("history.now")), tuple(rows)
    )


def _line(replayed: ReplayedEntry, texts: Texts) -> str:
    """Return an entry as a sentence; empty for an entry that has nothing this page knows."""
    at = format_time(replayed.entry["at"], texts)
    known = {fact.id for fact in FACTS}
    if "answers" in replayed.entry:
        changed = "; ".join(
            texts(
                "history.answer",
                question=texts(f"facts.{fact}.question"),
                before=answer_in_words(before, texts),
                after=answer_in_words(after, texts),
            )
            for fact, (before, after) in replayed.entry["answers"].items()
            if fact in known
        )
        if not changed:
            return ""
        moved = (
            texts(
                "history.moved",
                before=verdicts_in_words(replayed.verdicts_before, texts),
                after=verdicts_in_words(replayed.verdicts_after, texts),
            )
            if replayed.changed_verdict
            else ""
        )
        return texts("history.line_moved", at=at, what=changed, moved=moved).rstrip()
    what = _describe_other(replayed, known, texts)
    return texts("history.line", at=at, what=what) if what else ""


def _describe_other(replayed: ReplayedEntry, known: set[str], texts: Texts) -> str:
    entry = replayed.entry
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
