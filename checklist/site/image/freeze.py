"""Runs in the Python that becomes the image: warm it, then let go of what it will not need.

Started by ``boot.mjs`` once; nothing imports it. What it finds goes to ``/facts.json``.
"""

# ruff: noqa: PTH123 - pathlib would stay in the memory that visitors load

import dataclasses
import gc
import json
import sys
import zipimport

import checklist.browser

# What code in C imports while it runs: by name, from among the modules that are there.
NEEDED = ("codecs", "encodings", "io", "json", "datetime", "warnings", "checklist")

with open("/rehearsal", encoding="utf-8") as requests:
    for request in requests:
        checklist.browser.handle(request)

# Its one use of a large module is to make classes, and they are all made.
dataclasses.inspect = None  # type: ignore[attr-defined]

# The list of the library's files, which every module's loader holds on to.
for files in vars(zipimport)["_zip_directory_cache"].values():
    files.clear()

for name in [*sys.modules]:
    # A module written in C may tear down its types as it goes.
    if name not in sys.builtin_module_names and name.partition(".")[0] not in NEEDED:
        del sys.modules[name]
sys.meta_path.clear()
sys.path_hooks.clear()
sys.path_importer_cache.clear()
sys.path.clear()

with open("/facts.json", "w", encoding="utf-8") as facts:
    json.dump({"door": id(checklist.browser.handle)}, facts)
for name in [*globals()]:
    if not name.startswith("__") and name not in ("gc", "name"):
        del globals()[name]
gc.collect()
gc.collect()
gc.freeze()
