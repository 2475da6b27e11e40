"""A client's history: the log with changes of the verdict, and what changed since each meeting."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from checklist.advice import CHECKS, STAGES
from checklist.clients import Client, ReplayedEntry, replay_log
from checklist.rules import FACTS, Answers, Verdict
from checklist.texts import Texts
from checklist.texts.numbers import group_thousands
from checklist.views.documents import Block, Document, Heading, Items, Paragraph, Row, Table
from checklist.views.times import format_time
from checklist.views.wording import answer_in_words, question_of, verdicts_in_words

_CHECK_IDS: Final = frozenset(check.id for check in CHECKS)
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
    if trimmed := client.trimmed:
        shown = group_thousands(trimmed, texts.lang)
        yield Paragraph(texts.counted("history.trimmed", trimmed, shown=shown), small=True)


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
    facts = [(f"facts.{fact.id}.question", fact.id) for fact in FACTS]
    checks = [(f"checks.{check.id}.question", check.id) for check in CHECKS]
    rows += _changed(facts, replayed.answers_before, client.answers, texts)
    rows += _changed(checks, replayed.checks_before, client.checks, texts)
    if len(rows) == 1:
        yield Paragraph(texts("history.unchanged"))
    yield Table(
        texts("history.corner"), (texts("history.before"), texts("history.now")), tuple(rows)
    )


def _changed(
    questions: Iterable[tuple[str, str]], before: Answers, now: Answers, texts: Texts
) -> Iterator[Row]:
    """Yield a row for each answer that has changed; a question is the key of its text and an id."""
    for key, id_ in questions:
        if before.get(id_) != now.get(id_):
            cells = tuple(answer_in_words(state.get(id_), texts) for state in (before, now))
            yield Row(texts(key), cells, differs=True)


def _line(replayed: ReplayedEntry, texts: Texts) -> str:
    """Return an entry as a sentence; empty for an entry that has nothing this page knows."""
    at = format_time(replayed.entry["at"], texts)
    known = {fact.id for fact in FACTS}
    if "answers" in replayed.entry:
        changed = _answers_changed(replayed.entry["answers"], "facts", known, texts)
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


def _answers_changed(
    changes: Mapping[str, Sequence[str | None]], section: str, known: Container[str], texts: Texts
) -> str:
    """Return the changed answers to the questions of a section of the texts, in one line."""
    return "; ".join(
        texts(
            "history.answer",
            question=texts(f"{section}.{id_}.question"),
            before=answer_in_words(before, texts),
            after=answer_in_words(after, texts),
        )
        for id_, (before, after) in changes.items()
        if id_ in known
    )


def _describe_other(replayed: ReplayedEntry, known: set[str], texts: Texts) -> str:
    entry = replayed.entry
    if entry.get("note") in known | _CHECK_IDS:
        return texts(
            "history.note",
            question=question_of(entry["note"], texts),
            text=entry.get("text", "").strip() or texts("history.erased"),
        )
    if "meeting" in entry:
        return texts("history.met")
    if entry.get("decision") in ("taken", "declined"):
        return texts(f"history.decision.{entry['decision']}")
    if "rules" in entry:
        return texts("history.rules", version=str(entry["rules"]))
    return _describe_beside(entry, texts)


def _describe_beside(entry: Mapping[str, Any], texts: Texts) -> str:
    if "checks" in entry:
        return _answers_changed(entry["checks"], "checks", _CHECK_IDS, texts)
    return texts(f"notices.{entry['stage']}") if entry.get("stage") in STAGES else ""
