"""Writing case files: everything that was read, and the keys that a file must name."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from checklist.clients.client import COLLECTION_FORMAT, FORMAT, Client
from checklist.clients.limits import LARGEST, MOST_CLIENTS, MOST_PARTS, parts_in


def write_client(client: Client) -> dict[str, Any]:
    """Return the file's object for one case; keys that we do not know are in it too."""
    return {"format": FORMAT, "rules": client.rules, **client.record}


def write_clients(clients: Iterable[Client]) -> dict[str, Any]:
    """Return the file's object for several cases."""
    return {"format": COLLECTION_FORMAT, "cases": [write_client(client) for client in clients]}


def write_files(clients: Sequence[Client]) -> list[str]:
    """Return the text of one file, or of several where one would be too large to be read again.

    A case that is too large by itself (``limits.py``) has a file of its own.
    """
    text = to_json(write_clients(clients), indent=2)
    size = len(text.encode("utf-8", "surrogatepass"))
    fits = len(clients) <= MOST_CLIENTS and size <= LARGEST and parts_in(text) <= MOST_PARTS
    if fits or len(clients) == 1:
        return [text]
    middle = len(clients) // 2
    return [*write_files(clients[:middle]), *write_files(clients[middle:])]


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON, the same bytes in every runtime; compact unless an indent is given."""
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
