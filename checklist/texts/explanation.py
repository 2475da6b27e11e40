"""A result in words: what the page shows and the command line prints."""

import re
from collections.abc import Iterable
from typing import Any, Final

from checklist.rules import (
    FACTS,
    SCORED,
    SIGNS,
    WALL,
    Answers,
    Condition,
    Problem,
    Result,
    Sign,
    SignScore,
)
from checklist.texts import Texts

_BAD: Final = {fact.id: fact.bad for fact in FACTS}
_LONGEST_PLACE: Final = 300
# Controls would move the words of a terminal, and marks of direction those of a sentence.
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

type Explanation = dict[str, Any]
type Statement = dict[str, str]


def explain(result: Result, answers: Answers, texts: Texts) -> Explanation:
    """Return the result of these answers in one language.

    Plain values only, so that it crosses to the page as JSON: ``state`` (a verdict's id,
    ``open`` or ``empty``), ``title``, ``lead``, ``next``, ``source``, ``progress``,
    ``margin``, ``signs``, ``because_title`` and ``because`` (sets of answers, the first of
    them what to clarify where that is the verdict), ``not_no`` (then why it is not a refusal),
    ``more_reasons`` (how many sets beside the first), ``change`` (only for the better),
    ``change_lead`` (what to make of it), ``together`` (the label of a set of several), ``ask``
    and ``announcement``. What there is nothing to say of is an empty string, an empty list, or
    None for ``ask`` and ``source``.
    """
    state = state_of(result, answers)
    words = headline(state, result.possible, texts)
    words["lead"] = _lead(words["lead"], result, answers, texts)
    ask = _ask(result, texts)
    changes = _improvements(result, answers)
    because, not_no = _reasons(result, changes, answers)
    return {
        "state": state,
        **words,
        "source": _source(result, state, texts),
        "progress": _progress(answers, texts),
        "margin": "" if state == "empty" else _margin(result, texts),
        "signs": [
            _sign(sign, score, texts) for sign, score in zip(SIGNS, result.signs, strict=True)
        ],
        "because_title": texts("result.clarify" if state == "clarify_first" else "result.because"),
        "because": [[_statement(fact, answers[fact], texts) for fact in one] for one in because],
        "not_no": [_statement(fact, answers[fact], texts) for fact in not_no],
        "more_reasons": _more_reasons(result, texts),
        "change_lead": _change_lead(result, changes, texts),
        "change": [[_changed(fact, answers[fact], texts) for fact in one] for one in changes],
        "together": texts("result.together"),
        "ask": ask,
        "announcement": _announcement(words["title"], ask, texts),
    }


def explain_problem(problem: Problem, texts: Texts) -> str:
    """Return one thing that is wrong with the input, as a sentence naming place and value."""
    place, value = seen(problem.place), seen(problem.value)
    if len(place) > _LONGEST_PLACE:
        place = f"{place[: _LONGEST_PLACE - 1]}…"
    return texts(f"errors.{problem.kind}", place=place, value=value)


def in_one_line(statements: Iterable[Statement], texts: Texts) -> str:
    """Return a set of statements as one line, which says of several that all are needed."""
    said = [one["text"] for one in statements]
    return f"{texts('result.together')} {'; '.join(said)}" if len(said) > 1 else said[0]


def seen(text: str) -> str:
    """Return the text with a code, as JSON has it, for each character that is not seen."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def state_of(result: Result, answers: Answers) -> str:
    """Return the verdict's id, ``open`` where it is not settled, ``empty`` without answers."""
    return state_of_verdicts(result.possible, answers)


def state_of_verdicts(possible: tuple[str, ...], answers: Answers) -> str:
    """Return the same for the verdicts that are possible."""
    if not any(answer in ("yes", "no") for answer in answers.values()):
        return "empty"
    return possible[0] if len(possible) == 1 else "open"


def headline(state: str, possible: tuple[str, ...], texts: Texts) -> Statement:
    """Return what follows from the verdicts alone: ``title``, ``lead`` and ``next``."""
    section = _section(state)
    return {
        "title": _title(state, possible, texts),
        "lead": texts(f"{section}.lead"),
        "next": texts(f"{section}.next"),
    }


def _section(state: str) -> str:
    return f"result.{state}" if state in ("empty", "open") else f"verdicts.{state}"


def _title(state: str, possible: tuple[str, ...], texts: Texts) -> str:
    if state == "open":
        return texts("result.open.title", verdicts=either(possible, texts))
    return texts(f"{_section(state)}.title")


def either(verdicts: tuple[str, ...], texts: Texts) -> str:
    """Return the verdicts that are possible as "this, that or the third"."""
    *first, last = [texts(f"verdicts.{verdict}.short") for verdict in verdicts]
    return texts("result.either", first=", ".join(first), last=last)


