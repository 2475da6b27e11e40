"""Sample requests: the image is warmed up, traced and tested with them.

The image lacks every function that no sample calls, so they cover every kind of request in both
languages, every kind of letter, document and file, and valid and invalid input.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from random import Random
from typing import Any, Final

from checklist.advice import CHECKS, KINDS, STAGES
from checklist.browser import handle
from checklist.clients.fields import RECORD
from checklist.clients.limits import MAX_CLIENTS, MAX_ITEMS
from checklist.rules import ANSWERS, FACTS, RULES_VERSION
from checklist.site.requests.random_records import Samples
from checklist.site.requests.random_requests import random_request
from checklist.texts import LANGUAGES

type Record = Mapping[str, Any]
type Request = Mapping[str, Any]

_IDS: Final = tuple(fact.id for fact in FACTS)
_STRIDE: Final = 499  # a prime, so that the states taken have each answer to each fact
_TEXTS: Final = (
    *("", " ", "Καφενείο", "Café “Ünïcödé”", "名前", "🦊👩‍👩‍👧", "e\u0301", "\u202eRTL", "İı ßSS"),
    *("=1+1", '"quoted", with; a comma', "two\nlines\r\n", "\0\x07\x7f", "\ud800", "a" * 5_000),
)
_NUMBERS: Final = (0, 1, 2.5, 1e15, 10**30, -1, 0.1, 1e308, True, None, "1", float("nan"))
_FIGURES: Final = (2, 2.5, 10**5, 123_456.78, 2**33, 1e12, 2**53 - 1)
"""Integers of one, two and three of Python's digits, and fractions: each product of them."""
_TIMES: Final = (
    *("2026-11-20T10:00:00+03:00", "2026-11-21T10:00:00-05:30", "2024-02-29T23:59:59.123456Z"),
    *("2026-11-20T10:00:00", "2026-11-20", "yesterday", "", "0001-01-01T00:00:00+14:00"),
    *("2026-W12-3", "20261120T101010Z", "2026-11-20T24:00:00Z", "2026-11-20T10:00:00,5Z"),
    *("2026-02-30", "2026-366", "2026-11-20T10:00:60Z", "2026-11-20T10:00+24:00", "\u0662026"),
)
_WRONG_VALUES: Final[tuple[Any, ...]] = (None, True, 1, -1.5, "", "yes", [], [1], {}, {"no": 1})
_KEYS: Final = tuple(field.name for field in RECORD.fields)
_FORMATS: Final = ("csv", "md")
_SMALL: Final[Record] = {"id": "1", "name": "A", "answers": {"decides": "no"}}
_SEED: Final = 59_049
_RANDOM_REQUESTS: Final = 3_000
_NESTED: Final = json.loads("[" * 100 + "]" * 100)
_LINK_OF_FIRST_FORMAT: Final = (
    "1~1.0~-nn----u--y~eNqrVspLzE1VslK6MOHCXiDcoKCm4JyvpKOUl1-SWqxkVa2UkpqcmQJiKl1svLD_YsOFfUB6"
    "x8Wmiz0KF7Ze7Lw4UQEotuHCdqXaWgA3_CXv~ce507cf5"
)
_CUTS: Final = 61  # about how many positions of a text are damaged


def sample_requests() -> tuple[str, ...]:
    """Return the requests as JSON, as the page sends them; the same ones each time, none twice."""
    chosen = ({"lang": lang, **request} for request in _requests() for lang in LANGUAGES)
    random = Random(_SEED)  # noqa: S311 - not for security
    random_ones = (random_request(random) for _ in range(_RANDOM_REQUESTS))
    # One language for these: each takes as long as a hundred others.
    large = ({"lang": LANGUAGES[0], **request} for request in _large())
    requests = (*chosen, *large, *random_ones)
    return tuple(dict.fromkeys(json.dumps(request) for request in requests))


def _requests() -> Iterator[Request]:
    yield from _scores()
    varied, others = tuple(_varied_records()), tuple(_records_with_times_and_amounts())
    records = (*varied, *others)
    for record in varied:
        yield from _about(record, KINDS)
    for record in others:
        yield from _about(record, KINDS[:1])
    yield {"do": "compare", "records": records[:3]}
    yield {"do": "overview", "records": records}
    yield {"do": "overview", "records": [_NESTED, *records[:2]]}
    yield from _files(records)
    yield from _links(records)
    for hours, weeks in product(_NUMBERS[:6], repeat=2):
        yield {"do": "estimate", "figures": {"hours": hours, "weeks": weeks, "rate": 1234.5}}
    for hours, weeks, rate in product(_FIGURES, repeat=3):
        yield {"do": "estimate", "figures": {"hours": hours, "weeks": weeks, "rate": rate}}
    yield {"do": "estimate", "figures": {}}


def _scores() -> Iterator[Request]:
    states = list(product(ANSWERS, repeat=len(_IDS)))
    for state in states[::_STRIDE]:
        yield {"answers": dict(zip(_IDS, state, strict=True))}
    yield {"answers": {}}
    for check, stage in product(CHECKS, STAGES):
        yield {"answers": {}, "checks": {check.id: "yes"}, "stage": stage}
    for value in _WRONG_VALUES:
        yield {"answers": {}, "checks": {"pays_late": value, "no_such_check": value}}
        yield {"answers": {}, "checks": value, "stage": value}
        yield {"answers": {"knows_goal": value, "no_such_fact": value}}
        yield {"answers": value}


