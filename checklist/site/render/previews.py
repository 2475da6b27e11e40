"""Draw preview images, which messengers and search engines show beside a link."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
MARGIN: Final = 84

_PAPER: Final = "#f4f5f0"
_INK: Final = "#1c2423"
_QUIET: Final = "#4a5654"
_BRAND: Final = "#1f4d4a"
_LINES: Final = "#bfe3d4"
_TICK: Final = "#ffffff"
_VERDICTS: Final = ("#005a73", "#805000", "#8f1d3f")
_TITLE_SIZES: Final = range(80, 27, -4)
_TITLE_LINES: Final = 4
_TEXT_SIZE: Final = 30
_TEXT_LINES: Final = 3
_LEADING: Final = 1.22
_TEXT_LEADING: Final = 1.4
_FOOT: Final = 56
_STEP: Final = 20
_MARK: Final = 72
_SCALE: Final = 2  # drawn twice as large, then reduced, for smooth edges and even spacing
# The characters that only the Cyrillic font files have; see fonts.py.
_CYRILLIC: Final = frozenset(map(chr, (0x0300, 0x0301, *range(0x0400, 0x0530), 0x2116)))

# Pairs of adjacent colours: smooth edges need the shades between them. The palette is fixed, since
# one made for each image would slightly change the colours of the logo and the verdicts.
_ADJACENT: Final = (
    (_PAPER, _INK),
    (_PAPER, _QUIET),
    (_PAPER, _BRAND),
    (_BRAND, _LINES),
    (_BRAND, _TICK),
    *((colour, colour) for colour in _VERDICTS),
)
_SHADES: Final = 8


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the font: a file for each writing system."""

    latin: Path
    cyrillic: Path


@dataclass(frozen=True, slots=True)
class _Type:
    """A face at one size in pixels; each character is drawn with the font that has it."""

    latin: ImageFont.FreeTypeFont
    cyrillic: ImageFont.FreeTypeFont
    size: int

    def width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self.runs(text))

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        run, font = "", self.latin
        for letter in text:
            its_font = self.cyrillic if letter in _CYRILLIC else self.latin
            if its_font is not font and run:
                yield font, run
                run = ""
            font = its_font
            run += letter
        if run:
            yield font, run


def preview(title: str, about: str, site_name: str, *, body: Face, heading: Face) -> bytes:
    """Return the preview of a page as PNG: the site's mark and name, the title, a sentence.

    The same texts give the same bytes. The title has the largest size at which it fits; a sentence
    that is too long ends with an ellipsis. Raises ``ValueError`` if the title fits at no size, or
    if the font lacks a character.
    """
    image = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), _PAPER)
    draw = ImageDraw.Draw(image)
    left, room = MARGIN * _SCALE, (SIZE[0] - 2 * MARGIN) * _SCALE
    _draw_mark(draw, left, left - 12 * _SCALE)
    text = _type(body, _TEXT_SIZE)
    _draw_line(draw, (left + (_MARK + 24) * _SCALE, left + 6 * _SCALE), site_name, text, _BRAND)
    y: float = left + (_MARK + 44) * _SCALE
    sentence = _shortened(_wrapped(about, text, room), text, room)
    rest = (22 + _FOOT) * _SCALE + len(sentence) * text.size * _TEXT_LEADING
    large, lines = _fitting(title, heading, room, image.height - y - rest)
    for line in lines:
        _draw_line(draw, (left, y), line, large, _INK)
        y += large.size * _LEADING
    y += 22 * _SCALE
    for line in sentence:
        _draw_line(draw, (left, y), line, text, _QUIET)
        y += text.size * _TEXT_LEADING
    _draw_verdicts(draw, image.width, image.height)
    small = image.reduce(_SCALE)
    file = io.BytesIO()
    small.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _palette() -> Image.Image:
    """Return an image with the palette of all previews, as Pillow needs it."""
    shades: dict[tuple[int, ...], None] = {}
    for one, other in _ADJACENT:
        start, end = ImageColor.getrgb(one), ImageColor.getrgb(other)
        for step in range(_SHADES + 1):
            mixed = (a + (b - a) * step / _SHADES for a, b in zip(start, end, strict=True))
            shades[tuple(map(round, mixed))] = None
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in shades for part in shade])
    return palette


def _type(face: Face, size: int) -> _Type:
    drawn = size * _SCALE
    latin, cyrillic = (ImageFont.truetype(path, drawn) for path in (face.latin, face.cyrillic))
    return _Type(latin, cyrillic, drawn)


def _fitting(title: str, face: Face, room: float, height: float) -> tuple[_Type, list[str]]:
    """Return the largest size at which the title fits, and its lines, of similar length."""
    for size in _TITLE_SIZES:
        type_ = _type(face, size)
        lines = _wrapped(title, type_, room)
        tall = len(lines) * type_.size * _LEADING
        if (
            len(lines) <= _TITLE_LINES
            and tall <= height
            and max(map(type_.width, lines), default=0) <= room
        ):
            break
    else:
        raise ValueError(f"a title is too long for its preview: {title}")
    narrower = room
    while narrower > room / 2 and len(_wrapped(title, type_, narrower - _STEP)) == len(lines):
        narrower -= _STEP
    balanced = _wrapped(title, type_, narrower)
    return type_, balanced if max(map(type_.width, balanced)) <= room else lines


def _wrapped(text: str, type_: _Type, room: float) -> list[str]:
    """Return the text broken into lines at spaces, except at no-break spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and type_.width(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _shortened(lines: list[str], type_: _Type, room: float) -> list[str]:
    """Return the lines that there is room for, with an ellipsis if words are left out."""
    if len(lines) <= _TEXT_LINES:
        return lines
    *kept, last = lines[:_TEXT_LINES]
    while " " in last and type_.width(f"{last}…") > room:
        last = last.rpartition(" ")[0]
    return [*kept, last.rstrip(",;:—\u2013 ") + "…"]


def _draw_line(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, type_: _Type, colour: str
) -> None:
    x, y = at
    baseline = y + type_.size
    for font, run in type_.runs(text):
        for letter in set(run):
            if not letter.isspace() and not font.getmask(letter).getbbox():
                raise ValueError(f"the font of the previews has no character {letter!r}: {text}")
        draw.text((x, baseline), run, colour, font, anchor="ls")
        x += font.getlength(run)


def _draw_mark(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """Draw the logo of docs/assets/mark.svg, whose square is 32 units wide."""
    size = _MARK * _SCALE
    unit = size / 32

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + across * unit, y + down * unit) for across, down in points]

    def line(colour: str, thick: float, *points: tuple[float, float]) -> None:
        width = round(thick * unit)
        draw.line(at(*points), colour, width, joint="curve")
        for end in at(points[0], points[-1]):
            draw.circle(end, (width - 1) / 2, colour)

    draw.rounded_rectangle((x, y, x + size, y + size), 8 * unit, _BRAND)
    line(_LINES, 2.6, (8, 10.5), (17, 10.5))
    line(_LINES, 2.6, (8, 16), (13.5, 16))
    line(_TICK, 3, (12.5, 21.5), (16.5, 25.5), (24.5, 14.5))


def _draw_verdicts(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """Draw a line in the colours of the three verdicts along the lower edge."""
    third = width / len(_VERDICTS)
    top = height - 14 * _SCALE
    for number, colour in enumerate(_VERDICTS):
        draw.rectangle((number * third, top, (number + 1) * third, height), colour)
