"""The explanation of a result in one language, for the page and the command line."""

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
_MAX_PLACE_LENGTH: Final = 300
# Control characters would change a terminal, bidirectional marks the order of a sentence.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

type Explanation = dict[str, Any]
type Statement = dict[str, str]


def explain(result: Result, answers: Answers, texts: Texts) -> Explanation:
    """Return the explanation of a result, as values for JSON.

    Keys: ``state`` (a verdict's id, ``open`` or ``empty``); ``title``, ``lead`` and ``next``;
    ``source`` (the article's phrase); ``progress``; ``margin``; ``signs``; ``because_title`` and
    ``because`` (the reasons, each a list of statements; for ``clarify_first`` the first is what to
    clarify), ``not_no`` (then why it is not a refusal) and ``more_reasons`` (how many follow the
    first); ``change`` (the sets of answers that would change the verdict for the better),
    ``change_lead`` (their introduction) and ``together`` (the label of a set of several); ``ask``
    (the next question). A text or list may be empty, ``ask`` and ``source`` may be None.
    """
    state = state_of(result, answers)
    statuses = [sign.status for sign in result.signs]
    is_either = is_refused_either_way(result.possible, statuses, answers)
    words = headline(state, result.possible, texts, is_either=is_either)
    changes = improvements(result, answers)
    because, not_no = reasons_of(result, changes, answers)
    return {
        "state": state,
        **words,
        "source": _source(result, state, texts, is_either=is_either),
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
        "change": [
            [_changed_answer(fact, answers[fact], texts) for fact in one] for one in changes
        ],
        "together": texts("result.together"),
        "ask": _ask(result, texts),
    }


def explain_problem(problem: Problem, texts: Texts) -> str:
    """Return the message for a problem, with its place and value."""
    place, value = escape_invisible(problem.place), escape_invisible(problem.value)
    if len(place) > _MAX_PLACE_LENGTH:
        place = f"{place[: _MAX_PLACE_LENGTH - 1]}…"
    return texts(f"errors.{problem.kind}", place=place, value=value)


def in_one_line(statements: Iterable[Statement], texts: Texts) -> str:
    """Return a set of statements as one line, which says of several that all are needed."""
    sentences = [one["text"] for one in statements]
    if len(sentences) == 1:
        return sentences[0]
    return f"{texts('result.together')} {'; '.join(sentences)}"


def escape_invisible(text: str) -> str:
    """Return the text with a JSON escape for each control, direction mark and lone surrogate."""
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def state_of(result: Result, answers: Answers) -> str:
    """Return the verdict's id, ``open`` if it is not settled, ``empty`` if nothing is answered."""
    return state_of_verdicts(result.possible, answers)


def state_of_verdicts(possible: tuple[str, ...], answers: Answers) -> str:
    """Return the same as ``state_of`` for possible verdicts, best first."""
    if not any(answer in ("yes", "no") for answer in answers.values()):
        return "empty"
    return possible[0] if len(possible) == 1 else "open"


def is_refused_either_way(
    possible: tuple[str, ...], statuses: Iterable[str], answers: Answers
) -> bool:
    """Return whether a refusal is settled though no sign is present and no wall was hit.

    Then each completion has one. ``statuses`` are those of the signs.
    """
    is_certain = answers.get(WALL) == "yes" or "present" in statuses
    return possible == ("step_back",) and not is_certain


def headline(state: str, possible: tuple[str, ...], texts: Texts, *, is_either: bool) -> Statement:
    """Return ``title``, ``lead`` and ``next``, which depend only on the possible verdicts.

    With ``is_either`` (see ``is_refused_either_way``) the lead has one more sentence.
    """
    section = _section(state)
    lead = texts(f"{section}.lead")
    return {
        "title": _title(state, possible, texts),
        "lead": f"{lead} {texts('losses.either')}" if is_either else lead,
        "next": texts(f"{section}.next"),
    }


def _section(state: str) -> str:
    return f"result.{state}" if state in ("empty", "open") else f"verdicts.{state}"


def _title(state: str, possible: tuple[str, ...], texts: Texts) -> str:
    if state == "open":
        return texts("result.open.title", verdicts=join_alternatives(possible, texts))
    return texts(f"{_section(state)}.title")


def join_alternatives(verdicts: tuple[str, ...], texts: Texts) -> str:
    """Return a phrase with two or more verdicts: "one, another or a third"."""
    *first, last = [texts(f"verdicts.{verdict}.short") for verdict in verdicts]
    return texts("result.either", first=", ".join(first), last=last)


def _source(result: Result, state: str, texts: Texts, *, is_either: bool) -> Statement | None:
    """Return the article's phrase for the verdict, or for the first sign that is present.

    The phrase of a refusal is about the wall, so where neither a wall nor a sign is certain
    (``is_either``) it is the sentence that leads to the signs.
    """
    if state in ("empty", "open") or result.verdict is None:
        return None
    present = [sign.id for sign in result.signs if sign.status == "present"]
    if state == "step_back" and present:
        return {"id": present[0], "text": texts(f"signs.{present[0]}.source")}
    if is_either:
        return {"id": "first_signs", "text": texts("article.first_signs.source")}
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


def improvements(result: Result, answers: Answers) -> list[tuple[str, ...]]:
    """Return the changes to a better verdict that consist of changes for the better alone.

    An answer less about the goal may also settle on a better verdict; nobody would want that.
    """
    return [one for one in result.would_change if all(_is_bad(fact, answers) for fact in one)]


def reasons_of(
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


def _changed_answer(fact: str, answer: str, texts: Texts) -> Statement:
    """Return the statement of the opposite answer, with what could bring it about."""
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
