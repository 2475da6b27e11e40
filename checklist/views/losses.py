"""The losses for both sides: the article's four kinds of loss, for the signs that are present."""

from collections.abc import Iterator
from typing import Any, Final

from checklist.clients import Client
from checklist.rules import WALL
from checklist.texts import Texts
from checklist.texts.numbers import group_thousands
from checklist.views.documents import Block, Document, Heading, Paragraph, Quote
from checklist.views.wording import result_of

_MAX_PLAUSIBLE: Final = 1e15
LOSSES: Final = ("time", "opportunities", "prospects", "stress")


def losses(client: Client, texts: Texts) -> Document:
    """Return the losses to expect, or a note that no sign is present or that it is still open."""
    return Document(texts("losses.title"), tuple(_blocks(client, texts)))


def _blocks(client: Client, texts: Texts) -> Iterator[Block]:
    result = result_of(client)
    found = [sign.id for sign in result.signs if sign.status == "present"]
    if client.answers.get(WALL) == "yes":
        found.append("wall")
    if result.verdict != "step_back":
        yield Paragraph(texts("losses.none" if result.settled else "losses.open"))
        return
    if not found:
        yield Paragraph(texts("losses.either"))
    for sign in found:
        yield Heading(texts("groups.wall.title" if sign == "wall" else f"signs.{sign}.title"))
        yield Paragraph(texts(f"losses.{sign}"))
    for loss in LOSSES:
        yield Heading(texts(f"losses.{loss}.title"))
        yield Quote(texts(f"losses.{loss}.source"), source=loss)
        yield Paragraph(texts(f"losses.{loss}.you"))
        yield Paragraph(texts(f"losses.{loss}.client"))


def estimate(figures: dict[str, Any], texts: Texts) -> str:
    """Return a sentence on the time at risk, and on its value if a rate is given.

    ``figures`` may hold the numbers ``hours`` (per week), ``weeks`` (1 if missing) and ``rate``
    (money per hour). The sentence is empty if no hours are given, or implausibly many.
    """
    exact = figures.get("hours", 0) * figures.get("weeks", 1)
    hours = round(exact) if exact < _MAX_PLAUSIBLE else 0
    if not hours:
        return ""
    shown = group_thousands(hours, texts.lang)
    time = texts.counted("estimate.hours", hours, shown=shown)
    worth = hours * figures.get("rate", 0)
    money = round(worth) if worth < _MAX_PLAUSIBLE else 0
    if not money:
        return texts("estimate.time", time=time)
    return texts("estimate.money", time=time, money=group_thousands(money, texts.lang))
