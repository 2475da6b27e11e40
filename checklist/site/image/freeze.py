"""A script for ``boot.mjs``: warm up the Python that becomes the image, then free what it can.

Nothing imports it. It reads ``/input/short.json`` (sample requests) and ``/input/called.json`` (the
functions they call), both written by ``calls.py``, and writes ``/output/metadata.json``.
"""

# ruff: noqa: PTH123 - pathlib would stay in the image

import dataclasses
import gc
import json
import sys
import zipimport
from types import CodeType, FunctionType

import checklist.browser
from checklist.texts import LANGUAGES, Texts, load

# Modules that C code looks up by name while it runs.
NEEDED = ("codecs", "encodings", "io", "json", "datetime", "warnings", "checklist")
OURS = "/app/"


def left_out(*_, **__):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN201
    """Replace a function that no sample request calls; the page then falls back to Pyodide."""
    # Not an Exception: callers that catch those would hide it.
    raise SystemExit("left out of the image")


def warm_up() -> set[str]:
    """Answer the sample requests; return the sections of the texts that they use."""
    find, used = Texts._find, set()  # noqa: SLF001 - the one place that sees every key

    def recording(texts: Texts, key: str) -> object:
        used.add(key.partition(".")[0])
        return find(texts, key)

    Texts._find = recording  # type: ignore[assignment, method-assign]  # noqa: SLF001 - as above
    with open("/input/short.json", encoding="utf-8") as requests:
        for request in json.load(requests):
            checklist.browser.handle(request)
    Texts._find = find  # type: ignore[method-assign]  # noqa: SLF001 - as above
    return used


def free_texts(used: set[str]) -> None:
    """Delete the sections of texts that only pages and the command line use."""
    for lang in LANGUAGES:
        table = load(lang).table
        for section in [*table]:
            if section not in used:
                del table[section]  # type: ignore[attr-defined]  # read-only by convention


def write_metadata() -> None:
    """Write the address of the entry point; later steps delete what writing needs."""
    with open("/output/metadata.json", "w", encoding="utf-8") as metadata:
        # The key that page/python/image.js reads.
        json.dump({"door": id(checklist.browser.handle)}, metadata)


def free_modules() -> None:
    """Delete the import system's caches and the modules that nothing looks up by name."""
    # dataclasses uses this large module only to create classes, and all are created.
    dataclasses.inspect = None  # type: ignore[attr-defined]
    # The list of the library's files; every module's loader has a reference to it.
    for files in vars(zipimport)["_zip_directory_cache"].values():
        files.clear()
    for name in [*sys.modules]:
        # Deleting a module written in C may destroy types that are in use.
        if name not in sys.builtin_module_names and name.partition(".")[0] not in NEEDED:
            del sys.modules[name]
    for finders in (sys.meta_path, sys.path_hooks, sys.path_importer_cache, sys.path):
        finders.clear()


def free_functions(called: frozenset[tuple[str, ...]]) -> list[CodeType]:
    """Replace every function that is neither ours nor called; return the code that is kept."""
    kept = []
    replacements: dict[int, CodeType] = {}
    for function in gc.get_objects():
        if type(function) is not FunctionType or function.__globals__ is globals():
            continue
        code = function.__code__
        place = (code.co_filename, str(code.co_firstlineno), code.co_qualname)
        if code.co_filename.startswith(OURS) or place in called:
            kept.append(code)
            continue
        free = len(code.co_freevars)  # new code must have as many free variables
        if free not in replacements:
            names = tuple(f"free{number}" for number in range(free))
            replacements[free] = left_out.__code__.replace(co_freevars=names)
        function.__code__ = replacements[free]
        function.__defaults__ = function.__kwdefaults__ = None
    return kept


def free_globals(kept: list[CodeType]) -> None:
    """Delete the globals that no kept code names."""
    named: set[str] = set()
    codes = [*kept]
    for code in codes:  # nested code is appended on the way
        named.update(code.co_names)
        named.update(one for one in code.co_consts if isinstance(one, str))
        codes += [one for one in code.co_consts if isinstance(one, CodeType)]
    namespaces = {
        id(one.__globals__): one.__globals__
        for one in gc.get_objects()
        if type(one) is FunctionType and one.__globals__ is not globals()
    }
    for namespace in namespaces.values():
        if str(namespace.get("__name__")).partition(".")[0] not in NEEDED:
            for name in [*namespace]:
                if name not in named and not name.startswith("__"):
                    del namespace[name]


with open("/input/called.json", encoding="utf-8") as listed:
    seen = frozenset(tuple(place) for place in json.load(listed))
free_texts(warm_up())
write_metadata()
free_modules()
free_globals(free_functions(seen))
for name in [*globals()]:
    if not name.startswith("__") and name not in ("gc", "name"):
        del globals()[name]
gc.collect()
gc.collect()
gc.freeze()
