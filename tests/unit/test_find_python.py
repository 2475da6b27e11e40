"""Which Python the set-up takes: the newest that works, wherever it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT


def put(folder: Path, name: str, version: str = "") -> None:
    """Put a program there: a Python of some version, or one that fails as shims do."""
    folder.mkdir(parents=True, exist_ok=True)
    major, minor = version.split(".")[:2] if version else ("", "")
    does = f"echo {major}{minor}" if version else "exit 127"
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with just the tools that the script itself needs."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "rm", "touch", "awk", "cat", "mkdir", "chmod"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def found(*path: Path, home: Path) -> str:
    """Return what the script finds."""
    done = subprocess.run(
        [str(PROJECT / ".ci" / "find-python")],
        env={"PATH": os.pathsep.join(map(str, path)), "HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    program = done.stdout.strip()
    return shutil.which(program, path=os.pathsep.join(map(str, path))) or program


def test_the_newest_is_taken(tools: Path, tmp_path: Path) -> None:
    """Whatever it is called and wherever in PATH it is; one that is too old counts for nothing."""
    one, other = tmp_path / "one", tmp_path / "other folder"
    put(one, "python3", "3.11.7")
    put(one, "python3.12", "3.12.9")
    assert found(one, other, tools, home=tmp_path) == str(one / "python3.12")
    put(other, "python3.13", "3.13.10")
    assert found(one, other, tools, home=tmp_path) == str(other / "python3.13")


def test_a_shim_that_fails_is_passed_over(tools: Path, tmp_path: Path) -> None:
    """Where no other is in PATH, what pyenv has installed is taken."""
    shims = tmp_path / "shims"
    put(shims, "python3")
    put(shims, "python3.12")
    versions = tmp_path / ".pyenv" / "versions"
    for version in ("3.9.18", "3.12.1"):
        put(versions / version / "bin", "python3", version)
    assert found(shims, tools, home=tmp_path) == str(versions / "3.12.1" / "bin" / "python3")


def test_the_one_that_runs_this_will_do(tools: Path, tmp_path: Path) -> None:
    """A real one is asked for its version, and names itself."""
    (tmp_path / "python3").symlink_to(sys.executable)
    assert found(tmp_path, tools, home=tmp_path) == str(tmp_path / "python3")


def test_none_is_found(tools: Path, tmp_path: Path) -> None:
    """Then it prints nothing, and `make` says what to do."""
    put(tmp_path / "shims", "python3")
    assert found(tmp_path / "shims", tools, home=tmp_path) == ""


@pytest.mark.parametrize("uv", [True, False])
def test_without_a_python(tools: Path, tmp_path: Path, *, uv: bool) -> None:
    """`make` asks uv for one; where there is none either, one line says what to do."""
    (tmp_path / ".ci").mkdir()
    for name in ("Makefile", ".python-version", ".ci/find-python", ".ci/constraints.txt"):
        shutil.copy(PROJECT / name, tmp_path / name)
    if uv:
        script = "mkdir -p .venv/bin; echo '#!/bin/sh' > .venv/bin/python; echo \"$@\" > asked"
        (tools / "uv").write_text(f"#!/bin/sh\n{script}\nchmod +x .venv/bin/python\n")
        (tools / "uv").chmod(0o755)
    done = subprocess.run(
        [str(shutil.which("make")), ".venv/.python"],
        cwd=tmp_path,
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if uv:
        assert done.returncode == 0, done.stderr
        asked = (tmp_path / "asked").read_text(encoding="utf-8")
        assert asked == "venv --quiet --allow-existing --seed --python >=3.12 .venv\n"
    else:
        assert done.returncode != 0
        (line, _) = done.stderr.splitlines()  # the other is make's own
        assert "Python 3.12 or newer" in line
