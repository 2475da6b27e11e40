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
    records = [random_record(random) for _ in range(random.randint(2, _MAX_RECORDS))]
    one = {"record": records[0], "in": random.choice(LANGUAGES)}
    view = random.choice(("history", "losses", "sheet", "open", "agenda"))
    options = dict.fromkeys(("greet", "better", "sign"), _text(random))
    options["reason"] = random.choice(("", *REASONS))
    figures = {name: random.choice((1, -1)) * random_number(random) for name in _FIGURES}
    flags = {"name": random.random() < 0.5, "notes": random.random() < 0.5}  # noqa: PLR2004 - even odds
    scored: Record = {key: records[0][key] for key in _SCORED if key in records[0]}
    request: Record = random.choice(
        (
            {"answers": records[0]["answers"]},
            scored,
            {"case": json.dumps(records[0])},
            {"do": view, **one},
            {"do": "letter", "kind": random.choice(KINDS), "options": options, **one},
            {"do": "link", **one, **flags},
            {"do": "export", "records": records, "as": random.choice(_FORMATS)},
            {"do": "import", "text": json.dumps(records), "here": records[:2]},
            {"do": "compare", "records": records[:_MAX_COMPARED]},
            {"do": "overview", "records": records},
            {"do": "estimate", "figures": figures},
        )
    )
    return {"lang": random.choice(LANGUAGES), **request}


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
