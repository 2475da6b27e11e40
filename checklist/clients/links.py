"""Share links: a client as the fragment of a URL, which browsers do not send to the server.

A payload such as ``1~1.0~ynu--------~~9f3a21c0`` has five parts: the version of the link format;
the version of the rules; a letter for each fact of that edition (``-`` for not answered); name
and notes as compressed JSON, or nothing; and the CRC-32 of the rest.
"""

import base64
import binascii
import json
import zlib
from typing import Any, Final

from checklist.clients.client import FORMAT, Client
from checklist.clients.limits import MAX_LINK_LENGTH, size_problems, too_large
from checklist.clients.link_repair import candidates
from checklist.clients.reading import ClientError, read_client
from checklist.clients.versions import parse_version
from checklist.rules import EDITIONS, Edition, Problem, short_json

_LINK_FORMAT: Final = "1"
_LETTER_OF_ANSWER: Final = {"yes": "y", "no": "n", "unknown": "u"}
_ANSWER_OF_LETTER: Final = {letter: answer for answer, letter in _LETTER_OF_ANSWER.items()}
_NOT_ANSWERED: Final = "-"
_PART_COUNT: Final = 5
_RESERVED_LENGTH: Final = 100
"""In characters, for all parts but name and notes."""


def write_link(client: Client, *, name: bool = False, notes: bool = False) -> str:
    """Return the payload of a link with the client's answers, and its name and notes if wanted.

    Raises ``ClientError`` if the notes are too long for a link.
    """
    letters = "".join(
        _LETTER_OF_ANSWER.get(client.answers.get(fact, ""), _NOT_ANSWERED)
        for fact in EDITIONS[-1].facts
    )
    chosen: dict[str, Any] = {}
    if name and client.name:
        chosen["name"] = client.name
    if notes and client.notes:
        chosen["notes"] = dict(client.notes)
    compressed = _compress(chosen) if chosen else ""
    if len(compressed) > MAX_LINK_LENGTH - _RESERVED_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    body = "~".join([_LINK_FORMAT, EDITIONS[-1].version, letters, compressed])
    return f"{body}~{_checksum(body)}"


def read_link(payload: str, editions: tuple[Edition, ...] = EDITIONS) -> Client:
    """Return the client of a payload, which may have been altered in transit (``candidates``).

    Raises ``ClientError`` with the place ``link`` if the link is damaged, too large, or made with
    a newer link format or newer rules.
    """
    if len(payload) > MAX_LINK_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    intact = next((one for one in candidates(payload) if _has_valid_checksum(one)), payload)
    return _parse(intact, editions)


def _has_valid_checksum(payload: str) -> bool:
    body, _, checksum = payload.rpartition("~")
    return checksum == _checksum(body)


def _parse(payload: str, editions: tuple[Edition, ...]) -> Client:
    link_format, *rest = payload.split("~")
    if link_format != _LINK_FORMAT and link_format.isdecimal():
        raise ClientError([Problem("link", "newer_link", short_json(link_format))])
    if (
        len(rest) != _PART_COUNT - 1
        or link_format != _LINK_FORMAT
        or not _has_valid_checksum(payload)
    ):
        raise _damaged_link(payload)
    version, letters, compressed, _ = rest
    edition = next((one for one in editions if one.version == version), None)
    if edition is None:
        newer = (parse_version(version) or ()) > (parse_version(editions[-1].version) or ())
        raise ClientError(
            [Problem("link", "newer_rules" if newer else "damaged_link", short_json(version))]
        )
    answers = {
        fact: _ANSWER_OF_LETTER[letter]
        for fact, letter in zip(edition.facts, letters, strict=False)
        if letter in _ANSWER_OF_LETTER
    }
    answered = sum(letter != _NOT_ANSWERED for letter in letters)
    if len(letters) != len(edition.facts) or len(answers) != answered:
        raise _damaged_link(payload)
    chosen = _decompress(compressed) if compressed else {}
    record = {"format": FORMAT, "rules": version, "answers": answers, **chosen}
    return read_client(json.dumps(record), editions)


def _compress(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    if len(text) > MAX_LINK_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def _decompress(compressed: str) -> dict[str, Any]:
    """Return name and notes; raises ``ClientError``, also if the text expands beyond the limit."""
    try:
        raw = base64.b64decode(
            compressed + "=" * (-len(compressed) % 4), altchars=b"-_", validate=True
        )
        inflater = zlib.decompressobj()
        unpacked = inflater.decompress(raw, MAX_LINK_LENGTH)
    except (binascii.Error, zlib.error, ValueError):
        raise _damaged_link(compressed) from None
    if inflater.unconsumed_tail:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    text = unpacked.decode(errors="replace")
    if problems := [*size_problems(text, "link", MAX_LINK_LENGTH)]:
        raise ClientError(problems)
    try:
        chosen = json.loads(unpacked.decode())
    except ValueError:
        raise _damaged_link(compressed) from None
    if not (inflater.eof and isinstance(chosen, dict)):
        raise _damaged_link(compressed)
    return {key: chosen[key] for key in ("name", "notes") if key in chosen}


def _damaged_link(text: str) -> ClientError:
    return ClientError([Problem("link", "damaged_link", short_json(text))])


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode(errors='replace')):08x}"
