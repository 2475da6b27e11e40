"""Compile Python for the browser with the very Pyodide that will run it, in Node.

Bytecode is of one version of Python, and two builds of zlib compress the same bytes differently.
Done by Pyodide, both are the same on every machine, whatever Python it has.
"""

import subprocess
from pathlib import Path
from typing import Final

from checklist.site.node import find_node

SOURCES: Final = ("__init__.py", "run.mjs", "archives.py")
"""The files that what is made depends on."""

_HERE: Final = Path(__file__).parent
_LONGEST_REPORT: Final = 4_000


class CompileError(RuntimeError):
    """Pyodide did not start in Node, or could not compile; the message has what it said."""


def compile_folder(npm: Path, folder: Path) -> None:
    """Replace each file in a folder by what the browser gets of it.

    A zip or wheel gets bytecode instead of source, and a wheel the name of the Python that it is
    for; any other file is compressed by gzip and gets the suffix ``.gz``. ``npm`` is the folder of
    the npm package ``pyodide``. Raises ``CompileError``.
    """
    done = subprocess.run(
        [find_node(), *map(str, (_HERE / "run.mjs", npm, _HERE / "archives.py", folder))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-_LONGEST_REPORT:]
        raise CompileError(f"Pyodide of {npm} could not compile {folder}:\n{said}")
