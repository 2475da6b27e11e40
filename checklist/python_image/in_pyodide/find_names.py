"""A script for ``probe.mjs``: find out which names Python's library lacks.

It reads ``/input/names.json`` and writes ``/output/missing.json``; nothing imports it.
"""

# ruff: noqa: PTH123 - as in warm_up.py

import json


def is_there(reference: str) -> bool:
    """Return whether there is a module with this attribute."""
    module, _, name = reference.partition(".")
    try:
        return hasattr(__import__(module), name)
    except ImportError:
        return False


with open("/input/names.json", encoding="utf-8") as names:
    missing = [name for name in json.load(names) if not is_there(name)]
with open("/output/missing.json", "w", encoding="utf-8") as found:
    json.dump(missing, found)
