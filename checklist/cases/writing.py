"""Writing case files: everything that was read, and the keys that a file must name."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from checklist.cases.case import COLLECTION_FORMAT, FORMAT, Case
from checklist.cases.limits import LARGEST, MOST_CASES, MOST_PARTS, parts_in


def write_case(case: Case) -> dict[str, Any]:
    """Return the file's object for one case; keys that we do not know are in it too."""
    return {"format": FORMAT, "rules": case.rules, **case.record}


def write_cases(cases: Iterable[Case]) -> dict[str, Any]:
    """Return the file's object for several cases."""
    return {"format": COLLECTION_FORMAT, "cases": [write_case(case) for case in cases]}


def write_files(cases: Sequence[Case]) -> list[str]:
    """Return the text of one file, or of several where one would be too large to be read again.

    A case that is too large by itself (``limits.py``) has a file of its own.
    """
    text = to_json(write_cases(cases), indent=2)
    size = len(text.encode("utf-8", "surrogatepass"))
    fits = len(cases) <= MOST_CASES and size <= LARGEST and parts_in(text) <= MOST_PARTS
    if fits or len(cases) == 1:
        return [text]
    middle = len(cases) // 2
    return [*write_files(cases[:middle]), *write_files(cases[middle:])]


def to_json(value: object, *, indent: int | None = None) -> str:
    """Return JSON, the same bytes in every runtime; compact unless an indent is given."""
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
