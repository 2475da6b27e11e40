"""The worked cases: their answers, the verdict their story states, and what the rule says."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.rules import Answers, AnswersError, score

OPEN: Final = "open"
"""What a case states whose verdict is not settled."""


class WorkedCaseError(ValueError):
    """Worked cases whose answers are bad, or that state another verdict than the rule's."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """The answers of one story, and the verdict that the story states."""

    id: str
    verdict: str
    answers: Answers


def read_worked_cases(path: Path) -> dict[str, WorkedCase]:
    """Return the worked cases of a TOML file by id, in the file's order.

    Raises ``WorkedCaseError``, which names every case whose stated verdict is not the one that
    the rule computes from its answers; or says why the file cannot be read.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WorkedCaseError(f"{path.name}: {error}") from error
    cases = {
        id_: WorkedCase(id_, entry.get("verdict", ""), entry.get("answers", {}))
        for id_, entry in table.items()
    }
    problems = [problem for case in cases.values() for problem in _problems(case)]
    if problems:
        raise WorkedCaseError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return cases


def _problems(case: WorkedCase) -> list[str]:
    try:
        computed = score(case.answers).verdict or OPEN
    except AnswersError as error:
        return [f"{case.id}: {line}" for line in str(error).splitlines()]
    if computed == case.verdict:
        return []
    return [f"{case.id}: states “{case.verdict}”, but the rule says “{computed}”"]
