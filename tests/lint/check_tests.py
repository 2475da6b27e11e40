"""The layout of the tests: what several modules need is in ``tests/support``."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT

TESTS = PROJECT / "tests"
MODULES = sorted(path for path in TESTS.rglob("*.py") if path.name != "__init__.py")
SHARED = ("tests.support", "tests.bench")


def imported_by(source: str) -> set[str]:
    """Return the full names that a source imports from the tests, whatever form the import has."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # A relative name begins with a dot, and is reported as it is written.
            start = "." * node.level + (node.module or "")
            names |= {f"{start}.{alias.name}" for alias in node.names}
    return {name for name in names if name.startswith((".", "tests.")) or name == "tests"}


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    """Tell whether a name is that of one of the packages, or of something in it."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TESTS).as_posix())
def check_no_test_module_is_imported(path: Path) -> None:
    """Only helpers are imported; the measurements in ``tests/bench`` import each other as well."""
    allowed = SHARED if path.is_relative_to(TESTS / "bench") else SHARED[:1]
    imported = imported_by(path.read_text(encoding="utf-8"))
    assert [name for name in imported if not is_in(name, allowed)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from tests.unit.test_cli import run",
        "from tests.unit import test_cli",
        "from tests import unit",
        "import tests",
        "import tests.unit.test_cli",
        "import json, tests.unit.test_cli as cli",
        "from .test_cli import run",
        "from . import test_cli",
        "def test() -> None:\n    import tests.unit.test_cli",
        "from tests.supporters import run",
    ],
)
def check_an_import_of_a_test_module_is_found(source: str) -> None:
    """Every form of an import is read, inside a function too."""
    assert [name for name in imported_by(source) if not is_in(name, SHARED)] != []


@pytest.mark.parametrize(
    "source",
    ["from tests.support import large", "import tests.support.large", "import tests_of_others"],
)
def check_other_imports_are_allowed(source: str) -> None:
    """Those of helpers, and of packages that are not ours."""
    assert [name for name in imported_by(source) if not is_in(name, SHARED)] == []


def check_test_files_are_named_as_such() -> None:
    """Files outside of the helpers are named as tests, so that their tests are run."""
    named = ("test_", "check_", "conftest", "__main__")
    outside = [
        path for path in MODULES if path.relative_to(TESTS).parts[0] not in {"support", "bench"}
    ]
    assert [path.name for path in outside if not path.name.startswith(named)] == []


def check_the_tests_for_mutants_exist() -> None:
    """A test that is renamed would stop ``make mutants`` before it begins."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    selected = settings["tool"]["mutmut"]["pytest_add_cli_args_test_selection"]
    files = {name: (PROJECT / name.partition("::")[0]) for name in selected}
    assert [
        name
        for name, file in files.items()
        if not file.is_file()
        or f"def {name.partition('::')[2]}" not in file.read_text(encoding="utf-8")
    ] == []
