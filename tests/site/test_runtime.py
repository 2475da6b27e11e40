"""The packed Python runtime: its contents, reproducibility, and error messages."""

import gzip
import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
import zstandard

from checklist.site.assets import image, runtime
from checklist.site.assets.bytecode import CompileError, compile_folder
from checklist.site.assets.runtime import PACKAGE, Runtime, RuntimePackError, pack
from checklist.site.files import content_name
from checklist.texts import load
from tests.support.site_build import NPM, SOURCES

PYODIDE_FILES = (
    *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
    *("python_stdlib.zip", "pyodide-lock.json"),
)
MAGIC = re.compile(rb"MAGIC_NUMBER = \((\d+)\)\.to_bytes\(2, 'little'\)")


def lock_of(packed: Runtime) -> dict[str, dict[str, dict[str, str]]]:
    """Return the lock file that the loader reads."""
    lock: dict[str, dict[str, dict[str, str]]] = json.loads(
        (packed.directory / "pyodide-lock.json").read_text(encoding="utf-8")
    )
    return lock


def image_in(packed: Runtime) -> bytes:
    """Return the decompressed image."""
    return zstandard.decompress((packed.directory / "python.packed").read_bytes())


def test_published_files(packed: Runtime) -> None:
    """The image, the loader, the wasm, the library, the lock file and our wheel; no others."""
    wheel = lock_of(packed)["packages"][PACKAGE]["file_name"]
    assert wheel.endswith(f"-{python_of_pyodide()}-none-any.whl")
    assert set(packed.files) == {
        *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
        *("python_stdlib.zip", "pyodide-lock.json", wheel),
        "python.packed",
    }
    assert set(packed.files) == {path.name for path in packed.directory.iterdir()}
    assert wheel.endswith(f"-{python_of_pyodide()}-none-any.whl")


