"""Decision diagrams over the answers: tables that scripts look up, and that hold no rule.

A ternary decision diagram is a tree that branches on the answer to each fact, in which equal
subtrees are shared (Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final

from checklist.rules import ANSWERS, FACTS, Answers

type Node = tuple[int, ...]

IDS: Final = tuple(fact.id for fact in FACTS)


@dataclass(slots=True)
class Diagram[Leaf: Hashable]:
    """The distinct nodes and leaves with their indexes.

    A node is the index of a fact, then a reference for each answer. A reference is the index of a
    node, or the bitwise complement of the index of a leaf: -1 for the first, -2 for the second.
    """

    nodes: dict[Node, int] = field(default_factory=dict)
    leaves: dict[Leaf, int] = field(default_factory=dict)

    def add(
        self,
        of: Callable[[Answers], Leaf],
        facts: Sequence[str],
        given: Answers,
        key: Callable[[Answers], Hashable] = lambda given: tuple(given.values()),
    ) -> int:
        """Add the subtree for the answers given so far; return a reference to its root.

        Answers to the same facts that have the same ``key`` must have the same subtree.
        """
        known: dict[Hashable, int] = {}

        def subtree(place: int, given: Answers) -> int:
            if place == len(facts):
                return ~self.leaves.setdefault(of(given), len(self.leaves))
            references = []
            for answer in ANSWERS:
                more = {**given, facts[place]: answer}
                known_as = (place, key(more))
                if known_as not in known:
                    known[known_as] = subtree(place + 1, more)
                references.append(known[known_as])
            return self.branch(facts[place], references)

        return subtree(0, given)

    def branch(self, fact: str, references: Sequence[int]) -> int:
        """Add a node with a subtree for each answer, unless all are the same; return it."""
        if len(set(references)) == 1:
            return references[0]
        return self.nodes.setdefault((IDS.index(fact), *references), len(self.nodes))

    def encode(self) -> list[Node]:
        """Return the nodes with how far back the nodes are that they refer to, from 0.

        Small numbers that repeat compress better. A subtree is added before what refers to it.
        """
        return [
            (fact, *(place - 1 - one if one >= 0 else one for one in references))
            for (fact, *references), place in self.nodes.items()
        ]
