"""A script for ``snapshot.mjs``: warm up the Python that becomes the image, then free what it can.

Nothing imports it. It reads ``/input/application.json``, and what ``answer_samples.py`` wrote:
``warm_up.json`` (sample requests) and ``called.json`` (the functions they call). It writes
``/output/entry_point.json``.
"""

# ruff: noqa: PTH123 - pathlib would stay in the image

import dataclasses
import gc
import json
import sys
import zipimport
from types import CodeType, FunctionType

APPLICATION = "/app/"
OF_CLASSES = ("__annotations__", "__firstlineno__", "__static_attributes__")
# Without the fields there is no text of an object, and nothing to copy or pickle it by.
OF_DATA_CLASSES = (
    *("__dataclass_fields__", "__dataclass_params__", "__repr__"),
    *("__replace__", "__getstate__", "__setstate__"),
)
OF_MODULES = ("__spec__", "__loader__", "__file__", "__cached__", "__doc__")


def left_out(*_, **__):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN201 - replaces any function
    """Replace a function that no sample request calls."""
    # Not an Exception: callers that catch those would hide it.
    raise SystemExit("left out of the image")


def read(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - any JSON
    """Return what an earlier step of the build wrote."""
    with open(f"/input/{name}.json", encoding="utf-8") as file:
        return json.load(file)


def write_address(entry_point: object) -> None:
    """Write the address of the entry point; later steps delete what writing needs."""
    with open("/output/entry_point.json", "w", encoding="utf-8") as file:
        json.dump(id(entry_point), file)


def free_modules(needed: set[str]) -> None:
    """Delete the import system's caches and the modules that nothing looks up by name."""
    # dataclasses uses this large module only to create classes, and all are created.
    dataclasses.inspect = None  # type: ignore[attr-defined]
    # The list of the library's files; every module's loader has a reference to it.
    for files in vars(zipimport)["_zip_directory_cache"].values():
        files.clear()
    for name in [*sys.modules]:
        # Deleting a module written in C may destroy types that are in use.
        if name not in sys.builtin_module_names and name.partition(".")[0] not in needed:
            del sys.modules[name]
    for finders in (sys.meta_path, sys.path_hooks, sys.path_importer_cache, sys.path):
        finders.clear()


def without_lines(code: CodeType) -> CodeType:
    """Return code without the table of its lines, which only a traceback would show."""
    consts = [without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts]
    return code.replace(co_consts=tuple(consts), co_linetable=b"")


def free_functions(called: frozenset[tuple[str, ...]]) -> list[CodeType]:
    """Replace every function of the library that was not called; return the code that is kept."""
    kept = []
    replacements: dict[int, CodeType] = {}
    for function in gc.get_objects():
        if type(function) is not FunctionType or function.__globals__ is globals():
            continue
        code = function.__code__
        place = (code.co_filename, str(code.co_firstlineno), code.co_qualname)
        if code.co_filename.startswith(APPLICATION) or place in called:
            function.__code__ = without_lines(code)
            kept.append(function.__code__)
            continue
        free = len(code.co_freevars)  # new code must have as many free variables
        if free not in replacements:
            names = tuple(f"free{number}" for number in range(free))
            replacements[free] = left_out.__code__.replace(co_freevars=names)
        function.__code__ = replacements[free]
        function.__defaults__ = function.__kwdefaults__ = None
    return kept


def free_descriptions(called: frozenset[tuple[str, ...]]) -> None:
    """Delete what describes functions, classes and modules, which running them does not need.

    The fields of data classes stay where a sample request asks for them.
    """
    unused = [*OF_CLASSES]
    if not any(file.endswith("/dataclasses.py") for file, *_ in called):
        unused += OF_DATA_CLASSES
    for described in gc.get_objects():
        if type(described) is FunctionType and described.__globals__ is not globals():
            described.__annotations__ = None  # type: ignore[assignment]  # as if it had none
            for name in OF_MODULES:
                described.__globals__.pop(name, None)
        elif type(described) is type and "__dataclass_fields__" in vars(described):
            described.__doc__ = None
            for name in unused:
                if name in vars(described):
                    delattr(described, name)


def free_globals(kept: list[CodeType], needed: set[str]) -> None:
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
        if str(namespace.get("__name__")).partition(".")[0] not in needed:
            for name in [*namespace]:
                if name not in named and not name.startswith("__"):
                    del namespace[name]


module_name, _, function_name = read("application")["entry_point"].partition(":")
entry_point = getattr(__import__(module_name, fromlist=[function_name]), function_name)
for request in read("warm_up"):
    entry_point(request)
write_address(entry_point)
# The application, and modules that C code looks up by name while it runs.
needed_modules = {"codecs", "encodings", "io", "json", "datetime", "warnings"}
needed_modules.add(module_name.partition(".")[0])
called_functions = frozenset(tuple(place) for place in read("called"))
free_descriptions(called_functions)
free_modules(needed_modules)
free_globals(free_functions(called_functions), needed_modules)
for name in [*globals()]:
    if not name.startswith("__") and name not in ("gc", "name"):
        del globals()[name]
gc.collect()
gc.collect()
gc.freeze()
