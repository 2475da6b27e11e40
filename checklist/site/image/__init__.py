"""The image of Python: the interpreter with the rules imported and warm, as one wasm file.

An ordinary start compiles 8.6 MB of wasm, unpacks a library, imports some two hundred modules
and then ours. All of that ends in the same memory each time, so it is done once, here, and the
memory is sent instead (as Wizer does for other programs). Functions that a rehearsal of all that
the page asks never calls are left out, those of the interpreter and those of its library; where
one is called after all, the image traps or raises, and the page starts Python in the ordinary way.
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
_CALLED: Final = (
    *("PyMem_Malloc", "PyMem_Free", "PyUnicode_FromStringAndSize", "PyUnicode_AsUTF8AndSize"),
    *("PyObject_CallOneArg", "Py_DecRef", "PyErr_GetRaisedException", "PyObject_Repr"),
)
_REHEARSAL: Final = tuple(_HERE / name for name in ("rehearsal.py", "chance.py", "samples.py"))
_REQUESTS, _ANSWERS = "requests.json", "answers.json"  # as calls.py names them
_PAGE_SIZE: Final = 65_536
_GROWTH: Final = 2_048  # pages that Python may take while it is traced, below the marks

# Functions lie in the file as their sources were linked. Those that stand close to one that ran
# are mostly its siblings, such as what it would do with an error: they stay.
_NEIGHBOURS: Final = 6

type Facts = Mapping[str, Any]
type Bodies = list[bytes]


class ImageError(RuntimeError):
    """The image cannot be made, or does not answer as the Python that it is made of."""


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What Python's memory held once it was warm, and what it stood on."""

    memory: bytes
    facts: Facts


def make_image(npm: Path, app: Path) -> bytes:
    """Return the image: a wasm file for ``checklist/page/python/image.js``.

    ``npm`` is the folder of the npm package ``pyodide``, ``app`` one that holds the package as
    it ships. Nothing in the image depends on the Python that the build runs on. Raises
    ``ImageError``, and ``wasm.WasmError`` for a Pyodide that is new to us.
    """
    source = wasm.sections_of((npm / "pyodide.asm.wasm").read_bytes())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _rehearse(npm, app, folder)
        frozen = _freeze(npm, app, folder)
        ran = _trace(source, frozen, folder / _REQUESTS)
        image = _without(source, frozen, ran)
        answers, _ = _ask(image, folder / _REQUESTS)
        _require_same(folder, answers)
    return image


def _rehearse(npm: Path, app: Path, folder: Path) -> None:
    """Have Python write the rehearsal, answer it, and tell which of its functions were called."""
    given = folder / "rehearsal"
    image = given / "checklist" / "site" / "image"
    image.mkdir(parents=True)
    for path in _REHEARSAL:
        shutil.copyfile(path, image / path.name)
    _node("boot.mjs", npm, app, given, _HERE / "calls.py", folder)


def _freeze(npm: Path, app: Path, folder: Path) -> _Frozen:
    """Run Python anew, in memory that the rehearsal has not been in, and keep that memory."""
    given = folder / "freezing"
    given.mkdir()
    for name in ("short.json", "called.json"):
        (folder / name).rename(given / name)
    said = _node("boot.mjs", npm, app, given, _HERE / "freeze.py", folder)
    facts = json.loads(said.splitlines()[-1]) | _read(folder / "facts.json")
    return _Frozen(facts=facts, memory=(folder / "memory").read_bytes())


def _trace(source: Sequence[wasm.Section], frozen: _Frozen, script: Path) -> list[int]:
    """Return which functions the rehearsal calls."""
    marks = (frozen.facts["pages"] + _GROWTH) * _PAGE_SIZE
    count = len(wasm.functions_of(_contents(source, wasm.CODE)))
    pages = marks // _PAGE_SIZE + count // _PAGE_SIZE + 1

    def marked(bodies: Bodies) -> Bodies:
        return [wasm.marking(body, marks + index) for index, body in enumerate(bodies)]

    wide = _Frozen(frozen.memory, {**frozen.facts, "pages": pages})
    _, ran = _ask(_written(source, wide, marked), script, marks, count)
    return ran


def _ask(image: bytes, script: Path, marks: int = 0, count: int = 0) -> tuple[list[str], list[int]]:
    file = script.with_name("image.wasm")
    file.write_bytes(image)
    said = json.loads(_node("trace.mjs", _LOADER, file, script, marks, count))
    return said["answers"], said["ran"]


def _without(source: Sequence[wasm.Section], frozen: _Frozen, ran: Collection[int]) -> bytes:
    """Return the image with the functions that ran and their neighbours; the others trap."""
    start = _start(source)
    near = {index + step for index in ran for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
    # Before the start function lies what the linker wrote to set up memory, which is set up.
    kept = {start, *(index for index in near if index > start)}

    def chosen(bodies: Bodies) -> Bodies:
        return [body if index in kept else wasm.refusing() for index, body in enumerate(bodies)]

    return _written(source, frozen, chosen)


def _written(
    source: Sequence[wasm.Section], frozen: _Frozen, edit: Callable[[Bodies], Bodies]
) -> bytes:
    """Return Pyodide's file with this memory as its data and its functions edited."""
    runs = wasm.runs_of(frozen.memory)
    bodies = wasm.functions_of(_contents(source, wasm.CODE))
    start = _start(source)
    bodies[start] = wasm.leaving_memory_alone(bodies[start])
    instead = {
        wasm.EXPORTS: wasm.exports_kept(_contents(source, wasm.EXPORTS), _CALLED),
        wasm.CODE: wasm.code_of(edit(bodies)),
        wasm.DATA_COUNT: wasm.count_of(len(runs)),
        wasm.DATA: wasm.data_of(frozen.memory, runs),
    }
    sections = [
        wasm.Section(section.id, instead.get(section.id, section.contents))
        for section in source
        if section.id != wasm.CUSTOM
    ]
    return wasm.wasm_of([wasm.custom(_SECTION, json.dumps(frozen.facts).encode()), *sections])


def _start(source: Sequence[wasm.Section]) -> int:
    return wasm.start_of(_contents(source, wasm.START), _contents(source, wasm.IMPORTS))


def _contents(sections: Sequence[wasm.Section], wanted: int) -> bytes:
    found = [section.contents for section in sections if section.id == wanted]
    if len(found) != 1:
        raise wasm.WasmError(f"{len(found)} sections of kind {wanted}, not one")
    return found[0]


def _require_same(folder: Path, answers: Sequence[str]) -> None:
    """The image is to answer as its Python did before anything was left out, to the byte."""
    requests, expected = _read(folder / _REQUESTS), _read(folder / _ANSWERS)
    for request, answer, whole in zip(requests, answers, expected, strict=True):
        if answer != whole:
            raise ImageError(
                f"asked {request[:200]}\nthe image says {answer[:200]}\nPython says {whole[:200]}"
            )


def _read(path: Path) -> Any:  # noqa: ANN401 - what our own scripts wrote
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
