"""The image of Python: the interpreter with the rules imported and warmed up, as one wasm file.

An ordinary start compiles 8.6 MB of wasm, unpacks the standard library and imports some two hundred
modules and then ours. The memory is the same after each start, so the build starts Python once and
publishes that memory, as Wizer does for other programs. Functions that no sample request calls are
left out, both those of the interpreter and those of the library. A call of one of them traps or
raises an error, and the page falls back to an ordinary start.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checklist.site.image import wasm
from checklist.site.node import find_node

_HERE: Final = Path(__file__).parent
_LOADER: Final = _HERE.parents[1] / "page" / "python" / "image.js"
_SECTION: Final = "client-checklist"
_EXPORTS: Final = (
    *("PyMem_Malloc", "PyMem_Free", "PyUnicode_FromStringAndSize", "PyUnicode_AsUTF8AndSize"),
    *("PyObject_CallOneArg", "Py_DecRef", "PyErr_GetRaisedException", "PyObject_Repr"),
)
"""The functions of the C API that the loader calls."""

_SAMPLE_MODULES: Final = tuple(
    _HERE / name for name in ("sample_requests.py", "random_requests.py", "samples.py")
)
_REQUESTS, _RESPONSES = "requests.json", "answers.json"  # as in calls.py
_PAGE_SIZE: Final = 65_536
_SPARE_PAGES: Final = 2_048  # by which memory may grow during tracing, below the marks

# The linker keeps the order of the sources, so the neighbours of a function that ran are often
# those that it would call to report an error. They are kept as well.
_NEIGHBOURS: Final = 6

type Metadata = Mapping[str, Any]
type Bodies = list[bytes]


class ImageError(RuntimeError):
    """The image cannot be made, or its responses differ from those of the Python in it."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The memory of Python after it was warmed up, and what the loader needs to restore it."""

    memory: bytes
    metadata: Metadata


def make_image(npm: Path, app: Path) -> bytes:
    """Return the image: a wasm file for ``checklist/page/python/image.js``.

    ``npm`` is the folder of the npm package ``pyodide``; ``app`` contains the package
    ``checklist`` as it is shipped. The image does not depend on the Python that runs the build.
    Raises ``ImageError``, and ``wasm.WasmError`` for a Pyodide of another form.
    """
    source = wasm.parse_sections((npm / "pyodide.asm.wasm").read_bytes())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run_samples(npm, app, folder)
        snapshot = _take_snapshot(npm, app, folder)
        called = _trace(source, snapshot, folder / _REQUESTS)
        image = _without_uncalled(source, snapshot, called)
        responses, _ = _send(image, folder / _REQUESTS)
        _require_same(folder, responses)
    return image


def _run_samples(npm: Path, app: Path, folder: Path) -> None:
    """Write the sample requests, Python's responses, and the Python functions that it called."""
    given = folder / "samples"
    image = given / "checklist" / "site" / "image"
    image.mkdir(parents=True)
    for path in _SAMPLE_MODULES:
        shutil.copyfile(path, image / path.name)
    _node("boot.mjs", npm, app, given, _HERE / "calls.py", folder)


def _take_snapshot(npm: Path, app: Path, folder: Path) -> _Snapshot:
    """Start Python anew, without the modules that make the samples, and return its memory."""
    given = folder / "freezing"
    given.mkdir()
    for name in ("short.json", "called.json"):
        (folder / name).rename(given / name)
    output = _node("boot.mjs", npm, app, given, _HERE / "freeze.py", folder)
    metadata = json.loads(output.splitlines()[-1]) | _read(folder / "metadata.json")
    return _Snapshot(memory=(folder / "memory").read_bytes(), metadata=metadata)


