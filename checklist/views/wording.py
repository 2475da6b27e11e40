"""Short wordings that several views share."""

from collections.abc import Iterable
from typing import Final

from checklist.clients import Client
from checklist.rules import Result, Verdict, parse_answers, possible_verdicts, score
from checklist.texts import Texts
from checklist.texts.explanation import either

_LONGEST_NAME: Final = 200
"""The form takes no longer ones."""


def name_of(client: Client, texts: Texts) -> str:
    """Return the client's name, or what to call one without."""
    return client.name or texts("cases.unnamed")


def short_name_of(client: Client, texts: Texts) -> str:
    """Return the same for a sentence, which a name of a thousand words would hide."""
    name = name_of(client, texts)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def answer_in_words(answer: str | None, texts: Texts) -> str:
    """Return yes, no, don't know yet; or that there is no answer."""
    return texts(f"page.{answer}") if answer else texts("cases.no_answer")


def verdicts_in_words(possible: Iterable[Verdict], texts: Texts) -> str:
    """Return one verdict as it is, or all that it could still be."""
    verdicts = tuple(possible)
    if len(verdicts) == 1:
        return texts(f"verdicts.{verdicts[0]}.title")
    return texts("result.open.title", verdicts=either(verdicts, texts))


def verdict_in_words(client: Client, texts: Texts) -> str:
    """Return the case's verdict, what it could be, or that nothing is answered."""
    if not any(answer in ("yes", "no") for answer in client.answers.values()):
        return texts("result.empty.title")
    return verdicts_in_words(possible_of(client), texts)


def possible_of(client: Client) -> tuple[Verdict, ...]:
    """Return the verdicts that a case can still have: sooner known than all of its result."""
    return possible_verdicts(parse_answers(client.answers))


def scored(client: Client) -> Result:
    """Return the result of a case: of its answers, whatever else it holds."""
    return score(client.answers)
