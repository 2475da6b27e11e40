"""Limits on imported files and links, checked on the text before parsing and on the values after.

They apply to what is imported. What is stored in the browser already is opened, listed and
exported whatever its size.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from math import isfinite
from typing import Any, Final

from checklist.rules import Problem

MAX_FILE_SIZE: Final = 5_000_000
"""In bytes of a file, or in characters of a text."""

MAX_LINK_LENGTH: Final = 1_000_000
"""In characters of a link, and in bytes of the JSON that is compressed in it."""

MAX_DEPTH: Final = 50
"""Of nested JSON lists and objects."""

MAX_CLIENTS: Final = 1_000
"""In one file; a browser may store more."""

MAX_SEPARATORS: Final = 200_000
"""Commas and brackets in one file: a parsed value takes far more memory than its bytes."""

MAX_ITEMS: Final = 10_000
"""In one JSON list or object, such as a log."""

MAX_TEXT_LENGTH: Final = 100_000
"""In characters of one string; the page's own fields allow at most a fifth of it."""

MAX_SAFE_INTEGER: Final = 2**53 - 1
"""``Number.MAX_SAFE_INTEGER``: JavaScript rounds larger integers."""

MAX_PROBLEMS: Final = 100
"""Reported at once."""

_MEGABYTE: Final = 1_000_000
# An unterminated string matches as well, so that matching takes linear time on any text.
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_OPENING: Final = ("[", "{")
_CLOSING: Final = ("]", "}")
_TOKEN: Final = re.compile(rf'{_STRING.pattern}|[\[\]{{}}]|[^"\[\]{{}}]+', re.DOTALL)
_TOO_MANY_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{309}")  # beyond JavaScript's largest number
_BRACKETS: Final = b"[{]}"
_NON_BRACKETS: Final = bytes(set(range(256)) - set(_BRACKETS))
_DEPTH_CHANGES: Final = bytes.maketrans(_BRACKETS, bytes([1, 1, 255, 255]))


def too_large(place: str, largest: int) -> Problem:
    """Return the problem of an input that is larger than ``largest`` bytes or characters."""
    return Problem(place, "too_large", str(largest // _MEGABYTE))


def too_many(place: str, most: int) -> Problem:
    """Return the problem of a value that has more than ``most`` items."""
    return Problem(place, "too_many", str(most))


def size_problems(text: str, place: str, largest: int) -> Iterator[Problem]:
    """Yield the problems of a JSON text that must not be parsed.

    It is longer than ``largest`` characters, has too many separators, is nested too deeply, or
    has a number with too many digits.
    """
    if len(text) > largest:
        yield too_large(place, largest)
        return
    rest = strip_strings(text)
    if count_separators(rest) > MAX_SEPARATORS:
        yield too_many(place, MAX_SEPARATORS)
    elif nesting_depth(rest) > MAX_DEPTH:
        yield Problem(place, "too_deep", "")
    elif _TOO_MANY_DIGITS.search(rest):
        yield Problem(place, "number_too_long", "")


def amount_problems(value: object, place: str = "") -> Iterator[Problem]:
    """Yield the problems of parsed JSON: strings, lists, objects and integers over their limits.

    ``place`` is the path of ``value``, with which the problems' places begin.
    """
    if isinstance(value, str) and len(value) > MAX_TEXT_LENGTH:
        yield Problem(place, "too_long", str(MAX_TEXT_LENGTH))
    elif isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER:
        yield Problem(place, "number_too_long", "")
    elif isinstance(value, (dict, list)) and len(value) > MAX_ITEMS:
        yield too_many(place or "case", MAX_ITEMS)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from amount_problems(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from amount_problems(item, f"{place}[{index}]")


def exceeds_depth(value: object, most: int) -> bool:
    """Return whether lists and objects are nested more than ``most`` deep.

    Iterative, because recursion into a deep value would overflow the stack.
    """
    level: list[Any] = [value]
    for _ in range(most + 1):
        containers = [one for one in level if isinstance(one, (dict, list))]
        if not containers:
            return False
        level = [
            item for one in containers for item in (one.values() if isinstance(one, dict) else one)
        ]
    return True


def cut_at_depth(text: str, most: int) -> str:
    """Return a JSON text with null in place of each list and object deeper than ``most``."""
    level = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal level
        token = match[0]
        level += token in _OPENING
        is_first_too_deep = token in _OPENING and level == most + 1
        replacement = token if level <= most else "null" if is_first_too_deep else ""
        level -= token in _CLOSING
        return replacement

    return _TOKEN.sub(replace, text)


def count_separators(text: str) -> int:
    """Return the number of commas and brackets in a JSON text, strings excluded."""
    return sum(map(strip_strings(text).count, ",[]{}"))


def strip_strings(text: str) -> str:
    """Return a JSON text without its strings, to examine only its structure and numbers."""
    return _STRING.sub("", text)


def nesting_depth(rest: str) -> int:
    """Return how deep the brackets are nested in the output of ``strip_strings``.

    ``json.loads`` recurses into each, and in the browser a stack overflow ends the interpreter.
    """
    brackets = rest.encode("ascii", "replace").translate(None, _NON_BRACKETS)
    # An array and not a memoryview: iterating over one crashes Python in the browser.
    return max(accumulate(array("b", brackets.translate(_DEPTH_CHANGES))), default=0)


def parse_finite(number: str) -> float:
    """Return the number; raises ``ValueError`` for an infinite one, such as 1e400."""
    value = float(number)
    if not isfinite(value):
        raise ValueError(number)
    return value


def truncate_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first ``MAX_PROBLEMS`` problems, and one of kind ``more`` if there are more."""
    first = tuple(islice(problems, MAX_PROBLEMS + 1))
    if len(first) <= MAX_PROBLEMS:
        return first
    place = first[0].place.partition(".")[0]
    return (*first[:MAX_PROBLEMS], Problem(place, "more", str(MAX_PROBLEMS)))
