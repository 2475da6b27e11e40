"""Figures compared with their targets."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, the most that it should be where there is such a target, and its unit."""

    what: str
    figure: float
    target: float | None = None
    unit: str = "ratio"

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.target is None or self.figure <= self.target

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "met": self.met}


def show(rows: Iterable[Row]) -> None:
    """Print the rows that have a target as a table."""
    for row in rows:
        if row.target is not None:
            state = "met" if row.met else "NOT MET"
            figure = f"{row.figure:10.3f}  at most {row.target:<6g} {row.unit:6}"
            print(f"  {row.what:58}{figure} {state}")
