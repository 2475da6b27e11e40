"""Large input: up to the limits, and beyond them."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from checklist.clients.limits import (
    MAX_CLIENTS,
    MAX_FILE_SIZE,
    MAX_ITEMS,
    MAX_SAFE_INTEGER,
    MAX_TEXT_LENGTH,
)
from checklist.rules import ANSWERS
from tests.support.answers import AT, FACT_IDS
from tests.support.damage import OTHER, RECORD, Json


def texts(part: int = 1) -> dict[str, Callable[[], str]]:
    """Return makers of large files: each is imported or refused.

    With ``part`` the long ones are shorter by that factor, and just as wrong.
    """
    many = '{"format":"client-cases/1","cases":['
    large = (MAX_FILE_SIZE - 100_000) // part
    in_answers = '{"answers":{},"x":['
    return {
        "a name of 1 MB": lambda: json.dumps({"answers": {}, "name": "n" * 1_000_000}),
        "a note of 1 MB": lambda: json.dumps(
            {"answers": {}, "notes": {"decides": "н" * (1_000_000 // part)}}
        ),
        "a key of 1 MB": lambda: json.dumps({"answers": {"k" * 1_000_000: 1}}),
        "a client too many": lambda: f"{many}{','.join(['{}'] * (MAX_CLIENTS + 1))}]}}",
        "bad clients": lambda: f"{many}{','.join(['1'] * MAX_CLIENTS)}]}}",
        "140,000 entries": lambda: json.dumps(
            {"answers": {}, "log": [{"at": AT}] * (140_000 // part)}, separators=(",", ":")
        ),
        "100,000 wrong answers": lambda: json.dumps(
            {"answers": {str(n): n for n in range(100_000 // part)}}
        ),
        "100,000 repeated keys": lambda: (
            f'{{"answers":{{}}{",".join(["", *['"a":1'] * (100_000 // part)])}}}'
        ),
        "wrong entries": lambda: json.dumps({"answers": {}, "log": [1] * MAX_ITEMS}),
        "wrong times": lambda: json.dumps({"answers": {}, "log": [{"at": "x"}] * MAX_ITEMS}),
        "lists": lambda: f"{in_answers}{'[],' * (large // 3)}1]}}",
        "objects": lambda: f"{in_answers}{'{},' * (large // 3)}1]}}",
        "strings": lambda: f"{in_answers}{'"",' * (large // 3)}1]}}",
        "numbers": lambda: f"{in_answers}{'1,' * (large // 2)}1]}}",
        "endless numbers": lambda: f"{in_answers}{'1e400,' * (90_000 // part)}1]}}",
        "spaces": lambda: " " * large,
        "quotes": lambda: '"' * large,
        "a string without an end": lambda: '"' + '\\"' * (large // 2),
        "backslashes": lambda: '"' + "\\" * large,
        "closing brackets": lambda: "]" * large,
        "a name of 5 MB": lambda: json.dumps({"answers": {}, "name": "n" * large}),
        "a sign too many": lambda: " " * (MAX_FILE_SIZE + 1),
        "nested 10,000 deep": lambda: '{"answers": {}, "x": ' + "[" * 10_000 + "]" * 10_000 + "}",
        "nested 10,000 objects deep": lambda: '{"a":' * 10_000 + "1" + "}" * 10_000,
        "an integer of 5,000 digits": lambda: f'{{"answers": {{}}, "x": {"9" * 5_000}}}',
        "a million digits": lambda: "9" * (1_000_000 // part),
        "runs of digits": lambda: f"[{','.join(['9' * 308] * (15_000 // part))}]",
    }


def within_limits() -> dict[str, Callable[[], str]]:
    """Return makers of files at the limits, each at another one."""
    entry = {"at": AT, "meeting": ""}
    changes = {"at": AT, "answers": dict.fromkeys(FACT_IDS, ("no", "yes"))}
    return {
        "clients": lambda: _collection(_clients()),
        "clients with everything": lambda: _collection(
            [{**RECORD, **client} for client in _clients()]
        ),
        "clients with one id": lambda: _collection([{**one, "id": "1"} for one in _clients()]),
        "logs": lambda: _collection([{"answers": {}, "log": [entry] * MAX_ITEMS}] * 4),
        "a log of answers": lambda: json.dumps({"answers": {}, "log": [changes] * 4_000}),
        "notes": lambda: json.dumps(
            {"answers": {}, "notes": {str(number): "x" for number in range(MAX_ITEMS)}}
        ),
        "texts": lambda: _collection([{"answers": {}, "name": "н" * MAX_TEXT_LENGTH}] * 8),
        "long texts": lambda: json.dumps({"answers": {}, "x": ["n" * MAX_TEXT_LENGTH] * 49}),
        "numbers": lambda: json.dumps({"answers": {}, "x": [[MAX_SAFE_INTEGER] * MAX_ITEMS] * 19}),
    }


def requests() -> Mapping[str, Callable[[], str]]:
    """Return makers of the largest requests of the page: with each file, and its clients."""
    everything = [{**RECORD, **client} for client in _clients()]
    same = _collection(everything)
    other = _collection([{**client, "name": "other"} for client in everything])
    long = {**RECORD, "log": [{"at": AT, "meeting": "m"}] * MAX_ITEMS}
    few = everything[: MAX_CLIENTS // 2]
    half = _collection([{**client, "name": "other"} for client in few])
    larger: dict[str, dict[str, Json]] = {
        "the same again": {"do": "import", "text": same, "here": everything},
        "others beside": {"do": "import", "text": other, "here": everything},
        "half beside half": {"do": "import", "text": half, "here": few},
        "the list": {"do": "overview", "records": everything},
        "a file of csv": {"do": "export", "records": everything, "as": "csv"},
        **{do: {"do": do, "record": long} for do in ("open", "history", "sheet")},
    }
    return {
        **{name: partial(_request, **request) for name, request in larger.items()},
        **{name: partial(_importing, make) for name, make in (texts() | within_limits()).items()},
        "a record too deep": lambda: _request(do="overview", records=[OTHER, "deep"]).replace(
            '"deep"', f'{{"id": "1", "answers": {{}}, "x": {"[" * 10_000}{"]" * 10_000}}}'
        ),
    }


def _importing(make: Callable[[], str]) -> str:
    return _request(do="import", text=make(), here=[])


def _request(**request: Json) -> str:
    return json.dumps({"lang": "en", **request}, ensure_ascii=False)


def _clients() -> list[Json]:
    """Return as many clients as are allowed, each with other answers."""
    random = Random("clients")
    return [
        {"id": str(number), "answers": {fact: random.choice(ANSWERS) for fact in FACT_IDS}}
        for number in range(MAX_CLIENTS)
    ]


def _collection(clients: list[Json]) -> str:
    return json.dumps({"format": "client-cases/1", "cases": clients}, ensure_ascii=False)
