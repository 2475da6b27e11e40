"""Figures as each language groups them (Unicode CLDR, decimal numbers)."""

from typing import Final

_BETWEEN_THOUSANDS: Final = {"ru": "\N{NO-BREAK SPACE}", "en": ","}


def grouped(number: int, lang: str) -> str:
    """Return a whole number with its thousands apart."""
    return f"{number:,}".replace(",", _BETWEEN_THOUSANDS[lang])
