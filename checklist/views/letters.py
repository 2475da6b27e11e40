"""Letters to the client, and contract clauses, written from the answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from checklist.clients import Client
from checklist.rules import FACTS, WALL, Answers, Result, parse_answers, score
from checklist.texts import Texts
from checklist.views.agenda import topics

GAPS: Final = ("quality_ok", "deadline_ok", "budget_ok")
MAX_QUESTIONS: Final = 5
"""As many as a client answers by e-mail."""
_BAD: Final = {fact.id: fact.bad for fact in FACTS if fact.scored}


@dataclass(frozen=True, slots=True)
class Options:
    """What the visitor may add to a letter.

    ``greet`` is the name to greet, ``better`` a recommended person who suits the client better,
    ``sign`` the signature.
    """

    greet: str = ""
    better: str = ""
    sign: str = ""


OPTION_NAMES: Final = tuple(field.name for field in fields(Options))

type LetterWriter = Callable[[Answers, Result, Options, Texts], Iterator[str]]


def letter(kind: str, client: Client, texts: Texts, options: Options | None = None) -> str:
    """Return the text of a letter; empty if these answers give no reason for one.

    ``kind`` is one of ``KINDS``; raises ``KeyError`` for any other. The client's name is not used,
    because it is the visitor's private name for them.
    """
    answers = parse_answers(client.answers)
    given = options or Options()
    body = list(_WRITERS[kind](answers, score(answers), given, texts))
    if not body or kind == "clauses":
        return "\n\n".join(body)
    subject = texts("letters.subject", subject=texts(f"letters.{kind}.subject"))
    greet, sign = given.greet.strip(), given.sign.strip()
    opening = texts("letters.greet_name", name=greet) if greet else texts("letters.greet")
    closing = texts("letters.close_name", name=sign) if sign else texts("letters.close")
    return "\n\n".join([subject, opening, *body, closing])


def fitting_kind(client: Client) -> str:
    """Return the kind of letter that suits the client's verdict best."""
    answers = parse_answers(client.answers)
    result = score(answers)
    match result.verdict:
        case "step_back":
            return "refusal"
        case "work" | "out_of_scope":
            return "start"
        case "clarify_first":
            if _negotiable(answers):
                return "trade"
            nobody = _bad(answers) & {"decides", "takes_responsibility"}
            return "decider" if nobody else "clarify"
        case _:
            return "trade" if result.ask_next == (WALL,) and _negotiable(answers) else "clarify"


def _refusal(answers: Answers, result: Result, options: Options, texts: Texts) -> Iterator[str]:
    yield texts("letters.refusal.thanks")
    if reason := _first_reason(answers, result):
        yield " ".join([texts(f"letters.refusal.{reason}"), texts("letters.refusal.no")])
    else:
        yield texts("letters.refusal.plain")
    if better := options.better.strip():
        yield texts("letters.refusal.better", better=better)
    else:
        yield texts("letters.refusal.chance")
    yield texts("letters.refusal.end")


def _first_reason(answers: Answers, result: Result) -> str:
    """Return the first line of the rule that is sure to hold: one reason is enough."""
    if result.verdict != "step_back":
        return ""
    if answers[WALL] == "yes":
        return "wall"
    return next((sign.id for sign in result.signs if sign.status == "present"), "")


def _clarify(answers: Answers, result: Result, _: Options, texts: Texts) -> Iterator[str]:
    facts = topics(answers, result)
    if not facts:
        return
    wall = WALL in facts and answers[WALL] == "yes"
    # A client who is asked whether there is a wall is one with whom nothing else is open.
    to_ask = [fact for fact in facts if fact != WALL] or ([] if wall else [WALL])
    if not result.settled:
        soonest = result.ask_next[:MAX_QUESTIONS]
        to_ask = [fact for fact in to_ask if fact in soonest]
    lines = [_question_for(fact, answers, texts) for fact in to_ask[:MAX_QUESTIONS]]
    lead = texts("letters.clarify.lead")
    yield f"{lead} {texts('letters.clarify.short')}" if lines else lead
    if lines:
        yield _numbered(lines)
    if wall:
        yield texts("letters.clarify.wall")
    yield texts("letters.clarify.end")


def _question_for(fact: str, answers: Answers, texts: Texts) -> str:
    # A budget that has been named and does not suit is not asked for again.
    is_named = fact == "budget_ok" and answers[fact] == "no"
    return texts(f"letters.questions.{'budget_no' if is_named else fact}")


def _trade(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    if not _negotiable(answers):
        return
    gaps = [fact for fact in GAPS if answers[fact] == "no"]
    fits = [fact for fact in GAPS if answers[fact] == "yes"]
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


def _decider(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    if answers["decides"] == "yes" and answers["takes_responsibility"] == "yes":
        return
    yield texts("letters.decider.lead")
    to_ask = [fact for fact in ("decides", "takes_responsibility") if answers[fact] != "yes"]
    if answers["participates"] == "yes":
        to_ask.append("participates")
    yield _numbered([texts(f"letters.decider.{fact}") for fact in to_ask])
    yield texts("letters.decider.end")


def _start(_: Answers, __: Result, ___: Options, texts: Texts) -> Iterator[str]:
    yield texts("letters.start.lead")
    yield "\n".join(f"- {line}" for line in texts.lines("letters.start.points"))
    yield texts("letters.start.end")


def _clauses(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    bad = [fact for fact in _BAD if fact in _bad(answers)]
    for number, fact in enumerate(bad, 1):
        yield f"{number}. {texts(f'facts.{fact}.clause')}"


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _negotiable(answers: Answers) -> bool:
    """Return whether the gap of sign 2 can be negotiated.

    The goal may be known, there is a gap, and the client may be willing to compromise. The
    article: "This case is especially dangerous if the client is intractable and makes no
    compromises".
    """
    gap = any(answers[fact] == "no" for fact in GAPS)
    return gap and answers["knows_goal"] != "no" and answers["compromises"] != "no"


def _bad(answers: Answers) -> set[str]:
    return {fact for fact, bad in _BAD.items() if answers[fact] == bad}


_WRITERS: Final[Mapping[str, LetterWriter]] = {
    "refusal": _refusal,
    "clarify": _clarify,
    "trade": _trade,
    "decider": _decider,
    "clauses": _clauses,
    "start": _start,
}
KINDS: Final = tuple(_WRITERS)
