"""Small manners of typesetting that nobody should have to type."""

from typing import Final

_NO_BREAK_SPACE: Final = "\u00a0"


def with_held_dashes(html: str) -> str:
    """Return the page with each dash held to the word before it.

    A Russian line never begins with a dash that stands between words.
    """
    return html.replace(" — ", f"{_NO_BREAK_SPACE}— ")
