"""Random clients, some of them invalid, and random requests about them."""

import json
from random import Random
from typing import Any, Final

from checklist.advice import KINDS, REASONS
from checklist.clients.fields import ESTIMATE
from checklist.site.requests.random_records import Samples, random_number, random_text, random_time
from checklist.texts import LANGUAGES

type Record = dict[str, Any]

_FIGURES: Final = tuple(field.name for field in ESTIMATE.fields)
_SCORED: Final = ("answers", "checks", "stage")
_FORMATS: Final = ("csv", "md")
_MAX_RECORDS: Final = 6
_MAX_COMPARED: Final = 4
_CORRUPTION: Final = 0.3  # the probability of one more wrong value
_WRONG_VALUES: Final = (
    *("null", "true", "1", "-1.5", str(10**30), '""', '"yes"', '"maybe"', '"2.0"'),
    *("[]", "[1]", "{}", '{"no": 1}'),
)
"""Values as JSON, so that no two records share a list or an object."""


def random_request(random: Random) -> Record:
    """Return a request that the page may send to Python."""
    make = random.choice(
        (_score, _case, _view, _letter, _link, _export, _import, _compare, _overview, _estimate)
    )
    return {"lang": random.choice(LANGUAGES), **make(random)}


def _score(random: Random) -> Record:
    record = random_record(random)
    return {key: record[key] for key in _SCORED if key in record}


def _case(random: Random) -> Record:
    return {"case": json.dumps(random_record(random))}


def _view(random: Random) -> Record:
    view = random.choice(("history", "losses", "sheet", "open", "agenda"))
    return {"do": view, **_about_one(random)}


def _letter(random: Random) -> Record:
    options = dict.fromkeys(("greet", "better", "sign"), _text(random))
    options["reason"] = random.choice(("", *REASONS))
    kind = random.choice(KINDS)
    return {"do": "letter", "kind": kind, "options": options, **_about_one(random)}


def _link(random: Random) -> Record:
    flags = {name: random.choice((True, False)) for name in ("name", "notes")}
    return {"do": "link", **flags, **_about_one(random)}


def _about_one(random: Random) -> Record:
    return {"record": random_record(random), "in": random.choice(LANGUAGES)}


def _export(random: Random) -> Record:
    return {"do": "export", "records": _some(random), "as": random.choice(_FORMATS)}


def _import(random: Random) -> Record:
    records = _some(random)
    return {"do": "import", "text": json.dumps(records), "here": records[:2]}


def _compare(random: Random) -> Record:
    return {"do": "compare", "records": _some(random)[:_MAX_COMPARED]}


def _overview(random: Random) -> Record:
    return {"do": "overview", "records": _some(random)}


def _some(random: Random) -> list[Record]:
    return [random_record(random) for _ in range(random.randint(2, _MAX_RECORDS))]


def _estimate(random: Random) -> Record:
    figures = {name: random.choice((1, -1)) * random_number(random) for name in _FIGURES}
    return {"do": "estimate", "figures": figures}


def random_record(random: Random) -> Record:
    """Return a client; three of ten have one wrong value or more."""
    record = Samples(random, text=_text, time=_time).record()
    while random.random() < _CORRUPTION:
        _corrupt(record, random)
    return record


def _corrupt(value: Any, random: Random) -> None:  # noqa: ANN401 - an object or a list
    """Replace one value at any depth by a wrong one; ``value`` must not be empty."""
    key = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if isinstance(value[key], dict | list) and value[key] and random.choice((True, False)):
        _corrupt(value[key], random)
    else:
        value[key] = json.loads(random.choice(_WRONG_VALUES))


def _text(random: Random) -> str:
    """Return a text; one in ten ends in a lone surrogate."""
    return random_text(random) + random.choice(("\ud800", *[""] * 9))


def _time(random: Random) -> str:
    """Return a time; half of them have one digit replaced."""
    digit, wrong = random.choice("0123456789"), random.choice("0123456789Z-")
    return random_time(random).replace(digit, wrong, random.choice((0, 1)))
