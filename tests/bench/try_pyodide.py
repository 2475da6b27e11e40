"""Try a version of Pyodide: ``make try-pyodide VERSION=314.0.7``. Nothing in the project changes.

Prints the compressed sizes of its files beside the pinned version's, and the size of the image of
Python that is made of it, or the expectations that it does not meet.
"""

import gzip
import sys
import tempfile
from pathlib import Path
from typing import Final

from checklist.python_image import ImageError
from checklist.python_image.expectations import require_expected
from checklist.site.assets.runtime import RuntimePackError, pack
from checklist.site.node import find_node, npm
from tests.support.site_build import NPM, SOURCES

_SHIPPED: Final = {".js", ".mjs", ".wasm", ".zip"}
_LEFT_OUT: Final = {"pyodide.js"}  # the loader for pages without modules
_COMPRESSED: Final = ".zip"


def main() -> None:
    """Fetch the version into a folder of its own, and compare it."""
    (version,) = sys.argv[1:] or [""]
    if not version:
        raise SystemExit("which version? make try-pyodide VERSION=314.0.7")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        found = npm(
            "install", "--prefix", name, "--ignore-scripts", "--silent", f"pyodide@{version}"
        )
        if found != 0:
            raise SystemExit(f"npm has no pyodide@{version}")
        other = folder / "node_modules" / "pyodide"
        here, there = _size(NPM), _size(other)
        print(
            f"Pyodide's files, compressed: {there:,} bytes, {there / here:.2f} of the pinned ones"
        )
        try:
            require_expected(other, find_node())
            for what, npm_folder in (("pinned", NPM), (version, other)):
                runtime = pack(npm_folder, SOURCES, folder / what)
                size = runtime.files[str(runtime.image)].size
                print(f"image of Python, {what}: {size:,} bytes")
        except (ImageError, RuntimePackError) as error:
            raise SystemExit(str(error)) from error
    print("Next: pin it, then `make test` and `make bench`.")


def _size(folder: Path) -> int:
    files = (path for path in folder.iterdir() if path.suffix in _SHIPPED)
    return sum(
        len(path.read_bytes() if path.suffix == _COMPRESSED else gzip.compress(path.read_bytes()))
        for path in files
        if path.name not in _LEFT_OUT
    )


if __name__ == "__main__":
    main()
