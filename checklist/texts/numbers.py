"""Formatting of numbers, after Unicode CLDR."""

from typing import Final

_THOUSANDS_SEPARATOR: Final = {"ru": "\N{NO-BREAK SPACE}", "en": ","}


def group_thousands(number: int, lang: str) -> str:
    """Return an integer with the thousands separators of the language."""
    return f"{number:,}".replace(",", _THOUSANDS_SEPARATOR[lang])
