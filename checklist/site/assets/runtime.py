"""The Python runtime for the browser: an image, and as a fallback the files of Pyodide.

Visitors get the image. The fallback is Pyodide from npm, compiled, with our package in its lock
file; it is for browsers that cannot use the image, and for a site that is built without it. Both
are made by that Pyodide, in Node, so that their bytes do not depend on the Python that runs the
build.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.python_image import ImageError
from checklist.site.assets.bytecode import SOURCES as COMPILER
from checklist.site.assets.bytecode import CompileError, compile_folder
from checklist.site.assets.image import IMAGE, IMAGE_SOURCES, SWITCH, image_of
from checklist.site.files import content_name, put_in_place

PACKAGE: Final = "client-checklist"

_LOADER: Final = "pyodide.mjs"
_STANDARD_LIBRARY: Final = "python_stdlib.zip"
_LOCK: Final = "pyodide-lock.json"
_WASM: Final = "pyodide.asm.wasm"
_UNCHANGED: Final = ("pyodide.asm.js", _WASM)
_FROM_NPM: Final = (_LOADER, *_UNCHANGED, _STANDARD_LIBRARY, _LOCK)

# The loader's default address. The page always passes its own; without the default, no mistake
# of ours can make it request another host.
_REPLACED: Final[Mapping[str, str]] = {
    "`https://cdn.jsdelivr.net/pyodide/v${U}/full/`": '"./"',
    "//# sourceMappingURL=pyodide.mjs.map": "",
}

_SHIPPED: Final = (
    "__init__.py",
    "browser.py",
    "advice/*.py",
    "clients/*.py",
    "rules/*.py",
    "texts/*.py",
    "texts/*.toml",
    "views/*.py",
)
_BUILD_SOURCES: Final = (
    *IMAGE_SOURCES,
    *(f"site/assets/bytecode/{name}" for name in COMPILER),
)


class RuntimePackError(RuntimeError):
    """The runtime cannot be packed; the message says why, where, and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """What the browser verifies of a file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """A folder to publish, and its name, which contains a digest of its contents."""

    directory: Path
    name: str
    files: Mapping[str, File]
    package: str = PACKAGE

    @property
    def image(self) -> str | None:
        """The name of the image among the files, if there is one."""
        return IMAGE if IMAGE in self.files else None

    @property
    def first_files(self) -> tuple[str, ...]:
        """The names of the files that Python is started from unless something fails."""
        return (self.image,) if self.image else tuple(self.files)


def pack(npm: Path, package: Path, cache: Path, *, with_image: bool = True) -> Runtime:
    """Return the packed runtime, made anew only if its inputs have changed.

    ``npm`` is the folder of the npm package ``pyodide``, ``package`` that of ``checklist``,
    ``cache`` a folder of the build's own. A folder in the cache is complete, as it is moved there
    when finished. Its name in the cache has a digest of its inputs; the name that is published has
    one of its contents. Raises ``RuntimePackError``.
    """
    missing = [name for name in _FROM_NPM if not (npm / name).is_file()]
    if missing:
        raise RuntimePackError(f"{npm}: no {', '.join(missing)}; run `make` to fetch the runtime")
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    shipped = shipped_files(package)
    build_sources = [path for part in _BUILD_SOURCES for path in sorted(package.glob(part))]
    sources = [Path(__file__), *(path for path in build_sources if path.is_file()), *shipped]
    key = content_name([*sources, *(npm / name for name in _FROM_NPM)])
    directory = cache / f"{version}-{key}{'' if with_image else '-without-image'}"
    if not directory.is_dir():
        _make(directory, npm, package, shipped, with_image=with_image)
    paths = sorted(directory.iterdir())
    files = {path.name: _file(path.read_bytes()) for path in paths}
    return Runtime(directory, f"{version}-{content_name(paths)}", files)


def _file(content: bytes) -> File:
    return File(len(content), hashlib.sha256(content).hexdigest())


def _make(
    directory: Path, npm: Path, package: Path, shipped: list[Path], *, with_image: bool
) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as temporary:
        target = Path(temporary) / "runtime"
        target.mkdir()
        for name in _UNCHANGED:
            shutil.copyfile(npm / name, target / name)
        loader = (npm / _LOADER).read_text(encoding="utf-8")
        (target / _LOADER).write_text(_without_foreign_hosts(loader), encoding="utf-8")
        work, made = Path(temporary) / "wheel", Path(temporary) / "made"
        made.mkdir()
        wheel = _build_wheel(package, shipped, work, made)
        _write_lock(npm / _LOCK, wheel, target / _LOCK)
        with ThreadPoolExecutor() as pool:  # both wait for Node
            image = (
                pool.submit(_image, npm, package, work, directory.parent) if with_image else None
            )
            library = pool.submit(_compile, npm, package, made, directory.parent, target)
            if image:
                (target / IMAGE).write_bytes(image.result())
            library.result()
        compiled = next(made.glob("*.whl"))
        compiled.rename(target / compiled.name)
        _replace_in_lock(target / compiled.name, target / _LOCK)
        put_in_place(target, directory)


def _image(npm: Path, package: Path, app: Path, cache: Path) -> bytes:
    try:
        return image_of(npm, package, app, cache)
    except ImageError as error:
        raise RuntimePackError(
            f"no image of Python can be made: {error}\n"
            f"`{SWITCH} make build` builds the site without one; Python then starts more slowly."
        ) from error


def _cached_library(npm: Path, package: Path, cache: Path) -> Path:
    """Return where the compiled standard library is cached; it changes only with Pyodide."""
    compiler = [package / "site" / "assets" / "bytecode" / name for name in COMPILER]
    sources = [path for path in compiler if path.is_file()]
    return cache / f"library-{content_name([*sources, npm / _STANDARD_LIBRARY, npm / _WASM])}.zip"


def _compile(npm: Path, package: Path, made: Path, cache: Path, target: Path) -> None:
    """Compile the wheel in ``made``; put the compiled library, from the cache, into ``target``."""
    library = _cached_library(npm, package, cache)
    is_cached = library.exists()
    if not is_cached:
        shutil.copyfile(npm / _STANDARD_LIBRARY, made / _STANDARD_LIBRARY)
    try:
        compile_folder(npm, made)
    except CompileError as error:
        raise RuntimePackError(str(error)) from error
    if not is_cached:
        put_in_place(made / _STANDARD_LIBRARY, library)
    shutil.copyfile(library, target / _STANDARD_LIBRARY)


def _without_foreign_hosts(loader: str) -> str:
    for text, instead in _REPLACED.items():
        if (count := loader.count(text)) != 1:
            raise RuntimePackError(
                f"{_LOADER}: {text} occurs {count} times, not once; "
                "this Pyodide is not reviewed; see what it would fetch, then update runtime.py"
            )
        loader = loader.replace(text, instead)
    return loader


def shipped_files(package: Path) -> list[Path]:
    """Return the files of our package that are shipped to the browser, in a fixed order."""
    return sorted(path for pattern in _SHIPPED for path in package.glob(pattern))


def _build_wheel(package: Path, shipped: list[Path], work: Path, target: Path) -> Path:
    """Build a wheel of the shipped files and return its path."""
    for path in shipped:
        copy = work / path.relative_to(package.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    project = tomllib.loads((package.parent / "pyproject.toml").read_text(encoding="utf-8"))
    version, python = (project["project"][name] for name in ("version", "requires-python"))
    (work / "pyproject.toml").write_text(
        _WHEEL_PROJECT.format(name=PACKAGE, version=version, python=python), encoding="utf-8"
    )
    _run("build", "--wheel", "--no-isolation", "--outdir", str(target), str(work))
    return next(target.glob("*.whl"))


_WHEEL_PROJECT: Final = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "{version}"
requires-python = "{python}"

[tool.hatch.build.targets.wheel]
packages = ["checklist"]
"""


def _write_lock(npm_lock: Path, wheel: Path, target: Path) -> None:
    """Write a lock file with our wheel only, which saves the browser 119 kB."""
    info = json.loads(npm_lock.read_text(encoding="utf-8"))["info"]
    target.write_text(json.dumps({"info": info, "packages": {}}), encoding="utf-8")
    _run(
        *("pyodide_cli", "lockfile", "add-wheels"),
        *("--input", str(target), "--output", str(target), "--base-path", str(wheel.parent)),
        str(wheel),
    )


def _replace_in_lock(wheel: Path, lock: Path) -> None:
    """Replace the wheel's entry in the lock file by that of the compiled wheel.

    The tool that writes lock files refuses a wheel for one version of Python.
    """
    content = json.loads(lock.read_text(encoding="utf-8"))
    content["packages"][PACKAGE] |= {
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
    }
    lock.write_text(json.dumps(content), encoding="utf-8")


def _run(module: str, *arguments: str) -> None:
    """Run a Python module; raises ``RuntimePackError`` with its output if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        # The time of the files in a wheel: 1980-01-01.
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimePackError(
            f"python -m {module} {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        )
