"""Editions: every published version of the rule, to migrate clients saved under an older one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from checklist.rules.facts import FACTS, RULES_VERSION, SCOPE, Answer, Answers
from checklist.rules.verdicts import BEST_FIRST, RULE, Line, Verdict

type RawAnswers = Mapping[str, Answer]


def _unchanged(answers: RawAnswers) -> dict[str, Answer]:
    return dict(answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One published version of the rule.

    ``facts`` holds the ids of its facts, ``depends_on_client`` included. ``rule`` is its table
    of lines. ``to_next`` converts answers of this edition to answers of the next one.
    """

    version: str
    facts: tuple[str, ...]
    rule: tuple[Line, ...]
    to_next: Callable[[RawAnswers], dict[str, Answer]] = _unchanged

    def possible(self, answers: RawAnswers) -> tuple[Verdict, ...]:
        """Return the verdicts over every completion of the unknowns, best first."""
        verdicts = {self._verdict(complete) for complete in self._completions(answers)}
        return tuple(verdict for verdict in (*BEST_FIRST, "out_of_scope") if verdict in verdicts)

    def _verdict(self, complete: Answers) -> Verdict:
        return next(line.verdict for line in self.rule if line.holds(complete))

    def _completions(self, answers: RawAnswers) -> Iterator[Answers]:
        known = {fact: answers.get(fact, "unknown") for fact in self.facts}
        known[SCOPE] = "no" if known.get(SCOPE) == "no" else "yes"
        unknown = [fact for fact, answer in known.items() if answer == "unknown"]
        yes_or_no: tuple[Answer, ...] = ("yes", "no")
        for chosen in product(yes_or_no, repeat=len(unknown)):
            yield {**known, **dict(zip(unknown, chosen, strict=True))}


EDITIONS: Final[tuple[Edition, ...]] = (
    Edition(version=RULES_VERSION, facts=tuple(fact.id for fact in FACTS), rule=RULE),
)
"""Oldest first; the last one is the current rule. A new version of the rule is appended, and the
edition before it then keeps copies of the facts and lines that it had."""
