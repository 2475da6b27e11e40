"""Parsing and encoding WebAssembly files, and the edits of the build."""

import subprocess
from pathlib import Path

import pytest

from checklist.python_image import wasm
from checklist.python_image.errors import WasmError
from checklist.python_image.wasm import Section
from checklist.site.node import find_node
from tests.support.site_build import NPM

# Two functions, the second exported as "f": (param i32) (result i32), returns its argument plus
# one; the first does nothing. One page of memory, exported as "m".
SMALL = wasm.encode_module(
    [
        Section(1, bytes.fromhex("02 60 01 7f 01 7f 60 00 00")),
        Section(3, bytes.fromhex("02 01 00")),
        Section(5, bytes.fromhex("01 00 01")),
        Section(wasm.EXPORTS, bytes.fromhex("02 01 66 00 01 01 6d 02 00")),
        Section(wasm.CODE, bytes.fromhex("02 02 00 0b 07 00 20 00 41 01 6a 0b")),
    ]
)


def section(contents: bytes, id_: int) -> bytes:
    """Return one section of a file."""
    return next(one.contents for one in wasm.parse_sections(contents) if one.id == id_)


def with_section(contents: bytes, id_: int, instead: bytes) -> bytes:
    """Return the file with one section replaced, or added at the end."""
    sections = [one for one in wasm.parse_sections(contents) if one.id != id_]
    order = [*sections, Section(id_, instead)]
    return wasm.encode_module(sorted(order, key=lambda one: one.id))


def run(file: bytes, script: str, folder: Path) -> str:
    """Return the output of a JavaScript expression about the file's exports, which are ``x``."""
    path = folder / "file.wasm"
    path.write_bytes(file)
    start = "const x = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync("
    done = subprocess.run(
        [find_node(), "-e", f"{start}'{path}'))).exports; console.log({script})"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_parsing_and_encoding_are_inverse() -> None:
    """Pyodide's own file is unchanged."""
    whole = (NPM / "pyodide.asm.wasm").read_bytes()
    sections = wasm.parse_sections(whole)
    assert wasm.encode_module(sections) == whole
    code = section(whole, wasm.CODE)
    assert wasm.encode_code(wasm.parse_functions(code)) == code


def test_only_the_named_exports_are_kept(tmp_path: Path) -> None:
    """A script finds no others."""
    kept = with_section(
        SMALL, wasm.EXPORTS, wasm.filter_exports(section(SMALL, wasm.EXPORTS), ["f"])
    )
    assert run(kept, "Object.keys(x).join()", tmp_path) == "f"


def test_a_marked_function_sets_its_byte_and_works(tmp_path: Path) -> None:
    """The byte is set by a call, not before."""
    idle, plus_one = wasm.parse_functions(section(SMALL, wasm.CODE))
    code = wasm.encode_code([idle, wasm.with_call_marker(plus_one, 70)])
    script = "[new Uint8Array(x.m.buffer)[70], x.f(41), new Uint8Array(x.m.buffer)[70]].join()"
    assert run(with_section(SMALL, wasm.CODE, code), script, tmp_path) == "0,42,1"


def test_a_removed_function_traps(tmp_path: Path) -> None:
    """The engine reports that unreachable code was reached."""
    idle, _ = wasm.parse_functions(section(SMALL, wasm.CODE))
    code = wasm.encode_code([idle, wasm.TRAPPING_BODY])
    script = "(() => { try { x.f(1); } catch (error) { return error.message; } })()"
    assert run(with_section(SMALL, wasm.CODE, code), script, tmp_path) == "unreachable"


@pytest.mark.parametrize("places", [[], [0], [65_528], [8, 40, 80, 81, 30_000, 65_535]])
def test_memory_is_restored_at_its_addresses(places: list[int], tmp_path: Path) -> None:
    """Each byte is at its address."""
    memory = bytearray(65_536)
    for place in places:
        memory[place] = 7
    data = wasm.encode_data(bytes(memory), wasm.nonzero_ranges(bytes(memory)))
    script = "[...new Uint8Array(x.m.buffer)].flatMap((b, i) => b === 7 ? [i] : []).join()"
    found = run(with_section(SMALL, wasm.DATA, data), script, tmp_path)
    assert found == ",".join(map(str, places))


def test_other_files_are_rejected() -> None:
    """A file that is not WebAssembly."""
    with pytest.raises(WasmError, match="not a WebAssembly file"):
        wasm.parse_sections(b"<!doctype html>")


@pytest.mark.parametrize("length", [9, 11, 20, -1])
def test_a_truncated_file_is_rejected(length: int) -> None:
    """Whether it ends between sections or inside a number."""
    with pytest.raises(WasmError, match="the file ends"):
        wasm.parse_sections(SMALL[:length])


def test_another_start_function_is_rejected() -> None:
    """Only one that ends by clearing memory can be edited."""
    with pytest.raises(WasmError, match="clearing memory"):
        wasm.without_memory_fill(bytes.fromhex("00 0b"))
