"""Share links: a case as the part of an address that no server sees.

``1~1.0~ynu--------~~9f3a21c0``: the form of the link, the version of the rules, one letter for
each fact in the order of that version (``-`` is not answered), name and notes where they were
chosen, and a sum that tells a link cut short or mistyped.
"""

import base64
import binascii
import json
import zlib
from typing import Any, Final

from checklist.clients.client import FORMAT, Client
from checklist.clients.limits import LARGEST_LINK, problems_with_size, too_large
from checklist.clients.link_repair import candidates
from checklist.clients.reading import ClientError, read_client
from checklist.clients.versions import parse_version
from checklist.rules import EDITIONS, Edition, Problem, shown

_FORM: Final = "1"
_LETTERS: Final = {"yes": "y", "no": "n", "unknown": "u"}
_ANSWERS: Final = {letter: answer for answer, letter in _LETTERS.items()}
_NOT_ANSWERED: Final = "-"
_PARTS: Final = 5
_ROOM: Final = 100
"""For all but name and notes."""


def write_link(client: Client, *, name: bool = False, notes: bool = False) -> str:
    """Return the payload of a link to the answers, with name and notes only where asked for.

    Raises ``ClientError`` for notes that are too long for a link.
    """
    letters = "".join(
        _LETTERS.get(client.answers.get(fact, ""), _NOT_ANSWERED) for fact in EDITIONS[-1].facts
    )
    chosen: dict[str, Any] = {}
    if name and client.name:
        chosen["name"] = client.name
    if notes and client.notes:
        chosen["notes"] = dict(client.notes)
    packed = _pack(chosen) if chosen else ""
    if len(packed) > LARGEST_LINK - _ROOM:
        raise ClientError([too_large("link", LARGEST_LINK)])
    body = "~".join([_FORM, EDITIONS[-1].version, letters, packed])
    return f"{body}~{_sum(body)}"


def read_link(payload: str, editions: tuple[Edition, ...] = EDITIONS) -> Client:
    """Return the case that a link holds, also where it was changed on its way (``candidates``).

    Raises ``ClientError``: the place is ``link``, and the link was made by a newer page, of newer
    rules, is too large or is damaged.
    """
    if len(payload) > LARGEST_LINK:
        raise ClientError([too_large("link", LARGEST_LINK)])
    whole = next((one for one in candidates(payload) if _has_its_sum(one)), payload)
    return _read_whole(whole, editions)


def _has_its_sum(payload: str) -> bool:
    body, _, its_sum = payload.rpartition("~")
    return its_sum == _sum(body)


def _read_whole(payload: str, editions: tuple[Edition, ...]) -> Client:
    form, *rest = payload.split("~")
    if form != _FORM and form.isdecimal():
        raise ClientError([Problem("link", "newer_link", shown(form))])
    body, _, its_sum = payload.rpartition("~")
    if len(rest) != _PARTS - 1 or form != _FORM or its_sum != _sum(body):
        raise _damaged(payload)
    version, letters, packed, _ = rest
    edition = next((one for one in editions if one.version == version), None)
    if edition is None:
        newer = (parse_version(version) or ()) > (parse_version(editions[-1].version) or ())
        raise ClientError(
            [Problem("link", "newer_rules" if newer else "damaged_link", shown(version))]
        )
    answers = {
        fact: _ANSWERS[letter]
        for fact, letter in zip(edition.facts, letters, strict=False)
        if letter in _ANSWERS
    }
    given = sum(letter != _NOT_ANSWERED for letter in letters)
    if len(letters) != len(edition.facts) or len(answers) != given:
        raise _damaged(payload)
    chosen = _unpack(packed) if packed else {}
    record = {"format": FORMAT, "rules": version, "answers": answers, **chosen}
    return read_client(json.dumps(record), editions)


def _pack(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    if len(text) > LARGEST_LINK:
        raise ClientError([too_large("link", LARGEST_LINK)])
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def _unpack(packed: str) -> dict[str, Any]:
    """The name and notes; a small link may not blow up into a large text."""
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        inflater = zlib.decompressobj()
        unpacked = inflater.decompress(raw, LARGEST_LINK)
    except (binascii.Error, zlib.error, ValueError):
        raise _damaged(packed) from None
    if inflater.unconsumed_tail:
        raise ClientError([too_large("link", LARGEST_LINK)])
    text = unpacked.decode(errors="replace")
    if too_much := [*problems_with_size(text, "link", LARGEST_LINK)]:
        raise ClientError(too_much)
    try:
        chosen = json.loads(unpacked.decode())
    except ValueError:
        raise _damaged(packed) from None
    if not (inflater.eof and isinstance(chosen, dict)):
        raise _damaged(packed)
    return {key: chosen[key] for key in ("name", "notes") if key in chosen}


def _damaged(text: str) -> ClientError:
    return ClientError([Problem("link", "damaged_link", shown(text))])


def _sum(body: str) -> str:
    return f"{zlib.crc32(body.encode(errors='replace')):08x}"