def _trace(source: Sequence[wasm.Section], snapshot: _Snapshot, requests: Path) -> list[int]:
    """Return the indexes of the wasm functions that the sample requests call."""
    marks = (snapshot.metadata["pages"] + _SPARE_PAGES) * _PAGE_SIZE
    count = len(wasm.parse_functions(_contents(source, wasm.CODE)))
    pages = marks // _PAGE_SIZE + count // _PAGE_SIZE + 1

    def with_markers(bodies: Bodies) -> Bodies:
        return [wasm.with_call_marker(body, marks + index) for index, body in enumerate(bodies)]

    larger = _Snapshot(snapshot.memory, {**snapshot.metadata, "pages": pages})
    _, called = _send(_encode(source, larger, with_markers), requests, marks, count)
    return called


def _send(
    image: bytes, requests: Path, marks: int = 0, count: int = 0
) -> tuple[list[str], list[int]]:
    """Send requests to an image; return its responses and the indexes of the marked functions."""
    file = requests.with_name("image.wasm")
    file.write_bytes(image)
    output = json.loads(_node("trace.mjs", _LOADER, file, requests, marks, count))
    return output["answers"], output["ran"]


def _without_uncalled(
    source: Sequence[wasm.Section], snapshot: _Snapshot, called: Collection[int]
) -> bytes:
    """Return the image in which only called functions and their neighbours are left."""
    start = _start(source)
    near = {index + step for index in called for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
    # The functions before the start function initialize memory, which the snapshot replaces.
    kept = {start, *(index for index in near if index > start)}

    def kept_only(bodies: Bodies) -> Bodies:
        return [
            body if index in kept else wasm.trapping_body() for index, body in enumerate(bodies)
        ]

    return _encode(source, snapshot, kept_only)


def _encode(
    source: Sequence[wasm.Section], snapshot: _Snapshot, edit: Callable[[Bodies], Bodies]
) -> bytes:
    """Return Pyodide's wasm file with the snapshot as its data and its functions edited."""
    ranges = wasm.nonzero_ranges(snapshot.memory)
    bodies = wasm.parse_functions(_contents(source, wasm.CODE))
    start = _start(source)
    bodies[start] = wasm.without_memory_fill(bodies[start])
    replaced = {
        wasm.EXPORTS: wasm.filter_exports(_contents(source, wasm.EXPORTS), _EXPORTS),
        wasm.CODE: wasm.encode_code(edit(bodies)),
        wasm.DATA_COUNT: wasm.encode_count(len(ranges)),
        wasm.DATA: wasm.encode_data(snapshot.memory, ranges),
    }
    sections = [
        wasm.Section(section.id, replaced.get(section.id, section.contents))
        for section in source
        if section.id != wasm.CUSTOM
    ]
    metadata = wasm.custom_section(_SECTION, json.dumps(snapshot.metadata).encode())
    return wasm.encode_module([metadata, *sections])


def _start(source: Sequence[wasm.Section]) -> int:
    return wasm.start_function_index(_contents(source, wasm.START), _contents(source, wasm.IMPORTS))


def _contents(sections: Sequence[wasm.Section], wanted: int) -> bytes:
    found = [section.contents for section in sections if section.id == wanted]
    if len(found) != 1:
        raise wasm.WasmError(f"{len(found)} sections of kind {wanted}, not one")
    return found[0]


def _require_same(folder: Path, responses: Sequence[str]) -> None:
    """Raise ``ImageError`` unless the image responds as the complete Python did, to the byte."""
    requests, expected = _read(folder / _REQUESTS), _read(folder / _RESPONSES)
    for request, response, whole in zip(requests, responses, expected, strict=True):
        if response != whole:
            raise ImageError(
                f"asked {request[:200]}\nthe image says {response[:200]}\nPython says {whole[:200]}"
            )


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON that our own scripts wrote
    return json.loads(path.read_text(encoding="utf-8"))


def _node(script: str, *arguments: object) -> str:
    done = subprocess.run(
        [find_node(), str(_HERE / script), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ImageError(f"{script} failed:\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
    return done.stdout
