"""Writing clients as JSON files."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from checklist.clients.client import COLLECTION_FORMAT, FORMAT, Client
from checklist.clients.limits import MAX_CLIENTS, MAX_FILE_SIZE, MAX_SEPARATORS, count_separators


def write_client(client: Client) -> dict[str, Any]:
    """Return the JSON object of a client: its record, with format and rules always present."""
    return {"format": FORMAT, "rules": client.rules, **client.record}


def write_clients(clients: Iterable[Client]) -> dict[str, Any]:
    """Return the JSON object of a collection of clients."""
    return {"format": COLLECTION_FORMAT, "cases": [write_client(client) for client in clients]}


def write_files(clients: Sequence[Client]) -> list[str]:
    """Return the texts of as few files as the limits on imported files (``limits.py``) allow.

    A client that exceeds the limits by itself gets a file of its own.
    """
    text = to_json(write_clients(clients), indent=2)
    size = len(text.encode("utf-8", "surrogatepass"))
    fits = (
        len(clients) <= MAX_CLIENTS
        and size <= MAX_FILE_SIZE
        and count_separators(text) <= MAX_SEPARATORS
    )
    if fits or len(clients) == 1:
        return [text]
    middle = len(clients) // 2
    return [*write_files(clients[:middle]), *write_files(clients[middle:])]


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON, compact unless an indent is given; the same in CPython and in the browser."""
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
