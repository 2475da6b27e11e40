"""Runs in a Python of its own: list the functions that answering calls, once all is warm.

Started by ``boot.mjs`` before ``freeze.py``, which empties the others; nothing imports it.
"""

# ruff: noqa: PTH123 - as in freeze.py, so that both import the same

import json
import sys
from types import CodeType

import checklist.browser

TOOL = sys.monitoring.PROFILER_ID
START = sys.monitoring.events.PY_START

called: set[tuple[str, ...]] = set()


def note(code: CodeType, _: int) -> object:
    """Note a function the first time that it is called."""
    called.add((code.co_filename, str(code.co_firstlineno), code.co_qualname))
    return sys.monitoring.DISABLE


def answer_all() -> None:
    """Answer all that the page may ask, once."""
    with open("/input/requests", encoding="utf-8") as requests:
        for request in requests:
            checklist.browser.handle(request)


answer_all()  # what is done only the first time is done in the image
sys.monitoring.use_tool_id(TOOL, "calls")
sys.monitoring.register_callback(TOOL, START, note)
sys.monitoring.set_events(TOOL, START)
answer_all()
sys.monitoring.set_events(TOOL, sys.monitoring.events.NO_EVENTS)
with open("/facts.json", "w", encoding="utf-8") as facts:
    json.dump({"called": sorted(called)}, facts)
