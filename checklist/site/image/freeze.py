"""Runs in the Python that becomes the image: warm it, then let go of what it will not need.

Started by ``boot.mjs`` once; nothing imports it. It finds ``/input/short.json``, requests, and
``/input/called.json``, which ``calls.py`` wrote; what it finds out goes to ``/output/facts.json``.
"""

# ruff: noqa: PTH123 - pathlib would stay in the memory that visitors load

import dataclasses
import gc
import json
import sys
import zipimport
from types import CodeType, FunctionType

import checklist.browser
from checklist.texts import LANGUAGES, Texts, load

# What code in C imports while it runs, by name, from among the modules that are there.
NEEDED = ("codecs", "encodings", "io", "json", "datetime", "warnings", "checklist")
OURS = "/app/"


def left_out(*_, **__):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN201
    """Stand in for a function that the rehearsal never called: the page starts Python anew."""
    # Not an Exception, which a caller might take for an answer.
    raise SystemExit("left out of the image")


def warm() -> set[str]:
    """Answer all that the page may ask, once; return the sections of the texts that it took."""
    find, used = Texts._find, set()  # noqa: SLF001 - nobody else sees every key

    def noting(texts: Texts, key: str) -> object:
        used.add(key.partition(".")[0])
        return find(texts, key)

    Texts._find = noting  # type: ignore[assignment, method-assign]  # noqa: SLF001 - as above
    with open("/input/short.json", encoding="utf-8") as requests:
        for request in json.load(requests):
            checklist.browser.handle(request)
    Texts._find = find  # type: ignore[method-assign]  # noqa: SLF001 - as above
    return used


def forget_words(used: set[str]) -> None:
    """Let go of the words that only pages and the command line say."""
    for lang in LANGUAGES:
        table = load(lang).table
        for section in [*table]:
            if section not in used:
                del table[section]  # type: ignore[attr-defined]  # nobody else changes it


def tell() -> None:
    """Write where the door lies in memory, while all that writing takes is still there."""
    with open("/output/facts.json", "w", encoding="utf-8") as facts:
        json.dump({"door": id(checklist.browser.handle)}, facts)


def forget_imports() -> None:
    """Let go of what could import more, and of modules that nothing looks up by name."""
    # Its one use of a large module is to make classes, and they are all made.
    dataclasses.inspect = None  # type: ignore[attr-defined]
    # The list of the library's files, which every module's loader holds on to.
    for files in vars(zipimport)["_zip_directory_cache"].values():
        files.clear()
    for name in [*sys.modules]:
        # A module written in C may tear down its types as it goes.
        if name not in sys.builtin_module_names and name.partition(".")[0] not in NEEDED:
            del sys.modules[name]
    for finders in (sys.meta_path, sys.path_hooks, sys.path_importer_cache, sys.path):
        finders.clear()


def forget_code(called: frozenset[tuple[str, ...]]) -> list[CodeType]:
    """Empty every function that is neither ours nor called; return the code that stays."""
    stays = []
    empty: dict[int, CodeType] = {}
    for function in gc.get_objects():
        if type(function) is not FunctionType or function.__globals__ is globals():
            continue
        code = function.__code__
        place = (code.co_filename, str(code.co_firstlineno), code.co_qualname)
        if code.co_filename.startswith(OURS) or place in called:
            stays.append(code)
            continue
        free = len(code.co_freevars)  # which Python wants to be as many as before
        if free not in empty:
            names = tuple(f"free{number}" for number in range(free))
            empty[free] = left_out.__code__.replace(co_freevars=names)
        function.__code__ = empty[free]
        function.__defaults__ = function.__kwdefaults__ = None
    return stays


def forget_names(stays: list[CodeType]) -> None:
    """Delete the globals of other modules that no code left could name."""
    named: set[str] = set()
    codes = [*stays]
    for code in codes:  # grows as it goes
        named.update(code.co_names)
        named.update(one for one in code.co_consts if isinstance(one, str))
        codes += [one for one in code.co_consts if isinstance(one, CodeType)]
    spaces = {
        id(one.__globals__): one.__globals__
        for one in gc.get_objects()
        if type(one) is FunctionType and one.__globals__ is not globals()
    }
    for space in spaces.values():
        if str(space.get("__name__")).partition(".")[0] not in NEEDED:
            for name in [*space]:
                if name not in named and not name.startswith("__"):
                    del space[name]


with open("/input/called.json", encoding="utf-8") as listed:
    seen = frozenset(tuple(place) for place in json.load(listed))
forget_words(warm())
tell()
forget_imports()
forget_names(forget_code(seen))
for name in [*globals()]:
    if not name.startswith("__") and name not in ("gc", "name"):
        del globals()[name]
gc.collect()
gc.collect()
gc.freeze()
