"""Shapes: types of JSON values that validate a value and report its problems.

The table of fields (``fields.py``) is written in shapes. The published schema, the page's own
validation and random samples are generated from them.

Each shape has ``problems(place, value)``, which yields the problems of a value whose path in the
record is ``place``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from checklist.clients.limits import MAX_ITEMS, MAX_SAFE_INTEGER, MAX_TEXT_LENGTH
from checklist.clients.versions import parse_version
from checklist.rules import ANSWERS, Problem, short_json

type Problems = Iterator[Problem]
type Shape = Anything | Text | Time | Number | Version | OneOf | Change | ListOf | MappingTo | Group


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value; it is validated elsewhere."""

    def problems(self, _: str, __: object) -> Problems:
        """Yield no problems."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Text:
    """A string.

    ``longest``, like ``most`` in other shapes, is published in the schema; it is ``limits.py``
    that enforces it, for files.
    """

    longest: int = MAX_TEXT_LENGTH

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if not isinstance(value, str):
            yield Problem(place, "not_text_value", short_json(value))


@dataclass(frozen=True, slots=True)
class Time:
    """A date and time in ISO 8601."""

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if not isinstance(value, str) or not _is_time(value):
            yield Problem(place, "not_a_time", short_json(value))


@dataclass(frozen=True, slots=True)
class Number:
    """A number from 0 to JavaScript's ``Number.MAX_SAFE_INTEGER``."""

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if isinstance(value, bool) or not (
            isinstance(value, int | float) and 0 <= value <= MAX_SAFE_INTEGER
        ):
            yield Problem(place, "not_a_number", short_json(value))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rules, such as "1.0"."""

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if parse_version(value) is None:
            yield Problem(place, "not_a_version", short_json(value))


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few strings."""

    words: tuple[str, ...]

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if value in self.words:
            return
        if self.words == ANSWERS:
            yield Problem(place, "not_an_answer", short_json(value))
        else:
            yield Problem(place, "not_one_of", f"{short_json(value)} ({', '.join(self.words)})")


@dataclass(frozen=True, slots=True)
class Change:
    """A list of an answer before and after a change, each of them null if not answered."""

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        allowed = (*ANSWERS, None)
        if not (isinstance(value, list) and len(value) == len(("from", "to"))) or any(
            answer not in allowed for answer in value
        ):
            yield Problem(place, "not_a_change", short_json(value))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape."""

    item: "Shape"
    most: int = MAX_ITEMS

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if not isinstance(value, list):
            yield Problem(place, "not_a_list", short_json(value))
            return
        for index, item in enumerate(value):
            yield from self.item.problems(f"{place}[{index}]", item)


@dataclass(frozen=True, slots=True)
class MappingTo:
    """An object whose values have one shape; ``keys`` are the allowed keys, if limited.

    ``no_such_key`` is the kind of problem that any other key is.
    """

    value: "Shape"
    keys: tuple[str, ...] = ()
    most: int = MAX_ITEMS
    no_such_key: str = "no_such_fact"

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value."""
        if not isinstance(value, Mapping):
            yield Problem(place, "not_a_group", short_json(value))
            return
        for key, item in value.items():
            if self.keys and key not in self.keys:
                yield Problem(f"{place}.{key}", self.no_such_key, short_json(item))
            else:
                yield from self.value.problems(f"{place}.{key}", item)


@dataclass(frozen=True, slots=True)
class Field:
    """One known key of an object; ``since`` is the first release that wrote it."""

    name: str
    shape: "Shape"
    since: str = ""
    required: bool = False
    or_null: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """An object with known keys; any other key is allowed and is not validated."""

    fields: tuple[Field, ...]

    def problems(self, place: str, value: object) -> Problems:
        """Yield the problems of the value; an empty ``place`` stands for the record itself."""
        if not isinstance(value, Mapping):
            yield Problem(place, "not_a_group", short_json(value))
            return
        prefix = f"{place}." if place else ""
        for field in self.fields:
            if field.required and field.name not in value:
                yield Problem(f"{prefix}{field.name}", "not_there", "")
        for field in self.fields:
            if field.name in value and not (field.or_null and value[field.name] is None):
                yield from field.shape.problems(f"{prefix}{field.name}", value[field.name])


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
