"""Undoing the changes that messengers, mail programs and editors make to a link's payload."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

_ENTITY: Final = re.compile(
    r"&(?:#(\d{2,5})|#[xX]([0-9a-fA-F]{2,4})|amp|tilde);?|[%\\]u([0-9a-fA-F]{4})|&[A-Za-z]{2,20};"
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,50}>")
_SOFT_BREAK: Final = re.compile(r"=(?:20)?[ \t]*\r?\n")  # RFC 2045, 6.7: quoted-printable
_QUOTED_BREAK: Final = re.compile(r"\n[ \t]*(?:>[ \t]*)+")  # a line of a quoted mail
_SPACE: Final = re.compile(r"\s+")
_NOT_IN_FIRST: Final = re.compile(r"[^\w.~-]+", re.ASCII)
_NOT_IN_SECOND: Final = re.compile(r"[^0-9A-Za-z]+")
_FULL_WIDTH: Final = re.compile("[\uff01-\uff5e]")
_TO_ASCII: Final = 0xFEE0
# Hyphens and tildes that look alike, and the invisible soft hyphen.
_LOOKALIKES: Final = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u02dc\u223c\uff5e"), "~"),
    **dict.fromkeys(map(ord, "\u2024\u3002\u00b7,"), "."),
    0x2015: "\u2014",
    0x00AD: "",
}
_EN_DASH: Final = "\u2013"
_EM_DASH: Final = "\u2014"
_DASHES: Final = tuple(product(("-", "--"), ("--", "---", "-")))
# A regular expression, because `urllib.parse` would add 30 kB to Python in the browser.
_ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_MAX_DECODINGS: Final = 3
# What repeats is limited, or a long payload would take quadratic time.
_SECOND: Final = re.compile(r"2z(\d{2,8})(z[ynux]*z[0-9a-v]*z[0-9a-f]{8})", re.ASCII)
_FIRST: Final = re.compile(r"\d{1,9}~[\d.]{0,9}~[ynu-]*~[\w-]*~[0-9a-f]{8}", re.ASCII)
# Editors take pairs of tildes for the marks of deleted text. What zlib writes begins with "eN".
_WITHOUT_TILDES: Final = re.compile(
    r"1~?(\d{1,4}\.\d{1,4})~?([ynu-]{1,99}?)~{0,2}(eN[\w-]*?)?~{0,2}([0-9a-f]{8})(?![\w-])",
    re.ASCII,
)


def candidates(payload: str) -> Iterator[str]:
    """Yield the payload itself, then each payload that it may have been changed from.

    The caller takes the one whose checksum is right.
    """
    seen = {payload}
    yield payload
    for candidate in _repaired(payload):
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def _repaired(payload: str) -> Iterator[str]:
    for decoded in dict.fromkeys(_decoded(payload)):
        text = _FULL_WIDTH.sub(_narrow, _TAG.sub("", _QUOTED_BREAK.sub("", decoded)))
        # The dot in the version is the only punctuation, and may have become another one.
        for version, rest in _SECOND.findall(_NOT_IN_SECOND.sub("", text).lower()):
            yield from (f"2z{version[:at]}.{version[at:]}{rest}" for at in range(1, len(version)))
        for ascii_text in dict.fromkeys(_with_ascii_dashes(text)):
            # Where other words surround the link, it ends at the spaces.
            texts = (_NOT_IN_FIRST.sub("", ascii_text), _SPACE.sub("", ascii_text), ascii_text)
            for one in dict.fromkeys((*texts, *(text.lower() for text in texts))):
                yield from _FIRST.findall(one)
                yield from ("~".join(("1", *parts)) for parts in _WITHOUT_TILDES.findall(one))


def _with_ascii_dashes(text: str) -> Iterator[str]:
    """Yield the text with each combination of hyphens that an editor may have made a dash of."""
    plain = text.translate(_LOOKALIKES)
    for for_en_dash, for_em_dash in _DASHES:
        yield plain.replace(_EN_DASH, for_en_dash).replace(_EM_DASH, for_em_dash)


def _decoded(payload: str) -> Iterator[str]:
    """Yield the text with up to three levels of encoding undone."""
    text = payload
    for _ in range(_MAX_DECODINGS + 1):
        yield text
        yield _ENTITY.sub(_decode_entity, text)
        yield _SOFT_BREAK.sub("", text).replace("=3D", "=").replace("=7E", "~")
        text = _ESCAPED.sub(_percent_decode, text)


def _percent_decode(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode(errors="replace")


def _decode_entity(found: re.Match[str]) -> str:
    decimal, *hexadecimal = found.groups()
    for digits, base in ((decimal, 10), *((one, 16) for one in hexadecimal)):
        if digits:
            return chr(int(digits, base))
    return {"&tilde": "~", "&amp": "&"}.get(found[0].rstrip(";"), "")


def _narrow(found: re.Match[str]) -> str:
    return chr(ord(found[0]) - _TO_ASCII)
