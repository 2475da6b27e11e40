"""A script for ``boot.mjs``: answer the sample requests and list the functions that were called.

It runs before ``freeze.py``, in a process of its own; nothing imports it. The requests are made
here as well, so that random numbers, compression and dates are those of Pyodide's Python and do not
depend on the machine's.
"""

# ruff: noqa: PTH123 - as in freeze.py: both must import the same modules

import json
import sys
from types import CodeType

import checklist
import checklist.browser

checklist.__path__.append("/input/checklist")  # the modules that are not shipped

from checklist.site.image.sample_requests import sample_requests  # noqa: E402 - needs the path

PROFILER = sys.monitoring.PROFILER_ID
CALL = sys.monitoring.events.PY_START
MAX_LENGTH = 4_000  # longer requests would leave a larger heap in the image
WARM_UP_STRIDE = 4  # one of four requests: enough of every kind

called: set[tuple[str, ...]] = set()


def record(code: CodeType, _: int) -> object:
    """Record the first call of a function."""
    called.add((code.co_filename, str(code.co_firstlineno), code.co_qualname))
    return sys.monitoring.DISABLE


def write(name: str, value: object) -> None:
    """Write a value as JSON for the next steps of the build."""
    with open(f"/output/{name}.json", "w", encoding="utf-8") as file:
        json.dump(value, file)


requests = sample_requests()
short = [request for request in requests if len(request) <= MAX_LENGTH]
# Calls that happen only once per process have happened in the image, so they are not recorded.
for request in short[::WARM_UP_STRIDE]:
    checklist.browser.handle(request)
sys.monitoring.use_tool_id(PROFILER, "calls")
sys.monitoring.register_callback(PROFILER, CALL, record)
sys.monitoring.set_events(PROFILER, CALL)
answers = [checklist.browser.handle(request) for request in requests]
sys.monitoring.set_events(PROFILER, sys.monitoring.events.NO_EVENTS)
write("requests", requests)
write("answers", answers)
write("short", short)
write("called", sorted(called))
