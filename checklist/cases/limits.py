"""What is too much to be read, told in linear time before anything is parsed."""

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from math import isfinite
from typing import Final

from checklist.rules import Problem

LARGEST: Final = 10_000_000
"""Of a file: in bytes where it is one, in characters where it is text already."""

LARGEST_LINK: Final = 1_000_000
"""Of a link, packed and unpacked."""

DEEPEST: Final = 50
MOST_CASES: Final = 5_000
MOST_PARTS: Final = 300_000
MOST_NAMED: Final = 100

_MEGABYTE: Final = 1_000_000
# A string that never ends is one too, so that no text is gone through twice.
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NUMBER_OF_NO_USE: Final = re.compile(r"(?<![0-9])[0-9]{309}")  # JavaScript has no number for it
_BRACKETS: Final = b"[{]}"
_NO_BRACKETS: Final = bytes(set(range(256)) - set(_BRACKETS))
_STEPS: Final = bytes.maketrans(_BRACKETS, bytes([1, 1, 255, 255]))


def too_large(place: str, largest: int) -> Problem:
    """Return the problem with what is larger than ``largest``."""
    return Problem(place, "too_large", str(largest // _MEGABYTE))


def too_many(place: str, most: int) -> Problem:
    """Return the problem with what has more parts than ``most``."""
    return Problem(place, "too_many", str(most))


def problems_with_size(text: str, place: str, largest: int) -> Iterator[Problem]:
    """Yield what makes JSON too much to be parsed: size, nesting, parts, a number."""
    if len(text) > largest:
        yield too_large(place, largest)
        return
    rest = without_strings(text)
    if depth(rest) > DEEPEST:
        yield Problem(place, "too_deep", "")
    elif rest.count(",") > MOST_PARTS:
        yield too_many(place, MOST_PARTS)
    elif _NUMBER_OF_NO_USE.search(rest):
        yield Problem(place, "number_too_long", "")


def without_strings(text: str) -> str:
    """Return JSON with its strings left out, so that what they hold counts for nothing."""
    return _STRING.sub("", text)


def depth(rest: str) -> int:
    """Return how deep the brackets nest in JSON without its strings.

    The parser calls itself for each, and in the browser the end of the stack ends Python.
    """
    brackets = rest.encode("ascii", "replace").translate(None, _NO_BRACKETS)
    # Not a view of memory: to go through one ends the Python of browsers.
    return max(accumulate(array("b", brackets.translate(_STEPS))), default=0)


def finite(number: str) -> float:
    """Return the number; raises ``ValueError`` for one without end, as 1e400 is in any runtime."""
    value = float(number)
    if not isfinite(value):
        raise ValueError(number)
    return value


def first_named(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first of many problems; the last one then says that there are more."""
    found = tuple(islice(problems, MOST_NAMED + 1))
    if len(found) <= MOST_NAMED:
        return found
    place = found[0].place.partition(".")[0]
    return (*found[:MOST_NAMED], Problem(place, "more", str(MOST_NAMED)))
