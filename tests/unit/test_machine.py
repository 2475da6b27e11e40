"""Installing the programs that the tests need."""

from pathlib import Path

import pytest

from tests.support.machine import PROGRAMS, main


@pytest.mark.parametrize(("ci", "gets"), [("true", True), ("", False)])
def test_missing_programs_are_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, ci: str, gets: bool
) -> None:
    """In CI with sudo, one package at a time; elsewhere sudo is not used."""
    done = tmp_path / "done"
    for name, does in (("sudo", f'echo "$@" >> {done}'), ("apt-get", "true"), ("env", "true")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    for finds in ("find_browser", "find_shell"):
        monkeypatch.setattr(f"tests.support.machine.{finds}", lambda: "/usr/bin/chromium")
    monkeypatch.setattr("tests.support.machine.SERVERS", "")
    assert main() == 0
    commands = done.read_text(encoding="utf-8").splitlines() if done.exists() else []
    assert [line.rpartition(" install ")[2] for line in commands if " install " in line] == (
        [*PROGRAMS] if gets else []
    )
