"""Runs in a Python of its own: answer the rehearsal, and list the functions that answering calls.

Started by ``boot.mjs`` before ``freeze.py``, which empties the other functions; nothing imports it.
The rehearsal is written here too: what chance, compression and dates make of it then depends on
no other Python.
"""

# ruff: noqa: PTH123 - as in freeze.py, so that both import the same

import json
import sys
from types import CodeType

import checklist
import checklist.browser

checklist.__path__.append("/input/checklist")  # which has what is not shipped

from checklist.site.image.rehearsal import rehearsal  # noqa: E402 - not before it can be found

TOOL = sys.monitoring.PROFILER_ID
START = sys.monitoring.events.PY_START
LONGEST = 4_000  # a longer request would leave as large a heap, for nobody to use
WARMING = 4  # each so many of the requests: enough of every kind

called: set[tuple[str, ...]] = set()


def note(code: CodeType, _: int) -> object:
    """Note a function the first time that it is called."""
    called.add((code.co_filename, str(code.co_firstlineno), code.co_qualname))
    return sys.monitoring.DISABLE


def write(name: str, value: object) -> None:
    """Write what the build goes on with."""
    with open(f"/output/{name}.json", "w", encoding="utf-8") as file:
        json.dump(value, file)


requests = rehearsal()
short = [request for request in requests if len(request) <= LONGEST]
# What is done only the first time is done in the image.
for request in short[::WARMING]:
    checklist.browser.handle(request)
sys.monitoring.use_tool_id(TOOL, "calls")
sys.monitoring.register_callback(TOOL, START, note)
sys.monitoring.set_events(TOOL, START)
answers = [checklist.browser.handle(request) for request in requests]
sys.monitoring.set_events(TOOL, sys.monitoring.events.NO_EVENTS)
write("requests", requests)
write("answers", answers)
write("short", short)
write("called", sorted(called))
