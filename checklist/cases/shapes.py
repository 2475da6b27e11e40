"""What the known keys of a case file must look like; keys that are not listed are kept as is.

A shape takes a place and a value and yields what is wrong with the value.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from checklist.cases.case import COURSES, DECISIONS
from checklist.rules import ANSWERS, Problem, shown

type Found = Iterator[Problem]
type Shape = Callable[[str, Any], Found]

_GREATEST: Final = sys.float_info.max


def problems_with_shapes(record: Mapping[str, Any]) -> Found:
    """Yield everything that is wrong with the known keys, answers and rules apart."""
    yield from _problems_with_fields("", record, _CASE)


def anything(_: str, __: object) -> Found:
    """The shape of whatever is looked at later."""
    yield from ()


def listed(place: str, value: object) -> Found:
    """The shape of a list."""
    if not isinstance(value, list):
        yield Problem(place, "not_a_list", shown(value))


def text(place: str, value: object) -> Found:
    """The shape of text."""
    if not isinstance(value, str):
        yield Problem(place, "not_text_value", shown(value))


def _notes(place: str, value: object) -> Found:
    if not isinstance(value, Mapping):
        yield Problem(place, "not_a_group", shown(value))
        return
    for key, item in value.items():
        yield from text(f"{place}.{key}", item)


def _time(place: str, value: object) -> Found:
    if not isinstance(value, str) or _parsed(value) is None:
        yield Problem(place, "not_a_time", shown(value))


def _parsed(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def number(place: str, value: object) -> Found:
    """The shape of an amount: zero or more, and not endless."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _GREATEST:
        yield Problem(place, "not_a_number", shown(value))


def one_of(*allowed: str) -> Shape:
    """Return the shape of one of some words."""

    def check(place: str, value: object) -> Found:
        if value not in allowed:
            yield Problem(place, "not_one_of", f"{shown(value)} ({', '.join(allowed)})")

    return check


def _changes(place: str, value: object) -> Found:
    if not isinstance(value, Mapping):
        yield Problem(place, "not_a_group", shown(value))
        return
    allowed = (*ANSWERS, None)
    for fact, pair in value.items():
        if not (isinstance(pair, list) and len(pair) == len(("from", "to"))) or any(
            answer is not None and answer not in allowed for answer in map(_hashable, pair)
        ):
            yield Problem(f"{place}.{fact}", "not_a_change", shown(pair))


def _hashable(value: object) -> object:
    return value if isinstance(value, str | None) else repr(value)


def group(fields: Mapping[str, Shape], *, required: Iterable[str] = ()) -> Shape:
    """Return the shape of an object some of whose keys are known, and have shapes."""

    def check(place: str, value: object) -> Found:
        if not isinstance(value, Mapping):
            yield Problem(place, "not_a_group", shown(value))
            return
        for key in required:
            if key not in value:
                yield Problem(f"{place}.{key}", "not_there", "")
        yield from _problems_with_fields(f"{place}.", value, fields)

    return check


def _or_nothing(shape: Shape) -> Shape:
    def check(place: str, value: object) -> Found:
        if value is not None:
            yield from shape(place, value)

    return check


def _log(place: str, value: object) -> Found:
    if not isinstance(value, list):
        yield Problem(place, "not_a_list", shown(value))
        return
    for index, entry in enumerate(value):
        yield from _ENTRY(f"{place}[{index}]", entry)


def _problems_with_fields(
    prefix: str, value: Mapping[str, Any], fields: Mapping[str, Shape]
) -> Found:
    for key, shape in fields.items():
        if key in value:
            yield from shape(f"{prefix}{key}", value[key])


_ENTRY: Final = group(
    {
        "at": _time,
        "answers": _changes,
        "note": text,
        "text": text,
        "meeting": text,
        "decision": text,
    },
    required=("at",),
)
_CASE: Final[Mapping[str, Shape]] = {
    "id": text,
    "name": text,
    "notes": _notes,
    "log": _log,
    "staying": text,
    "outcome": _or_nothing(
        group({"decision": one_of("", *DECISIONS), "went": one_of("", *COURSES), "words": text})
    ),
    "estimate": _or_nothing(group({"hours": number, "weeks": number, "rate": number})),
    "letter": _or_nothing(group({"kind": text, "in": text, "text": text})),
    "changed": _time,
}
