"""The shapes of values, and what is wrong with a value that is not of its shape.

A shape is data: the table of fields (``fields.py``) is written in shapes, and the reader's checks,
the published schema, the page's own check and samples are all made from them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from checklist.clients.limits import GREATEST_WHOLE, LONGEST_TEXT, MOST_IN_ONE
from checklist.clients.versions import parse_version
from checklist.rules import ANSWERS, Problem, shown

type Found = Iterator[Problem]
type Shape = Anything | Text | Time | Number | Version | OneOf | Change | ListOf | MappingTo | Group


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever is looked at later."""

    def problems(self, _: str, __: object) -> Found:
        """Yield nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text. The lengths and amounts of shapes are those of a file: see ``limits.py``."""

    longest: int = LONGEST_TEXT

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if not isinstance(value, str):
            yield Problem(place, "not_text_value", shown(value))


@dataclass(frozen=True, slots=True)
class Time:
    """A time in ISO 8601."""

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if not isinstance(value, str) or not _is_time(value):
            yield Problem(place, "not_a_time", shown(value))


@dataclass(frozen=True, slots=True)
class Number:
    """An amount from zero to the greatest that JavaScript writes and Python reads alike."""

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if isinstance(value, bool) or not (
            isinstance(value, int | float) and 0 <= value <= GREATEST_WHOLE
        ):
            yield Problem(place, "not_a_number", shown(value))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rules, such as 1.0."""

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if parse_version(value) is None:
            yield Problem(place, "not_a_version", shown(value))


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if value not in self.words:
            yield Problem(place, "not_one_of", f"{shown(value)} ({', '.join(self.words)})")


@dataclass(frozen=True, slots=True)
class Change:
    """An answer before and after, each of them null where there is none."""

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        allowed = (*ANSWERS, None)
        if not (isinstance(value, list) and len(value) == len(("from", "to"))) or any(
            answer not in allowed for answer in value
        ):
            yield Problem(place, "not_a_change", shown(value))


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape."""

    item: "Shape"
    most: int = MOST_IN_ONE

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if not isinstance(value, list):
            yield Problem(place, "not_a_list", shown(value))
            return
        for index, item in enumerate(value):
            yield from self.item.problems(f"{place}[{index}]", item)


@dataclass(frozen=True, slots=True)
class MappingTo:
    """An object with values of one shape, under any key or only under some."""

    value: "Shape"
    keys: tuple[str, ...] = ()
    most: int = MOST_IN_ONE

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value."""
        if not isinstance(value, Mapping):
            yield Problem(place, "not_a_group", shown(value))
            return
        for key, item in value.items():
            if self.keys and key not in self.keys:
                yield Problem(f"{place}.{key}", "no_such_fact", shown(item))
            else:
                yield from self.value.problems(f"{place}.{key}", item)


@dataclass(frozen=True, slots=True)
class Field:
    """One known key of an object: ``since`` is the release of the page that wrote it first."""

    name: str
    shape: "Shape"
    since: str = ""
    required: bool = False
    or_null: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """An object some of whose keys are known; the others are kept as they are."""

    fields: tuple[Field, ...]

    def problems(self, place: str, value: object) -> Found:
        """Yield what is wrong with the value; its fields' places begin with its own."""
        if not isinstance(value, Mapping):
            yield Problem(place, "not_a_group", shown(value))
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
