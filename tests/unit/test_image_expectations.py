"""What the image of Python expects of Pyodide: each expectation can fail, and says how."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from checklist.python_image import expectations, wasm
from checklist.python_image.errors import UnexpectedPyodideError
from checklist.python_image.expectations import EXPECTATIONS, EXPORTS, failed
from checklist.python_image.findings import Findings
from checklist.python_image.wasm import Section

MEMORY: Final = "01 01 80 80 04"  # from one page to 65,536
CLEARING: Final = "00 41 00 41 00 41 00 fc 0b 00 0b"  # clears no bytes from address zero


def vector(*items: bytes) -> bytes:
    """Return the encoding of a list with fewer than 128 items."""
    return bytes([len(items)]) + b"".join(items)


def named(name: str) -> bytes:
    """Return the encoding of a name."""
    return bytes([len(name)]) + name.encode()


def imported(name: str, kind: int, type_: str, module: str = "env") -> bytes:
    """Return the encoding of an import."""
    return named(module) + named(name) + bytes([kind]) + bytes.fromhex(type_)


def function(body: str) -> bytes:
    """Return the encoding of a function."""
    code = bytes.fromhex(body)
    return bytes([len(code)]) + code


IMPORTS: Final = {
    "memory": imported("memory", 2, MEMORY),
    "table": imported("__indirect_function_table", 1, "70 00 02"),
    "trampoline": imported("_PyEM_TrampolineCall_JS", 0, "00"),
    "resize": imported("emscripten_resize_heap", 0, "00"),
    "global": imported("__stack_pointer", 3, "7f 01"),
    "tag": imported("__cpp_exception", 4, "00 00"),
}
SECTIONS: Final[Mapping[int, bytes]] = {
    wasm.IMPORTS: vector(*IMPORTS.values()),
    wasm.EXPORTS: vector(*(named(name) + b"\0\0" for name in EXPORTS)),
    wasm.START: b"\3",  # two functions are imported, so this is the second in the file
    wasm.DATA_COUNT: b"\0",
    wasm.CODE: vector(function("01 02 7f 0b"), function(CLEARING)),
    wasm.DATA: b"\0",
}
STARTED: Final[Mapping[str, Any]] = {
    "names": [
        *("_Py_InitializeEx", "_Py_NoSiteFlag", "_PyRun_SimpleStringFlags", "_PyMem_RawMalloc"),
        *("_PyMem_RawFree", "_malloc_trim", "_emscripten_get_sbrk_ptr", "_main"),
    ],
    "globals": ["__stack_low", "__stack_pointer", "__stack_high", "__memory_base"],
    "missing": [],
    "heap": "",
}
FILE: Final = wasm.encode_module([Section(*section) for section in SECTIONS.items()])
EXPECTED: Final = Findings("0.29.7", (), wasm.parse_sections(FILE), started=STARTED)

type Change = Callable[[Findings], Findings]


def with_section(id_: int, contents: bytes | None) -> Change:
    """Replace a section, or leave it out."""
    sections = {**SECTIONS, id_: contents}
    return lambda found: replace(
        found, sections=[Section(key, part) for key, part in sections.items() if part is not None]
    )


def with_imports(**changed: bytes) -> Change:
    """Replace imports, or add some."""
    return with_section(wasm.IMPORTS, vector(*(IMPORTS | changed).values()))


def with_started(**changed: object) -> Change:
    """Replace what was found in Node."""
    return lambda found: replace(found, started={**found.started, **changed})


def with_code(*bodies: str) -> Change:
    """Replace the functions."""
    return with_section(wasm.CODE, vector(*map(function, bodies)))


def without(values: list[str], name: str) -> list[str]:
    """Return the list without one name."""
    return [value for value in values if value != name]


ONE_EXPORT_LESS: Final = vector(*(named(name) + b"\0\0" for name in EXPORTS[1:]))
CHANGES: Final[tuple[tuple[str, Change, str], ...]] = (
    ("release", lambda found: replace(found, release="0.30.0"), "only ever made of 0.29, not"),
    ("release", lambda found: replace(found, release="0.2.9"), "not of 0.2.9"),
    ("files", lambda found: replace(found, missing_files=["python_stdlib.zip"]), "no python_stdl"),
    ("sections of the wasm file", lambda found: replace(found, wasm_error="no wasm"), "no wasm"),
    ("sections of the wasm file", with_section(wasm.DATA_COUNT, None), "0 data count sections"),
    ("imports", with_imports(memory=IMPORTS["resize"]), "no memory named memory"),
    ("imports", with_imports(table=IMPORTS["resize"]), "no table named __indirect_function_table"),
    (
        "imports",
        with_imports(resize=imported("emscripten_resize_heap", 0, "00", "a")),
        "no function named emscripten_resize_heap is imported from env",
    ),
    (
        "imports",
        with_imports(trampoline=imported("_PyEM_TrampolineCall_JS2", 0, "00")),
        "no function named _PyEM_TrampolineCall_JS is",
    ),
    ("imports", with_imports(memory=imported("memory", 2, "05 01 80 80 04")), "memory is not one"),
    ("imports", with_imports(memory=imported("memory", 2, "01 01 80 80 02")), "of at most 65,536"),
    ("imports", with_imports(other=imported("base", 3, "7e 01")), "the global base is no number"),
    ("imports", with_imports(other=imported("new", 5, "00")), "cannot be checked: an import of"),
    ("exports", with_section(wasm.EXPORTS, ONE_EXPORT_LESS), f"no function {EXPORTS[0]} is"),
    ("start function", with_section(wasm.START, b"\1"), "its number is -1 of 2"),
    ("start function", with_section(wasm.START, b"\4"), "its number is 2 of 2"),
    ("start function", with_code("00 0b", "00 0b"), "does not end by clearing memory"),
    ("function bodies", with_code("01 02 64 00 0b", CLEARING), "function 0: a local variable of"),
    ("start in Node", with_started(error="ReferenceError: f"), "it failed: ReferenceError: f"),
    (
        "interpreter's functions",
        with_started(names=without(STARTED["names"], "_malloc_trim")),
        "Pyodide's script has no _malloc_trim",
    ),
    (
        "layout of memory",
        with_started(globals=without(STARTED["globals"], "__stack_high")),
        "the address __stack_high is not imported",
    ),
    ("memory allocator", with_started(heap="its chunks lead astray"), "its chunks lead astray"),
    ("standard library", with_started(missing=["gc.freeze"]), "Python's library has no gc.freeze"),
)


def test_a_known_pyodide_is_as_expected() -> None:
    """Any fix of a known release."""
    assert failed(EXPECTED) == []


@pytest.mark.parametrize(("name", "change", "message"), CHANGES)
def test_an_expectation_fails(name: str, change: Change, message: str) -> None:
    """Only once and no other; the line says what is wrong and which file needs it.

    Other imports also give the start function another number.
    """
    problems = failed(change(EXPECTED))
    (problem,) = [one for one in problems if name != "imports" or "start function:" not in one]
    (needed_by,) = [one.needed_by for one in EXPECTATIONS if one.name == name]
    assert problem.startswith(f"{name}: ")
    assert message in problem
    assert problem.endswith(f" (needed by {needed_by})")


def test_each_expectation_is_seen_to_fail() -> None:
    """A new row of the table needs a row above."""
    assert {one.name for one in EXPECTATIONS} == {name for name, _, _ in CHANGES}


def test_the_error_lists_every_expectation_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the release, the folder, and what to do."""
    altered = replace(EXPECTED, release="314.0", started={"error": "it stopped"})
    monkeypatch.setattr(expectations, "examine", lambda *_: altered)
    with pytest.raises(UnexpectedPyodideError) as caught:
        expectations.require_expected(Path("npm"), "node")
    first, *lines = str(caught.value).splitlines()
    assert first == "Pyodide 314.0 in npm is not as expected:"
    assert [line.split(":")[0] for line in lines[:-1]] == [
        *("- release", "- start in Node", "- interpreter's functions"),
        *("- layout of memory", "- memory allocator", "- standard library"),
    ]
    assert lines[2].startswith("- interpreter's functions: cannot be checked: Python did not get")
    assert "without an image" in lines[-1]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_damaged_section_is_reported(section: int) -> None:
    """Wherever it is cut short, an expectation fails; nothing else is raised."""
    for length in range(len(SECTIONS[section])):
        failed(with_section(section, SECTIONS[section][:length])(EXPECTED))
    assert failed(with_section(section, None)(EXPECTED)) != []
