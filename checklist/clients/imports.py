"""Taking cases in: what would be added, said before anything is, and nothing overwritten."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Literal

from checklist.clients.client import Client
from checklist.clients.writing import to_json, write_client
from checklist.rules import FACTS

type Kind = Literal["new", "same", "copy"]

WITHOUT_ID: Final = "imported"
"""The id of a client whose file gives it none."""

_NOT_COMPARED: Final = ("id", "changed")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One case of a file: ``new``, the ``same`` as one here, or to be a ``copy`` beside it.

    ``differs`` names the facts whose answers differ from the one here.
    """

    kind: Kind
    client: Client
    differs: tuple[str, ...] = ()


def arrivals(incoming: Iterable[Client], here: Mapping[str, Mapping[str, Any]]) -> list[Arrival]:
    """Return what taking the cases in would do.

    ``here`` holds the records that are there already, by id. No arrival has the id of one of
    them or of another arrival, except where it is the same and need not be added.
    """
    taken = dict(here)
    rows: dict[str, _Row] = {}
    found = []
    for client in incoming:
        row = rows.setdefault(client.id or WITHOUT_ID, _Row(client.id or WITHOUT_ID))
        row.go_on(taken)
        arrival = _arrival(client, row, taken)
        if arrival.kind != "same":
            taken[arrival.client.id] = arrival.client.record
        found.append(arrival)
    return found


class _Row:
    """The ids id, id-2, id-3 …: the first that is free, and what lies under those before it.

    A row only grows, so that thousands of clients with one id are gone through once.
    """

    def __init__(self, first: str) -> None:
        self.first = self.free = first
        self.contents: set[str] = set()
        self._numbers = count(2)

    def go_on(self, taken: Mapping[str, Mapping[str, Any]]) -> None:
        """Go on to the first id that is free now."""
        while self.free in taken:
            self.contents.add(_content(taken[self.free]))
            self.free = f"{self.first}-{next(self._numbers)}"


def _arrival(client: Client, row: _Row, taken: Mapping[str, Mapping[str, Any]]) -> Arrival:
    record = write_client(client)
    if row.contents and _content(record) in row.contents:
        return Arrival("same", client)
    named = client.with_changes(**{**record, "id": row.free})
    if row.free == row.first:
        return Arrival("new", named)
    return Arrival("copy", named, _differing(client, taken[row.first]))


def _content(record: Mapping[str, Any]) -> str:
    """What is compared, as text; numbers as a browser has them, to which 1.0 is 1."""
    content = {key: value for key, value in record.items() if key not in _NOT_COMPARED}
    plain = json.loads(to_json(content), parse_float=_plain)
    return json.dumps(plain, sort_keys=True)


def _plain(number: str) -> int | float:
    value = float(number)
    return int(value) if value.is_integer() else value


def _differing(client: Client, there: Mapping[str, Any]) -> tuple[str, ...]:
    answers = there.get("answers")
    known = answers if isinstance(answers, Mapping) else {}
    return tuple(fact.id for fact in FACTS if client.answers.get(fact.id) != known.get(fact.id))
