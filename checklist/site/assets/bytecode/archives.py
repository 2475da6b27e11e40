"""A script for ``run.mjs``: compile the archives in the current folder.

It runs in Pyodide; nothing imports it. The same input gives the same bytes on any machine and day.
"""

import py_compile
import sys
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can contain
FILE_MODE = 0o100644 << 16
TAG = f"cp{sys.version_info.major}{sys.version_info.minor}"
SOURCE, BYTECODE = Path("/tmp/source.py"), Path("/tmp/source.pyc")  # noqa: S108 - Pyodide's own


def compiled(name: str, source: bytes) -> bytes:
    """Return the bytecode of a module; ``name`` is its file name in tracebacks."""
    SOURCE.write_bytes(source)
    # Without the source's time, which would differ; there is no source to compare it with anyway.
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(SOURCE), str(BYTECODE), name, doraise=True, invalidation_mode=mode)
    return BYTECODE.read_bytes()


def name_of(archive: str) -> str:
    """Return the name of a compiled archive; that of a wheel has the tag of its Python."""
    if not archive.endswith(".whl"):
        return archive
    name, version, *_ = archive.split("-")
    return f"{name}-{version}-{TAG}-none-any.whl"


def compile_archive(path: Path) -> None:
    """Replace an archive by one with bytecode instead of source."""
    with zipfile.ZipFile(path) as old:
        entries = [(name, old.read(name)) for name in old.namelist() if not name.endswith("/")]
    path.unlink()
    with zipfile.ZipFile(path.with_name(name_of(path.name)), "w") as new:
        for name, content in entries:
            is_source = name.endswith(".py")
            entry = zipfile.ZipInfo(f"{name}c" if is_source else name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = FILE_MODE
            new.writestr(entry, compiled(name, content) if is_source else content)


for archive in sorted(Path.cwd().iterdir()):
    compile_archive(archive)
