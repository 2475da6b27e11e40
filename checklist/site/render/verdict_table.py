"""A table with the verdict of every state, small enough to be part of the page.

Scripts look verdicts and the order of questions up in it until Python is ready; they do not
implement the rule.
"""

from functools import cache, partial
from typing import Any, Final

from checklist.rules import (
    ANSWERS,
    FACTS,
    RULES_VERSION,
    SCOPE,
    SIGNS,
    Answers,
    Sign,
    possible_verdicts,
    score_sign,
)
from checklist.rules.facts import WALL, opposite
from checklist.rules.plan import GROUPS, ask_next, questions_when_asking, state_of
from checklist.site.diagram import IDS, Diagram
from checklist.texts import Texts
from checklist.texts.explanation import headline, is_refused_either_way, state_of_verdicts

type Leaf = tuple[str, ...]

_RANKS: Final = "ranks"
_EITHER: Final = "either"
"""The state of a refusal that is settled though no sign is present."""
_SIDES: Final = {fact.id: {fact.bad: 0, opposite(fact.bad): 1, "unknown": 2} for fact in FACTS}


@cache
def _diagram() -> tuple[Diagram[Leaf], dict[str, int]]:
    """Return the diagram, and references to the roots: verdicts, order of questions, each sign."""
    diagram = Diagram[Leaf]()
    roots = {
        "verdicts": diagram.add(_verdicts, IDS, {}, _by_group),
        "ranks": diagram.add(_ranks, IDS, {}, _by_group),
    }
    for sign in SIGNS:
        facts = [fact for condition in sign.conditions for fact in condition.facts]
        roots[sign.id] = diagram.add(partial(_status, sign), facts, {})
    return diagram, roots


def _by_group(given: Answers) -> tuple[tuple[int, ...], ...]:
    """Return the given answers, sorted within each group, whose facts the rule treats alike."""
    return tuple(
        tuple(sorted(_SIDES[fact][given[fact]] for fact in group if fact in given))
        for group in (*GROUPS, (WALL,), (SCOPE,))
    )


def _status(sign: Sign, answers: Answers) -> Leaf:
    return (score_sign(sign, answers).status,)


def _ranks(answers: Answers) -> Leaf:
    """Return a digit for each fact: its place in the order of questions, 0 if it changes nothing.

    A fact that is answered has the digit of its group, so that more subtrees are equal.
    """
    is_settled = len(possible_verdicts(answers)) == 1
    state = state_of(answers)
    following = () if is_settled else ask_next(answers)
    expected = {fact: questions_when_asking(fact, state) for fact in following}
    places = {value: str(place) for place, value in enumerate(sorted({*expected.values()}), 1)}
    ranks = dict.fromkeys(IDS, "0")
    for group in (*GROUPS, (WALL,)):
        for value in [expected[fact] for fact in group if fact in expected][:1]:
            ranks |= dict.fromkeys(group, places[value])
    return (_RANKS, "".join(ranks.values()))


def _verdicts(answers: Answers) -> Leaf:
    verdicts = possible_verdicts(answers)
    statuses = [score_sign(sign, answers).status for sign in SIGNS]
    is_either = is_refused_either_way(verdicts, statuses, answers)
    return (_EITHER if is_either else state_of_verdicts(verdicts, answers), *verdicts)


def make_table(texts: Texts) -> dict[str, Any]:
    """Return the table for ``verdict-table.js``, with the texts to show, as JSON values.

    ``nodes`` are those of ``Diagram.encode`` in the order of ``answers``; ``roots`` has the
    references to start from. A leaf has the ``status`` of a sign, the ``ranks`` of the facts (see
    ``_ranks``), or ``state`` and ``possible`` verdicts.
    """
    diagram, roots = _diagram()
    return {
        "rules": RULES_VERSION,
        "facts": IDS,
        "answers": ANSWERS,
        "nodes": diagram.encode(),
        "roots": roots,
        "leaves": [_leaf(leaf, texts) for leaf in diagram.leaves],
    }


def _leaf(leaf: Leaf, texts: Texts) -> dict[str, Any]:
    first, *verdicts = leaf
    if first == _RANKS:
        return {"ranks": verdicts[0]}
    if not verdicts:
        return {"status": first, "status_text": texts(f"result.status.{first}")}
    is_either = first == _EITHER
    state = verdicts[0] if is_either else first
    words = headline(state, tuple(verdicts), texts, is_either=is_either)
    return {"state": state, "possible": verdicts, **words}
