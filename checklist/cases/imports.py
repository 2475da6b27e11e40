"""Taking cases in: what would be added, said before anything is, and nothing overwritten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Literal

from checklist.cases.case import Case
from checklist.cases.writing import write_case
from checklist.rules import FACTS

type Kind = Literal["new", "same", "copy"]

_WITHOUT_ID: Final = "imported"
_NOT_COMPARED: Final = ("id", "changed")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One case of a file: ``new``, the ``same`` as one here, or to be a ``copy`` beside it.

    ``differs`` names the facts whose answers differ from the one here.
    """

    kind: Kind
    case: Case
    differs: tuple[str, ...] = ()


def arrivals(incoming: Iterable[Case], here: Mapping[str, Mapping[str, Any]]) -> list[Arrival]:
    """Return what taking the cases in would do.

    ``here`` holds the records that are there already, by id. No arrival has the id of one of
    them or of another arrival, except where it is the same and need not be added.
    """
    taken = dict(here)
    found = []
    for case in incoming:
        arrival = _arrival(case, taken)
        if arrival.kind != "same":
            taken[arrival.case.id] = arrival.case.record
        found.append(arrival)
    return found


def _arrival(case: Case, taken: Mapping[str, Mapping[str, Any]]) -> Arrival:
    record = write_case(case)
    first = case.id or _WITHOUT_ID
    for id_ in _numbered(first):
        if id_ not in taken:
            kind: Kind = "new" if id_ == first else "copy"
            differs = _differing(case, taken[first]) if kind == "copy" else ()
            return Arrival(kind, case.with_changes(**{**record, "id": id_}), differs)
        if _content(record) == _content(taken[id_]):
            return Arrival("same", case)
    raise AssertionError  # the numbers never end


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in _NOT_COMPARED}


def _differing(case: Case, there: Mapping[str, Any]) -> tuple[str, ...]:
    answers = there.get("answers", {})
    return tuple(fact.id for fact in FACTS if case.answers.get(fact.id) != answers.get(fact.id))


def _numbered(id_: str) -> Iterator[str]:
    """The id, id-2, id-3 …: the same in every runtime."""
    yield id_
    yield from (f"{id_}-{number}" for number in count(2))
