"""Runs in the Python that becomes the image: warm it, then let go of what it will not need.

Started by ``boot.mjs`` once; nothing imports it. What it finds goes to ``/facts.json``.
"""

import dataclasses
import gc
import json
import sys
from pathlib import Path

import checklist.browser

# What code in C imports while it runs: by name, from among the modules that are there.
NEEDED = ("codecs", "encodings", "io", "json", "datetime", "warnings", "checklist")

with Path("/rehearsal").open(encoding="utf-8") as requests:
    for request in requests:
        checklist.browser.handle(request)

# Its one use of a large module is to make classes, and they are all made.
dataclasses.inspect = None  # type: ignore[attr-defined]

for name in [*sys.modules]:
    # A module written in C may tear down its types as it goes.
    if name not in sys.builtin_module_names and name.partition(".")[0] not in NEEDED:
        del sys.modules[name]
sys.meta_path.clear()
sys.path_hooks.clear()
sys.path_importer_cache.clear()
sys.path.clear()

Path("/facts.json").write_text(json.dumps({"door": id(checklist.browser.handle)}))
for name in [*globals()]:
    if not name.startswith("__") and name not in ("gc", "name"):
        del globals()[name]
gc.collect()
gc.collect()
gc.freeze()
