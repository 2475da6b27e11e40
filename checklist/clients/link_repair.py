"""What messengers, mail and editors do to a link on its way, undone: the texts it may have been."""

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
# Not `urllib.parse`, which would make the browser's Python 30 kB larger.
_ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_MOST_DECODED: Final = 3
_LINK: Final = re.compile(r"\d+~[\d.]*~[ynu-]*~[\w-]*~[0-9a-f]{8}", re.ASCII)


def candidates(payload: str) -> Iterator[str]:
    """Yield what a payload may have been: itself, then as it was before others changed it.

    Whoever reads them decides by the checksum, which nothing but the whole link has.
    """
    seen = {payload}
    yield payload
    for text in _decoded(payload):
        for instead in _DASHES:
            plain = _INVISIBLE.sub("", text).replace(_EN_DASH, instead[0])
            plain = plain.replace(_EM_DASH, instead[1])
            for cased in (plain, plain.lower()):
                for found in _LINK.findall(cased):
                    if found not in seen:
                        seen.add(found)
                        yield found


def _decoded(payload: str) -> Iterator[str]:
    """Percent-encoded once or more; quoted-printable, in which "=" is "=3D"."""
    text = payload
    for _ in range(_MOST_DECODED + 1):
        yield text
        yield _SOFT_BREAK.sub("", text).replace("=3D", "=").replace("=7E", "~")
        text = _ESCAPED.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode(errors="replace")