def _varied_records() -> Iterator[Record]:
    states = list(product(ANSWERS, repeat=len(_IDS)))
    random = Random(_SEED)  # noqa: S311 - not for security
    for number, text in enumerate(_TEXTS):
        answers = dict(zip(_IDS, states[number * len(states) // len(_TEXTS)], strict=True))
        whole = Samples(random, present=1, text=partial(_same, text)).record()
        yield {
            **whole,
            "rules": RULES_VERSION,
            "id": f"client-{number}",
            "answers": answers,
            "log": [
                *whole["log"],
                {"at": _TIMES[0], "answers": {"knows_goal": ["yes", "no"]}},
                {"at": _TIMES[1], "meeting": text},
                {"at": _TIMES[2], "note": "decides", "text": text},
                {"at": _TIMES[0], "decision": "taken"},
                {"at": _TIMES[1], "rules": "0.9"},
                {"at": _TIMES[0], "checks": {"pays_late": [None, "yes"]}},
                {"at": _TIMES[1], "stage": "begun"},
            ],
            "unknown key": [text, {"deep": [number]}],
        }
    yield {"id": "2", "rules": "0.5", "answers": {}}
    yield {"id": "3", "rules": "99.0", "answers": {"decides": "no"}}
    yield {"id": "4"}
    for value in _WRONG_VALUES:
        yield dict.fromkeys(_KEYS, value)


def _records_with_times_and_amounts() -> Iterator[Record]:
    """Yield records that differ from each other in nothing else."""
    for at in _TIMES:
        yield {"id": "5", "answers": {}, "log": [{"at": at}], "changed": at}
    for amount in _NUMBERS:
        yield {"id": "6", "answers": {}, "estimate": {"hours": amount, "rate": amount}}


def _same(text: str, _: Random) -> str:
    return text


def _about(record: Record, letters: Iterable[str]) -> Iterator[Request]:
    for view in ("history", "losses", "sheet", "open"):
        yield {"do": view, "record": record}
    for written in LANGUAGES:
        # The random requests have another language for the page than for what is written.
        about = {"lang": written, "record": record, "in": written}
        yield {"do": "agenda", **about}
        for kind in letters:
            options = {"greet": "Ελάτη", "better": "B", "sign": "—"}
            for chosen in (options, {}):
                yield {"do": "letter", "kind": kind, "options": chosen, **about}
    for name, notes in product((True, False), repeat=2):
        yield {"do": "link", "record": record, "name": name, "notes": notes}
    yield {"do": "compare", "records": [record, record]}
    yield {"do": "overview", "records": [record]}


def _files(records: tuple[Record, ...]) -> Iterator[Request]:
    good = records[: len(_TEXTS)]
    for form in _FORMATS:
        yield {"do": "export", "records": good, "as": form}
    for text in _damaged(json.dumps({"format": "client-cases/1", "cases": good[:2]})):
        yield {"do": "import", "text": text, "here": [{**good[0], "answers": {}}]}
        yield {"case": text}
    for here in ([], [_SMALL], [{**_SMALL, "answers": {}}]):
        yield {"do": "import", "text": json.dumps(_SMALL), "here": here}
    for record in records:
        text = json.dumps(record)
        yield {"do": "import", "text": text, "here": good[:3]}
        yield {"case": text}
    for text in ("[" * 100_000, '{"a":' * 10_000, "1" * 5_000, "nul", "\ufeff{}", '"\\ud800"'):
        yield {"do": "import", "text": text, "here": []}
        yield {"case": text}


def _large() -> Iterator[Request]:
    """Yield requests with the largest number of clients: memory grows, and sorting merges runs."""
    random = Random(_SEED)  # noqa: S311 - not for security
    many = [
        {
            "id": str(number),
            "name": f"{number}",
            "answers": {fact: random.choice(ANSWERS) for fact in _IDS},
            "notes": dict.fromkeys(_IDS[:3], "x"),
            "changed": _TIMES[0],
        }
        for number in range(MAX_CLIENTS)
    ]
    text = json.dumps({"format": "client-cases/1", "cases": many})
    yield {"do": "overview", "records": many}
    yield {"do": "export", "records": many, "as": "csv"}
    yield {"do": "import", "text": text, "here": many[::2]}
    entry = {"at": _TIMES[0], "meeting": "", "answers": {"decides": ["no", "yes"]}}
    yield {"do": "history", "record": {"answers": {}, "log": [entry] * MAX_ITEMS}}


def _links(records: tuple[Record, ...]) -> Iterator[Request]:
    for record in records[: len(_TEXTS)]:
        for notes in (True, False):
            link = {"do": "link", "record": record, "name": True, "notes": notes}
            response = json.loads(handle(json.dumps({"lang": "ru", **link})))
            if payload := response.get("payload"):
                yield {"do": "open_link", "payload": payload}
    yield {"do": "open_link", "payload": _LINK_OF_FIRST_FORMAT}
    for text in _damaged(payload):
        yield {"do": "open_link", "payload": text}
    for text in ("", "damaged", "%%%", "1.", "AAAA", "=" * 9, "é", "\0"):
        yield {"do": "open_link", "payload": text}


def _damaged(text: str) -> Iterator[str]:
    """Yield a text as it is, then cut short, with a letter changed, and with one added."""
    yield text
    for at in range(0, len(text), max(1, len(text) // _CUTS)):
        yield text[:at]
        yield f"{text[:at]}~{text[at + 1 :]}"
        yield f"{text[:at]}9{text[at:]}"
