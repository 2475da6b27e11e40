"""Scoring a state in CPython, beside brute force."""

import statistics
import time
from collections.abc import Callable
from itertools import islice
from typing import Final

from checklist import score
from tests.bench.table import Row
from tests.support import brute

EVERY: Final = 7
GOAL_MS: Final = 5


def scoring() -> list[Row]:
    """Time ``score`` and brute force over every seventh state, in milliseconds."""
    states = list(islice(brute.all_states(), 0, None, EVERY))
    ours = timed(lambda state: score(brute.as_answers(state)), states)
    rival = timed(brute.result_of, states)
    table = {"score": summary(ours), "brute force, memoised": summary(rival)}
    print(f"Scoring a state, ms, over {len(states)} states (the goal: under 5 for any)")
    for name, row in table.items():
        print(f"  {name:24}" + "".join(f"  {key} {value:8.3f}" for key, value in row.items()))
    return [Row("scoring a state in CPython, worst", table["score"]["worst"], GOAL_MS, "ms")]


def timed[T](run: Callable[[T], object], inputs: list[T]) -> list[float]:
    """Return how long each call took, in milliseconds."""
    times = []
    for one in inputs:
        begun = time.perf_counter()
        run(one)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def summary(times: list[float]) -> dict[str, float]:
    """Return the figures worth reading."""
    ordered = sorted(times)
    return {
        "median": statistics.median(ordered),
        "p99": ordered[int(len(ordered) * 0.99)],
        "worst": ordered[-1],
    }
