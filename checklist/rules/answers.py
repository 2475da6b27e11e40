"""Validation of answers: every problem in the input is reported at once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checklist.rules.facts import ANSWERS, FACTS, Answer, Answers

_MAX_VALUE_LENGTH = 60
_FACT_IDS = {fact.id for fact in FACTS}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error in the input.

    ``place`` is the path to the value, such as ``answers.knows_goal``. ``value`` is the invalid
    value as JSON, shortened for display. ``kind`` is the key of the message for visitors, under
    ``errors`` in ``checklist/texts/*.toml``; ``str()`` gives an English message for tracebacks.
    """

    place: str
    kind: str
    value: str

    def __str__(self) -> str:
        match self.kind:
            case "no_such_fact" | "no_such_check":
                return f"{self.place}: {self.kind.replace('_', ' ')}"
            case "not_an_answer":
                return f"{self.place}: {self.value} is not one of {', '.join(ANSWERS)}"
            case "not_a_mapping":
                return f"{self.place}: {self.value} is not a mapping from facts to answers"
            case "not_a_group":
                return f"{self.place}: {self.value} is not a mapping"
            case "not_one_of":
                return f"{self.place}: must be one of the values in brackets, not {self.value}"
            case _:
                return f"{self.place}: {self.kind} {self.value}".rstrip()


class AnswersError(ValueError):
    """Answers that cannot be scored.

    ``problems`` is a tuple of ``Problem``, one for each invalid key or value, in input order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def parse_answers(raw: object) -> Answers:
    """Return the answer to every fact, in the order of ``FACTS``; a missing one is ``unknown``.

    Raises ``AnswersError`` unless ``raw`` is a mapping from fact ids to "yes", "no" or "unknown".
    """
    if not isinstance(raw, Mapping):
        raise AnswersError([Problem("answers", "not_a_mapping", short_json(raw))])
    problems: list[Problem] = []
    for key, value in raw.items():
        if key not in _FACT_IDS:
            problems.append(Problem(f"answers.{key}", "no_such_fact", short_json(value)))
        elif not is_answer(value):
            problems.append(Problem(f"answers.{key}", "not_an_answer", short_json(value)))
    if problems:
        raise AnswersError(problems)
    return {fact.id: raw.get(fact.id, "unknown") for fact in FACTS}


def is_answer(value: object) -> bool:
    """Return whether the value is "yes", "no" or "unknown"."""
    return isinstance(value, str) and value in ANSWERS


def short_json(value: Any) -> str:  # noqa: ANN401 - any value may stand in the wrong place
    """Return the value as one line of JSON, cut to 60 characters, for an error message.

    A value that JSON cannot represent is shown as the name of its type.
    """
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"


def known_answers(answers: Answers) -> dict[str, Answer]:
    """Return the answers that are "yes" or "no", by fact id."""
    return {fact: answer for fact, answer in answers.items() if answer != "unknown"}
