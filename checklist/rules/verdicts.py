"""The rule: the verdict of a complete set of answers.

The rule is a table of lines; the first line that holds gives the verdict. The guide shows the
same lines, so that readers can follow the rule by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from checklist.rules.facts import SCOPE, WALL, Answers
from checklist.rules.signs import ADRIFT, BACKSEAT, GAP, MISMATCH, SIGNS, Sign, score_sign

type Verdict = Literal["work", "clarify_first", "step_back", "out_of_scope"]

BEST_FIRST: Final[tuple[Verdict, ...]] = ("work", "clarify_first", "step_back")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rule: ``verdict`` applies where ``holds`` is true of the answers."""

    id: str
    verdict: Verdict
    holds: Callable[[Answers], bool]


def out_of_scope(answers: Answers) -> bool:
    """Return whether the result is known not to depend on the client, so the rule does not apply.

    The article: "If you work in a field where the result and the success of the work depend
    to some degree both on your own efforts and on the client's".
    """
    return answers[SCOPE] == "no"


def _wall(answers: Answers) -> bool:
    """The article: "if you run into an insurmountable wall, it is better to step back"."""
    return answers[WALL] == "yes"


def _present(sign: Sign) -> Callable[[Answers], bool]:
    return lambda answers: score_sign(sign, answers).status == "present"


def _goal_unclear(answers: Answers) -> bool:
    return answers["knows_goal"] == "no"


def _gap(answers: Answers) -> bool:
    return GAP.state(answers) == "met"


def _nearly_backseat(answers: Answers) -> bool:
    return len(score_sign(BACKSEAT, answers).met) >= len(BACKSEAT.conditions) - 1


def _otherwise(_: Answers) -> bool:
    return True


RULE: Final[tuple[Line, ...]] = (
    Line("out_of_scope", "out_of_scope", out_of_scope),
    Line("wall", "step_back", _wall),
    Line("adrift", "step_back", _present(ADRIFT)),
    Line("mismatch", "step_back", _present(MISMATCH)),
    Line("backseat", "step_back", _present(BACKSEAT)),
    Line("goal_unclear", "clarify_first", _goal_unclear),
    Line("gap", "clarify_first", _gap),
    Line("nearly_backseat", "clarify_first", _nearly_backseat),
    Line("otherwise", "work", _otherwise),
)


def verdict_of(complete: Answers) -> Verdict:
    """Return the verdict of answers in which no scored fact is unknown."""
    return next(line.verdict for line in RULE if line.holds(complete))


def distance_to_a_sign(complete: Answers) -> int:
    """Return how many answers would have to change for the nearest sign to be present."""
    return min(len(score_sign(sign, complete).unmet) for sign in SIGNS)
