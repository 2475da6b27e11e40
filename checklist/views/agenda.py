"""The agenda of the next meeting with a client: what to ask, in the order of a conversation."""

from collections.abc import Iterator
from typing import Final

from checklist.clients import Client
from checklist.rules import FACTS, WALL, Answers, Result, parse_answers, score
from checklist.texts import Texts
from checklist.views.documents import Block, Document, Heading, Paragraph, Quote, Space

CONVERSATION_ORDER: Final = (
    "knows_goal",
    "quality_ok",
    "deadline_ok",
    "budget_ok",
    "compromises",
    "decides",
    "takes_responsibility",
    "participates",
    "trusts_opinion",
    "hit_wall",
)
"""The goal first, then terms and compromise, then who decides; trust and failed attempts, the
hardest to talk about, come last."""


def topics(answers: Answers, result: Result) -> tuple[str, ...]:
    """Return the ids of the facts to talk about, in ``CONVERSATION_ORDER``.

    If the verdict is not settled: the facts that can still change it. If it is settled on
    ``clarify_first`` or ``step_back``: the facts with a bad answer. Otherwise none.
    """
    if result.settled:
        bad = {fact.id: fact.bad for fact in FACTS if fact.scored}
        wanted = {fact for fact, answer in answers.items() if answer == bad.get(fact)}
        wanted = wanted if result.verdict in ("clarify_first", "step_back") else set()
    else:
        wanted = set(result.ask_next)
    return tuple(fact for fact in CONVERSATION_ORDER if fact in wanted)


def agenda(client: Client, texts: Texts) -> Document:
    """Return the agenda of the next meeting as a document to print."""
    answers = parse_answers(client.answers)
    result = score(answers)
    facts = topics(answers, result)
    return Document(texts("agenda.title"), tuple(_blocks(facts, result, texts)))


def _blocks(facts: tuple[str, ...], result: Result, texts: Texts) -> Iterator[Block]:
    if not facts:
        yield Paragraph(texts("agenda.nothing"))
        return
    yield Paragraph(texts("agenda.settled" if result.settled else "agenda.open"))
    yield Paragraph(texts("agenda.private"), small=True)
    for number, fact in enumerate(facts, 1):
        yield Heading(f"{number}. {texts(f'facts.{fact}.question')}")
        if not result.settled and fact == result.ask_next[0]:
            yield Paragraph(texts("agenda.first"), small=True)
        if fact != WALL:
            yield Quote(texts(f"facts.{fact}.ask"))
        elif result.settled:
            yield Quote(texts("agenda.wall"))
        elif facts == (WALL,):  # it is no question for a conversation with other things open
            yield Quote(texts(f"facts.{WALL}.ask"))
        yield Paragraph(texts(f"facts.{fact}.{'remedy' if result.settled else 'find_out'}"))
        yield Space()
    yield Heading(texts("agenda.end"))
    yield Paragraph(texts("agenda.end_text"))
    yield Space(3)
