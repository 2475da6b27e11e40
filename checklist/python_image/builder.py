"""The steps that make an image, from Pyodide's files to the checked result."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from . import wasm
from .errors import ImageError
from .expectations import EXPORTS, require_expected
from .findings import WASM_FILE

_HERE: Final = Path(__file__).parent
_SECTION: Final = "python-image"  # as in loader.js
_REQUESTS, _RESPONSES, _CALLED = "requests.json", "responses.json", "called.json"
_WARM_UP, _ENTRY_POINT, _TABLES = "warm_up.json", "entry_point.json", "tables.json"
_PAGE_SIZE: Final = 65_536
_SPARE_PAGES: Final = 2_048  # by which memory may grow during tracing, below the marks

# The linker keeps the order of the sources, so the neighbours of a function that ran are often
# those that it would call to report an error. They are kept as well.
_NEIGHBOURS: Final = 6

_PARTS: Final = 2  # of the samples, each sent by a process of its own

type Bodies = list[bytes]


@dataclass(frozen=True, slots=True)
class Application:
    """What the image contains, and the sample requests it is made with.

    ``folder`` contains the Python package, ``samples`` more modules of it that only make the sample
    requests and are not in the image. ``entry_point`` (``module:function``) takes a text and
    returns one; ``requests`` returns the sample requests, the same ones each time.
    """

    folder: Path
    entry_point: str
    samples: Path
    requests: str


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The memory of Python after it was warmed up, and what the loader needs to restore it."""

    memory: bytes
    metadata: Mapping[str, Any]


def make_image(pyodide: Path, application: Application, node: str) -> bytes:
    """Return the image: a wasm file for ``loader.js``.

    ``pyodide`` is the folder of the npm package, ``node`` the program. The image does not depend on
    the Python that runs this. Raises ``ImageError`` if Pyodide is not as expected, or if the image
    does not give the responses that the complete Python gave.
    """
    require_expected(pyodide, node)
    source = wasm.parse_sections((pyodide / WASM_FILE).read_bytes())
    with tempfile.TemporaryDirectory() as name:
        builder = _Builder(pyodide, application, node, Path(name))
        with ThreadPoolExecutor() as pool:
            steps = [pool.submit(builder.answer_samples), pool.submit(builder.find_tables)]
            for step in steps:
                step.result()
        snapshot = builder.take_snapshot()
        called = builder.trace(source, snapshot)
        image = _without_uncalled(source, snapshot, called)
        builder.require_same_responses(image)
    return image


