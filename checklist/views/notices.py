"""The advice beside the verdict, in words: notices, what to check before signing, letters."""

from typing import Any

from checklist.advice import Check, Notice, Situation, letter_kinds, to_check_before_signing
from checklist.advice import notices as notices_of
from checklist.texts import Texts

type Advice = dict[str, Any]

_STATES = {"no": "settled", "yes": "to_settle"}


def advise(situation: Situation, texts: Texts) -> Advice:
    """Return the advice as values for JSON.

    Keys: ``title`` and ``lead``, which say that this is not the article's; ``notices``, each with
    ``id``, ``weight``, ``weight_text``, ``text``, ``advice`` and ``say`` (empty for what is about
    the visitor); ``signing_title`` and ``signing``, what to check before signing, each with ``id``,
    ``answer``, ``text``, ``state_text`` (the list may be empty); ``letters``, the kinds that fit,
    best first, each with ``kind`` and ``title``.
    """
    return {
        "title": texts("notices.title"),
        "lead": texts("notices.lead"),
        "notices": [_notice(notice, situation, texts) for notice in notices_of(situation)],
        "signing_title": texts("notices.signing"),
        "signing": [
            _before_signing(check, situation, texts) for check in to_check_before_signing(situation)
        ],
        "letters": [
            {"kind": kind, "title": texts(f"letters.{kind}.title")}
            for kind in letter_kinds(situation)
        ],
    }


def notice_line(notice: dict[str, str], texts: Texts) -> str:
    """Return a notice of ``advise`` in one line: what is so, and what to do."""
    return texts("notices.line", text=notice["text"], advice=notice["advice"])


def signing_line(item: dict[str, str], texts: Texts) -> str:
    """Return one thing to check before signing in one line, with whether it is settled."""
    return texts("notices.signed", text=item["text"], state=item["state_text"])


def _notice(notice: Notice, situation: Situation, texts: Texts) -> dict[str, str]:
    check, weight = notice.check, notice.weight
    is_late = weight == "settle" and situation.has_begun
    return {
        "id": check.id,
        "weight": weight,
        "weight_text": texts("notices.settle_begun" if is_late else f"notices.{weight}"),
        "text": texts(f"checks.{check.id}.yes"),
        "advice": texts(f"checks.{check.id}.advice"),
        "say": texts(f"checks.{check.id}.say") if check.is_about_client else "",
    }


def _before_signing(check: Check, situation: Situation, texts: Texts) -> dict[str, str]:
    answer = situation.checks.get(check.id, "")
    state = _STATES.get(answer, "to_check")
    return {
        "id": check.id,
        "answer": answer,
        "text": texts(f"checks.{check.id}.no"),
        "state_text": texts(f"notices.{state}"),
    }
