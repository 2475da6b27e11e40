"""Scoring: from the answers about one client to the whole result."""

from dataclasses import dataclass
from typing import Any

from checklist.rules.answers import parse_answers
from checklist.rules.completions import completions, margin, possible
from checklist.rules.facts import RULES_VERSION, SCOPE, Answers
from checklist.rules.plan import ask_next, irrelevant
from checklist.rules.reasons import Change, Reason, reasons, would_change
from checklist.rules.signs import SIGNS, SignScore, score_sign
from checklist.rules.verdicts import Verdict, out_of_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of the rule for one set of answers.

    ``possible`` holds the verdicts of all completions of the unknown facts, best first.
    ``margin`` is the lowest and highest number of answers between this client and the nearest
    sign, or None if the client is out of scope. Facts are named by their ids.
    """

    possible: tuple[Verdict, ...]
    signs: tuple[SignScore, ...]
    margin: tuple[int, int] | None
    reasons: tuple[Reason, ...] = ()
    would_change: tuple[Change, ...] = ()
    ask_next: tuple[str, ...] = ()
    irrelevant: tuple[str, ...] = ()
    rules: str = RULES_VERSION

    @property
    def settled(self) -> bool:
        """Whether every completion has the same verdict."""
        return len(self.possible) == 1

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, or None while it is not settled."""
        return self.possible[0] if self.settled else None

    def as_dict(self) -> dict[str, Any]:
        """Return the result as values for JSON: every key is always present, in a fixed order."""
        return {
            "rules": self.rules,
            "verdict": self.verdict,
            "settled": self.settled,
            "possible": list(self.possible),
            "signs": {
                sign.id: {
                    "status": sign.status,
                    "met": list(sign.met),
                    "unmet": list(sign.unmet),
                    "unknown": list(sign.unknown),
                    "needed": sign.needed,
                }
                for sign in self.signs
            },
            "margin": None if self.margin is None else list(self.margin),
            "reasons": [dict(reason) for reason in self.reasons],
            "would_change": [list(change) for change in self.would_change],
            "ask_next": list(self.ask_next),
            "irrelevant": list(self.irrelevant),
        }


def possible_verdicts(answers: Answers) -> tuple[Verdict, ...]:
    """Return the verdicts of all completions of the answers, best first.

    ``answers`` must hold every fact, as ``parse_answers`` returns them.
    """
    if out_of_scope(answers):
        return ("out_of_scope",)
    return possible(completions(answers.items()))


def score(answers: object) -> Result:
    """Return the result for the answers about one client.

    ``answers`` is a mapping from fact ids to "yes", "no" or "unknown"; a missing fact is
    unknown. Raises ``AnswersError``, which lists every invalid key and value.
    """
    checked = parse_answers(answers)
    signs = tuple(score_sign(sign, checked) for sign in SIGNS)
    verdicts = possible_verdicts(checked)
    if out_of_scope(checked):
        return Result(possible=verdicts, signs=signs, margin=None, reasons=({SCOPE: "no"},))
    bits = completions(checked.items())
    settled = verdicts[0] if len(verdicts) == 1 else None
    return Result(
        possible=verdicts,
        signs=signs,
        margin=margin(bits),
        reasons=reasons(checked, settled) if settled else (),
        would_change=would_change(checked, settled) if settled else (),
        ask_next=() if settled else ask_next(checked),
        irrelevant=irrelevant(checked),
    )
