"""The published article's phrases: each fact links to the words that it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import Final

from checklist.rules import FACTS, RULE, SIGNS
from checklist.texts import Texts
from checklist.views.losses import LOSSES

CONTEXT: Final = ("early", "culture", "age", "experience")
"""What the article says is no reason to refuse; it never counts."""
ARTICLE: Final = ("sharper", "delicate", "success", "together", "not_every", "first_signs")
"""What else pages of the guide quote."""


class SourceError(ValueError):
    """Phrases that the article no longer holds, every one of them named."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    ids: tuple[str, ...]


def phrases(texts: Texts) -> dict[str, str]:
    """Return the article's phrases by id: behind facts and signs, and what pages quote."""
    sections = {
        "facts": [fact.id for fact in FACTS],
        "signs": [sign.id for sign in SIGNS],
        "verdicts": dict.fromkeys(line.verdict for line in RULE),
        "losses": LOSSES,
        "context": CONTEXT,
        "article": ARTICLE,
    }
    return {
        id_: texts(f"{section}.{id_}.source") for section, ids in sections.items() for id_ in ids
    }


def anchor(id_: str) -> str:
    """Return the id that the phrase behind a fact has in the article."""
    return f"from-{id_}"


def mark_phrases(markdown: str, phrases: Mapping[str, str]) -> str:
    """Return the article with every phrase wrapped in an element to link to.

    ``phrases`` maps ids to phrases; several ids may share one phrase, and a phrase may lie
    inside another. Raises ``SourceError`` for each phrase that does not stand in the article
    exactly once, or that begins inside another and ends outside.
    """
    problems = [
        f"{id_}: the article has “{phrase}” {count} times, not once"
        for id_, phrase in phrases.items()
        if (count := markdown.count(phrase)) != 1
    ]
    if problems:
        raise SourceError("\n".join(problems))
    places = _places(markdown, phrases)
    _require_nesting(places)
    return _wrap(markdown, places)


def _places(markdown: str, phrases: Mapping[str, str]) -> list[_Place]:
    """Where the phrases stand, each place once, outer before inner."""
    ids: dict[str, list[str]] = {}
    for id_, phrase in phrases.items():
        ids.setdefault(phrase, []).append(id_)
    places = [
        _Place(start, start + len(phrase), tuple(its_ids))
        for phrase, its_ids in ids.items()
        for start in [markdown.index(phrase)]
    ]
    return sorted(places, key=lambda place: (place.start, -place.end))


def _require_nesting(places: Iterable[_Place]) -> None:
    crossing = [
        f"{', '.join(one.ids)} and {', '.join(other.ids)}: phrases that cross"
        for one, other in combinations(places, 2)
        if one.start < other.start < one.end < other.end
    ]
    if crossing:
        raise SourceError("\n".join(crossing))


def _wrap(markdown: str, places: Iterable[_Place]) -> str:
    """Insert the tags from the end backwards, so that earlier positions stay true."""
    tags: list[tuple[int, int, str]] = []
    for depth, place in enumerate(places):
        opening = "".join(f'<span class="source" id="{escape(anchor(id_))}">' for id_ in place.ids)
        tags.append((place.start, depth, opening))
        tags.append((place.end, -depth, "</span>" * len(place.ids)))
    for position, _, tag in sorted(tags, key=lambda one: one[:2], reverse=True):
        markdown = markdown[:position] + tag + markdown[position:]
    return markdown
