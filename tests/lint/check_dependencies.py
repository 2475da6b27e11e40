"""The Python packages that are installed: pinned, with hashes, as wheels."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT

FOLDER = PROJECT / ".ci" / "requirements"
FILES = sorted(FOLDER.glob("*.txt"))
REQUIREMENT = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)(?: ; [^\\\n]+)? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
)
INSTALL = re.compile(r"pip install[^\n]*")


def normalized(name: str) -> str:
    """Return the name of a package as the files have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def groups() -> dict[str, list[str]]:
    """Return the requirements of each group of the project."""
    table = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    read: dict[str, list[str]] = table["dependency-groups"]
    return read


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def check_every_package_has_hashes(path: Path) -> None:
    """And a version; the file names no host."""
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    lines = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert REQUIREMENT.sub("", lines) == ""


def check_every_group_has_its_file() -> None:
    """With the versions that the project names."""
    assert {path.stem for path in FILES} == {*groups()}
    for group, requirements in groups().items():
        text = (FOLDER / f"{group}.txt").read_text(encoding="utf-8")
        pinned = {found["name"]: found["version"] for found in REQUIREMENT.finditer(text)}
        for name, version in (one.split("==") for one in requirements):
            assert pinned[normalized(name)] == version, name


def check_one_version_of_each_package() -> None:
    """The groups are installed into one environment."""
    versions: dict[str, set[str]] = {}
    for path in FILES:
        for found in REQUIREMENT.finditer(path.read_text(encoding="utf-8")):
            versions.setdefault(found["name"], set()).add(found["version"])
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def check_only_wheels_with_hashes_are_installed() -> None:
    """A source would run its own code; the project itself has no package beside it."""
    commands = INSTALL.findall((PROJECT / "Makefile").read_text(encoding="utf-8"))
    others = [one for one in commands if "--require-hashes --only-binary :all:" not in one]
    assert [one.split("pip install ")[1] for one in others] == [
        "--quiet --no-build-isolation --no-deps --editable ."
    ]
