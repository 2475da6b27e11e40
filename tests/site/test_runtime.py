"""Packing the Python runtime: what is in it, that it is reproducible, and how it fails."""

import gzip
import hashlib
import importlib.util
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from checklist.browser import handle
from checklist.site import image, runtime
from checklist.site.image.rehearsal import rehearsal
from checklist.site.runtime import PACKAGE, Runtime, RuntimePackError, pack
from tests.support.site_build import NPM, SOURCES

STOCK = (
    *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
    *("python_stdlib.zip", "pyodide-lock.json"),
)
NEW_MAGIC = importlib.util.MAGIC_NUMBER


def lock_of(packed: Runtime) -> dict[str, dict[str, dict[str, str]]]:
    """Return the lock that the loader reads."""
    lock: dict[str, dict[str, dict[str, str]]] = json.loads(
        (packed.directory / "pyodide-lock.json").read_text(encoding="utf-8")
    )
    return lock


def test_what_is_published(packed: Runtime) -> None:
    """The image, the loader, the wasm, the library, the lock and our wheel; no more."""
    wheel = lock_of(packed)["packages"][PACKAGE]["file_name"]
    assert set(packed.files) == {
        *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
        *("python_stdlib.zip", "pyodide-lock.json", wheel),
        "python.packed",
    }
    assert set(packed.files) == {path.name for path in packed.directory.iterdir()}


def test_it_is_named_by_what_it_holds(
    packed: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine that makes the same files publishes them under the same name."""
    monkeypatch.setattr(runtime, "_digest", lambda _: "elsewhere")
    folder = tmp_path / f"{packed.name.partition('-')[0]}-elsewhere"
    shutil.copytree(packed.directory, folder)
    assert pack(NPM, SOURCES, tmp_path).name == packed.name
    (folder / "pyodide.mjs").write_text("another", encoding="utf-8")
    assert pack(NPM, SOURCES, tmp_path).name != packed.name


def test_every_file_is_told_by_size_and_digest(packed: Runtime) -> None:
    """The page refuses what is not of these."""
    for name, file in packed.files.items():
        content = (packed.directory / name).read_bytes()
        assert file.size == len(content)
        assert file.digest == hashlib.sha256(content).hexdigest()


def test_the_image_is_wasm(packed: Runtime) -> None:
    """Compressed, for every host."""
    image = gzip.decompress((packed.directory / "python.packed").read_bytes())
    assert image.startswith(b"\0asm")


def test_the_image_is_small(packed: Runtime) -> None:
    """It is at most three fifths of what stock Pyodide loads from a host that compresses."""
    stock = sum(len(gzip.compress((NPM / name).read_bytes(), 6)) for name in STOCK)
    assert packed.files["python.packed"].size <= 0.6 * stock


def test_the_lock_knows_our_wheel_alone(packed: Runtime) -> None:
    """One package, with the hash of the very file."""
    packages = lock_of(packed)["packages"]
    assert list(packages) == [PACKAGE]
    wheel = packed.directory / packages[PACKAGE]["file_name"]
    assert packages[PACKAGE]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["python_stdlib.zip", "*.whl"])
def test_python_is_compiled(packed: Runtime, name: str) -> None:
    """Library and wheel hold this Python's bytecode and no source."""
    with zipfile.ZipFile(next(packed.directory.glob(name))) as archive:
        compiled = [entry for entry in archive.namelist() if entry.endswith(".pyc")]
        assert compiled
        assert [entry for entry in archive.namelist() if entry.endswith(".py")] == []
        assert {archive.read(entry)[:4] for entry in compiled} == {NEW_MAGIC}


def test_the_wheel_holds_what_ships(packed: Runtime) -> None:
    """Rules, texts and the door; no command line, no page, no plugin."""
    with zipfile.ZipFile(next(packed.directory.glob("*.whl"))) as wheel:
        inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    shipped = [SOURCES / "__init__.py", SOURCES / "browser.py"]
    for part in ("cases", "rules", "texts", "views"):
        shipped += SOURCES.glob(f"{part}/*.*")
    expected = {
        path.relative_to(SOURCES.parent).as_posix().replace(".py", ".pyc")
        for path in shipped
        if path.is_file()
    }
    assert inside == expected


def test_the_loader_names_no_host(packed: Runtime) -> None:
    """The content network that the loader falls back on is taken out."""
    for name in ("pyodide.mjs", "pyodide.asm.js"):
        text = (packed.directory / name).read_text(encoding="utf-8")
        assert "jsdelivr" not in text
        assert "sourceMappingURL" not in text


def test_same_inputs_same_bytes(packed: Runtime, tmp_path: Path) -> None:
    """Two builds on two days, the second into an empty cache, publish the same files."""
    again = pack(NPM, SOURCES, tmp_path)
    assert again.name == packed.name
    for name in packed.files:
        assert (again.directory / name).read_bytes() == (packed.directory / name).read_bytes()


def test_nothing_is_made_twice(packed: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing changed the cache answers."""
    monkeypatch.setattr(runtime, "_make", None)
    assert pack(NPM, SOURCES, packed.directory.parent) == packed


def test_a_build_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in the cache is whole or not there."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runtime, "_build_wheel", stop)
    with pytest.raises(KeyboardInterrupt):
        pack(NPM, SOURCES, tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def copy_of_npm(folder: Path) -> Path:
    """Return a copy of the npm package that may be spoilt."""
    return Path(shutil.copytree(NPM, folder / "pyodide"))


def test_a_runtime_that_was_not_fetched(tmp_path: Path) -> None:
    """The message says what is missing and what to run."""
    with pytest.raises(RuntimePackError, match=r"pyodide\.asm\.wasm.*run `make`"):
        pack(tmp_path / "nothing", SOURCES, tmp_path)


def test_a_runtime_of_another_python(tmp_path: Path) -> None:
    """Bytecode of one Python is of no use to another."""
    npm = copy_of_npm(tmp_path)
    lock = npm / "pyodide-lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace('"3.13.2"', '"3.14.1"'))
    with pytest.raises(RuntimePackError, match=r"Python 3\.14\.1.*runs on 3\.13"):
        pack(npm, SOURCES, tmp_path / "cache")


def test_a_loader_that_has_changed(tmp_path: Path) -> None:
    """A new Pyodide that names hosts elsewhere is looked at before it is published."""
    npm = copy_of_npm(tmp_path)
    loader = npm / "pyodide.mjs"
    loader.write_text(loader.read_text(encoding="utf-8").replace("cdn.jsdelivr.net", "cdn.else"))
    with pytest.raises(RuntimePackError, match=r"new to us.*runtime\.py"):
        pack(npm, SOURCES, tmp_path / "cache")


def test_a_wasm_that_is_none(tmp_path: Path) -> None:
    """The message says that the image cannot be made, of what, and why."""
    npm = copy_of_npm(tmp_path)
    (npm / "pyodide.asm.wasm").write_bytes(b"<!doctype html>")
    with pytest.raises(RuntimePackError, match=r"no image of Python .*no WebAssembly file"):
        pack(npm, SOURCES, tmp_path / "cache")


def test_an_image_that_answers_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image whose answers are not this Python's, to the letter, is not published."""
    monkeypatch.setattr(image, "rehearsal", lambda: rehearsal()[:50])  # all of it takes long
    monkeypatch.setattr(image, "handle", lambda request: f"{handle(request)} ")
    with pytest.raises(RuntimePackError, match=r"(?s)asked .*the image says .*Python here"):
        pack(NPM, SOURCES, tmp_path / "cache")
