"""The agenda of the next meeting with a client: what to ask, in the order of a conversation."""

from collections.abc import Iterator

from checklist.advice import Situation, checks_to_ask, topics
from checklist.clients import Client
from checklist.rules import WALL, Result
from checklist.texts import Texts
from checklist.views.documents import Block, Document, Heading, Paragraph, Quote, Space
from checklist.views.wording import situation_of_client


def agenda(client: Client, texts: Texts) -> Document:
    """Return the agenda of the next meeting as a document to print."""
    situation = situation_of_client(client)
    return Document(texts("agenda.title"), tuple(_blocks(situation, texts)))


def _blocks(situation: Situation, texts: Texts) -> Iterator[Block]:
    facts = topics(situation.answers, situation.result)
    checks = checks_to_ask(situation)
    if facts or checks:
        yield Paragraph(texts("agenda.private"), small=True)
    if facts:
        yield from _facts(facts, situation.result, texts)
    else:
        yield Paragraph(texts("agenda.nothing"))
    if checks:
        yield from _checks(checks, len(facts), texts)
    if facts or checks:
        yield Heading(texts("agenda.end"))
        yield Paragraph(texts("agenda.end_text"))
        yield Space(3)


def _facts(facts: tuple[str, ...], result: Result, texts: Texts) -> Iterator[Block]:
    yield Paragraph(texts("agenda.settled" if result.settled else "agenda.open"))
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


def _checks(checks: tuple[str, ...], count: int, texts: Texts) -> Iterator[Block]:
    """Yield what stands beside the rule; ``count`` topics come before it."""
    yield Heading(texts("notices.title"))
    yield Paragraph(texts("notices.lead"))
    for number, check in enumerate(checks, count + 1):
        yield Heading(f"{number}. {texts(f'checks.{check}.question')}")
        yield Quote(texts(f"checks.{check}.say"))
        yield Paragraph(texts(f"checks.{check}.advice"))
        yield Space()
