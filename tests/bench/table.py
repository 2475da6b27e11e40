"""Figures beside what was aimed at."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, the most that it should be, and its unit."""

    what: str
    figure: float
    target: float
    unit: str = "ratio"

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.figure <= self.target

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "met": self.met}


def show(rows: Iterable[Row]) -> None:
    """Print rows as a table."""
    for row in rows:
        said = "met" if row.met else "NOT MET"
        print(f"  {row.what:58}{row.figure:10.3f}  at most {row.target:<6g} {row.unit:6} {said}")