def test_the_name_has_a_digest_of_the_contents(
    packed: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files have the same name, whatever they were made from."""

    def other_name_of_sources(files: list[Path]) -> str:
        return "elsewhere" if any(NPM in path.parents for path in files) else content_name(files)

    monkeypatch.setattr("checklist.site.assets.runtime.content_name", other_name_of_sources)
    folder = tmp_path / f"{packed.name.partition('-')[0]}-elsewhere"
    shutil.copytree(packed.directory, folder)
    assert pack(NPM, SOURCES, tmp_path).name == packed.name
    (folder / "pyodide.mjs").write_text("another", encoding="utf-8")
    assert pack(NPM, SOURCES, tmp_path).name != packed.name


def test_every_file_has_its_size_and_digest_in_the_page(packed: Runtime) -> None:
    """The page rejects files that differ."""
    for name, file in packed.files.items():
        content = (packed.directory / name).read_bytes()
        assert file.size == len(content)
        assert file.digest == hashlib.sha256(content).hexdigest()


def test_the_image_is_wasm(packed: Runtime) -> None:
    """It is compressed by the build, as not every host compresses."""
    image = image_in(packed)
    assert image.startswith(b"\0asm")


def test_the_image_has_no_path_of_the_build_machine(packed: Runtime) -> None:
    """It is the same on every machine, and reveals nothing about the machine."""
    image = image_in(packed)
    assert str(SOURCES.parent).encode() not in image
    assert b".mjs" not in image


def test_the_image_has_no_words_of_pages(packed: Runtime) -> None:
    """Those that no code in it names are left out; the others are there."""
    image = image_in(packed)
    texts = load("en")
    assert texts("verdicts.step_back.title").encode() in image
    assert texts("privacy.removed").encode() not in image


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"os.write() didn't write the full pyc file", id="a frozen module"),
        pytest.param("亜唖娃阿哀愛挨姶逢葵".encode("utf-16-le"), id="Japanese"),
        pytest.param("가각간갇갈갉갊감갑값".encode("utf-16-le"), id="Korean"),
        pytest.param("啊阿埃挨哎唉哀皑癌蔼".encode("utf-16-le"), id="Chinese"),
        pytest.param(b"append($self, object, /)\n--", id="a docstring"),
        pytest.param("℁🧑☬".encode("utf-32-le"), id="characters by their names"),
    ],
)
def test_the_image_has_no_constants_that_it_cannot_use(packed: Runtime, content: bytes) -> None:
    """Bytecode of frozen modules, tables of codecs (C's own library has them too), docstrings."""
    assert content in (NPM / "pyodide.asm.wasm").read_bytes()
    assert content not in image_in(packed)


def test_an_image_is_made_again_only_if_what_is_in_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that only pages say are not in it."""
    made: list[bytes] = []

    def make_image(*_: object) -> bytes:
        made.append(b"\0asm")
        return made[-1]

    monkeypatch.setattr(image, "make_image", make_image)
    texts = tmp_path / "app" / "texts" / "en.toml"
    texts.parent.mkdir(parents=True)
    (tmp_path / "app" / "code.py").write_text('TITLE = "used.title"', encoding="utf-8")
    for text, times in (
        ('[used]\ntitle = "a"\n[page]\ntitle = "a"', 1),
        ('[used]\ntitle = "a"\n[page]\ntitle = "b"', 1),
        ('[used]\ntitle = "b"\n[page]\ntitle = "b"', 2),
        ('[used]\ntitle = "a"\n[page]\ntitle = "b"', 2),
    ):
        texts.write_text(text, encoding="utf-8")
        image.image_of(NPM, SOURCES, tmp_path / "app", tmp_path)
        assert len(made) == times, text


def test_the_image_is_small(packed: Runtime) -> None:
    """At most a third of what Pyodide's own files take from a host that compresses."""
    pyodide = sum(len(gzip.compress((NPM / name).read_bytes(), 6)) for name in PYODIDE_FILES)
    assert packed.files["python.packed"].size <= pyodide / 3


def test_the_lock_file_has_only_our_wheel(packed: Runtime) -> None:
    """With the digest of that file."""
    packages = lock_of(packed)["packages"]
    assert list(packages) == [PACKAGE]
    wheel = packed.directory / packages[PACKAGE]["file_name"]
    assert packages[PACKAGE]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["python_stdlib.zip", "*.whl"])
def test_python_is_compiled(packed: Runtime, name: str) -> None:
    """Library and wheel contain bytecode for Pyodide's Python, and no source."""
    with zipfile.ZipFile(NPM / "python_stdlib.zip") as library:
        match = MAGIC.search(library.read("importlib/_bootstrap_external.py"))
    assert match
    magic = int(match[1]).to_bytes(2, "little") + b"\r\n"
    with zipfile.ZipFile(next(packed.directory.glob(name))) as archive:
        compiled = [entry for entry in archive.namelist() if entry.endswith(".pyc")]
        assert compiled
        assert [entry for entry in archive.namelist() if entry.endswith(".py")] == []
        assert {archive.read(entry)[:4] for entry in compiled} == {magic}


def test_the_wheel_has_only_shipped_files(packed: Runtime) -> None:
    """Rules, advice, texts, clients, views, entry point; no command line and no plugin."""
    with zipfile.ZipFile(next(packed.directory.glob("*.whl"))) as wheel:
        inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    shipped = [SOURCES / "__init__.py", SOURCES / "browser.py"]
    for part in ("advice", "clients", "rules", "texts", "views"):
        shipped += SOURCES.glob(f"{part}/*.*")
    expected = {
        path.relative_to(SOURCES.parent).as_posix().replace(".py", ".pyc")
        for path in shipped
        if path.is_file()
    }
    assert inside == expected


def test_the_loader_has_no_address_of_another_host(packed: Runtime) -> None:
    """Its default address is removed."""
    for name in ("pyodide.mjs", "pyodide.asm.js"):
        text = (packed.directory / name).read_text(encoding="utf-8")
        assert "jsdelivr" not in text
        assert "sourceMappingURL" not in text


@pytest.mark.parametrize("name", ["python_stdlib.zip", "*.whl"])
def test_archives_are_the_same_on_every_machine(packed: Runtime, name: str) -> None:
    """Times and permissions are fixed, and every entry is compressed in the same way."""
    with zipfile.ZipFile(next(packed.directory.glob(name))) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.external_attr >> 16, entry.compress_type) == (0o100644, 8)


