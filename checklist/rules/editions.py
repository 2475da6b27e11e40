"""The rule as it was, edition by edition, so that an older case can be told what has changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from checklist.rules.facts import FACTS, RULES_VERSION, SCOPE, Answer, Answers
from checklist.rules.verdicts import BEST_FIRST, RULE, Line, Verdict

type Raw = Mapping[str, Answer]


def _as_they_are(answers: Raw) -> dict[str, Answer]:
    return dict(answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of the rule.

    ``facts`` are the ids it asked about, the scope among them; ``rule`` its table; ``to_next``
    turns answers of this edition into answers of the one that followed.
    """

    version: str
    facts: tuple[str, ...]
    rule: tuple[Line, ...]
    to_next: Callable[[Raw], dict[str, Answer]] = _as_they_are

    def possible(self, answers: Raw) -> tuple[Verdict, ...]:
        """Return the verdicts over every completion of the unknowns, best first."""
        found = {self._verdict(complete) for complete in self._completions(answers)}
        return tuple(verdict for verdict in (*BEST_FIRST, "out_of_scope") if verdict in found)

    def _verdict(self, complete: Answers) -> Verdict:
        return next(line.verdict for line in self.rule if line.holds(complete))

    def _completions(self, answers: Raw) -> Iterator[Answers]:
        known = {fact: answers.get(fact, "unknown") for fact in self.facts}
        known[SCOPE] = "no" if known.get(SCOPE) == "no" else "yes"
        unknown = [fact for fact, answer in known.items() if answer == "unknown"]
        yes_or_no: tuple[Answer, ...] = ("yes", "no")
        for chosen in product(yes_or_no, repeat=len(unknown)):
            yield {**known, **dict(zip(unknown, chosen, strict=True))}


EDITIONS: Final[tuple[Edition, ...]] = (
    Edition(version=RULES_VERSION, facts=tuple(fact.id for fact in FACTS), rule=RULE),
)
"""Oldest first; the last is the rule in force. A new version of the rule adds one at the end,
and the one before it gets the lines and facts that it had."""
