"""Read the worked cases and validate their verdicts by the rule."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.clients import Client, ClientError, parse_client
from checklist.rules import Answers, score

OPEN: Final = "open"
"""The verdict of a case in which several verdicts are possible."""


class WorkedCaseError(ValueError):
    """Worked cases with invalid records, or with another verdict than that of the rule."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """The client of one case, and the verdict that its text states."""

    id: str
    verdict: str
    client: Client

    @property
    def answers(self) -> Answers:
        """The answers that the story gives."""
        return self.client.answers


def read_worked_cases(path: Path) -> dict[str, WorkedCase]:
    """Return the worked cases of a TOML file by id, in the file's order.

    A case is a client's record with a verdict. Raises ``WorkedCaseError`` if the file cannot be
    read, or with a line for each problem of a record, and for each case whose verdict differs from
    that of the rule.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WorkedCaseError(f"{path.name}: {error}") from error
    cases: dict[str, WorkedCase] = {}
    problems: list[str] = []
    for id_, entry in table.items():
        verdict = entry.pop("verdict", "")
        try:
            case = WorkedCase(id_, verdict, parse_client(entry))
        except ClientError as error:
            problems += [f"{id_}: {line}" for line in str(error).splitlines()]
            continue
        cases[id_] = case
        computed = score(case.answers).verdict or OPEN
        if computed != verdict:
            problems.append(f"{id_}: states “{verdict}”, but the rule says “{computed}”")
    if problems:
        raise WorkedCaseError("\n".join(f"{path.name}: {problem}" for problem in problems))
    return cases
