"""The Python runtime for the browser, twice: as an image, and in parts for an ordinary start.

The image is what a visitor gets. The parts are Pyodide from npm, compiled, with our package in
its lock; they are for browsers that cannot use the image.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checklist.site.image import ImageError, make_image
from checklist.site.image.wasm import WasmError
from checklist.site.publish import content_name, put_in_place

PACKAGE: Final = "client-checklist"
# Compressed by us, as not every host compresses. The name tells a host nothing of that: it might
# otherwise say that the browser is to unpack it.
IMAGE: Final = "python.packed"

_LOADER: Final = "pyodide.mjs"
_STANDARD_LIBRARY: Final = "python_stdlib.zip"
_LOCK: Final = "pyodide-lock.json"
_AS_THEY_ARE: Final = ("pyodide.asm.js", "pyodide.asm.wasm")
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
    "cases/*.py",
    "rules/*.py",
    "texts/*.py",
    "texts/*.toml",
    "views/*.py",
)
_IMAGE_MAKERS: Final = ("site/image/*", "page/image.js")
_SHORT: Final = 8
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


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
    _require_same_python(npm / _LOCK)
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    shipped = shipped_files(package)
    makers = [path for part in _IMAGE_MAKERS for path in sorted(package.glob(part))]
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
        _compiled_library(npm / _STANDARD_LIBRARY, directory.parent, target / _STANDARD_LIBRARY)
        work = Path(temporary) / "wheel"
        wheel = _build_wheel(package, shipped, work, target)
        _write_image(npm, work, target)
        _write_lock(npm / _LOCK, wheel, target / _LOCK)
        _compile(wheel)
        _name_in_lock(next(target.glob("*.whl")), target / _LOCK)
        put_in_place(target, directory)


def _write_image(npm: Path, app: Path, target: Path) -> None:
    try:
        image = make_image(npm, app)
    except (ImageError, WasmError) as error:
        raise RuntimePackError(f"no image of Python can be made of {npm}: {error}") from error
    (target / IMAGE).write_bytes(gzip.compress(image, mtime=0))


def _require_same_python(lock: Path) -> None:
    """Bytecode is of one Python: ours must be the runtime's, up to the last figure."""
    theirs = json.loads(lock.read_text(encoding="utf-8"))["info"]["python"]
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not theirs.startswith(f"{ours}."):
        raise RuntimePackError(
            f"{lock}: this Pyodide is Python {theirs} and the build runs on {ours}; "
            f"build with Python {theirs} or pin a Pyodide of {ours} in package.json"
        )


def _without_foreign_hosts(loader: str) -> str:
    for text, instead in _TAKEN_OUT.items():
        if (count := loader.count(text)) != 1:
            raise RuntimePackError(
                f"{_LOADER}: {text} stands there {count} times, not once; "
                "this Pyodide is new to us, see what it would fetch and mend runtime.py"
            )
        loader = loader.replace(text, instead)
    return loader


def _compiled_library(source: Path, cache: Path, target: Path) -> None:
    """The standard library as bytecode; it changes only with Pyodide, so it is kept apart."""
    kept = cache / f"library-{_digest([Path(__file__), source])}.zip"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            compiled = Path(temporary) / source.name
            shutil.copyfile(source, compiled)
            _compile(compiled)
            compiled.rename(kept)
    shutil.copyfile(kept, target)


def shipped_files(package: Path) -> list[Path]:
    """Return the files of our package that go to the browser, in a fixed order."""
    return sorted(path for pattern in _SHIPPED for path in package.glob(pattern))


def _build_wheel(package: Path, shipped: list[Path], work: Path, target: Path) -> Path:
    """Build a wheel of just the files that ship, with the ordinary tools."""
    for path in shipped:
        copy = work / path.relative_to(package.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    project = tomllib.loads((package.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (work / "pyproject.toml").write_text(
        _WHEEL_PROJECT.format(name=PACKAGE, version=project["project"]["version"]),
        encoding="utf-8",
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


def _compile(archive: Path) -> None:
    """Compile a zip or wheel in place, reproducibly; a wheel's file gets a new name."""
    folder = archive.parent
    before = set(folder.iterdir())
    _run("pyodide_cli", "py-compile", "--silent", "--no-keep", str(archive))
    for path in {*(set(folder.iterdir()) - before), *([archive] if archive.exists() else [])}:
        _settle_times(path)


def _settle_times(archive: Path) -> None:
    """Write the archive again with every entry at one fixed time: same inputs, same bytes."""
    settled = archive.with_suffix(".settled")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(settled, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = entry.compress_type
            fixed.external_attr = entry.external_attr
            new.writestr(fixed, old.read(entry))
    settled.replace(archive)


def _run(module: str, *arguments: str) -> None:
    """Run a module of the build's Python; show what it printed only where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        # A fixed time makes bytecode carry its source's hash instead of the time of day.
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
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_SHORT]
