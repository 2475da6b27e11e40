"""Writing case files: everything that was read, and the keys that a file must name."""

import json
from collections.abc import Iterable
from typing import Any

from checklist.cases.case import COLLECTION_FORMAT, FORMAT, Case


def write_case(case: Case) -> dict[str, Any]:
    """Return the file's object for one case; keys that we do not know are in it too."""
    return {"format": FORMAT, "rules": case.rules, **case.record}


def write_cases(cases: Iterable[Case]) -> dict[str, Any]:
    """Return the file's object for several cases."""
    return {"format": COLLECTION_FORMAT, "cases": [write_case(case) for case in cases]}


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON, the same bytes in every runtime; compact unless an indent is given."""
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
