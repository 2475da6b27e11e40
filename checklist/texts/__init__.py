"""The words: every sentence a person reads outside ``docs``, keyed by id, in each language.

The words lie in ``ru.toml`` and ``en.toml`` beside this file; code names them by key only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from checklist.texts.plurals import plural_form

LANGUAGES: Final = ("ru", "en")


class MissingTextError(LookupError):
    """A key that is not in a language's file, or that names something else there."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language."""

    lang: str
    table: Mapping[str, Any] = field(repr=False)

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence under a dotted key, its ``{placeholders}`` filled.

        Raises ``MissingTextError`` when there is no such sentence.
        """
        text = self._find(key)
        if not isinstance(text, str):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a sentence")
        return text.format_map(values)

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the list of sentences under a key; raises ``MissingTextError``."""
        lines = self._find(key)
        if not isinstance(lines, list):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a list of sentences")
        return tuple(lines)

    def counted(self, key: str, count: int, **values: object) -> str:
        """Return the plural form that goes with ``count``, which fills ``{count}``.

        Raises ``MissingTextError`` when the form is not there.
        """
        return self(f"{key}.{plural_form(self.lang, count)}", count=count, **values)

    def section(self, key: str) -> Mapping[str, Any]:
        """Return a whole section, for the few words that scripts need; else raises."""
        section = self._find(key)
        if not isinstance(section, dict):
            raise MissingTextError(f"{self.lang}.toml: {key} is not a section")
        return section

    def _find(self, key: str) -> object:
        found: Any = self.table
        try:
            for part in key.split("."):
                found = found[part]
        except (KeyError, TypeError):  # there is none, or it is a sentence and no section
            raise MissingTextError(f"{self.lang}.toml: no {key}") from None
        return found


@cache
def load(lang: str) -> Texts:
    """Return the words of a language; raises ``MissingTextError`` for one we do not speak."""
    if lang not in LANGUAGES:
        raise MissingTextError(f"{lang} is not one of {', '.join(LANGUAGES)}")
    # Imported here: once the words are read nothing needs these, and an image of Python that is
    # sent to a browser is smaller without them.
    import tomllib  # noqa: PLC0415 - as said
    from importlib.resources import files  # noqa: PLC0415 - as said

    from checklist.texts.typography import typeset_table  # noqa: PLC0415 - as said

    source = files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return Texts(lang, typeset_table(tomllib.loads(source), lang))