@dataclass(frozen=True, slots=True)
class _Builder:
    """The steps that run programs; they pass files to each other in ``folder``."""

    pyodide: Path
    application: Application
    node: str
    folder: Path

    def answer_samples(self) -> None:
        """Write the sample requests, the responses, and the Python functions that were called."""
        complete = self.folder / "with-samples"
        shutil.copytree(self.application.folder, complete)
        shutil.copytree(self.application.samples, complete, dirs_exist_ok=True)
        self._run_in_pyodide("answer_samples.py", complete)

    def find_tables(self) -> None:
        """Write where the static tables lie that the image does not need."""
        self._run_in_pyodide("find_tables.py", self.application.folder)

    def take_snapshot(self) -> _Snapshot:
        """Start Python anew, without the modules that make the samples, and return its memory.

        The tables are cleared in it.
        """
        output = self._run_in_pyodide("warm_up.py", self.application.folder, _WARM_UP, _CALLED)
        layout = json.loads(output.splitlines()[-1])
        metadata = {"entryPoint": _read(self.folder / _ENTRY_POINT), **layout}
        memory = bytearray((self.folder / "memory").read_bytes())
        for address, size in _read(self.folder / _TABLES):
            memory[address : address + size] = bytes(size)
        return _Snapshot(bytes(memory), metadata)

    def trace(self, source: Sequence[wasm.Section], snapshot: _Snapshot) -> list[int]:
        """Return the indexes of the wasm functions that the sample requests call."""
        marks = (snapshot.metadata["pages"] + _SPARE_PAGES) * _PAGE_SIZE
        count = len(wasm.parse_functions(wasm.contents_of(source, wasm.CODE)))
        pages = marks // _PAGE_SIZE + count // _PAGE_SIZE + 1

        def with_markers(bodies: Bodies) -> Bodies:
            return [wasm.with_call_marker(body, marks + index) for index, body in enumerate(bodies)]

        larger = _Snapshot(snapshot.memory, {**snapshot.metadata, "pages": pages})
        _, called = self._send_samples(_encode(source, larger, with_markers), marks, count)
        return called

    def require_same_responses(self, image: bytes) -> None:
        """Raise ``ImageError`` unless the image responds as the complete Python did."""
        responses, _ = self._send_samples(image)
        requests, expected = _read(self.folder / _REQUESTS), _read(self.folder / _RESPONSES)
        for request, response, whole in zip(requests, responses, expected, strict=True):
            if response != whole:
                raise ImageError(
                    f"request: {request[:200]}\nresponse of the image: {response[:200]}\n"
                    f"response of Python: {whole[:200]}"
                )

    def _run_in_pyodide(self, script: str, packages: Path, *names: str) -> str:
        """Run a script of ours with these packages and files of an earlier step."""
        given = self.folder / f"for-{script}"
        given.mkdir()
        described = {
            "entry_point": self.application.entry_point,
            "requests": self.application.requests,
        }
        (given / "application.json").write_text(json.dumps(described), encoding="utf-8")
        for name in names:
            shutil.copyfile(self.folder / name, given / name)
        path = _HERE / "in_pyodide" / script
        return self._run_node("snapshot.mjs", self.pyodide, packages, given, path, self.folder)

    def _send_samples(
        self, image: bytes, marks: int = 0, count: int = 0
    ) -> tuple[list[str], list[int]]:
        """Send the samples to an image; return its responses and the marked functions.

        Each process has a part of the samples: they do not depend on each other.
        """
        file = self.folder / "image.wasm"
        file.write_bytes(image)
        requests = self.folder / _REQUESTS
        loader = _HERE / "loader.js"

        def send(part: int) -> str:
            of_part = (requests, part, _PARTS, marks, count)
            return self._run_node("send_requests.mjs", loader, file, *of_part)

        responses = [""] * len(_read(requests))
        called: set[int] = set()
        with ThreadPoolExecutor() as pool:
            for part, output in enumerate(map(json.loads, pool.map(send, range(_PARTS)))):
                responses[part::_PARTS] = output["responses"]
                called |= set(output["called"])
        return responses, sorted(called)

    def _run_node(self, script: str, *arguments: object) -> str:
        done = subprocess.run(
            [self.node, str(_HERE / "in_node" / script), *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise ImageError(f"{script} failed:\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
        return done.stdout


def _without_uncalled(
    source: Sequence[wasm.Section], snapshot: _Snapshot, called: Collection[int]
) -> bytes:
    """Return the image in which only called functions and their neighbours are left."""
    start = _start(source)
    near = {index + step for index in called for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
    # The functions before the start function initialize memory, which the snapshot replaces.
    kept = {start, *(index for index in near if index > start)}

    def kept_only(bodies: Bodies) -> Bodies:
        return [body if index in kept else wasm.TRAPPING_BODY for index, body in enumerate(bodies)]

    return _encode(source, snapshot, kept_only)


def _encode(
    source: Sequence[wasm.Section], snapshot: _Snapshot, edit: Callable[[Bodies], Bodies]
) -> bytes:
    """Return Pyodide's wasm file with the snapshot as its data and its functions edited."""
    ranges = wasm.nonzero_ranges(snapshot.memory)
    bodies = wasm.parse_functions(wasm.contents_of(source, wasm.CODE))
    start = _start(source)
    bodies[start] = wasm.without_memory_fill(bodies[start])
    exports = wasm.contents_of(source, wasm.EXPORTS)
    replaced = {
        wasm.EXPORTS: wasm.filter_exports(exports, EXPORTS),
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
    imports = wasm.contents_of(source, wasm.IMPORTS)
    return wasm.start_function_index(wasm.contents_of(source, wasm.START), imports)


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON that our own scripts wrote
    return json.loads(path.read_text(encoding="utf-8"))
