"""Valid, damaged and malicious links."""

import base64
import json
import zlib
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Final

from checklist.clients import parse_client, write_link
from checklist.rules import RULES_VERSION
from tests.support.answers import FACT_IDS
from tests.support.damage import (
    MARKUP,
    PROTOTYPES,
    RECORD,
    TEXTS,
    Json,
    damaged_text,
    damaged_value,
)

NO_ANSWERS: Final = "-" * len(FACT_IDS)


def links() -> tuple[str, ...]:
    """Return valid payloads of links: bare, with a name, with notes."""
    client = parse_client(RECORD)
    return tuple(write_link(client, name=name, notes=name) for name in (False, True))


def with_checksum(body: str, separator: str = "~") -> str:
    """Return a payload with its checksum: one with a wrong checksum is refused unread."""
    return f"{body}{separator}{zlib.crc32(body.encode(errors='replace')):08x}"


def compressed(raw: bytes) -> str:
    """Return the part of a link that has name and notes."""
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode().rstrip("=")


def link_with(raw: bytes, answers: str = NO_ANSWERS) -> str:
    """Return a link with this compressed part and a right checksum."""
    return with_checksum(f"1~{RULES_VERSION}~{answers}~{compressed(raw)}")


def bomb(unit: bytes, times: int) -> str:
    """Return a small link that decompresses to the unit many times over."""
    deflater = zlib.compressobj(9)
    # After a full flush the same unit is compressed to the same bytes.
    first, next_ = (deflater.compress(unit) + deflater.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    raw = first + next_ * (times - 1) + deflater.flush()
    written = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return with_checksum(f"1~{RULES_VERSION}~{NO_ANSWERS}~{written}")


def damaged_links(random: Random) -> Iterator[str]:
    """Yield endlessly damaged links, and links with a right checksum and wrong contents."""
    good = links()
    while True:
        whole = random.choice(good)
        yield damaged_text(whole, random)
        yield with_checksum(damaged_text(whole.rpartition("z")[0], random), "z")
        for _ in range(3):
            chosen = damaged_value(_chosen(random), random)
            yield link_with(json.dumps(chosen).encode(), _letters(random))
        text = damaged_text(json.dumps(_chosen(random), ensure_ascii=False), random)
        yield link_with(text.encode(errors="replace"), _letters(random))


def _chosen(random: Random) -> dict[str, Json]:
    noted = random.sample(FACT_IDS, random.randrange(len(FACT_IDS)))
    notes = {fact: random.choice(TEXTS) for fact in noted}
    return {"name": random.choice(TEXTS), "notes": notes}


def _letters(random: Random) -> str:
    """Return answers as in a link, sometimes with invalid ones."""
    letters = [random.choice("ynu-") for _ in FACT_IDS]
    if random.random() < 0.1:
        letters[random.randrange(len(letters))] = random.choice(("x", "", "yy", "Y"))
    return "".join(letters)


@cache
def hostile_links() -> dict[str, str]:
    """Return hand-made links with right checksums that are meant to do harm."""
    text = json.dumps
    return {
        "nothing": "",
        "another form": with_checksum(f"0~1.0~{NO_ANSWERS}~"),
        "a newer form": f"2~1.0~{NO_ANSWERS}~~",
        "an Arabic figure": "٢~x",
        "older rules": with_checksum(f"1~0.9~{NO_ANSWERS}~"),
        "newer rules": with_checksum(f"1~1.1~{NO_ANSWERS}~"),
        "rules of another kind": with_checksum(f"1~{MARKUP.replace('~', '')}~{NO_ANSWERS}~"),
        "a lone surrogate": with_checksum(f"1~1.0~{NO_ANSWERS}~\ud800"),
        "not base64": with_checksum(f"1~1.0~{NO_ANSWERS}~%%%"),
        "base64 of nothing": with_checksum(f"1~1.0~{NO_ANSWERS}~===="),
        "not compressed": with_checksum(
            f"1~1.0~{NO_ANSWERS}~{base64.urlsafe_b64encode(b'{}').decode()}"
        ),
        "gzip": with_checksum(f"1~1.0~{NO_ANSWERS}~H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA"),
        "cut": with_checksum(f"1~1.0~{NO_ANSWERS}~{compressed(b'{}' * 99)[:9]}"),
        "two in one": with_checksum(f"1~1.0~{NO_ANSWERS}~{compressed(b'{}')}{compressed(b'{}')}"),
        "not JSON": link_with(b"{"),
        "UTF-16": link_with('{"name": "x"}'.encode("utf-16")),
        "not text": link_with(b'{"name": "\xff"}'),
        "a list": link_with(b"[]"),
        "a name that is no text": link_with(b'{"name": {"__proto__": {"polluted": 1}}}'),
        "notes that are none": link_with(b'{"notes": [1]}'),
        "NaN": link_with(b'{"name": NaN}'),
        "an endless number": link_with(b'{"notes": {"decides": 1e400}}'),
        "a number of 5,000 digits": link_with(b'{"name": ' + b"9" * 5_000 + b"}"),
        "half a name": link_with(b'{"name": "\\ud800"}'),
        "prototypes": link_with(text({"name": "x", **dict.fromkeys(PROTOTYPES, 1)}).encode()),
        "prototypes in notes": link_with(text({"notes": dict.fromkeys(PROTOTYPES, "x")}).encode()),
        "markup": link_with(text({"name": MARKUP, "notes": {"decides": MARKUP}}).encode()),
        "nested": link_with(b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        "nested without an end": link_with(b"[" * 900_000),
        "a bomb of 300 MB": bomb(b" " * 1_000_000, 300),
        "a bomb of letters": bomb('{"name": "ж"} '.encode() * 100_000, 100),
        "1 MB of name": link_with(text({"name": "n" * 900_000}).encode()),
        "2 MB of payload": with_checksum(f"1~1.0~{NO_ANSWERS}~{'A' * 2_000_000}"),
        "2 MB of parts": "1~" * 1_000_000,
        "2 MB of figures": "9" * 2_000_000,
    }
