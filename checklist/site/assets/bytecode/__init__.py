"""Compile Python for the browser with the same Pyodide that will run it, in Node.

Bytecode is specific to one version of Python, and different builds of zlib compress the same bytes
differently. Pyodide gives the same result on every machine.
"""

import subprocess
from pathlib import Path
from typing import Final

from checklist.site.node import find_node

SOURCES: Final = ("__init__.py", "run.mjs", "archives.py")
"""The files that the result depends on."""

_HERE: Final = Path(__file__).parent
_MAX_REPORT: Final = 4_000


class CompileError(RuntimeError):
    """Pyodide did not start or could not compile; the message contains its output."""


def compile_folder(npm: Path, folder: Path) -> None:
    """Replace the source in each zip and wheel of a folder by bytecode.

    A wheel is renamed for Pyodide's version of Python. ``npm`` is the folder of the npm package
    ``pyodide``. Raises ``CompileError``.
    """
    done = subprocess.run(
        [find_node(), *map(str, (_HERE / "run.mjs", npm, _HERE / "archives.py", folder))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        output = (done.stdout + done.stderr)[-_MAX_REPORT:]
        raise CompileError(f"Pyodide of {npm} could not compile {folder}:\n{output}")
