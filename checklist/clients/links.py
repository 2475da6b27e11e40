"""Share links: a client as the fragment of a URL, which browsers do not send to the server.

A payload such as ``2z1.0zynuxxxxxxxxzz9f3a21c0`` has five parts, separated by ``z``: the version
of the link format; the version of the rules; a letter for each fact of that edition (``x`` for not
answered); the optional part, compressed JSON in base32hex (RFC 4648, 7), or nothing; and the CRC-32
of the rest. The optional part has any of ``name``, ``notes``, ``checks`` and ``stage``; whatever
else it has is ignored, so that links of later versions can be read. Digits, small letters and the
dot within the version are all: messengers, editors and mail programs leave these alone, and
capitals mean the same.

Links of the first format remain readable: ``1~1.0~ynu--------~~9f3a21c0``, with base64url.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from checklist.advice import STAGES
from checklist.clients.client import FORMAT, Client
from checklist.clients.limits import MAX_LINK_LENGTH, size_problems, too_large
from checklist.clients.link_repair import candidates
from checklist.clients.reading import ClientError, read_client
from checklist.clients.versions import parse_version
from checklist.rules import EDITIONS, Edition, Problem, short_json

_LETTER_OF_ANSWER: Final = {"yes": "y", "no": "n", "unknown": "u"}
_ANSWER_OF_LETTER: Final = {letter: answer for answer, letter in _LETTER_OF_ANSWER.items()}
_VERSION_OF_FORMAT: Final = re.compile(r"(\d+)[~z]")
_OPTIONAL: Final = ("name", "notes", "checks", "stage")
_PART_COUNT: Final = 5
_CHECKSUM_LENGTH: Final = 8
_RESERVED_LENGTH: Final = 100
"""In characters, for all parts but the optional one."""
_BITS: Final = 5
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuv"


def _encode_base32(data: bytes) -> str:
    """Return base32hex in small letters, without padding (RFC 4648, section 7).

    ``base64.b32hexencode`` would keep a table of 1,024 pairs in memory, and so in the image.
    """
    bits = f"{int.from_bytes(data):0{8 * len(data)}b}" if data else ""
    bits += "0" * (-len(bits) % _BITS)
    return "".join(_DIGITS[int(bits[at : at + _BITS], 2)] for at in range(0, len(bits), _BITS))


def _decode_base64(text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)


def _decode_base32(text: str) -> bytes:
    length, spare_bits = divmod(_BITS * len(text), 8)
    return (int(text or "0", 32) >> spare_bits).to_bytes(length)


@dataclass(frozen=True, slots=True)
class _LinkFormat:
    version: str
    separator: str
    not_answered: str
    decode: Callable[[str], bytes]


_FIRST: Final = _LinkFormat("1", "~", "-", _decode_base64)
_SECOND: Final = _LinkFormat("2", "z", "x", _decode_base32)


def write_link(client: Client, *, name: bool = False, notes: bool = False) -> str:
    """Return the payload of a link with the client's answers, and its name and notes if wanted.

    The checks and the stage are answers too: they are in it wherever there are any. Raises
    ``ClientError`` if the notes are too long for a link.
    """
    letters = "".join(
        _LETTER_OF_ANSWER.get(client.answers.get(fact, ""), _SECOND.not_answered)
        for fact in EDITIONS[-1].facts
    )
    chosen: dict[str, Any] = {}
    if name and client.name:
        chosen["name"] = client.name
    if notes and client.notes:
        chosen["notes"] = dict(client.notes)
    if client.checks:
        chosen["checks"] = dict(client.checks)
    if client.stage != STAGES[0]:
        chosen["stage"] = client.stage
    compressed = _compress(chosen) if chosen else ""
    if len(compressed) > MAX_LINK_LENGTH - _RESERVED_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    body = _SECOND.separator.join([_SECOND.version, EDITIONS[-1].version, letters, compressed])
    return f"{body}{_SECOND.separator}{_checksum(body)}"


def read_link(payload: str, editions: tuple[Edition, ...] = EDITIONS) -> Client:
    """Return the client of a payload, which may have been altered in transit (``candidates``).

    Raises ``ClientError`` with the place ``link`` if the link is damaged, too large, or made with
    a newer link format or newer rules.
    """
    if len(payload) > MAX_LINK_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    return _parse(_intact(payload), editions)


def checksum_of(payload: str) -> str:
    """Return the checksum of a link that can be read, by which it is known again."""
    return _intact(payload)[-_CHECKSUM_LENGTH:]


def _intact(payload: str) -> str:
    """Return the payload without what was done to it in transit; itself if that is unknown."""
    return next((one for one in candidates(payload) if _has_valid_checksum(one)), payload)


def _format_of(payload: str) -> _LinkFormat | None:
    formats = (_FIRST, _SECOND)
    return next((one for one in formats if payload.startswith(one.version + one.separator)), None)


def _has_valid_checksum(payload: str) -> bool:
    link_format = _format_of(payload)
    separator = link_format.separator if link_format else "~"
    body, _, sum_ = payload.rpartition(separator)
    return sum_ == _checksum(body)


def _parse(payload: str, editions: tuple[Edition, ...]) -> Client:
    link_format = _format_of(payload)
    version_of_format = _VERSION_OF_FORMAT.match(payload)
    if not link_format and version_of_format and version_of_format[1] != _FIRST.version:
        raise ClientError([Problem("link", "newer_link", short_json(version_of_format[1]))])
    parts = payload.split(link_format.separator) if link_format else []
    if not link_format or len(parts) != _PART_COUNT or not _has_valid_checksum(payload):
        raise _damaged_link(payload)
    _, version, letters, compressed, _ = parts
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
    answered = sum(letter != link_format.not_answered for letter in letters)
    if len(letters) != len(edition.facts) or len(answers) != answered:
        raise _damaged_link(payload)
    chosen = _decompress(compressed, link_format) if compressed else {}
    record = {"format": FORMAT, "rules": version, "answers": answers, **chosen}
    return read_client(json.dumps(record), editions)


def _compress(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    if len(text) > MAX_LINK_LENGTH:
        raise ClientError([too_large("link", MAX_LINK_LENGTH)])
    return _encode_base32(zlib.compress(text, 9))


def _decompress(compressed: str, link_format: _LinkFormat) -> dict[str, Any]:
    """Return the optional part; raises ``ClientError``, also if it expands beyond the limit."""
    try:
        inflater = zlib.decompressobj()
        unpacked = inflater.decompress(link_format.decode(compressed), MAX_LINK_LENGTH)
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
    return {key: chosen[key] for key in _OPTIONAL if key in chosen}


def _damaged_link(text: str) -> ClientError:
    return ClientError([Problem("link", "damaged_link", short_json(text))])


def _checksum(body: str) -> str:
    """Return the CRC-32 of a text, as eight hexadecimal digits."""
    return f"{zlib.crc32(body.encode(errors='replace')):08x}"
