"""Draw diagrams as SVG: a sign as conditions joined by "and", the rule as a path of questions.

Each is as wide as a phone's screen, so that its text is readable there. Colours and fonts come from
the page's styles, and all text from the arguments.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH: Final = 360
_LINE_HEIGHT: Final = 20
_PAD: Final = 13
_GAP: Final = 34
_LETTER_WIDTH: Final = 8.3  # the mean, Cyrillic included, at the font size of the drawings


@dataclass(frozen=True, slots=True)
class Caption:
    """The accessible name of a drawing; ``id`` is the prefix of its element ids."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict in a drawing: its id selects the colour, ``title`` is its text."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A question of a path, and the verdict if the answer is yes."""

    question: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Box:
    """A frame with lines of text."""

    x: int
    y: int
    width: int
    lines: tuple[str, ...]
    verdict: str  # none for a question or a condition
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def svg(self) -> str:
        first = self.y + self.height / 2 - (len(self.lines) - 1) * _LINE_HEIGHT / 2 + 5
        words = "".join(
            f'<text x="{self.middle}" y="{first + number * _LINE_HEIGHT:g}">{escape(line)}</text>'
            for number, line in enumerate(self.lines)
        )
        frame = (
            f'<rect x="{self.x}" y="{self.y}" width="{self.width}" height="{self.height}" rx="10"/>'
        )
        verdict = f' data-verdict="{self.verdict}"' if self.verdict else ""
        return f'<g class="drawing__box"{verdict}>{frame}{words}</g>'


def chain(caption: Caption, boxes: Sequence[str], joiner: str, outcome: Outcome) -> str:
    """Return boxes below each other, joined by a word, with an arrow to the outcome."""
    drawn: list[_Box] = []
    parts: list[str] = []
    y = 2
    for number, words in enumerate(boxes):
        if number:
            parts += [_line(_WIDTH // 2, y, y + _GAP), _word(_WIDTH // 2, y + _GAP // 2, joiner)]
            y += _GAP
        drawn.append(_box(words, 12, y, _WIDTH - 24))
        y = drawn[-1].bottom
    parts.append(_arrow(_WIDTH // 2, y, _WIDTH // 2, y + _GAP))
    drawn.append(_box(outcome.title, 70, y + _GAP, _WIDTH - 140, outcome.id))
    return _svg(caption, parts, drawn)


def path(caption: Caption, steps: Iterable[Step], words: tuple[str, str], last: Outcome) -> str:
    """Return questions below each other, each with an arrow to its verdict.

    ``words`` are the labels for yes and no; ``last`` is the verdict if every answer is no.
    """
    yes, no = words
    drawn: list[_Box] = []
    parts: list[str] = []
    y = 2
    for step in steps:
        question = _box(step.question, 2, y, 212)
        verdict = _box(step.outcome.title, 250, y, 108, step.outcome.id)
        height = max(question.height, verdict.height)
        pair = [_as_high(question, height), _as_high(verdict, height)]
        drawn += pair
        middle = y + height // 2
        parts += [
            _arrow(214, middle, 250, middle),
            _word(231, middle - 11, yes),
            _arrow(108, y + height, 108, y + height + _GAP),
            _word(124, y + height + _GAP // 2, no),
        ]
        y += height + _GAP
    drawn.append(_box(last.title, 2, y, 212, last.id))
    return _svg(caption, parts, drawn)


def loop(caption: Caption, boxes: Sequence[str], back: tuple[int, int, str]) -> str:
    """Return boxes below each other joined by arrows, and one arrow back to an earlier box.

    ``back`` has the indexes of the boxes at which this arrow starts and ends, and its label.
    """
    start, end, words = back
    drawn: list[_Box] = []
    parts: list[str] = []
    y = 2
    for number, text in enumerate(boxes):
        if number:
            parts.append(_arrow(140, y, 140, y + _GAP))
            y += _GAP
        drawn.append(_box(text, 2, y, 276))
        y = drawn[-1].bottom
    low, high = (box.y + box.height // 2 for box in (drawn[start], drawn[end]))
    parts.append(
        f'<path class="drawing__line" marker-end="url(#{caption.id}-tip)"'
        f' d="M278 {low} H306 a8 8 0 0 0 8 -8 V{high + 8} a8 8 0 0 0 -8 -8 H282"/>'
    )
    middle = (low + high) // 2
    parts.append(
        f'<text class="drawing__word" transform="translate(336 {middle}) rotate(-90)">'
        f"{escape(words)}</text>"
    )
    return _svg(caption, parts, drawn)


def _box(words: str, x: int, y: int, width: int, verdict: str = "") -> _Box:
    lines = tuple(
        textwrap.wrap(words, int((width - 2 * _PAD) / _LETTER_WIDTH), break_long_words=False)
    )
    return _Box(x, y, width, lines, verdict, len(lines) * _LINE_HEIGHT + 2 * _PAD)


def _as_high(box: _Box, height: int) -> _Box:
    return _Box(box.x, box.y, box.width, box.lines, box.verdict, height)


def _line(x: int, top: int, bottom: int) -> str:
    return f'<path class="drawing__line" d="M{x} {top} V{bottom}"/>'


def _arrow(x: int, y: int, to_x: int, to_y: int) -> str:
    """Return a straight arrow that ends 4 units before the frame it points at."""
    end = (to_x, to_y - 4) if x == to_x else (to_x - 4, to_y)
    return f'<path class="drawing__line" marker-end="url(#tip)" d="M{x} {y} L{end[0]} {end[1]}"/>'


def _word(x: int, y: int, word: str) -> str:
    return f'<text class="drawing__word" x="{x}" y="{y + 5}">{escape(word)}</text>'


def _svg(caption: Caption, parts: Iterable[str], boxes: Sequence[_Box]) -> str:
    height = max(box.bottom for box in boxes) + 2
    id_ = caption.id
    tip = (
        f'<marker id="{id_}-tip" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker>'
    )
    body = "".join([*parts, *(box.svg() for box in boxes)]).replace("url(#tip)", f"url(#{id_}-tip)")
    return (
        f'<svg class="drawing" role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"'
        f' height="{height}" aria-labelledby="{id_}-title {id_}-about">'
        f'<title id="{id_}-title">{escape(caption.title)}</title>'
        f'<desc id="{id_}-about">{escape(caption.description)}</desc>'
        f"<defs>{tip}</defs>{body}</svg>"
    )
