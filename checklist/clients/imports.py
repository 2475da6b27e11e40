"""Planning an import: which clients of a file would be added, and under which ids.

An import never overwrites a client that exists.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, Literal

from checklist.advice import CHECKS
from checklist.clients.client import Client
from checklist.clients.writing import to_json, write_client
from checklist.rules import FACTS

type Kind = Literal["new", "same", "copy"]

DEFAULT_ID: Final = "imported"
"""The id of an imported client that has none."""

_NOT_COMPARED: Final = ("id", "changed")


@dataclass(frozen=True, slots=True)
class ImportItem:
    """What an import does with one client of the file.

    ``kind`` is ``new``; or ``same`` if an equal client exists, so that this one is skipped; or
    ``copy`` if another client has its id, so that this one is added under an id of its own.
    ``differs`` then holds the ids of the facts and checks that the two clients answer differently.
    """

    kind: Kind
    client: Client
    differs: tuple[str, ...] = ()


def plan_import(
    incoming: Iterable[Client], existing: Mapping[str, Mapping[str, Any]]
) -> list[ImportItem]:
    """Return what an import of the clients would do, in their order.

    ``existing`` holds the records that are stored already, by id. The ids of items to be added
    differ from those of ``existing`` and from each other.
    """
    taken = dict(existing)
    sequences: dict[str, _IdSequence] = {}
    items = []
    for client in incoming:
        first = client.id or DEFAULT_ID
        ids = sequences.setdefault(first, _IdSequence(first))
        ids.skip_taken(taken)
        item = _plan_item(client, ids, taken)
        if item.kind != "same":
            taken[item.client.id] = item.client.record
        items.append(item)
    return items


class _IdSequence:
    """The ids id, id-2, id-3 …: the first free one, and the contents of the clients before it.

    Kept between the clients of a file, so that importing thousands with one id takes linear time.
    """

    def __init__(self, first: str) -> None:
        self.first = self.free = first
        self.contents: set[str] = set()
        self._numbers = count(2)

    def skip_taken(self, taken: Mapping[str, Mapping[str, Any]]) -> None:
        """Advance to the first id that is not taken."""
        while self.free in taken:
            self.contents.add(_comparable(taken[self.free]))
            self.free = f"{self.first}-{next(self._numbers)}"


def _plan_item(
    client: Client, ids: _IdSequence, taken: Mapping[str, Mapping[str, Any]]
) -> ImportItem:
    record = write_client(client)
    if ids.contents and _comparable(record) in ids.contents:
        return ImportItem("same", client)
    added = client.with_changes(**{**record, "id": ids.free})
    if ids.free == ids.first:
        return ImportItem("new", added)
    return ImportItem("copy", added, _differing(client, taken[ids.first]))


def _comparable(record: Mapping[str, Any]) -> str:
    """Return a record as JSON to compare: without id and time of change, with 1.0 as 1.

    A browser writes the number 1.0 as 1.
    """
    content = {key: value for key, value in record.items() if key not in _NOT_COMPARED}
    normalized = json.loads(to_json(content), parse_float=_parse_number)
    return json.dumps(normalized, sort_keys=True)


def _parse_number(number: str) -> int | float:
    value = float(number)
    return int(value) if value.is_integer() else value


def _differing(client: Client, existing: Mapping[str, Any]) -> tuple[str, ...]:
    answers, checks = (_mapping(existing.get(key)) for key in ("answers", "checks"))
    facts = [one.id for one in FACTS if client.answers.get(one.id) != answers.get(one.id)]
    others = [one.id for one in CHECKS if client.checks.get(one.id) != checks.get(one.id)]
    return (*facts, *others)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
