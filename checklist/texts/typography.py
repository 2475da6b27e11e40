"""Quotation marks, dashes and no-break spaces of each language, set once for every text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
_BEFORE_OPENING: Final = frozenset(" \n\t([{«“„‘—–\N{NO-BREAK SPACE}")  # noqa: RUF001 - typographic marks
_COUNTS: Final = "count|total|met|needed|lowest|shown|loaded"
"""The placeholders that figures fill."""
_PLAIN_SECTIONS: Final = ("letters", "errors", "cli")
"""Texts that are copied or read as plain text, where ordinary spaces serve better."""
_PLAIN_KEYS: Final = ("source", "clause", "say", "unnamed", "this_client", "app", "app_short")
"""The article's phrases, which must match it to the letter; what is copied or sent; names."""

type _Rules = tuple[tuple[re.Pattern[str], str], ...]

_EVERYWHERE: Final[_Rules] = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?= )"), "\N{RIGHT SINGLE QUOTATION MARK}"),
    (re.compile("(?:(?<=\\S)|^) ([\N{EM DASH}\N{EN DASH}])(?=\\s|$)"), rf"{NO_BREAK_SPACE}\1"),
    (re.compile(rf"(\d|\{{(?:{_COUNTS})\}}) (?=[^\W\d_])"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(r"(\d) (?=\d{3}(?!\d))"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(r"([№§]) (?=\d)"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(r"(\w) = (?=[\d-])"), rf"\1{NO_BREAK_SPACE}={NO_BREAK_SPACE}"),
)


@dataclass(frozen=True, slots=True)
class Style:
    """How one language is typeset."""

    outer: str
    inner: str
    dash: str
    rules: _Rules


def style_of(lang: str) -> Style:
    """Return how a language is typeset."""
    # Imported here for the reason given at load() in this package.
    import tomllib  # noqa: PLC0415 - as said
    from importlib.resources import files  # noqa: PLC0415 - as said

    text = files(__package__ or "").joinpath("typography.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)[lang]
    rules: _Rules = ()
    if words := "|".join(given["hold_next"]):
        after = re.compile(rf"(?<![\w-])({words}) (?=[^\W_]|[«„({{[]|$)", re.IGNORECASE)
        rules += ((after, rf"\1{NO_BREAK_SPACE}"),)
    if words := "|".join(given["hold_previous"]):
        before = re.compile(rf"(?:(?<=\w)|^) ({words})(?![\w-])")
        rules += ((before, rf"{NO_BREAK_SPACE}\1"),)
    return Style(given["outer"], given["inner"], given["dash"], _EVERYWHERE + rules)


def typeset(text: str, style: Style) -> str:
    """Return a text with the quotation marks, dashes and no-break spaces of its language.

    A text that is already typeset comes back as it is.
    """
    if '"' in text:
        text = _with_quotation_marks(text, style.outer, style.inner)
    text = text.replace(" - ", f" {style.dash} ").replace(" -- ", f" {style.dash} ")
    for pattern, replacement in style.rules:
        text = pattern.sub(replacement, text)
    return text


def typeset_table(table: Mapping[str, Any], style: Style) -> dict[str, Any]:
    """Return the texts of a language, typeset but for those that stay plain."""
    done: dict[str, Any] = {}
    for key, value in table.items():
        if key in _PLAIN_SECTIONS or key in _PLAIN_KEYS:
            done[key] = value
        elif isinstance(value, str):
            done[key] = typeset(value, style)
        elif isinstance(value, list):
            done[key] = [typeset(line, style) for line in value]
        else:
            done[key] = typeset_table(value, style)
    return done


def _with_quotation_marks(text: str, outer: str, inner: str) -> str:
    """Replace straight quotation marks; those inside of others become the inner ones."""
    done: list[str] = []
    depth = 0
    for position, mark in enumerate(text):
        if mark != '"':
            depth += (mark == outer[0]) - (mark == outer[1] and depth > 0)
            done.append(mark)
            continue
        opens = _opens(text, position) if position == 0 else done[-1] in _BEFORE_OPENING
        depth += opens
        done.append((outer if depth <= 1 else inner)[0 if opens else 1])
        depth -= not opens and depth > 0
    return "".join(done)


def _opens(text: str, position: int) -> bool:
    """A mark at the very start, which may be the end of a text that began before it."""
    return text[position + 1 : position + 2].isalnum()
