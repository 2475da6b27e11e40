"""Find out what a folder of Pyodide contains, for ``expectations.py``."""

import json
import subprocess
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from . import wasm
from .errors import ImageError, WasmError

WASM_FILE: Final = "pyodide.asm.wasm"
_PACKAGE: Final = "package.json"
_SCRIPT: Final = "pyodide.asm.js"
_MODULE: Final = "pyodide.asm.mjs"  # since Pyodide 314
_LIBRARY: Final = "python_stdlib.zip"

_HERE: Final = Path(__file__).parent
_MAX_REPORT: Final = 500


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a folder of Pyodide.

    ``started`` is what ``probe.mjs`` found out by starting it in Node; see there.
    """

    release: str
    missing_files: Sequence[str]
    sections: Sequence[wasm.Section]
    wasm_error: str = ""
    started: Mapping[str, Any] = field(default_factory=dict)

    def contents(self, section: int) -> bytes:
        """Return the contents of a section; raises ``WasmError`` without it."""
        return wasm.contents_of(self.sections, section)

    def known(self, key: str) -> Any:  # noqa: ANN401 - JSON
        """Return what was found in Node; raises ``ImageError`` if it was not reached."""
        if self.started.get(key) is None:
            raise ImageError("Python did not get that far in Node")
        return self.started[key]


def files_of(pyodide: Path) -> list[Path]:
    """Return the files that an image is made from; they may be missing."""
    script = _MODULE if (pyodide / _MODULE).is_file() else _SCRIPT
    return [pyodide / name for name in (WASM_FILE, script, _LIBRARY, _PACKAGE)]


def examine(pyodide: Path, node: str, library: Collection[str]) -> Findings:
    """Read Pyodide's files and start it in Node; ``library`` are names to be looked up there."""
    missing = [path.name for path in files_of(pyodide) if not path.is_file()]
    package = {"version": "(unknown)"}
    if _PACKAGE not in missing:
        package = json.loads((pyodide / _PACKAGE).read_text(encoding="utf-8"))
    if missing:
        return Findings(package["version"], missing, ())
    started = _probe(pyodide, node, library)
    try:
        sections = wasm.parse_sections((pyodide / WASM_FILE).read_bytes())
    except WasmError as error:
        return Findings(package["version"], (), (), str(error), started)
    return Findings(package["version"], (), sections, "", started)


def _probe(pyodide: Path, node: str, library: Collection[str]) -> Mapping[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "names.json").write_text(json.dumps([*library]), encoding="utf-8")
        script = _HERE / "in_pyodide" / "find_names.py"
        done = subprocess.run(
            [node, *map(str, (_HERE / "in_node" / "probe.mjs", pyodide, folder, script))],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    try:
        found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"error": (done.stderr or done.stdout)[-_MAX_REPORT:]}
    return found
