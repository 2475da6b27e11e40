"""Export of clients as CSV, protected against formula injection in spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable
from functools import partial
from typing import Final

from checklist.advice import CHECKS, WEIGHTS
from checklist.clients import Client
from checklist.rules import FACTS
from checklist.texts import Texts
from checklist.views.wording import (
    answer_in_words,
    name_of,
    notices_in_words,
    stage_in_words,
    verdict_in_words,
)

_SEPARATORS: Final = {"ru": ";", "en": ","}
"""Excel splits at the separator of the system's settings; where decimals have a comma, at ";"."""

# White space, control and format characters that a spreadsheet may drop, and quotation marks.
_IGNORED: Final = (
    r"\0-\x08\x0b\x0c\x0e-\x20\"'\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U000e0000-\U000e0fff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_FORMULA: Final = {
    separator: re.compile(
        rf"""(?:^|(?<=[{splits}\t\r\n]))(?=[{_IGNORED}]*[=+\-@|%＝＋－＠﹦﹢﹣﹫−])"""  # noqa: RUF001 - other signs too
        rf"|^(?=[{_IGNORED}]*[\t\r\n])"
    )
    for separator, splits in ((",", ";"), (";", ",;"))
}
"""Where a formula could begin, by the file's separator: at the start of a cell, and after a tab, a
line break, or what separates cells elsewhere: settings with another separator ignore quotes."""

_PHONE: Final = re.compile(r"\+(?:\d[ \u00a0().-]*){6,14}\d")
_NO_EXPRESSION: Final = re.compile(r"\+\d+|.*(?:\d[ \u00a0]+\d|\d[ \u00a0]*\(|\)[ \u00a0]*\d).*")
_END_OF_PART: Final = re.compile(r"[,;\t\r\n]")


def to_csv(clients: Iterable[Client], texts: Texts) -> str:
    """Return CSV with a row for each client: verdict, outcome, answers, notes, what stands beside.

    The separator is the one that Excel expects in the settings of the language. A cell that a
    spreadsheet would run as a formula is prefixed with an apostrophe (OWASP, "CSV injection").
    The byte order mark at the start tells Excel that this is UTF-8.
    """
    output = io.StringIO()
    separator = _SEPARATORS[texts.lang]
    writer = csv.writer(output, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    escape = partial(escape_formula, separator=separator)
    questions = [texts(f"facts.{fact.id}.question") for fact in FACTS]
    checks = [texts(f"checks.{check.id}.question") for check in CHECKS]
    head = ["sheet.client", "sheet.last_change", "compare.verdict", "sheet.decision", "outcome.how"]
    writer.writerow(
        map(
            escape,
            [
                *map(texts, head),
                *questions,
                *(texts("sheet.note_on", question=one) for one in questions),
                texts("notices.stage"),
                *checks,
                texts("notices.title"),
                *(texts("sheet.note_on", question=one) for one in checks),
            ],
        )
    )
    for client in clients:
        writer.writerow(map(escape, _cells(client, texts)))
    return f"\ufeff{output.getvalue()}"


def escape_formula(cell: str, separator: str = ",") -> str:
    """Return the cell with an apostrophe wherever a spreadsheet could see a formula begin."""
    return _FORMULA[separator].sub(_apostrophe, cell)


def _apostrophe(found: re.Match[str]) -> str:
    """Return nothing before a telephone number that no spreadsheet could calculate."""
    part = _END_OF_PART.split(found.string[found.start() :], maxsplit=1)[0].strip(" \u00a0")
    is_phone = _PHONE.fullmatch(part) and _NO_EXPRESSION.fullmatch(part)
    return "" if is_phone else "'"


def _cells(client: Client, texts: Texts) -> list[str]:
    decision, went = (client.outcome.get(key, "") for key in ("decision", "went"))
    return [
        name_of(client, texts),
        client.changed,
        verdict_in_words(client, texts),
        texts(f"outcome.{decision}") if decision else "",
        texts(f"outcome.{went}") if went else "",
        *(answer_in_words(client.answers.get(fact.id), texts) for fact in FACTS),
        *(client.notes.get(fact.id, "") for fact in FACTS),
        stage_in_words(client, texts),
        *(answer_in_words(client.checks.get(check.id), texts) for check in CHECKS),
        "; ".join(notices_in_words(client, texts, *WEIGHTS)),
        *(client.notes.get(check.id, "") for check in CHECKS),
    ]
