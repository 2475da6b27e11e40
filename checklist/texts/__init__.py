"""The texts: every sentence for readers outside ``docs``, by key, in each language.

They are in ``ru.toml`` and ``en.toml`` beside this file; code refers to them only by key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from checklist.texts.plurals import plural_form

LANGUAGES: Final = ("ru", "en")


class MissingTextError(LookupError):
    """A key that a language's file does not have, or that has a value of another type there."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; ``lang`` is its code and ``table`` the parsed file."""

    lang: str
    table: Mapping[str, Any] = field(repr=False)

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence under a dotted key, with its ``{placeholders}`` replaced.

        Raises ``MissingTextError`` if there is no such sentence, ``KeyError`` if a placeholder
        has no value.
        """
        text = self._find(key)
        if not isinstance(text, str):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a sentence")
        return text.format_map(values)

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the sentences of the list under a key; raises ``MissingTextError``."""
        lines = self._find(key)
        if not isinstance(lines, list):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a list of sentences")
        return tuple(lines)

    def counted(self, key: str, count: int, **values: object) -> str:
        """Return the sentence in the plural form for ``count``, which replaces ``{count}``.

        ``key`` is the section of the forms. Raises ``MissingTextError`` if the form is missing.
        """
        return self(f"{key}.{plural_form(self.lang, count)}", count=count, **values)

    def section(self, key: str) -> Mapping[str, Any]:
        """Return the section under a key, for scripts; raises ``MissingTextError``."""
        section = self._find(key)
        if not isinstance(section, dict):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a section")
        return section

    def _find(self, key: str) -> object:
        found: Any = self.table
        try:
            for part in key.split("."):
                found = found[part]
        except (KeyError, TypeError):  # no such key, or its parent is not a section
            raise MissingTextError(f"{self.lang}.toml: no {key}") from None
        return found


@cache
def load(lang: str) -> Texts:
    """Return the texts of a language; raises ``MissingTextError`` if it is not in ``LANGUAGES``."""
    if lang not in LANGUAGES:
        raise MissingTextError(f"{lang} is not one of {', '.join(LANGUAGES)}")
    # Imported here so that the image of Python for browsers, made after the texts are loaded, can
    # leave these modules out.
    import tomllib  # noqa: PLC0415 - see above
    from importlib.resources import files  # noqa: PLC0415 - see above

    from checklist.texts.typography import style_of, typeset_table  # noqa: PLC0415 - see above

    source = files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return Texts(lang, typeset_table(tomllib.loads(source), style_of(lang)))
