"""What is too much to be read: told of a text before it is parsed, of what is in it after.

Only what comes in is measured. What lies in a browser already is opened, listed and written out,
however much it is.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from math import isfinite
from typing import Any, Final

from checklist.rules import Problem

LARGEST: Final = 5_000_000
"""Of a file: in bytes where it is one, in characters where it is text already."""

LARGEST_LINK: Final = 1_000_000
"""Of a link, packed and unpacked."""

DEEPEST: Final = 50
MOST_CLIENTS: Final = 1_000
"""In a file; a browser may hold more."""

MOST_PARTS: Final = 200_000
"""Of a file, in commas and brackets: what each costs is more than its bytes."""

MOST_IN_ONE: Final = 10_000
"""In one list or group, such as a log."""

LONGEST_TEXT: Final = 100_000
"""In characters; the page's own fields take a fifth of it at most."""

GREATEST_WHOLE: Final = 2**53 - 1
"""Beyond it JavaScript rounds whole numbers."""

MOST_NAMED: Final = 100

_MEGABYTE: Final = 1_000_000
# A string that never ends is one too, so that no text is gone through twice.
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_OPENING: Final = ("[", "{")
_CLOSING: Final = ("]", "}")
_PIECES: Final = re.compile(rf'{_STRING.pattern}|[\[\]{{}}]|[^"\[\]{{}}]+', re.DOTALL)
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
    if parts_in(rest) > MOST_PARTS:
        yield too_many(place, MOST_PARTS)
    elif depth(rest) > DEEPEST:
        yield Problem(place, "too_deep", "")
    elif _NUMBER_OF_NO_USE.search(rest):
        yield Problem(place, "number_too_long", "")


def problems_with_amounts(value: object, place: str = "") -> Iterator[Problem]:
    """Yield what is too much in JSON that is parsed, and where: a text, a list, a whole number."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        yield Problem(place, "too_long", str(LONGEST_TEXT))
    elif isinstance(value, int) and abs(value) > GREATEST_WHOLE:
        yield Problem(place, "number_too_long", "")
    elif isinstance(value, (dict, list)) and len(value) > MOST_IN_ONE:
        yield too_many(place or "case", MOST_IN_ONE)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from problems_with_amounts(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from problems_with_amounts(item, f"{place}[{index}]")


def nests_deeper(value: object, most: int) -> bool:
    """Tell whether lists and groups nest deeper; level by level, for a stack has an end."""
    level: list[Any] = [value]
    for _ in range(most + 1):
        groups = [one for one in level if isinstance(one, (dict, list))]
        if not groups:
            return False
        level = [
            item for one in groups for item in (one.values() if isinstance(one, dict) else one)
        ]
    return True


def cut_at_depth(text: str, most: int) -> str:
    """Return JSON with null in place of each list and group that nests deeper."""
    now = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal now
        part = found[0]
        now += part in _OPENING
        instead = part if now <= most else "null" if part in _OPENING and now == most + 1 else ""
        now -= part in _CLOSING
        return instead

    return _PIECES.sub(kept, text)


def parts_in(text: str) -> int:
    """Return how many commas and brackets JSON has outside its strings."""
    return sum(map(without_strings(text).count, ",[]{}"))


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
