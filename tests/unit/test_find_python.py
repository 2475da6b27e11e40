"""The Python that the set-up takes: the chosen one, else the newest that works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT


def put(folder: Path, name: str, version: str = "") -> None:
    """Put a program into a folder: a Python of some version, or one that fails as shims do."""
    folder.mkdir(parents=True, exist_ok=True)
    major, minor = version.split(".")[:2] if version else ("", "")
    does = f"echo {major}{minor}" if version else "exit 127"
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with only the tools that the script itself needs."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "rm", "touch", "awk", "cat", "mkdir", "chmod"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def run_script(*path: Path, home: Path, chosen: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script, with ``chosen`` as the value of PYTHON."""
    return subprocess.run(
        [str(PROJECT / ".ci" / "find-python")],
        env={"PATH": os.pathsep.join(map(str, path)), "HOME": str(home), "PYTHON": chosen},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def found(*path: Path, home: Path, chosen: str = "") -> str:
    """Return the path of the Python that the script finds; an empty string if it finds none."""
    done = run_script(*path, home=home, chosen=chosen)
    assert (done.returncode, done.stderr) == (0, "")
    program = done.stdout.strip()
    return shutil.which(program, path=os.pathsep.join(map(str, path))) or program


def test_the_newest_python_is_used(tools: Path, tmp_path: Path) -> None:
    """Whatever its name and its place in PATH; one that is too old is ignored."""
    one, other = tmp_path / "one", tmp_path / "other folder"
    put(one, "python3", "3.11.7")
    put(one, "python3.12", "3.12.9")
    assert found(one, other, tools, home=tmp_path) == str(one / "python3.12")
    put(other, "python3.13", "3.13.10")
    assert found(one, other, tools, home=tmp_path) == str(other / "python3.13")


def test_the_chosen_python_is_used(tools: Path, tmp_path: Path) -> None:
    """PYTHON is its name or its path; a newer one is not taken instead."""
    programs = tmp_path / "programs"
    put(programs, "python3", "3.14.2")
    put(programs, "python3.12", "3.12.9")
    chosen = str(programs / "python3.12")
    assert found(programs, tools, home=tmp_path, chosen="python3.12") == chosen
    assert found(programs, tools, home=tmp_path, chosen=chosen) == chosen


@pytest.mark.parametrize("version", ["3.11.7", ""], ids=["too old", "a shim that fails"])
def test_a_chosen_python_that_is_unsuitable_is_an_error(
    tools: Path, tmp_path: Path, version: str
) -> None:
    """The script takes no other Python in its place, and names the one that was chosen."""
    programs = tmp_path / "programs"
    put(programs, "python3", "3.13.1")
    put(programs, "other", version)
    done = run_script(programs, tools, home=tmp_path, chosen="other")
    assert (done.returncode, done.stdout) == (1, "")
    assert "PYTHON=other " in done.stderr


def test_a_shim_that_fails_is_ignored(tools: Path, tmp_path: Path) -> None:
    """Where PATH has no other Python, one that pyenv has installed is taken."""
    shims = tmp_path / "shims"
    put(shims, "python3")
    put(shims, "python3.12")
    versions = tmp_path / ".pyenv" / "versions"
    for version in ("3.9.18", "3.12.1"):
        put(versions / version / "bin", "python3", version)
    assert found(shims, tools, home=tmp_path) == str(versions / "3.12.1" / "bin" / "python3")


def test_a_real_python_is_found(tools: Path, tmp_path: Path) -> None:
    """The one that runs the tests."""
    (tmp_path / "python3").symlink_to(sys.executable)
    assert found(tmp_path, tools, home=tmp_path) == str(tmp_path / "python3")


def test_no_python_is_found(tools: Path, tmp_path: Path) -> None:
    """The script prints nothing, and `make` says what to do."""
    put(tmp_path / "shims", "python3")
    assert found(tmp_path / "shims", tools, home=tmp_path) == ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with what `make` needs to make an environment."""
    folder = tmp_path / "project"
    requirements = ".ci/requirements/pip.txt"
    (folder / requirements).parent.mkdir(parents=True)
    for name in ("Makefile", ".python-version", ".ci/find-python", requirements):
        shutil.copy(PROJECT / name, folder / name)
    return folder


def make_environment(
    project: Path, tools: Path, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Have `make` make the environment."""
    return subprocess.run(
        [str(shutil.which("make")), *arguments, ".venv/.python"],
        cwd=project,
        env={"PATH": str(tools), "HOME": str(project), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


FAKE_ENVIRONMENT = """mkdir -p .venv/bin
echo '#!/bin/sh' > .venv/bin/python
chmod +x .venv/bin/python"""
"""Makes an environment whose Python does nothing."""


def put_uv(tools: Path) -> None:
    """Put a program `uv` there that notes its arguments and makes an environment."""
    script = f'#!/bin/sh\necho "$@" > arguments\n{FAKE_ENVIRONMENT}\n'
    (tools / "uv").write_text(script, encoding="utf-8")
    (tools / "uv").chmod(0o755)


def test_make_asks_uv_where_there_is_no_python(project: Path, tools: Path) -> None:
    """It makes the environment with a Python that uv finds or fetches."""
    put_uv(tools)
    done = make_environment(project, tools)
    assert done.returncode == 0, done.stderr
    arguments = (project / "arguments").read_text(encoding="utf-8")
    assert arguments == "venv --quiet --allow-existing --seed --python >=3.12 .venv\n"


def test_make_says_what_to_do_where_there_is_no_python_and_no_uv(
    project: Path, tools: Path
) -> None:
    """In one line, beside the one that `make` itself adds."""
    done = make_environment(project, tools)
    assert done.returncode != 0
    (line, _) = done.stderr.splitlines()
    assert "Python 3.12 or newer" in line


@pytest.mark.parametrize("is_argument", [True, False])
def test_make_takes_the_chosen_python(project: Path, tools: Path, *, is_argument: bool) -> None:
    """PYTHON may be an argument of `make` or a variable of the environment."""
    put(tools, "python3", "3.14.2")
    script = f'[ "$1" != -m ] && echo 312 && exit\necho "$@" > arguments\n{FAKE_ENVIRONMENT}\n'
    (tools / "chosen").write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    (tools / "chosen").chmod(0o755)
    if is_argument:
        done = make_environment(project, tools, "PYTHON=chosen")
    else:
        done = make_environment(project, tools, PYTHON="chosen")
    assert done.returncode == 0, done.stderr
    assert (project / "arguments").read_text(encoding="utf-8") == "-m venv .venv\n"


def test_make_does_not_ask_uv_instead_of_a_chosen_python(project: Path, tools: Path) -> None:
    """A choice that cannot be followed is an error."""
    put_uv(tools)
    put(tools, "python3", "3.14.2")
    done = make_environment(project, tools, PYTHON="python3.12")
    assert done.returncode != 0
    assert "PYTHON=python3.12 " in done.stderr
    assert not (project / ".venv").exists()
