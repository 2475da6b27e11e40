"""Writing a client as JSON."""

import json
from typing import Any

from checklist.clients.client import FORMAT, Client


def write_client(client: Client) -> dict[str, Any]:
    """Return the JSON object of a client: its record, with format and rules always present."""
    return {"format": FORMAT, "rules": client.rules, **client.record}


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON, compact unless an indent is given; the same in CPython and in the browser."""
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
