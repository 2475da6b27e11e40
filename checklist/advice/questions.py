"""The questions that still matter: to talk about at a meeting, or to ask in a letter."""

from typing import Final

from checklist.advice.checks import CHECKS, Check
from checklist.advice.situation import Situation
from checklist.rules import FACTS, WALL, Answers, Result

CONVERSATION_ORDER: Final = (
    "knows_goal",
    "quality_ok",
    "deadline_ok",
    "budget_ok",
    "compromises",
    "decides",
    "takes_responsibility",
    "participates",
    "trusts_opinion",
    "hit_wall",
)
"""The goal first, then terms and compromise, then who decides; trust and failed attempts, the
hardest to talk about, come last."""

MAX_QUESTIONS: Final = 5
"""As many as a client answers by e-mail."""
_MIN_QUESTIONS: Final = 2
_MAX_CHECKS: Final = 2


def topics(answers: Answers, result: Result) -> tuple[str, ...]:
    """Return the ids of the facts to talk about, in ``CONVERSATION_ORDER``.

    If the verdict is not settled: the facts that can still change it. If it is settled on
    ``clarify_first`` or ``step_back``: the facts with a bad answer. Otherwise none.
    """
    if result.settled:
        bad = {fact.id: fact.bad for fact in FACTS if fact.scored}
        wanted = {fact for fact, answer in answers.items() if answer == bad.get(fact)}
        wanted = wanted if result.verdict in ("clarify_first", "step_back") else set()
    else:
        wanted = set(result.ask_next)
    return tuple(fact for fact in CONVERSATION_ORDER if fact in wanted)


def checks_to_ask(situation: Situation) -> tuple[str, ...]:
    """Return the ids of the checks to talk about with the client: "yes", or "don't know".

    Nobody is asked whether they are abusive.
    """
    return tuple(check.id for check in CHECKS if _is_to_ask(check, situation))


def _is_to_ask(check: Check, situation: Situation) -> bool:
    is_unknown = check.is_question and situation.checks.get(check.id) == "unknown"
    return check.is_about_client and (is_unknown or situation.is_true(check.id))


def questions(situation: Situation) -> tuple[str, ...]:
    """Return the ids of the facts and checks to ask about in a letter: five at most.

    While the verdict is open, the facts that settle it soonest. Where fewer than two questions
    are left, what every contract needs is asked for, unless the wall is what is to be talked about.
    """
    answers, result = situation.answers, situation.result
    facts = topics(answers, result)
    is_wall_hit = WALL in facts and answers[WALL] == "yes"
    # A client who is asked whether there is a wall is one with whom nothing else is open.
    to_ask = [fact for fact in facts if fact != WALL] or [fact for fact in facts if not is_wall_hit]
    if not result.settled:
        to_ask = [fact for fact in to_ask if fact in result.ask_next[:MAX_QUESTIONS]]
    checks = list(checks_to_ask(situation)[:_MAX_CHECKS])
    if not is_wall_hit and len(to_ask) + len(checks) < _MIN_QUESTIONS:
        others = [
            check.id
            for check in CHECKS
            if check.is_before_signing and check.id not in (*situation.checks, *checks)
        ]
        checks += others[: _MIN_QUESTIONS - len(to_ask) - len(checks)]
    return (*to_ask[: MAX_QUESTIONS - len(checks)], *checks)
