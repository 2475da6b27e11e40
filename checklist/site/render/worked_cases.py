"""Read the worked cases and validate their verdicts by the rule."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.rules import Answers, AnswersError, score

OPEN: Final = "open"
"""The verdict of a case in which several verdicts are possible."""


class WorkedCaseError(ValueError):
    """Worked cases with invalid answers, or with another verdict than that of the rule."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """The answers of one case, and the verdict that its text states."""

    id: str
    verdict: str
    answers: Answers


def read_worked_cases(path: Path) -> dict[str, WorkedCase]:
    """Return the worked cases of a TOML file by id, in the file's order.

    Raises ``WorkedCaseError`` if the file cannot be read, or with a line for each case whose
    verdict differs from that of the rule.
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
