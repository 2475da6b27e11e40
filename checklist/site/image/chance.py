"""Clients by chance, and what the page might ask about them: what nobody would think to list."""

import json
from datetime import UTC, datetime
from random import Random
from typing import Any, Final

from checklist.rules import ANSWERS, FACTS
from checklist.texts import LANGUAGES
from checklist.views.letters import KINDS

type Record = dict[str, Any]

_FORMS: Final = ("json", "csv", "md")
_MOST: Final = 6
_MOST_COMPARED: Final = 4
_LONGEST: Final = 50
_ALPHABETS: Final = (
    *((0x20, 0x7E), (0x410, 0x44F), (0x20, 0xFF), (0x20, 0x45F)),
    *((0, 0x2FFF), (0x3040, 0xD7FF), (0x1F300, 0x1FAFF), (0, 0x10FFFF)),
)
_TIMES: Final = (
    *("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f", "%Y%m%dT%H%M%SZ"),
    *("%G-W%V-%u", "%Y-%m-%d %H:%M", "%Y-%j", "%c"),
)


def random_request(chance: Random) -> Record:
    """Return something that the page may ask of Python, as plain values."""
    records = [random_record(chance) for _ in range(chance.randint(2, _MOST))]
    one = {"record": records[0], "in": chance.choice(LANGUAGES)}
    view = chance.choice(("history", "losses", "sheet", "open", "agenda"))
    options = dict.fromkeys(("greet", "better", "sign"), random_text(chance))
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
            {"do": "estimate", "figures": records[0]["figures"]},
        )
    )
    return {"lang": chance.choice(LANGUAGES), **asked}


def random_record(chance: Random) -> Record:
    """Return a client, mostly in good order."""
    facts = chance.sample([fact.id for fact in FACTS], chance.randint(0, len(FACTS)))
    return {
        "id": random_text(chance),
        "rules": chance.choice(("1.0", "1.0", "1.0", "0.9", "2.0", random_text(chance))),
        "name": random_text(chance),
        "answers": {fact: chance.choice((*ANSWERS * 9, "", 1)) for fact in facts},
        "notes": {fact: random_text(chance) for fact in facts},
        "figures": {name: random_number(chance) for name in ("hours", "weeks", "rate")},
        "log": [
            {"at": random_time(chance), "answers": {fact: ["yes", "no"]}} for fact in facts[:3]
        ],
        "changed": random_time(chance),
    }


def random_text(chance: Random) -> str:
    """Return a short text in any script; some hold control characters or half a character."""
    first, last = chance.choice(_ALPHABETS)
    letters = chance.choices(range(first, last + 1), k=chance.randrange(_LONGEST))
    return "".join(map(chr, letters))


def random_time(chance: Random) -> str:
    """Return a time as some program may write it, or what is left of it when a digit is wrong."""
    moment = datetime.fromtimestamp(chance.randrange(2**34), UTC)
    text = moment.strftime(chance.choice(_TIMES))
    return text.replace(chance.choice("0123456789"), chance.choice("0123456789Z-"), 1)


def random_number(chance: Random) -> int | float:
    """Return a number of any size, now and then a whole or a negative one."""
    number = chance.uniform(-1, 10 ** chance.randrange(16))
    return chance.choice((number, int(number), round(number, 2)))
