"""Typographic corrections of rendered pages."""

from typing import Final

_NO_BREAK_SPACE: Final = "\u00a0"


def with_no_break_dashes(html: str) -> str:
    """Return the page with a no-break space before each dash between words.

    In Russian a line must not begin with such a dash.
    """
    return html.replace(" — ", f"{_NO_BREAK_SPACE}— ")
