"""The tests' own layout: what several modules need lies in ``tests/support``."""

import ast
from pathlib import Path

import pytest

from tests.support.site_build import PROJECT

TESTS = PROJECT / "tests"
MODULES = sorted(path for path in TESTS.rglob("*.py") if path.name != "__init__.py")
SHARED = ("tests.support", "tests.bench")


def imported_by(path: Path) -> set[str]:
    """Return every module of the tests that a file imports."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name for name in names if name == "tests" or name.startswith("tests.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TESTS).as_posix())
def check_no_test_module_is_imported(path: Path) -> None:
    """Only the helpers are; the measurements in ``tests/bench`` use each other, and nobody them."""
    allowed = SHARED if path.is_relative_to(TESTS / "bench") else SHARED[:1]
    assert [name for name in imported_by(path) if not name.startswith(allowed)] == []


def check_helpers_are_apart_from_tests() -> None:
    """A file of tests is called so, and no other file holds any."""
    named = ("test_", "check_", "conftest", "__main__")
    outside = [
        path for path in MODULES if path.relative_to(TESTS).parts[0] not in {"support", "bench"}
    ]
    assert [path.name for path in outside if not path.name.startswith(named)] == []
