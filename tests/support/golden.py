"""The golden clients, whose verdicts are compared in CPython, the command line and browsers."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checklist.advice import Stage
from checklist.rules import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One golden client: a description, the answers, and the expected verdicts."""

    id: str
    story: dict[str, str]
    answers: Answers
    verdict: str | None = None
    possible: tuple[str, ...] = ()

    @property
    def expected(self) -> list[str]:
        """The verdicts that must be possible; a single one where it is settled."""
        return [self.verdict] if self.verdict else list(self.possible)


def _load(folder: Path) -> tuple[Client, ...]:
    tables: list[dict[str, Any]] = [
        table
        for path in sorted(folder.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]
    return tuple(Client(**table) for table in tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One golden client with checks and a stage, and what is said beside the rule."""

    id: str
    story: str
    answers: Answers
    checks: Answers
    stage: Stage
    possible: list[str]
    notices: list[str]
    letter: str

    @property
    def parts(self) -> dict[str, Any]:
        """What a case file has, and a request to score."""
        return {"answers": self.answers, "checks": self.checks, "stage": self.stage}


def _load_beside(path: Path) -> tuple[Beside, ...]:
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return tuple(Beside(**table) for table in tables)


BESIDE: Final = _load_beside(Path(__file__).parents[1] / "golden" / "beside" / "cases.toml")
CASES: Final = _load(Path(__file__).parents[1] / "golden")
