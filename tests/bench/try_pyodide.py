"""Try a version of Pyodide: ``make try-pyodide VERSION=314.0.7``. Nothing in the project changes.

Prints the compressed sizes of its files beside the pinned version's, the expectations that it does
not meet, and the size of the image of Python, unless one is not met but for the release.
"""

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from checklist.python_image import ImageError
from checklist.python_image.expectations import LIBRARY, failed
from checklist.python_image.findings import examine
from checklist.site.assets.image import image_of
from checklist.site.assets.runtime import shipped_files
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
        _require_expected(other)
        _name_as_pinned(other)
        try:
            for what, pyodide in (("pinned", NPM), (version, other)):
                size = _size_of_image(pyodide, folder / what)
                print(f"image of Python, {what}: {size:,} bytes")
        except ImageError as error:
            raise SystemExit(str(error)) from error
    print("Next: pin it, then `make test` and `make bench`.")


def _require_expected(pyodide: Path) -> None:
    """Print which expectations fail; end unless it is at most that of the release."""
    problems = failed(examine(pyodide, find_node(), LIBRARY))
    print("".join(f"- {problem}\n" for problem in problems), end="")
    if any(not problem.startswith("release:") for problem in problems):
        raise SystemExit("No image can be made of it; checklist/python_image/README.md says more.")


def _name_as_pinned(pyodide: Path) -> None:
    """Give this copy the pinned version's number: images are made of known releases only."""
    version = json.loads((NPM / "package.json").read_text(encoding="utf-8"))["version"]
    package = pyodide / "package.json"
    described = json.loads(package.read_text(encoding="utf-8"))
    package.write_text(json.dumps({**described, "version": version}), encoding="utf-8")


def _size_of_image(pyodide: Path, folder: Path) -> int:
    """Make an image; what else the ordinary start needs may have other names in a new version."""
    for path in shipped_files(SOURCES):
        copy = folder / "app" / path.relative_to(SOURCES.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return len(image_of(pyodide, SOURCES, folder / "app", folder))


def _size(folder: Path) -> int:
    files = (path for path in folder.iterdir() if path.suffix in _SHIPPED)
    return sum(
        len(path.read_bytes() if path.suffix == _COMPRESSED else gzip.compress(path.read_bytes()))
        for path in files
        if path.name not in _LEFT_OUT
    )


if __name__ == "__main__":
    main()
