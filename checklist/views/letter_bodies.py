"""What each kind of letter says, between the greeting and the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from checklist.advice import CHECKS, NO_REASON, Situation, questions, refusal_reasons
from checklist.rules import FACTS, WALL
from checklist.texts import Texts

GAPS: Final = ("quality_ok", "deadline_ok", "budget_ok")
_BAD: Final = {fact.id: fact.bad for fact in FACTS if fact.scored}
_CHECK_IDS: Final = frozenset(check.id for check in CHECKS)
_BASELINE: Final = (
    *("checks.scope_unwritten.clause", "letters.clauses.terms", "checks.pays_late.clause"),
    *("facts.takes_responsibility.clause", "facts.decides.clause", "letters.clauses.rights"),
    "facts.hit_wall.clause",
)
"""The clauses that every contract needs."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the visitor may add to a letter.

    ``greet`` is the name to greet, ``better`` a recommended person who suits the client better,
    ``sign`` the signature, ``reason`` the reason of a refusal, one of ``REASONS``: the one that
    fits best if it is empty.
    """

    greet: str = ""
    better: str = ""
    sign: str = ""
    reason: str = ""


type LetterWriter = Callable[[Situation, Options, Texts], Iterator[str]]


def _refusal(situation: Situation, options: Options, texts: Texts) -> Iterator[str]:
    yield texts("letters.refusal.thanks")
    reason = options.reason.strip() or next(iter(refusal_reasons(situation)), NO_REASON)
    if reason == NO_REASON:
        yield texts("letters.refusal.plain")
    else:
        yield " ".join([texts(f"letters.refusal.{reason}"), texts("letters.refusal.no")])
    if better := options.better.strip():
        yield texts("letters.refusal.better", better=better)
    elif not _is_wrong_work(situation, reason):
        yield texts("letters.refusal.chance")
    yield texts("letters.refusal.end")


def _is_wrong_work(situation: Situation, reason: str) -> bool:
    """Return whether nobody should do the work, so that nobody else is wished for it."""
    return reason == "conscience" or situation.is_true("unlawful_or_harmful")


def _clarify(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    lines = [_question(id_, situation, texts) for id_ in questions(situation)]
    lead = texts("letters.clarify.lead")
    yield f"{lead} {texts('letters.clarify.short')}" if lines else lead
    if lines:
        yield _numbered(lines)
    if situation.answers[WALL] == "yes" and situation.result.verdict == "step_back":
        yield texts("letters.clarify.wall")
    yield texts("letters.clarify.end")


def _question(id_: str, situation: Situation, texts: Texts) -> str:
    if id_ in _CHECK_IDS:
        return texts(f"checks.{id_}.say")
    # A budget that has been named and does not suit is not asked for again.
    is_named = id_ == "budget_ok" and situation.answers[id_] == "no"
    return texts(f"letters.questions.{'budget_no' if is_named else id_}")


def _trade(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    gaps = [fact for fact in GAPS if situation.answers[fact] == "no"]
    fits = [fact for fact in GAPS if situation.answers[fact] == "yes"]
    yield texts("letters.trade.lead")
    named = [texts("letters.trade.gap", gaps=_names(gaps, texts))]
    if fits:
        named.append(texts("letters.trade.fits", fits=_names(fits, texts)))
    yield " ".join(named)
    options = [line for fact in gaps for line in texts.lines(f"letters.trade.{fact}.options")]
    lead = texts("letters.trade.several" if len(gaps) > 1 else "letters.trade.options")
    yield "\n".join([lead, _numbered(options)])
    yield texts("letters.trade.end")


def _names(gaps: Sequence[str], texts: Texts) -> str:
    *first, last = [texts(f"letters.trade.{fact}.name") for fact in gaps]
    return texts("letters.list", first=", ".join(first), last=last) if first else last


def _decider(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    answers = situation.answers
    yield texts("letters.decider.lead")
    to_ask = [fact for fact in ("decides", "takes_responsibility") if answers[fact] != "yes"]
    if answers["participates"] == "yes":
        to_ask.append("participates")
    if situation.is_true("middleman"):
        to_ask.append("middleman")
    # Whoever decides may still be overruled by somebody in the background.
    to_ask.append("veto")
    yield _numbered([texts(f"letters.decider.{one}") for one in to_ask])
    yield texts("letters.decider.end")


def _clauses(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    called_for = [f"facts.{fact}.clause" for fact in _BAD if situation.answers[fact] == _BAD[fact]]
    called_for += [
        f"checks.{check.id}.clause"
        for check in CHECKS
        if check.is_about_client and situation.is_true(check.id)
    ]
    baseline = [key for key in _BASELINE if key not in called_for]
    if situation.has_begun:
        yield from _amendment(situation, texts)
    for number, key in enumerate(called_for, 1):
        yield f"{number}. {texts(key)}"
    yield texts("letters.clauses.rest" if called_for else "letters.clauses.none")
    for number, key in enumerate(baseline, len(called_for) + 1):
        yield f"{number}. {texts(key)}"
    yield texts("letters.clauses.lawyer")


def _amendment(situation: Situation, texts: Texts) -> Iterator[str]:
    """Yield what stands above clauses that change a contract, if one is or may be signed."""
    if situation.is_true("nothing_signed"):
        return
    yield texts("letters.clauses.amendment")
    if situation.checks.get("nothing_signed") != "no":
        yield texts("letters.clauses.unsure")


def _plain(kind: str) -> LetterWriter:
    """Return the writer of a letter that is the same whatever is answered."""

    def write(_: Situation, __: Options, texts: Texts) -> Iterator[str]:
        yield _listed(texts(f"letters.{kind}.lead"), texts.lines(f"letters.{kind}.points"))
        yield texts(f"letters.{kind}.end")

    return write


def _ending(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    yield _listed(texts("letters.ending.lead"), texts.lines("letters.ending.points"))
    if situation.is_true("abusive"):
        yield texts("letters.ending.civil")
    yield texts("letters.ending.end")


def _pause(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    is_unpaid, is_waiting = situation.is_true("pays_late"), situation.is_true("goes_silent")
    if is_unpaid:
        yield texts("letters.pause.unpaid")
    if is_waiting:
        yield texts("letters.pause.waiting")
    awaited = "both" if is_unpaid and is_waiting else "unpaid" if is_unpaid else "waiting"
    points = (texts(f"letters.pause.points_{awaited}"), *texts.lines("letters.pause.points"))
    yield _listed(texts("letters.pause.lead"), points)
    yield texts("letters.pause.end")


def _invoice(situation: Situation, _: Options, texts: Texts) -> Iterator[str]:
    yield texts("letters.invoice.lead")
    if situation.is_true("paid_when_paid"):
        yield texts("letters.invoice.independent")
    yield texts("letters.invoice.end_stopped" if situation.is_stopped else "letters.invoice.end")


def _listed(lead: str, points: Iterable[str]) -> str:
    return "\n".join([lead, *(f"- {line}" for line in points)])


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


WRITERS: Final[Mapping[str, LetterWriter]] = {
    "refusal": _refusal,
    "clarify": _clarify,
    "trade": _trade,
    "decider": _decider,
    "clauses": _clauses,
    "start": _plain("start"),
    "deposit": _plain("deposit"),
    "trial": _plain("trial"),
    "hold": _plain("hold"),
    "ending": _ending,
    "pause": _pause,
    "invoice": _invoice,
    "change": _plain("change"),
    "boundaries": _plain("boundaries"),
}
