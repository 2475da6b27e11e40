"""Damaged files and records."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from checklist.rules import ANSWERS, RULES_VERSION
from checklist.site.requests.random_records import Samples
from tests.support.answers import AT, FACT_IDS

type Json = Any

RECORD: Final[dict[str, Json]] = {
    "format": "client-case/1",
    "rules": RULES_VERSION,
    "id": "1",
    "name": "Кофейня «Мост»",
    "answers": dict(zip(FACT_IDS, ANSWERS * 4, strict=False)),
    "checks": {"pays_late": "yes", "no_room": "unknown"},
    "stage": "begun",
    "notes": {"knows_goal": "каждый раз другое\n- и еще", "decides": "🦊"},
    "context": ["early"],
    "log": [
        {"at": AT, "answers": {"knows_goal": ["no", "yes"], "decides": [None, "unknown"]}},
        {"at": AT, "meeting": "first talk"},
        {"at": AT, "note": "decides", "text": "asks the director"},
        {"at": AT, "decision": "taken"},
        {"at": AT, "rules": "0.9"},
        {"at": AT, "checks": {"pays_late": [None, "yes"]}},
        {"at": AT, "stage": "begun"},
    ],
    "trimmed": 12,
    "staying": "they pay",
    "outcome": {"decision": "taken", "went": "mixed", "words": "it depends"},
    "estimate": {"hours": 7.5, "weeks": 4, "rate": 100},
    "letter": {
        "kind": "refusal",
        "in": "en",
        "text": "Dear all",
        "greet": "Anna",
        "better": "Olga",
        "sign": "Ivan",
        "reason": "money",
    },
    "changed": AT,
    "link": "8cb22d65",
    "later": [1, {"unknown": [True, None, -0.0]}],
}
"""A client that has every possible key."""

OTHER: Final[dict[str, Json]] = {"id": "2", "answers": {"knows_goal": "no"}, "name": "B"}
HERE: Final[tuple[Json, ...]] = (
    {**RECORD, "answers": {}},
    {**OTHER, "format": "client-case/1", "rules": RULES_VERSION},
    # Invalid records that a browser may have beside good ones.
    {"id": "3", "answers": None},
    {"id": 4, "answers": {}},
    {"id": ["5"]},
    {"id": "imported", "answers": [], "name": 7},
    "text",
    None,
)
PROTOTYPES: Final = ("__proto__", "constructor", "prototype", "toString", "hasOwnProperty")
MARKUP: Final = "</script><script>canary()</script><img src=x onerror=canary()>{{7*7}}${canary()}"
TEXTS: Final = (
    *("", " ", "\0", "\t", "\r\n", "\ufeff", "\u2028", "\x1b[2J\x07", "\x7f\x9b31m", MARKUP),
    *(
        "\u202egnp.exe",
        "\u2066\u2069\u200f\u061c",
        "🦊👩‍👩‍👧",
        "e\u0301" * 50,
        "=1+1",
        "＝1",  # noqa: RUF001 - a formula too
        "@A1",
    ),
    *(
        '"',
        "'",
        "\\",
        "\\u",
        "{place}",
        "{0}",
        "%s",
        "~",
        "1~1.0~",
        "NaN",
        "null",
        "İı",
        *PROTOTYPES,
    ),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-W47-1", "20261123T100000"),
    *("2026-02-30", "-000001-01-01", "2026-11-23 10:00", "2026-11-23T10:00:00,123456789Z"),
)
WRONG: Final[tuple[Json, ...]] = (
    *(None, True, False, 0, -0.0, -1, 1.5, 10**30, 10**300, 1e308, 5e-324, [], {}, [[]], [None]),
    *(
        [1, "2"],
        {"": ""},
        {"a": {"b": []}},
        {"__proto__": {"polluted": True}},
        ["yes", "no", "yes"],
    ),
    *TEXTS,
)
TOKENS: Final = (
    *('"', "\\", "{", "}", "[", "]", ",", ":", "null", "true", "NaN", "-Infinity", "1e400", "-0"),
    *("0x1", "1.", "\\ud800", "\\u0000", "\ufeff", "\0", "\ud800", "//", "'", "\u00a0", "9" * 400),
    *('"__proto__":', '"a":1,"a":2', "\n", "[" * 60, "}" * 60, "~", "=", "%"),
)


def files() -> tuple[str, ...]:
    """Return valid files of each kind that the page writes, and some others."""
    many = {"format": "client-cases/1", "cases": [RECORD, OTHER, {**OTHER, "id": ""}]}
    return (
        json.dumps(RECORD, ensure_ascii=False, indent=2),
        json.dumps(RECORD),
        json.dumps(many, ensure_ascii=False),
        '{"answers": {"knows_goal": "no", "trusts_opinion": "no"}}',
    )


def damaged_text(text: str, random: Random) -> str:
    """Return the text with one to three random changes."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at, to = sorted(random.randrange(len(text) + 1) for _ in range(2))
        match random.randrange(7):
            case 0:
                text = text[:at]
            case 1:
                text = text[:at] + text[to:]
            case 2:
                text = text[:at] + random.choice(TOKENS) + text[at:]
            case 3:
                text = text[:at] + chr(random.randrange(0x250)) + text[at + 1 :]
            case 4:
                text = text[:to] + text[at : at + 200] + text[to:]
            case 5:
                text = text[to:] + text[at:to] + text[:at]
            case _:
                old = random.choice(('"', "{", "[", ":", ",", "1", "no", "e", "~", "-"))
                text = text.replace(old, random.choice(TOKENS), 1)
    return text


