"""What each side loses: the article's four losses, by the sign that was found."""

from collections.abc import Iterator
from typing import Any, Final

from checklist.clients import Client
from checklist.rules import WALL
from checklist.texts import Texts
from checklist.texts.numbers import grouped
from checklist.views.documents import Block, Document, Heading, Paragraph, Quote
from checklist.views.wording import scored

_NOBODY_HAS: Final = 1e15
LOSSES: Final = ("time", "opportunities", "prospects", "stress")


def losses(client: Client, texts: Texts) -> Document:
    """Return the losses that the found signs bring, and the case for going on."""
    return Document(texts("losses.title"), tuple(_blocks(client, texts)))


def _blocks(client: Client, texts: Texts) -> Iterator[Block]:
    result = scored(client)
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
    """Return the time at risk in a sentence: hours a week, for how many weeks, at what rate.

    ``figures`` holds ``hours``, ``weeks`` and ``rate``, each a number or missing. An empty
    string where there is nothing to say.
    """
    exact = figures.get("hours", 0) * figures.get("weeks", 1)
    hours = round(exact) if exact < _NOBODY_HAS else 0
    if not hours:
        return ""
    shown = grouped(hours, texts.lang)
    time = texts.counted("estimate.hours", hours, shown=shown)
    worth = hours * figures.get("rate", 0)
    money = round(worth) if worth < _NOBODY_HAS else 0
    if not money:
        return texts("estimate.time", time=time)
    return texts("estimate.money", time=time, money=grouped(money, texts.lang))
