"""Letters to the client, and contract clauses, written from the answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final

from checklist.clients import Client
from checklist.rules import FACTS, WALL, Answers, Result, parse_answers, score
from checklist.texts import Texts
from checklist.views.agenda import topics

GAPS: Final = ("quality_ok", "deadline_ok", "budget_ok")
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
    greet, sign = given.greet.strip(), given.sign.strip()
    opening = texts("letters.greet_name", name=greet) if greet else texts("letters.greet")
    closing = texts("letters.close_name", name=sign) if sign else texts("letters.close")
    return "\n\n".join([opening, *body, closing])


def fitting_kind(client: Client) -> str:
    """Return the kind of letter that suits the client's verdict best."""
    answers = parse_answers(client.answers)
    result = score(answers)
    best = {
        "step_back": "refusal",
        "work": "clauses",
        "out_of_scope": "clarify",
        None: "clarify",
        "clarify_first": "trade" if _negotiable(answers) else "clarify",
    }[result.verdict]
    if best == "clarify" and result.settled and _bad(answers) & {"decides", "takes_responsibility"}:
        best = "decider"
    return best


def _refusal(answers: Answers, result: Result, options: Options, texts: Texts) -> Iterator[str]:
    yield texts("letters.refusal.thanks")
    found = [sign.id for sign in result.signs if sign.status == "present"]
    if answers[WALL] == "yes":
        found.append("wall")
    if found and result.verdict == "step_back":
        yield " ".join(texts(f"letters.refusal.{sign}") for sign in found)
        yield texts("letters.refusal.no")
    else:
        yield texts("letters.refusal.plain")
    if better := options.better.strip():
        yield texts("letters.refusal.better", better=better)
    else:
        yield texts("letters.refusal.chance")
    yield texts("letters.refusal.end")


def _clarify(answers: Answers, result: Result, _: Options, texts: Texts) -> Iterator[str]:
    # The client cannot be asked whether two attempts to remove an obstacle have failed.
    facts = [fact for fact in topics(answers, result) if fact != WALL or answers[WALL] == "yes"]
    if not facts:
        return
    yield texts("letters.clarify.lead")
    yield "\n".join(
        f"{number}. {texts(f'letters.questions.{fact}')}" for number, fact in enumerate(facts, 1)
    )
    yield texts("letters.clarify.end")


def _trade(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    if not _negotiable(answers):
        return
    gaps = [fact for fact in GAPS if answers[fact] == "no"]
    fits = [fact for fact in GAPS if answers[fact] == "yes"]
    yield texts("letters.trade.lead")
    yield " ".join(texts(f"letters.trade.{fact}.gap") for fact in gaps)
    if fits:
        names = [texts(f"letters.trade.{fact}.name") for fact in fits]
        held = names[0] if len(names) == 1 else texts("letters.both", one=names[0], other=names[1])
        yield texts("letters.trade.fits", fits=held)
    options = [line for fact in gaps for line in texts.lines(f"letters.trade.{fact}.options")]
    yield "\n".join(
        [
            texts("letters.trade.options"),
            *(f"{number}. {line}" for number, line in enumerate(dict.fromkeys(options), 1)),
        ]
    )
    yield texts("letters.trade.end")


def _decider(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    if answers["decides"] == "yes" and answers["takes_responsibility"] == "yes":
        return
    yield texts("letters.decider.lead")
    questions = []
    if answers["decides"] != "yes":
        questions.append(texts("letters.decider.decides"))
    if answers["takes_responsibility"] != "yes":
        questions.append(texts("letters.decider.takes_responsibility"))
    if answers["participates"] == "yes":
        questions.append(texts("letters.decider.participates"))
    yield "\n".join(f"{number}. {line}" for number, line in enumerate(questions, 1))
    yield texts("letters.decider.end")


def _clauses(answers: Answers, _: Result, __: Options, texts: Texts) -> Iterator[str]:
    bad = [fact for fact in _BAD if fact in _bad(answers)]
    for number, fact in enumerate(bad, 1):
        yield f"{number}. {texts(f'facts.{fact}.clause')}"


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
}
KINDS: Final = tuple(_WRITERS)