def _source(result: Result, state: str, texts: Texts) -> Statement | None:
    """The phrase of the article that the verdict rests on: a sign's own where one is there."""
    if state in ("empty", "open") or result.verdict is None:
        return None
    present = [sign.id for sign in result.signs if sign.status == "present"]
    if state == "step_back" and present:
        return {"id": present[0], "text": texts(f"signs.{present[0]}.source")}
    return {"id": state, "text": texts(f"verdicts.{state}.source")}


def _progress(answers: Answers, texts: Texts) -> str:
    answered = sum(answers.get(fact) in ("yes", "no") for fact in SCORED)
    return texts.counted("result.progress", answered, total=len(SCORED))


def _margin(result: Result, texts: Texts) -> str:
    if result.margin is None or result.margin[1] == 0:
        return ""
    lowest, highest = result.margin
    if lowest == highest:
        return texts.counted("result.margin.exact", highest)
    return texts.counted("result.margin.range", highest, lowest=lowest)


def _sign(sign: Sign, score: SignScore, texts: Texts) -> dict[str, Any]:
    return {
        "id": sign.id,
        "title": texts(f"signs.{sign.id}.title"),
        "status": score.status,
        "status_text": texts(f"result.status.{score.status}"),
        "count": texts("result.count", met=len(score.met), needed=score.needed),
        "conditions": [_condition(sign, condition, score, texts) for condition in sign.conditions],
    }


def _condition(sign: Sign, condition: Condition, score: SignScore, texts: Texts) -> Statement:
    state = next(
        state for state in ("met", "unmet", "unknown") if condition.id in getattr(score, state)
    )
    if condition.id in SCORED:
        opposite = "no" if condition.needs == "yes" else "yes"
        text = {
            "met": texts(f"facts.{condition.id}.{condition.needs}"),
            "unmet": texts(f"facts.{condition.id}.{opposite}"),
            "unknown": texts(f"facts.{condition.id}.question"),
        }[state]
    else:
        text = texts(f"signs.{sign.id}.{condition.id}.{state}")
    return {"state": state, "state_text": texts(f"result.condition.{state}"), "text": text}


def _more_reasons(result: Result, texts: Texts) -> str:
    others = len(result.reasons) - 1
    return texts.counted("result.more_reasons", others) if others > 0 else ""


def _lead(lead: str, result: Result, answers: Answers, texts: Texts) -> str:
    """Say so where a refusal is certain and no sign or wall is: each completion has one."""
    is_seen = answers.get(WALL) == "yes" or any(sign.status == "present" for sign in result.signs)
    if result.verdict != "step_back" or is_seen:
        return lead
    return f"{lead} {texts('losses.either')}"


def _improvements(result: Result, answers: Answers) -> list[tuple[str, ...]]:
    """Return the changes to a better verdict that consist of changes for the better alone.

    An answer less about the goal may also settle on a better verdict; nobody wishes for it.
    """
    return [one for one in result.would_change if all(_is_bad(fact, answers) for fact in one)]


def _reasons(
    result: Result, changes: list[tuple[str, ...]], answers: Answers
) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Return the sets of answers that lead to the verdict, and apart what keeps it from a no.

    Where the verdict is to clarify, the first set is what there is to clarify: the bad answers of
    any set, and those that would have to change.
    """
    sets = [tuple(reason) for reason in result.reasons]
    if result.verdict != "clarify_first":
        return sets, ()
    bad = {fact for one in (*sets, *changes) for fact in one if _is_bad(fact, answers)}
    to_clarify = tuple(fact for fact in SCORED if fact in bad)
    not_no = tuple(fact for fact in sets[0] if not _is_bad(fact, answers))
    return [to_clarify, *sets[1:]], not_no


def _is_bad(fact: str, answers: Answers) -> bool:
    return answers[fact] == _BAD[fact]


def _change_lead(result: Result, changes: list[tuple[str, ...]], texts: Texts) -> str:
    if result.verdict not in ("step_back", "clarify_first"):
        return ""
    if not changes:
        return texts("result.change_none")
    return texts("result.change_lead" if len(changes) > 1 else "result.change_one")


def _statement(fact: str, answer: str, texts: Texts) -> Statement:
    return {"fact": fact, "text": texts(f"facts.{fact}.{answer}")}


def _changed(fact: str, answer: str, texts: Texts) -> Statement:
    """What would have to be so instead, and what could bring it about."""
    other = "no" if answer == "yes" else "yes"
    return {**_statement(fact, other, texts), "remedy": texts(f"facts.{fact}.remedy")}


def _ask(result: Result, texts: Texts) -> Statement | None:
    if not result.ask_next:
        return None
    fact = result.ask_next[0]
    return {
        "fact": fact,
        "question": texts(f"facts.{fact}.question"),
        "words": texts(f"facts.{fact}.ask"),
        "find_out": texts(f"facts.{fact}.find_out"),
    }


def _announcement(title: str, ask: Statement | None, texts: Texts) -> str:
    if ask is None:
        return texts("result.announce", title=title)
    return texts("result.announce_and_ask", title=title, question=ask["question"])
