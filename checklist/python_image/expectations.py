"""What this package expects of Pyodide: a table of named checks.

An image is made from parts of Pyodide that are no public interface and may change in any release.
Each expectation says what is needed and which of our files depends on it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from . import wasm
from .errors import ImageError, UnexpectedPyodideError, WasmError
from .findings import WASM_FILE, Findings, examine

EXPORTS: Final = (
    *("PyMem_Malloc", "PyMem_Free", "PyUnicode_FromStringAndSize", "PyUnicode_AsUTF8AndSize"),
    *("PyObject_CallOneArg", "Py_DecRef", "PyErr_GetRaisedException", "PyObject_Repr"),
)
"""The functions of Python's C API that the loader calls."""

_RELEASES: Final = ("0.29",)
_IMPORTS: Final[Mapping[str, wasm.Kind]] = {
    "memory": wasm.Kind.MEMORY,
    "__indirect_function_table": wasm.Kind.TABLE,
    "_PyEM_TrampolineCall_JS": wasm.Kind.FUNCTION,
    "emscripten_resize_heap": wasm.Kind.FUNCTION,
}
_MEMORY_TYPE: Final = (b"\1", b"\x80\x80\x04")  # has a limit, which is 65,536 pages
_I32: Final = b"\x7f"
_CALLED_IN_NODE: Final = (
    *("_Py_InitializeEx", "_Py_NoSiteFlag", "_PyRun_SimpleStringFlags", "_PyMem_RawMalloc"),
    *("_PyMem_RawFree", "_malloc_trim", "_emscripten_get_sbrk_ptr"),
)
_LAYOUT: Final = ("__stack_low", "__stack_pointer", "__stack_high")
LIBRARY: Final = (
    *("sys.monitoring", "sys.builtin_module_names", "gc.freeze"),
    *("zipimport._zip_directory_cache", "dataclasses.inspect", "_imp.find_frozen"),
    *("_imp._frozen_module_names", "ctypes.pythonapi", "_codecs_jp.__map_jisx0208"),
)
"""The names of Python's library that our scripts use and that are not always there."""


type Check = Callable[[Findings], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected, which of our files needs it, and a check that yields what is wrong."""

    name: str
    needed_by: str
    check: Check


def require_expected(pyodide: Path, node: str) -> None:
    """Raise ``UnexpectedPyodideError`` with a line for each expectation that failed."""
    findings = examine(pyodide, node, LIBRARY)
    if problems := failed(findings):
        lines = "\n".join(f"- {problem}" for problem in problems)
        raise UnexpectedPyodideError(
            f"Pyodide {findings.release} in {pyodide} is not as expected:\n{lines}\n"
            f"Adapt the named files and the table in {__file__}; README.md beside it says how. "
            "Or build without an image."
        )


def failed(findings: Findings) -> list[str]:
    """Return a line for each problem with an expectation."""
    return [
        f"{one.name}: {problem} (needed by {one.needed_by})"
        for one in EXPECTATIONS
        for problem in _problems(one.check, findings)
    ]


def _problems(check: Check, findings: Findings) -> Iterator[str]:
    try:
        yield from check(findings)
    except ImageError as error:
        yield f"cannot be checked: {error}"


def _release(findings: Findings) -> Iterator[str]:
    if findings.release.rpartition(".")[0] not in _RELEASES:
        known = ", ".join(_RELEASES)
        yield f"images were only ever made of {known}, not of {findings.release}"


def _files(findings: Findings) -> Iterator[str]:
    for name in findings.missing_files:
        yield f"there is no {name}"


def _sections(findings: Findings) -> Iterator[str]:
    if findings.wasm_error:
        yield f"{WASM_FILE}: {findings.wasm_error}"
        return
    for id_ in wasm.NAMES:
        try:
            findings.contents(id_)
        except WasmError as error:
            yield f"{WASM_FILE} has {error}"


def _imports(findings: Findings) -> Iterator[str]:
    imports = wasm.parse_imports(findings.contents(wasm.IMPORTS))
    for name, kind in _IMPORTS.items():
        if not any((one.module, one.name, one.kind) == ("env", name, kind) for one in imports):
            yield f"no {kind.name.lower()} named {name} is imported from env"
    for one in imports:
        first, last = _MEMORY_TYPE
        is_known = one.type.startswith(first) and one.type.endswith(last)
        if one.kind == wasm.Kind.MEMORY and not is_known:
            yield f"the memory is not one of at most 65,536 pages: {one.type.hex(' ')}"
        if one.kind == wasm.Kind.GLOBAL and not one.type.startswith(_I32):
            yield f"the global {one.name} is no number of 32 bits: {one.type.hex(' ')}"


def _exports(findings: Findings) -> Iterator[str]:
    exports = wasm.parse_exports(findings.contents(wasm.EXPORTS))
    for name in EXPORTS:
        if name not in exports:
            yield f"no function {name} is exported"


def _start_function(findings: Findings) -> Iterator[str]:
    bodies = wasm.parse_functions(findings.contents(wasm.CODE))
    imports = findings.contents(wasm.IMPORTS)
    index = wasm.start_function_index(findings.contents(wasm.START), imports)
    if not 0 <= index < len(bodies):
        yield f"its number is {index} of {len(bodies)}"
        return
    try:
        wasm.without_memory_fill(bodies[index])
    except WasmError as error:
        yield str(error)


def _functions(findings: Findings) -> Iterator[str]:
    for index, body in enumerate(wasm.parse_functions(findings.contents(wasm.CODE))):
        try:
            wasm.with_call_marker(body, 0)
        except WasmError as error:
            yield f"function {index}: {error}"
            return  # the others are probably the same


def _start(findings: Findings) -> Iterator[str]:
    if error := findings.started.get("error"):
        yield f"it failed: {error}"


def _interpreter(findings: Findings) -> Iterator[str]:
    for name in sorted({*_CALLED_IN_NODE} - {*findings.known("names")}):
        yield f"Pyodide's script has no {name}"


def _layout(findings: Findings) -> Iterator[str]:
    for name in sorted({*_LAYOUT} - {*findings.known("globals")}):
        yield f"the address {name} is not imported"


def _allocator(findings: Findings) -> Iterator[str]:
    if error := findings.known("heap"):
        yield error


def _library(findings: Findings) -> Iterator[str]:
    for name in findings.known("missing"):
        yield f"Python's library has no {name}"


EXPECTATIONS: Final = (
    Expectation("release", "the whole package", _release),
    Expectation("files", "interpreter.mjs", _files),
    Expectation("sections of the wasm file", "builder.py", _sections),
    Expectation("imports", "loader.js", _imports),
    Expectation("exports", "loader.js", _exports),
    Expectation("start function", "builder.py, wasm.py", _start_function),
    Expectation("function bodies", "wasm.py", _functions),
    Expectation("start in Node", "interpreter.mjs", _start),
    Expectation("interpreter's functions", "interpreter.mjs", _interpreter),
    Expectation("layout of memory", "heap.mjs", _layout),
    Expectation("memory allocator", "heap.mjs", _allocator),
    Expectation("standard library", "warm_up.py, answer_samples.py, find_tables.py", _library),
)
