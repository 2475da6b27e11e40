"""A script for ``snapshot.mjs``: answer the sample requests, list the functions that were called.

It runs before ``warm_up.py``, in a process of its own; nothing imports it. The requests are made
here as well, so that random numbers, compression and dates are those of Pyodide's Python and do not
depend on the machine's.
"""

# ruff: noqa: PTH123 - as in warm_up.py: both must import the same modules

import json
import sys
from types import CodeType

PROFILER = sys.monitoring.PROFILER_ID
CALL = sys.monitoring.events.PY_START
MAX_LENGTH = 4_000  # longer requests would leave a larger heap in the image
WARM_UP_STRIDE = 12  # one of twelve requests: enough of every kind

called: set[tuple[str, ...]] = set()


def function(reference: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - any function
    """Return the function that ``module:name`` refers to."""
    module, _, name = reference.partition(":")
    return getattr(__import__(module, fromlist=[name]), name)


def record(code: CodeType, _: int) -> object:
    """Record the first call of a function."""
    called.add((code.co_filename, str(code.co_firstlineno), code.co_qualname))
    return sys.monitoring.DISABLE


def write(name: str, value: object) -> None:
    """Write a value as JSON for the next steps of the build."""
    with open(f"/output/{name}.json", "w", encoding="utf-8") as file:
        json.dump(value, file)


with open("/input/application.json", encoding="utf-8") as described:
    application = json.load(described)
entry_point = function(application["entry_point"])
requests = function(application["requests"])()
warm_up = [request for request in requests if len(request) <= MAX_LENGTH]
# Calls that happen only once per process have happened in the image, so they are not recorded.
for request in warm_up[::WARM_UP_STRIDE]:
    entry_point(request)
sys.monitoring.use_tool_id(PROFILER, "calls")
sys.monitoring.register_callback(PROFILER, CALL, record)
sys.monitoring.set_events(PROFILER, CALL)
responses = [entry_point(request) for request in requests]
sys.monitoring.set_events(PROFILER, sys.monitoring.events.NO_EVENTS)
write("requests", requests)
write("responses", responses)
write("warm_up", warm_up)
write("called", sorted(called))