def test_the_same_source_gives_the_same_bytecode(tmp_path: Path) -> None:
    """Also for sets, whose order depends on the hash seed."""
    made = []
    for name in ("one", "other"):
        folder = tmp_path / name
        folder.mkdir()
        with zipfile.ZipFile(folder / "code-1-py2.py3-none-any.whl", "w") as wheel:
            wheel.writestr("code.py", "def f(x): return x in {'a', 'b', 'c', 'd', None, 1, 2.0}")
            wheel.writestr("words.toml", "a = 1")
        compile_folder(NPM, folder)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    (wheel_name,) = made[0]
    assert wheel_name == f"code-1-{python_of_pyodide()}-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(made[0][wheel_name])) as wheel:
        assert wheel.namelist() == ["code.pyc", "words.toml"]


def python_of_pyodide() -> str:
    """Return the tag of Pyodide's Python, as in the names of wheels."""
    lock = json.loads((NPM / "pyodide-lock.json").read_text(encoding="utf-8"))
    return "cp" + "".join(lock["info"]["python"].split(".")[:2])


def test_a_syntax_error_is_reported(tmp_path: Path) -> None:
    """With Pyodide's message: the file and the line."""
    with zipfile.ZipFile(tmp_path / "code.zip", "w") as archive:
        archive.writestr("bad.py", "1 +")
    with pytest.raises(CompileError, match=r"(?s)could not compile .*bad\.py.*invalid syntax"):
        compile_folder(NPM, tmp_path)


def test_an_unchanged_runtime_comes_from_the_cache(
    packed: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made again."""
    monkeypatch.setattr(runtime, "_make", None)
    assert pack(NPM, SOURCES, packed.directory.parent) == packed


def test_an_interrupted_build_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in the cache is complete or does not exist."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(runtime, "_build_wheel", stop)
    with pytest.raises(KeyboardInterrupt):
        pack(NPM, SOURCES, tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def copy_of_npm(folder: Path) -> Path:
    """Return a copy of the npm package that a test may change."""
    return Path(shutil.copytree(NPM, folder / "pyodide"))


def test_a_runtime_that_was_not_fetched(tmp_path: Path) -> None:
    """The message says what is missing and which command to run."""
    with pytest.raises(RuntimePackError, match=r"pyodide\.asm\.wasm.*run `make`"):
        pack(tmp_path / "nothing", SOURCES, tmp_path)


def test_a_loader_that_has_changed(tmp_path: Path) -> None:
    """A new Pyodide with other addresses has to be reviewed before it is published."""
    npm = copy_of_npm(tmp_path)
    loader = npm / "pyodide.mjs"
    loader.write_text(loader.read_text(encoding="utf-8").replace("cdn.jsdelivr.net", "cdn.else"))
    with pytest.raises(RuntimePackError, match=r"not reviewed.*runtime\.py"):
        pack(npm, SOURCES, tmp_path / "cache")


def test_a_pyodide_that_is_not_as_expected(tmp_path: Path) -> None:
    """The build stops, names each expectation that failed, and says how to build without it."""
    npm = copy_of_npm(tmp_path)
    (npm / "pyodide.asm.wasm").write_bytes(b"<!doctype html>")
    with pytest.raises(RuntimePackError) as caught:
        pack(npm, SOURCES, tmp_path / "cache")
    message = str(caught.value)
    assert message.startswith("no image of Python can be made: Pyodide 0.")
    assert "- sections of the wasm file: pyodide.asm.wasm: not a WebAssembly file" in message
    assert "- start in Node: it failed" in message
    assert "`PYTHON_IMAGE=no make build`" in message
