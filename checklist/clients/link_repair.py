"""Undoing the changes that messengers, mail programs and editors make to a link's payload."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

_INVISIBLE: Final = re.compile(
    r"[\s\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_SOFT_BREAK: Final = re.compile(r"=[ \t]*\r?\n")  # RFC 2045, 6.7: quoted-printable
_EN_DASH: Final = "\u2013"
_EM_DASH: Final = "\u2014"
_DASHES: Final = tuple(product(("-", "--"), ("--", "---", "-")))
# A regular expression, because `urllib.parse` would add 30 kB to Python in the browser.
_ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_MAX_DECODINGS: Final = 3
_LINK: Final = re.compile(r"\d+~[\d.]*~[ynu-]*~[\w-]*~[0-9a-f]{8}", re.ASCII)


def candidates(payload: str) -> Iterator[str]:
    """Yield the payload itself, then each payload that it may have been changed from.

    The caller takes the one whose checksum is right.
    """
    seen = {payload}
    yield payload
    for text in _decoded(payload):
        for for_en_dash, for_em_dash in _DASHES:
            ascii_text = _INVISIBLE.sub("", text).replace(_EN_DASH, for_en_dash)
            ascii_text = ascii_text.replace(_EM_DASH, for_em_dash)
            for cased in (ascii_text, ascii_text.lower()):
                for found in _LINK.findall(cased):
                    if found not in seen:
                        seen.add(found)
                        yield found


def _decoded(payload: str) -> Iterator[str]:
    """Yield the text with up to three levels of percent-encoding and quoted-printable undone."""
    text = payload
    for _ in range(_MAX_DECODINGS + 1):
        yield text
        yield _SOFT_BREAK.sub("", text).replace("=3D", "=").replace("=7E", "~")
        text = _ESCAPED.sub(_percent_decode, text)


def _percent_decode(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode(errors="replace")
