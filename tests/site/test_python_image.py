"""The image of Python: made of any package, the same each time, and checked."""

import shutil
import subprocess
from pathlib import Path

import pytest

from checklist import python_image
from checklist.python_image import Application, ImageError, builder, make_image
from checklist.python_image.expectations import LIBRARY, failed
from checklist.python_image.findings import examine
from checklist.site.node import find_node
from tests.support.site_build import NPM

PACKAGE = """
import io
import json
import textwrap

def greet(request):
    name = json.loads(request)["name"]
    if name == "nobody":
        return textwrap.fill("There is nobody to greet", 10)
    lines = io.StringIO()
    print("Hello", file=lines)
    print(name, file=lines)
    return ", ".join(lines.getvalue().splitlines()) + "!"
"""
SAMPLES = """
import json

def samples():
    return [json.dumps({"name": name}) for name in ("Ada", "Grace", "Жанна")]
"""
ASK = """
import { readFileSync } from "node:fs";
const { openImage } = await import(process.argv[1]);
const { call } = openImage(new WebAssembly.Module(readFileSync(process.argv[2])));
for (const name of ["Barbara", "nobody"]) {
  try {
    console.log(call(JSON.stringify({ name })));
  } catch (error) {
    console.log(String(error));
  }
}
"""


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Application:
    """A package of a few lines, which answers with a greeting; Pyodide is checked elsewhere."""
    monkeypatch.setattr(builder, "require_expected", lambda *_: None)
    for folder, name, source in (("app", "greetings", PACKAGE), ("more", "examples", SAMPLES)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").write_text(source, encoding="utf-8")
    return Application(
        folder=tmp_path / "app",
        entry_point="greetings:greet",
        samples=tmp_path / "more",
        requests="examples:samples",
    )


def test_any_package_can_be_in_an_image(application: Application, tmp_path: Path) -> None:
    """The same inputs give the same bytes; what no sample needed is left out, and says so."""
    image = make_image(NPM, application, find_node())
    assert make_image(NPM, application, find_node()) == image
    file = tmp_path / "image.wasm"
    file.write_bytes(image)
    loader = (Path(python_image.__file__).parent / "loader.js").as_uri()
    done = subprocess.run(
        [find_node(), "--input-type=module", "-e", ASK, loader, str(file)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    greeting, error = done.stdout.splitlines()
    assert greeting == "Hello, Barbara!"
    assert error == "RuntimeError: unreachable"


def test_a_package_with_a_mistake_is_reported(application: Application) -> None:
    """With Python's own message."""
    (application.folder / "greetings.py").write_text("1 / 0", encoding="utf-8")
    with pytest.raises(ImageError, match=r"(?s)snapshot\.mjs failed.*ZeroDivisionError"):
        make_image(NPM, application, find_node())


def test_an_image_that_answers_differently_is_not_made(application: Application) -> None:
    """Its responses to all samples are compared with those of the complete Python."""
    clock = (
        "import itertools\ncount = itertools.count()\ndef greet(_):\n    return str(next(count))"
    )
    (application.folder / "greetings.py").write_text(clock, encoding="utf-8")
    with pytest.raises(ImageError, match=r"image: 3\nresponse of Python: 1"):
        make_image(NPM, application, find_node())


def test_the_pinned_pyodide_is_as_expected() -> None:
    """All is found by a start in Node; names that its library lacks are found to be missing."""
    names = ("gc.melt", "no_such_module.name")
    findings = examine(NPM, find_node(), (*LIBRARY, *names))
    assert {*findings.started} == {"names", "globals", "missing", "heap"}
    assert [problem.partition(" (")[0] for problem in failed(findings)] == [
        f"standard library: Python's library has no {name}" for name in names
    ]


def test_a_script_that_is_a_module_is_loaded(tmp_path: Path) -> None:
    """As Pyodide's is since 314; all else is as expected."""
    npm = Path(shutil.copytree(NPM, tmp_path / "pyodide"))
    script = npm / "pyodide.asm.js"
    code = script.read_text(encoding="utf-8")
    (npm / "pyodide.asm.mjs").write_text(
        f"{code}\nexport default _createPyodideModule;", encoding="utf-8"
    )
    script.unlink()
    assert failed(examine(npm, find_node(), LIBRARY)) == []


@pytest.mark.parametrize(
    ("old", "new", "expectations_that_fail"),
    [
        (
            "_createPyodideModule",
            "_createAnotherModule",
            {
                *("start in Node", "interpreter's functions", "layout of memory"),
                *("memory allocator", "standard library"),
            },
        ),
        ('Module["_malloc_trim"]', 'Module["_trim"]', {"interpreter's functions"}),
        (
            'Module["_Py_InitializeEx"]',
            'Module["_Py_Start"]',
            {
                *("start in Node", "interpreter's functions"),
                *("memory allocator", "standard library"),
            },
        ),
    ],
)
def test_another_script_of_pyodide(
    tmp_path: Path, old: str, new: str, expectations_that_fail: set[str]
) -> None:
    """What cannot be checked because of another difference is named as well."""
    npm = Path(shutil.copytree(NPM, tmp_path / "pyodide"))
    script = npm / "pyodide.asm.js"
    script.write_text(script.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = failed(examine(npm, find_node(), LIBRARY))
    assert {problem.split(":")[0] for problem in problems} == expectations_that_fail
