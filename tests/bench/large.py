"""Large and bad input at the page's entry point: the time to answer, at the limits."""

import time
from typing import Final

from checklist.browser import handle
from tests.bench.table import Row
from tests.support.large import requests

GOAL_S: Final = 1
SHOWN: Final = 5


def large() -> list[Row]:
    """Time the answer to each large request, in seconds of the processor."""
    times: dict[str, float] = {}
    for name, make in requests().items():
        request = make()
        begun = time.process_time()
        handle(request)
        times[name] = time.process_time() - begun
    slowest = sorted(times.items(), key=lambda row: -row[1])
    print(f"Large requests in CPython, s of the processor: the slowest of {len(times)}")
    for name, seconds in slowest[:SHOWN]:
        print(f"  {name:24}  {seconds:8.3f}")
    return [Row("a large request answered in CPython, worst", slowest[0][1], GOAL_S, "s")]
