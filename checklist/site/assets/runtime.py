"""The Python runtime for the browser, twice: as an image, and in parts for an ordinary start.

The image is what a visitor gets. The parts are Pyodide from npm, compiled, with our package in
its lock; they are for browsers that cannot use the image. Both are made by that Pyodide itself, in
Node, so they are the same bytes whatever Python the build runs on.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.site.assets.bytecode import SOURCES as COMPILER
from checklist.site.assets.bytecode import CompileError, compile_folder
from checklist.site.files import content_name, put_in_place
from checklist.site.image import ImageError, make_image
from checklist.site.image.wasm import WasmError

PACKAGE: Final = "client-checklist"
# Compressed by us, as not every host compresses. The name tells a host nothing of that: it might
# otherwise say that the browser is to unpack it.
IMAGE: Final = "python.packed"

_LOADER: Final = "pyodide.mjs"
_STANDARD_LIBRARY: Final = "python_stdlib.zip"
_LOCK: Final = "pyodide-lock.json"
_WASM: Final = "pyodide.asm.wasm"
_AS_THEY_ARE: Final = ("pyodide.asm.js", _WASM)
_FROM_NPM: Final = (_LOADER, *_AS_THEY_ARE, _STANDARD_LIBRARY, _LOCK)

# What the loader would fall back on if it were given no address. It always is; taken out, no
# slip of ours can make the page ask a foreign host.
_TAKEN_OUT: Final[Mapping[str, str]] = {
    "`https://cdn.jsdelivr.net/pyodide/v${U}/full/`": '"./"',
    "//# sourceMappingURL=pyodide.mjs.map": "",
}

_SHIPPED: Final = (
    "__init__.py",
    "browser.py",
    "clients/*.py",
    "rules/*.py",
    "texts/*.py",
    "texts/*.toml",
    "views/*.py",
)
_MAKERS: Final = (
    *("site/image/*", "page/python/image.js"),
    *(f"site/assets/bytecode/{name}" for name in COMPILER),
)
_SHORT: Final = 8


class RuntimePackError(RuntimeError):
    """The runtime cannot be packed; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class File:
    """What a browser knows a file by: its size in bytes and its SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """A folder to publish as it is, under a name that is made of its contents."""

    directory: Path
    name: str
    files: Mapping[str, File]
    package: str = PACKAGE


def pack(npm: Path, package: Path, cache: Path) -> Runtime:
    """Return the packed runtime, made anew only where its inputs have changed.

    ``npm`` is the folder of the npm package ``pyodide``, ``package`` that of ``checklist``,
    ``cache`` a folder of our own. A folder in the cache is whole or not there: it is made
    beside its place and then moved. It is named by what it is made from, and published by what
    it holds: another machine makes the same. Raises ``RuntimePackError``.
    """
    missing = [name for name in _FROM_NPM if not (npm / name).is_file()]
    if missing:
        raise RuntimePackError(f"{npm}: no {', '.join(missing)}; run `make` to fetch the runtime")
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    shipped = shipped_files(package)
    makers = [path for part in _MAKERS for path in sorted(package.glob(part))]
    sources = [Path(__file__), *(path for path in makers if path.is_file()), *shipped]
    key = _digest([*sources, *(npm / name for name in _FROM_NPM)])
    directory = cache / f"{version}-{key}"
    if not directory.is_dir():
        _make(directory, npm, package, shipped)
    paths = sorted(directory.iterdir())
    files = {path.name: _file(path.read_bytes()) for path in paths}
    return Runtime(directory, f"{version}-{content_name(paths)}", files)


def _file(content: bytes) -> File:
    return File(len(content), hashlib.sha256(content).hexdigest())


def _make(directory: Path, npm: Path, package: Path, shipped: list[Path]) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as temporary:
        target = Path(temporary) / "runtime"
        target.mkdir()
        for name in _AS_THEY_ARE:
            shutil.copyfile(npm / name, target / name)
        loader = (npm / _LOADER).read_text(encoding="utf-8")
        (target / _LOADER).write_text(_without_foreign_hosts(loader), encoding="utf-8")
        work, made = Path(temporary) / "wheel", Path(temporary) / "made"
        made.mkdir()
        wheel = _build_wheel(package, shipped, work, made)
        _write_lock(npm / _LOCK, wheel, target / _LOCK)
        image = made / IMAGE
        image.write_bytes(_image(npm, work))
        library = _kept_library(npm, package, directory.parent)
        if not library.exists():
            shutil.copyfile(npm / _STANDARD_LIBRARY, made / _STANDARD_LIBRARY)
        _compile(npm, made)
        if not library.exists():
            put_in_place(made / _STANDARD_LIBRARY, library)
        shutil.copyfile(library, target / _STANDARD_LIBRARY)
        image.with_name(f"{IMAGE}.gz").rename(target / IMAGE)
        compiled = next(made.glob("*.whl"))
        compiled.rename(target / compiled.name)
        _name_in_lock(target / compiled.name, target / _LOCK)
        put_in_place(target, directory)


def _image(npm: Path, app: Path) -> bytes:
    try:
        return make_image(npm, app)
    except (ImageError, WasmError) as error:
        raise RuntimePackError(f"no image of Python can be made of {npm}: {error}") from error


def _kept_library(npm: Path, package: Path, cache: Path) -> Path:
    """Where the standard library is kept as bytecode; it changes only with Pyodide."""
    compiler = [package / "site" / "assets" / "bytecode" / name for name in COMPILER]
    sources = [path for path in compiler if path.is_file()]
    return cache / f"library-{_digest([*sources, npm / _STANDARD_LIBRARY, npm / _WASM])}.zip"


def _compile(npm: Path, folder: Path) -> None:
    try:
        compile_folder(npm, folder)
    except CompileError as error:
        raise RuntimePackError(str(error)) from error


def _without_foreign_hosts(loader: str) -> str:
    for text, instead in _TAKEN_OUT.items():
        if (count := loader.count(text)) != 1:
            raise RuntimePackError(
                f"{_LOADER}: {text} stands there {count} times, not once; "
                "this Pyodide is new to us, see what it would fetch and mend runtime.py"
            )
        loader = loader.replace(text, instead)
    return loader


def shipped_files(package: Path) -> list[Path]:
    """Return the files of our package that go to the browser, in a fixed order."""
    return sorted(path for pattern in _SHIPPED for path in package.glob(pattern))


def _build_wheel(package: Path, shipped: list[Path], work: Path, target: Path) -> Path:
    """Build a wheel of just the files that ship, with the ordinary tools."""
    for path in shipped:
        copy = work / path.relative_to(package.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    whole = tomllib.loads((package.parent / "pyproject.toml").read_text(encoding="utf-8"))
    version, python = (whole["project"][name] for name in ("version", "requires-python"))
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
    """Write a lock that knows our wheel and nothing else: 119 kB less to fetch."""
    info = json.loads(npm_lock.read_text(encoding="utf-8"))["info"]
    target.write_text(json.dumps({"info": info, "packages": {}}), encoding="utf-8")
    _run(
        *("pyodide_cli", "lockfile", "add-wheels"),
        *("--input", str(target), "--output", str(target), "--base-path", str(wheel.parent)),
        str(wheel),
    )


def _name_in_lock(wheel: Path, lock: Path) -> None:
    """Name the compiled wheel instead of the one it was made from.

    The tool that writes locks refuses a wheel for one Python only, so it was given the other.
    """
    content = json.loads(lock.read_text(encoding="utf-8"))
    content["packages"][PACKAGE] |= {
        "file_name": wheel.name,
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
    }
    lock.write_text(json.dumps(content), encoding="utf-8")


def _run(module: str, *arguments: str) -> None:
    """Run a module of the build's Python; show what it printed only where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        # A wheel's files get this time.
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimePackError(
            f"python -m {module} {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        )


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_SHORT]
