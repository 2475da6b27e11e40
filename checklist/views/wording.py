"""Short phrases that several views share."""

from collections.abc import Iterable
from typing import Final

from checklist.advice import CHECKS, Situation, Weight, notices, situation_of
from checklist.clients import Client
from checklist.rules import Result, Verdict, parse_answers, possible_verdicts, score
from checklist.texts import Texts
from checklist.texts.explanation import join_alternatives

_CHECK_IDS: Final = frozenset(check.id for check in CHECKS)
_DIRECTION_CONTROLS: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""They would turn around what is shown behind the name. ``record.js`` has them too."""

_MAX_NAME_LENGTH: Final = 200
"""The limit of the form's field; imported names may be longer."""


def name_of(client: Client, texts: Texts) -> str:
    """Return the client's name as it is shown, or the text for a client without one."""
    return client.name.translate(_DIRECTION_CONTROLS).strip() or texts("cases.unnamed")


def short_name_of(client: Client, texts: Texts) -> str:
    """Return the client's name, cut to 200 characters, for use in a sentence."""
    name = name_of(client, texts)
    return name if len(name) <= _MAX_NAME_LENGTH else f"{name[: _MAX_NAME_LENGTH - 1]}…"


def answer_in_words(answer: str | None, texts: Texts) -> str:
    """Return the text for an answer, or for a missing one."""
    return texts(f"page.{answer}") if answer else texts("cases.no_answer")


def verdicts_in_words(possible: Iterable[Verdict], texts: Texts) -> str:
    """Return the title of the verdict, or a phrase with all possible ones."""
    verdicts = tuple(possible)
    if len(verdicts) == 1:
        return texts(f"verdicts.{verdicts[0]}.title")
    return texts("result.open.title", verdicts=join_alternatives(verdicts, texts))


def verdict_in_words(client: Client, texts: Texts) -> str:
    """Return the client's verdict, the possible ones, or that nothing is answered."""
    if not any(answer in ("yes", "no") for answer in client.answers.values()):
        return texts("result.empty.title")
    return verdicts_in_words(possible_of(client), texts)


def possible_of(client: Client) -> tuple[Verdict, ...]:
    """Return the client's possible verdicts; faster than the whole result."""
    return possible_verdicts(parse_answers(client.answers))


def result_of(client: Client) -> Result:
    """Return the result of the client's answers."""
    return score(client.answers)


def question_of(id_: str, texts: Texts) -> str:
    """Return the question of a fact or of a check."""
    return texts(f"{'checks' if id_ in _CHECK_IDS else 'facts'}.{id_}.question")


def stage_in_words(client: Client, texts: Texts) -> str:
    """Return whether work has begun, in words."""
    return texts(f"notices.{client.stage}")


def notices_in_words(client: Client, texts: Texts, *weights: Weight) -> list[str]:
    """Return the client's notices of these weights, each a sentence without a full stop."""
    if "yes" not in client.checks.values():
        return []
    found = notices(situation_of_client(client))
    return [texts(f"checks.{one.check.id}.yes") for one in found if one.weight in weights]


def situation_of_client(client: Client) -> Situation:
    """Return what advice is given for: the client's answers, result, checks and stage."""
    return situation_of(client.answers, client.checks, client.stage)
