"""The verdict of every state as a table so small that it comes with the page.

A ternary decision diagram: a tree of the facts, yes, no and unknown, in which equal parts are
one part (Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986). Scripts walk
it until Python is there; they know no rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final

from checklist.rules import (
    ANSWERS,
    FACTS,
    RULES_VERSION,
    SIGNS,
    Answers,
    Sign,
    possible_verdicts,
    score_sign,
)
from checklist.texts import Texts
from checklist.texts.explanation import headline, state_of_verdicts

type Leaf = tuple[str, ...]
type Node = tuple[int, ...]

_IDS: Final = tuple(fact.id for fact in FACTS)


@dataclass(slots=True)
class _Diagram:
    """Nodes and leaves, each once. A node is a fact's place and where each answer leads.

    Where something leads is a node's place, or for a leaf the complement of its place: -1 for
    the first, -2 for the second.
    """

    nodes: dict[Node, int] = field(default_factory=dict)
    leaves: dict[Leaf, int] = field(default_factory=dict)

    def add(self, of: Callable[[Answers], Leaf], facts: Sequence[str], given: Answers) -> int:
        """Add all that can still become of the answers given; return where it begins."""
        if not facts:
            return ~self.leaves.setdefault(of(given), len(self.leaves))
        fact, *others = facts
        leads = [self.add(of, others, {**given, fact: answer}) for answer in ANSWERS]
        if len(set(leads)) == 1:
            return leads[0]
        return self.nodes.setdefault((_IDS.index(fact), *leads), len(self.nodes))


@cache
def _diagram() -> tuple[_Diagram, dict[str, int]]:
    """The diagram, and where the verdicts and each sign begin in it. Takes half a second."""
    diagram = _Diagram()
    begins = {"verdicts": diagram.add(_verdicts, _IDS, {})}
    for sign in SIGNS:
        facts = [fact for condition in sign.conditions for fact in condition.facts]
        begins[sign.id] = diagram.add(partial(_status, sign), facts, {})
    return diagram, begins


def _status(sign: Sign, answers: Answers) -> Leaf:
    return (score_sign(sign, answers).status,)


def _verdicts(answers: Answers) -> Leaf:
    verdicts = possible_verdicts(answers)
    return (state_of_verdicts(verdicts, answers), *verdicts)


def make_table(texts: Texts) -> dict[str, Any]:
    """Return the table for ``verdict-table.js``, with the words to show, as plain values.

    ``nodes`` and ``begins`` are as in ``_Diagram``, a node's answers in the order of
    ``answers``; a leaf holds a sign's ``status``, or ``state`` and ``possible`` verdicts.
    """
    diagram, begins = _diagram()
    return {
        "rules": RULES_VERSION,
        "facts": _IDS,
        "answers": ANSWERS,
        "nodes": list(diagram.nodes),
        "begins": begins,
        "leaves": [_leaf(leaf, texts) for leaf in diagram.leaves],
    }


def _leaf(leaf: Leaf, texts: Texts) -> dict[str, Any]:
    first, *verdicts = leaf
    if not verdicts:
        return {"status": first, "status_text": texts(f"result.status.{first}")}
    words = headline(first, tuple(verdicts), texts)
    announcement = texts("result.announce", title=words["title"])
    return {"state": first, "possible": verdicts, **words, "announcement": announcement}
