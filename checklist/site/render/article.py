"""Mark the article's phrases, so that facts, signs and quotations can link to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import Final

from checklist.rules import FACTS, RULE, SIGNS
from checklist.texts import Texts
from checklist.views.losses import LOSSES

CONTEXT: Final = ("early", "culture", "age", "experience")
"""Circumstances that are no reason to refuse, according to the article; they are not scored."""
ARTICLE: Final = ("sharper", "delicate", "success", "together", "not_every", "first_signs")
"""The other passages that pages of the guide quote."""


class SourceError(ValueError):
    """Phrases that cannot be marked in the article; the message has a line for each."""


@dataclass(frozen=True, slots=True)
class _Span:
    """The positions of a phrase in the article, and the ids that link to it."""

    start: int
    end: int
    ids: tuple[str, ...]


def phrases(texts: Texts) -> dict[str, str]:
    """Return the phrases to mark, by id: the sources of facts, signs and so on, and quotations."""
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
    """Return the id of a phrase's element in the article."""
    return f"from-{id_}"


def mark_phrases(markdown: str, phrases: Mapping[str, str]) -> str:
    """Return the article with every phrase wrapped in an element to link to.

    ``phrases`` maps ids to phrases. Several ids may have the same phrase, and a phrase may contain
    another. Raises ``SourceError`` if a phrase does not occur exactly once, or if two overlap.
    """
    problems = [
        f"{id_}: the article has “{phrase}” {count} times, not once"
        for id_, phrase in phrases.items()
        if (count := markdown.count(phrase)) != 1
    ]
    if problems:
        raise SourceError("\n".join(problems))
    spans = _spans(markdown, phrases)
    _require_nesting(spans)
    return _wrap(markdown, spans)


def _spans(markdown: str, phrases: Mapping[str, str]) -> list[_Span]:
    """Return the span of each phrase, in order; a phrase comes before those that it contains."""
    ids: dict[str, list[str]] = {}
    for id_, phrase in phrases.items():
        ids.setdefault(phrase, []).append(id_)
    spans = [
        _Span(start, start + len(phrase), tuple(its_ids))
        for phrase, its_ids in ids.items()
        for start in [markdown.index(phrase)]
    ]
    return sorted(spans, key=lambda span: (span.start, -span.end))


def _require_nesting(spans: Iterable[_Span]) -> None:
    overlapping = [
        f"{', '.join(one.ids)} and {', '.join(other.ids)}: phrases that cross"
        for one, other in combinations(spans, 2)
        if one.start < other.start < one.end < other.end
    ]
    if overlapping:
        raise SourceError("\n".join(overlapping))


def _wrap(markdown: str, spans: Iterable[_Span]) -> str:
    """Insert the tags from the end to the start, so that earlier positions remain valid."""
    tags: list[tuple[int, int, str]] = []
    for depth, span in enumerate(spans):
        opening = "".join(f'<span class="source" id="{escape(anchor(id_))}">' for id_ in span.ids)
        tags.append((span.start, depth, opening))
        tags.append((span.end, -depth, "</span>" * len(span.ids)))
    for position, _, tag in sorted(tags, key=lambda one: one[:2], reverse=True):
        markdown = markdown[:position] + tag + markdown[position:]
    return markdown
