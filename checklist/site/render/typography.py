"""Typography of rendered pages: every text between tags is typeset in its language."""

import re
from functools import cache
from typing import Final

from checklist.texts.typography import style_of, typeset

_style: Final = cache(style_of)
_VERBATIM: Final = "code|kbd|pre|samp|script|style|textarea"
_TOKEN: Final = re.compile(
    rf"(<!--.*?-->|<({_VERBATIM})\b.*?</\2\s*>|<[^>]+>)", re.DOTALL | re.IGNORECASE
)
_START: Final = re.compile(r"<([a-z][a-z0-9-]*)\b[^>]*?(?<!/)>", re.IGNORECASE)
_LANG: Final = re.compile(r"""\slang=["']?([a-z]+)""", re.IGNORECASE)
_QUOTATION_MARK: Final = re.compile("&quot;|&#34;")
_APOSTROPHE: Final = re.compile("&#39;|&#x27;")


def typeset_page(html: str, lang: str) -> str:
    """Return the page with its texts typeset; tags, code and scripts stay as they are.

    An element with a ``lang`` of its own is typeset in that language.
    """
    done: list[str] = []
    nested = _Languages(lang)
    position = 0
    for token in _TOKEN.finditer(html):
        done += _typeset(html[position : token.start()], nested.current), token[0]
        if token[2] is None:
            nested.enter_or_leave(token[0])
        position = token.end()
    done.append(_typeset(html[position:], nested.current))
    return "".join(done)


def _typeset(text: str, lang: str) -> str:
    if not text.strip():
        return text
    return typeset(_APOSTROPHE.sub("'", _QUOTATION_MARK.sub('"', text)), _style(lang))


class _Languages:
    """The language of the current element: that of the page, or of the nearest ``lang``."""

    def __init__(self, lang: str) -> None:
        self._open: list[tuple[str, str, int]] = [("", lang, 0)]

    @property
    def current(self) -> str:
        """The language in which a text is set here."""
        return self._open[-1][1]

    def enter_or_leave(self, tag: str) -> None:
        """Update the language at a tag, which may begin or end an element with a ``lang``."""
        name, lang, depth = self._open[-1]
        if name and tag.lower().startswith(f"</{name}"):
            self._open[-1:] = [(name, lang, depth - 1)] if depth > 1 else []
        elif start := _START.match(tag):
            if own := _LANG.search(tag):
                self._open.append((start[1].lower(), own[1].lower(), 1))
            elif start[1].lower() == name:
                self._open[-1] = (name, lang, depth + 1)
