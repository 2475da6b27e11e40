"""Clients as a table for spreadsheets, in which no cell can be a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from checklist.clients import Client
from checklist.rules import FACTS
from checklist.texts import Texts
from checklist.views.wording import answer_in_words, name_of, verdict_in_words

# At the start of a cell, and after what a program that parts cells in its own way takes for one:
# where the decimal sign is a comma spreadsheets part by semicolons, and mind no quotes of ours.
_FORMULA: Final = re.compile(
    r"""(?:^|(?<=[;\t\r\n]))(?=[ \u00a0\ufeff\0"']*[=+\-@|%＝＋－＠])"""  # noqa: RUF001 - wide signs too
    r"|^(?=[ \u00a0\ufeff\0]*[\t\r\n])"
)


def to_csv(clients: Iterable[Client], texts: Texts) -> str:
    """Return the clients as CSV, a row each: verdict, answers, notes and decision.

    Spreadsheets run a cell that begins like a formula; such a cell gets an apostrophe before it
    (OWASP, "CSV injection"). The mark at the start tells Excel that this is UTF-8.
    """
    output = io.StringIO()
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    questions = [texts(f"facts.{fact.id}.question") for fact in FACTS]
    head = ["sheet.client", "sheet.last_change", "compare.verdict", "sheet.decision", "outcome.how"]
    writer.writerow(
        map(
            harmless,
            [
                *map(texts, head),
                *questions,
                *(texts("sheet.note_on", question=one) for one in questions),
            ],
        )
    )
    for client in clients:
        writer.writerow(map(harmless, _cells(client, texts)))
    return f"\ufeff{output.getvalue()}"


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it, or a part of it, for a formula."""
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
