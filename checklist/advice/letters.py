"""The kinds of letters, and which of them fit a situation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from checklist.advice.checks import STAGES, Stage
from checklist.advice.notices import notices
from checklist.advice.questions import questions
from checklist.advice.situation import Situation
from checklist.rules import FACTS, WALL

_GAPS: Final = ("quality_ok", "deadline_ok", "budget_ok")
_IN_CHARGE: Final = ("decides", "takes_responsibility")
_BAD: Final = {fact.id: fact.bad for fact in FACTS}


def _goes_on(situation: Situation) -> bool:
    """Return whether a letter may say that work begins or goes on: not after a reason to stop."""
    return not situation.is_stopped


def _asks(situation: Situation) -> bool:
    is_wall_hit = situation.answers[WALL] == "yes" and situation.result.verdict == "step_back"
    return _goes_on(situation) and (is_wall_hit or bool(questions(situation)))


def negotiable(situation: Situation) -> bool:
    """Return whether the gap of sign 2 can be negotiated.

    The goal may be known, there is a gap, and the client may be willing to compromise. The
    article: "This case is especially dangerous if the client is intractable and makes no
    compromises".
    """
    answers = situation.answers
    is_open = answers["knows_goal"] != "no" and answers["compromises"] != "no"
    return _goes_on(situation) and is_open and _has_gap(situation)


def _has_gap(situation: Situation) -> bool:
    return any(situation.answers[fact] == "no" for fact in _GAPS)


def _lacks_decider(situation: Situation) -> bool:
    in_charge = all(situation.answers[fact] == "yes" for fact in _IN_CHARGE)
    return _goes_on(situation) and (not in_charge or situation.is_true("middleman"))


def _is_owed(situation: Situation) -> bool:
    """Return whether money is overdue. Being paid only when the client is does not make it so."""
    return situation.is_true("pays_late")


def _waits(situation: Situation) -> bool:
    """Return whether work can be paused until something arrives: it says that it will go on."""
    return _goes_on(situation) and (_is_owed(situation) or situation.is_true("goes_silent"))


def _always(_: Situation) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: the stages it is for, and whether it says what is true and needed."""

    id: str
    stages: tuple[Stage, ...]
    is_apt: Callable[[Situation], bool]


_TAKING_ON: Final = ("start", "deposit", "trial", "hold")
"""The letters that say yes to the work: the last ones where the verdict is to say no."""

_BEFORE: Final[tuple[Stage, ...]] = ("before",)
_BEGUN: Final[tuple[Stage, ...]] = ("begun",)

_LETTERS: Final = (
    LetterKind("clarify", _BEFORE, _asks),
    LetterKind("trade", _BEFORE, negotiable),
    LetterKind("decider", STAGES, _lacks_decider),
    LetterKind("start", _BEFORE, _goes_on),
    LetterKind("deposit", _BEFORE, _goes_on),
    LetterKind("trial", _BEFORE, _goes_on),
    LetterKind("hold", _BEFORE, _goes_on),
    LetterKind("pause", _BEGUN, _waits),
    LetterKind("invoice", _BEGUN, _is_owed),
    LetterKind("change", _BEGUN, _goes_on),
    LetterKind("boundaries", _BEGUN, _goes_on),
    LetterKind("clauses", STAGES, _always),
    LetterKind("refusal", _BEFORE, _always),
    LetterKind("ending", _BEGUN, _always),
)
"""In the order in which those are offered that nothing calls for in particular."""

KINDS: Final = (
    *("refusal", "clarify", "trade", "decider", "clauses", "start", "deposit", "trial", "hold"),
    *("ending", "pause", "invoice", "change", "boundaries"),
)
"""In the order of a choice: before the work, then once it has begun."""


def kinds_at(stage: Stage) -> tuple[str, ...]:
    """Return the kinds of letters that are for a stage of the work, whatever is answered."""
    return tuple(kind.id for kind in _LETTERS if stage in kind.stages)


def letter_kinds(situation: Situation) -> tuple[str, ...]:
    """Return the kinds of letters that fit, best first; there is always one."""
    fitting = {
        kind.id: None
        for kind in _LETTERS
        if situation.stage in kind.stages and kind.is_apt(situation)
    }
    called_for = {kind: None for kind in _called_for(situation) if kind in fitting}
    ordered = called_for | fitting
    if situation.result.verdict == "step_back":
        return tuple(sorted(ordered, key=_TAKING_ON.__contains__))
    return tuple(ordered)


def _called_for(situation: Situation) -> Iterator[str]:
    """Yield what a verdict to say no calls for, then reasons to stop, money owed, and the rest."""
    by_check = [(one.weight, one.check.letter_at(situation.stage)) for one in notices(situation)]
    verdict = situation.result.verdict
    by_verdict = _begun(situation) if situation.has_begun else _before(situation)
    if verdict == "step_back":
        yield by_verdict
    yield from (kind for weight, kind in by_check if weight == "stop")
    if _is_owed(situation):
        yield "invoice"
    if verdict == "clarify_first":
        yield by_verdict
    may_start = verdict in ("work", "out_of_scope")
    for weight, kind in by_check:
        if weight != "mine" or may_start:
            yield "clarify" if kind == "start" and not may_start else kind
    yield by_verdict


def _before(situation: Situation) -> str:
    """Return what the verdict calls for before work has begun."""
    match situation.result.verdict:
        case "step_back":
            return "refusal"
        case "work" | "out_of_scope":
            return "start"
        case "clarify_first":
            if negotiable(situation):
                return "trade"
            return "decider" if _is_nobody_in_charge(situation) else "clarify"
        case _:
            is_last = situation.result.ask_next == (WALL,)
            return "trade" if is_last and negotiable(situation) else "clarify"


def _begun(situation: Situation) -> str:
    """Return what the verdict calls for once work has begun."""
    match situation.result.verdict:
        case "step_back":
            return "ending"
        case "clarify_first":
            if _has_gap(situation) or not _is_nobody_in_charge(situation):
                return "change"
            return "decider"
        case None if _is_nobody_in_charge(situation):
            return "decider"
        case _:
            return "clauses"


def _is_nobody_in_charge(situation: Situation) -> bool:
    return any(situation.answers[fact] == _BAD[fact] for fact in _IN_CHARGE)
