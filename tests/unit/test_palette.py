"""The palette: readable in both schemes, with verdicts that the colour-blind can tell apart."""

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

import checklist

PALETTE = Path(checklist.__file__).parent / "page" / "styles" / "site" / "palette.css"
CSS = PALETTE.read_text(encoding="utf-8")
SCHEMES = ("default", "slate")
VERDICTS = ("--work", "--clarify", "--step-back")
WORDS = (*VERDICTS, "--quiet", "--md-default-fg-color", "--md-typeset-a-color")
GROUNDS = ("--md-default-bg-color", "--paper")

# Full protanopia, deuteranopia and tritanopia in linear RGB: Machado, Oliveira, Fernandes 2009.
SIGHTS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

type Colour = tuple[float, float, float]


def colours(scheme: str) -> dict[str, Colour]:
    """Return the colours of one scheme in linear RGB."""
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', CSS, re.DOTALL)
    assert block
    pairs = re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block[1])
    return {name: linear(value) for name, value in pairs}


def linear(value: str) -> Colour:
    """Return a colour such as ``#8f1d3f`` in linear RGB."""
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (linear_part(red), linear_part(green), linear_part(blue))


def linear_part(part: float) -> float:
    """Undo the gamma of one part of an sRGB colour."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: Colour) -> float:
    """Return the relative luminance as WCAG defines it."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def as_seen(colour: Colour, matrix: tuple[Colour, ...]) -> Colour:
    """Return a colour as a kind of colour-blindness shows it."""
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, colour, strict=True))))
        for row in matrix
    )
    return (red, green, blue)


def lab(colour: Colour) -> Colour:
    """Return a colour in Oklab, where distances correspond to visible differences."""
    red, green, blue = colour
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (max(0.0, cone) ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def distance(one: Colour, other: Colour) -> float:
    """Return how different two colours look."""
    return dist(lab(one), lab(other))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", WORDS)
def test_text_has_enough_contrast(words: str, ground: str, scheme: str) -> None:
    """Every text colour has at least 4.5 to 1 on every background: WCAG 1.4.3."""
    palette = colours(scheme)
    assert contrast(palette[words], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_outlines_have_enough_contrast(ground: str, scheme: str) -> None:
    """Frames of controls and drawings have at least 3 to 1: WCAG 1.4.11."""
    palette = colours(scheme)
    assert contrast(palette["--line-strong"], palette[ground]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_verdicts_look_different_to_the_colour_blind(sight: str, scheme: str) -> None:
    """Any two verdicts differ in colour; their icons and words differ as well."""
    palette = {name: as_seen(colours(scheme)[name], SIGHTS[sight]) for name in VERDICTS}
    apart = {
        pair: distance(palette[pair[0]], palette[pair[1]]) for pair in combinations(VERDICTS, 2)
    }
    assert min(apart.values()) > 0.06, apart
