"""Compare mutmut's results with the limits; ``make mutants`` runs this after mutmut."""

import subprocess
import sys
from collections import Counter
from typing import Final

from tests.support.site_build import PROJECT

LIMITS: Final = {"rules": 95, "advice": 90, "clients": 90, "views": 90, "texts": 90}
"""The percentage of a package's mutants that the tests must catch."""

CAUGHT: Final = ("killed", "timeout")


def main() -> None:
    """Print the figures of each package; fail where one is under its limit or not tried."""
    listing = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    done = subprocess.run(listing, capture_output=True, cwd=PROJECT, encoding="utf-8", check=True)
    found = counted(done.stdout)
    for mutant in left_over(done.stdout):
        print(mutant)
    under = [package for package, limit in LIMITS.items() if share(found[package]) < limit]
    for package, limit in LIMITS.items():
        figures = ", ".join(f"{number} {status}" for status, number in found[package].items())
        print(f"{package}: {share(found[package]):.1f} % caught of at least {limit} % ({figures})")
    if under:
        raise SystemExit(f"under the limit: {', '.join(under)}")


def counted(listing: str) -> dict[str, Counter[str]]:
    """Return how many mutants of each package have each status."""
    found = {package: Counter[str]() for package in LIMITS}
    for line in listing.splitlines():
        mutant, _, status = line.strip().rpartition(": ")
        _, package, *_ = mutant.split(".")
        found[package][status] += 1
    return found


def left_over(listing: str) -> list[str]:
    """Return the lines of the mutants that were not caught."""
    return [line for line in listing.splitlines() if not line.endswith(CAUGHT)]


def share(statuses: Counter[str]) -> float:
    """Return how many of a hundred are caught; none where there are none."""
    return 100 * sum(statuses[status] for status in CAUGHT) / (statuses.total() or 1)


if __name__ == "__main__":
    main()
