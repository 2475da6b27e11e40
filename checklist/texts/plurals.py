"""Plural forms of integers, after Unicode CLDR."""

from typing import Final

FORMS: Final = {"ru": ("one", "few", "many", "other"), "en": ("one", "other")}


def plural_form(lang: str, count: int) -> str:
    """Return the name of the plural form for a non-negative integer, one of ``FORMS``."""
    return _russian(count) if lang == "ru" else _english(count)


def _english(count: int) -> str:
    return "one" if count == 1 else "other"


def _russian(count: int) -> str:
    tens, units = count // 10 % 10, count % 10
    if tens == 1 or units == 0 or units >= 5:  # noqa: PLR2004 - the numbers of CLDR's rule
        return "many"
    return "one" if units == 1 else "few"
