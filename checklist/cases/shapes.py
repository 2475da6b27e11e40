"""What the known keys of a case file must look like; keys that are not listed are kept as is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from checklist.cases.case import COURSES, DECISIONS
from checklist.rules import ANSWERS, Problem, shown

type Found = Iterator[Problem]
type Shape = Callable[[str, Any], Found]

_ENDLESS: Final = float("inf")


def problems_with_shapes(record: Mapping[str, Any]) -> Found:
    """Yield everything that is wrong with the known keys, answers and rules apart."""
    yield from _problems_with_fields("", record, _CASE)


def _text(place: str, value: object) -> Found:
    if not isinstance(value, str):
        yield Problem(place, "not_text_value", shown(value))


def _notes(place: str, value: object) -> Found:
    if not isinstance(value, Mapping):
        yield Problem(place, "not_a_group", shown(value))
        return
    for key, item in value.items():
        yield from _text(f"{place}.{key}", item)


def _time(place: str, value: object) -> Found:
    if not isinstance(value, str) or _parsed(value) is None:
        yield Problem(place, "not_a_time", shown(value))


def _parsed(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _number(place: str, value: object) -> Found:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _ENDLESS:
        yield Problem(place, "not_a_number", shown(value))


def _one_of(*allowed: str) -> Shape:
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


def _group(fields: Mapping[str, Shape], *, required: tuple[str, ...] = ()) -> Shape:
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


_ENTRY: Final = _group(
    {
        "at": _time,
        "answers": _changes,
        "note": _text,
        "text": _text,
        "meeting": _text,
        "decision": _text,
    },
    required=("at",),
)
_CASE: Final[Mapping[str, Shape]] = {
    "id": _text,
    "name": _text,
    "notes": _notes,
    "log": _log,
    "staying": _text,
    "outcome": _or_nothing(
        _group({"decision": _one_of("", *DECISIONS), "went": _one_of("", *COURSES), "words": _text})
    ),
    "estimate": _or_nothing(_group({"hours": _number, "weeks": _number, "rate": _number})),
    "letter": _or_nothing(_group({"kind": _text, "in": _text, "text": _text})),
    "changed": _time,
}
