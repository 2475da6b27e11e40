"""Plural forms of whole numbers, after Unicode CLDR's rules for each language."""

from typing import Final

FORMS: Final = {"ru": ("one", "few", "many", "other"), "en": ("one", "other")}


def plural_form(lang: str, count: int) -> str:
    """Return the name of the form that goes with a whole, non-negative number."""
    return _russian(count) if lang == "ru" else _english(count)


def _english(count: int) -> str:
    return "one" if count == 1 else "other"


def _russian(count: int) -> str:
    tens, units = count // 10 % 10, count % 10
    if tens == 1 or units == 0 or units >= 5:  # noqa: PLR2004 - the figures are CLDR's rule
        return "many"
    return "one" if units == 1 else "few"
