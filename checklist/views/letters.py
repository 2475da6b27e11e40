"""Letters to the client, and contract clauses, written from the answers."""

from dataclasses import fields
from typing import Final

from checklist.advice import Situation, kinds_at, letter_kinds
from checklist.clients import Client
from checklist.texts import Texts
from checklist.views.letter_bodies import WRITERS, Options
from checklist.views.wording import situation_of_client

__all__ = ["OPTION_NAMES", "Options", "fitting_kind", "letter", "why_none"]

OPTION_NAMES: Final = tuple(field.name for field in fields(Options))
_MOST_NAMED: Final = 3
_WITH_LAWYER: Final = ("start", "deposit", "trial", "ending", "pause", "invoice", "change")
"""The letters by which money or an ending is at stake; clauses have a sentence of their own."""
_LATE: Final = {"pause": ("pays_late", "goes_silent"), "invoice": ("pays_late",)}
"""The letters that fit only while something is late, and the checks that say so."""


def letter(kind: str, client: Client, texts: Texts, options: Options | None = None) -> str:
    """Return the text of a letter; empty if it does not fit, for which ``why_none`` has the reason.

    ``kind`` is one of ``KINDS``; raises ``KeyError`` for any other. The client's name is not used,
    because it is the visitor's private name for them.
    """
    situation = situation_of_client(client)
    given = options or Options()
    writer = WRITERS[kind]
    if kind not in letter_kinds(situation):
        return ""
    body = list(writer(situation, given, texts))
    if kind == "clauses":
        return "\n\n".join(body)
    subject = texts("letters.subject", subject=texts(f"letters.{kind}.subject"))
    greet, sign = given.greet.strip(), given.sign.strip()
    opening = texts("letters.greet_name", name=greet) if greet else texts("letters.greet")
    closing = texts("letters.close_name", name=sign) if sign else texts("letters.close")
    parts = [subject, opening, *body, closing]
    if kind in _WITH_LAWYER:
        parts.append(texts("letters.lawyer", what=texts(f"letters.{kind}.lawyer")))
    return "\n\n".join(parts)


def why_none(kind: str, client: Client, texts: Texts) -> str:
    """Return why a letter does not fit these answers, and which ones do."""
    situation = situation_of_client(client)
    fitting = letter_kinds(situation)[:_MOST_NAMED]
    titles = "; ".join(texts(f"letters.{one}.title") for one in fitting)
    return f"{_why_not(kind, situation, texts)} {texts('letters.fitting', titles=titles)}"


def fitting_kind(client: Client) -> str:
    """Return the kind of letter that suits the client best."""
    return letter_kinds(situation_of_client(client))[0]


def _why_not(kind: str, situation: Situation, texts: Texts) -> str:
    if kind not in kinds_at(situation.stage):
        return texts("letters.before" if situation.has_begun else "letters.begun")
    is_in_time = kind in _LATE and not situation.is_true(*_LATE[kind])
    if situation.is_stopped and not is_in_time:
        return texts("letters.stopped")
    return texts(f"letters.{kind}.none")
