"""The one door by which raw answers enter: every problem is named at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklist.rules.facts import ANSWERS, FACTS, Answer, Answers

_LONGEST_VALUE_SHOWN = 60
_KNOWN = {fact.id for fact in FACTS}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input.

    ``place`` is the path to the value, such as ``answers.knows_goal``; ``value`` is the
    offending value as JSON, shortened for display. ``kind`` is the key of the sentence in
    ``checklist/texts``, where a visitor's words are; ``str()`` is for a traceback or a log.
    """

    place: str
    kind: str
    value: str

    def __str__(self) -> str:
        match self.kind:
            case "no_such_fact":
                return f"{self.place}: no such fact"
            case "not_an_answer":
                return f"{self.place}: {self.value} is not one of {', '.join(ANSWERS)}"
            case "not_a_mapping":
                return f"{self.place}: {self.value} is not a mapping from facts to answers"
            case _:
                return f"{self.place}: {self.kind} {self.value}".rstrip()


class AnswersError(ValueError):
    """Answers that cannot be scored.

    ``problems`` holds every bad key and value, in the order in which they were given.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def parse_answers(raw: object) -> Answers:
    """Return the answers to all facts, in the facts' order, missing ones as ``unknown``.

    Raises ``AnswersError`` for anything but a mapping from fact ids to yes, no or unknown.
    """
    if not isinstance(raw, Mapping):
        raise AnswersError([Problem("answers", "not_a_mapping", shown(raw))])
    problems: list[Problem] = []
    for key, value in raw.items():
        if key not in _KNOWN:
            problems.append(Problem(f"answers.{key}", "no_such_fact", shown(value)))
        elif not is_answer(value):
            problems.append(Problem(f"answers.{key}", "not_an_answer", shown(value)))
    if problems:
        raise AnswersError(problems)
    return {fact.id: raw.get(fact.id, "unknown") for fact in FACTS}


def is_answer(value: object) -> bool:
    """Tell whether the value is one of yes, no, unknown."""
    return isinstance(value, str) and value in ANSWERS


def shown(value: Any) -> str:  # noqa: ANN401 - any value may stand in the wrong place
    """Return the value as JSON on one line, short enough for a message."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= _LONGEST_VALUE_SHOWN else f"{text[: _LONGEST_VALUE_SHOWN - 1]}…"


def given(answers: Answers) -> dict[str, Answer]:
    """Return only the facts that are answered yes or no."""
    return {fact: answer for fact, answer in answers.items() if answer != "unknown"}
