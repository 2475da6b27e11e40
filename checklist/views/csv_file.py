"""Export of clients as CSV, protected against formula injection in spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from checklist.clients import Client
from checklist.rules import FACTS
from checklist.texts import Texts
from checklist.views.wording import answer_in_words, name_of, verdict_in_words

# Spaces, control characters and characters without a shape, but no tab or line break.
_INVISIBLE: Final = (
    r" \0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffb\U000e0000-\U000e0fff"
)
# Where a formula could begin: at the start of a cell, and after a semicolon, tab or line break.
# Where the decimal separator is a comma, spreadsheets split at semicolons even inside quotes.
_FORMULA: Final = re.compile(
    rf"""(?:^|(?<=[;\t\r\n]))(?=[{_INVISIBLE}"']*[=+\-@|%＝＋－＠])"""  # noqa: RUF001 - wide signs too
    rf"|^(?=[{_INVISIBLE}]*[\t\r\n])"
)


def to_csv(clients: Iterable[Client], texts: Texts) -> str:
    """Return CSV with a row for each client: verdict, outcome, answers and notes.

    A cell that a spreadsheet would run as a formula is prefixed with an apostrophe (OWASP, "CSV
    injection"). The byte order mark at the start tells Excel that this is UTF-8.
    """
    output = io.StringIO()
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    questions = [texts(f"facts.{fact.id}.question") for fact in FACTS]
    head = ["sheet.client", "sheet.last_change", "compare.verdict", "sheet.decision", "outcome.how"]
    writer.writerow(
        map(
            escape_formula,
            [
                *map(texts, head),
                *questions,
                *(texts("sheet.note_on", question=one) for one in questions),
            ],
        )
    )
    for client in clients:
        writer.writerow(map(escape_formula, _cells(client, texts)))
    return f"\ufeff{output.getvalue()}"


def escape_formula(cell: str) -> str:
    """Return the cell with an apostrophe wherever a spreadsheet could see a formula begin."""
    return _FORMULA.sub("'", cell)


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
    ]
