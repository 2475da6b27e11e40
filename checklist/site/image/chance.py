"""Random clients and random requests about them."""

import json
from random import Random
from typing import Any, Final

from checklist.clients.fields import ESTIMATE
from checklist.site.image.samples import Samples, random_number, random_text, random_time
from checklist.texts import LANGUAGES
from checklist.views.letters import KINDS

type Record = dict[str, Any]

_FIGURES: Final = tuple(field.name for field in ESTIMATE.fields)
_FORMS: Final = ("json", "csv", "md")
_MOST: Final = 6
_MOST_COMPARED: Final = 4
_CORRUPTED: Final = 0.3
_WRONG: Final = (
    *("null", "true", "1", "-1.5", str(10**30), '""', '"yes"', '"maybe"', '"2.0"'),
    *("[]", "[1]", "{}", '{"no": 1}'),
)
"""Values as JSON: each is made anew where it is put."""


def random_request(chance: Random) -> Record:
    """Return something that the page may ask of Python, as plain values."""
    records = [random_record(chance) for _ in range(chance.randint(2, _MOST))]
    one = {"record": records[0], "in": chance.choice(LANGUAGES)}
    view = chance.choice(("history", "losses", "sheet", "open", "agenda"))
    options = dict.fromkeys(("greet", "better", "sign"), _text(chance))
    figures = {name: chance.choice((1, -1)) * random_number(chance) for name in _FIGURES}
    flags = {"name": chance.random() < 0.5, "notes": chance.random() < 0.5}  # noqa: PLR2004 - evenly
    asked: Record = chance.choice(
        (
            {"answers": records[0]["answers"]},
            {"case": json.dumps(records[0])},
            {"do": view, **one},
            {"do": "letter", "kind": chance.choice(KINDS), "options": options, **one},
            {"do": "link", **one, **flags},
            {"do": "export", "records": records, "as": chance.choice(_FORMS)},
            {"do": "import", "text": json.dumps(records), "here": records[:2]},
            {"do": "compare", "records": records[:_MOST_COMPARED]},
            {"do": "overview", "records": records},
            {"do": "estimate", "figures": figures},
        )
    )
    return {"lang": chance.choice(LANGUAGES), **asked}


def random_record(chance: Random) -> Record:
    """Return a client; in three of ten one value or more is wrong."""
    record = Samples(chance, text=_text, time=_time).record()
    while chance.random() < _CORRUPTED:
        _corrupt(record, chance)
    return record


def _corrupt(value: Any, chance: Random) -> None:  # noqa: ANN401 - an object or a list
    """Replace one value, at any depth, by a wrong one; the object or list must not be empty."""
    key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if isinstance(value[key], dict | list) and value[key] and chance.choice((True, False)):
        _corrupt(value[key], chance)
    else:
        value[key] = json.loads(chance.choice(_WRONG))


def _text(chance: Random) -> str:
    """A text; one in ten ends in a lone surrogate."""
    return random_text(chance) + chance.choice(("\ud800", *[""] * 9))


def _time(chance: Random) -> str:
    """A time; in half of them a digit is replaced."""
    digit, wrong = chance.choice("0123456789"), chance.choice("0123456789Z-")
    return random_time(chance).replace(digit, wrong, chance.choice((0, 1)))