def damaged_bytes(raw: bytes, random: Random) -> bytes:
    """Return the bytes with a change as by a faulty disk or connection."""
    at = random.randrange(len(raw) + 1)
    match random.randrange(6):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + bytes([raw[at % len(raw)] ^ 1 << random.randrange(8)]) + raw[at + 1 :]
        case 2:
            return raw[:at] + random.randbytes(random.randrange(1, 9)) + raw[at:]
        case 3:
            return (
                random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\x1f\x8b", b"PK\x03\x04"))
                + raw
            )
        case 4:
            encoding = random.choice(("utf-16", "utf-16-be", "utf-32", "cp1251", "utf-7", "koi8-r"))
            return raw.decode().encode(encoding, "replace")
        case _:
            return raw[:at] + b"\0" * random.randrange(1, 64) + raw[at:]


def damaged_value(value: Json, random: Random) -> Json:
    """Return a copy in which one value, at any depth, is replaced, removed, nested or doubled."""
    if isinstance(value, dict | list) and value and random.random() < 0.85:
        copy = value.copy()
        key = random.choice([*copy]) if isinstance(copy, dict) else random.randrange(len(copy))
        match random.randrange(8):
            case 0:
                del copy[key]
            case 1 if isinstance(copy, dict):
                copy[random.choice((*TEXTS, *FACT_IDS, *RECORD))] = copy[key]
            case 1 if isinstance(copy, list):
                copy += copy
            case _:
                copy[key] = damaged_value(copy[key], random)
        return copy
    match random.randrange(8):
        case 0:
            return [value]
        case 1:
            return {random.choice(TEXTS): value}
        case 2:
            return nested(value, random.choice((5, 30, 49, 70)))
        case _:
            return random.choice(WRONG)


def damaged_files(random: Random) -> Iterator[str]:
    """Yield endlessly damaged files, and files of damaged clients."""
    for text in damaged_clients(random):
        yield text
        if random.random() < 0.5:
            clients = [_damaged_record(random), OTHER, {**OTHER, "id": random.choice(TEXTS)}]
            random.shuffle(clients)
            yield json.dumps(
                {"format": "client-cases/1", "cases": clients[: random.randrange(1, 4)]}
            )


def damaged_clients(random: Random) -> Iterator[str]:
    """Yield endlessly damaged files of one client each."""
    good = files()
    while True:
        yield damaged_text(random.choice(good), random)
        for _ in range(2):
            yield json.dumps(_damaged_record(random), ensure_ascii=random.random() < 0.5)


def damaged_bytes_of_clients(random: Random) -> Iterator[bytes]:
    """Yield the same as bytes, and files damaged byte by byte."""
    good = [text.encode() for text in files()]
    for text in damaged_clients(random):
        yield text.encode(errors="surrogatepass")
        if random.random() < 0.3:
            yield damaged_bytes(random.choice(good), random)


def _damaged_record(random: Random) -> Json:
    record: Json = random.choice((RECORD, Samples(random).record()))
    record = {**record, "id": random.choice(("1", "2", "imported", "new"))}
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        record = damaged_value(record, random)
    return record


def nested(value: Json, times: int) -> Json:
    """Return the value inside of so many lists."""
    for _ in range(times):
        value = [value]
    return value


def wrong_everywhere() -> Iterator[Json]:
    """Yield the record with each wrong value under each of its keys, at any depth."""
    yield from _wrong_in(RECORD)


def _wrong_in(value: Json) -> Iterator[Json]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        for wrong in WRONG:
            yield _with(value, key, wrong)
        if isinstance(item, dict | list):
            for inner in _wrong_in(item):
                yield _with(value, key, inner)


def _with(value: Json, key: str | int, item: Json) -> Json:
    copy = value.copy()
    copy[key] = item
    return copy


def corpus() -> dict[str, bytes]:
    """Return the damaged files of tests/corpus, by name."""
    folder = Path(__file__).parents[1] / "corpus"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
