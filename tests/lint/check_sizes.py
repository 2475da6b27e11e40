"""Functions and files are short, and the name of a file has one meaning."""

import ast
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from checklist.site.node import find_node
from tests.support.site_build import PROJECT, SOURCES

MAX_FUNCTION: Final = 60
MAX_FILE: Final = 300
LONG_FUNCTIONS: Final = PROJECT / "tests" / "support" / "long_functions.mjs"
PYTHON: Final = sorted(SOURCES.rglob("*.py"))
JAVASCRIPT: Final = sorted(
    path for path in SOURCES.rglob("*.*js") if path.suffix in {".js", ".mjs"}
)
STYLES: Final = sorted((SOURCES / "page").rglob("*.css"))
NAMED: Final = sorted(
    path
    for folder in ("page", "site")
    for path in (SOURCES / folder).rglob("*.*")
    if path.suffix in {".css", ".html", ".js", ".mjs", ".py", ".toml"}
)

COMPONENT: Final = "a part of a page: its template, its styles and its script"
RENDERED: Final = "a part of a page: its template or styles, and what renders it"
SAME_MEANING: Final = {
    "--init--": "the name that Python requires",
    "advice": "the advice beside the verdict: its styles and its script",
    "assumption": COMPONENT,
    "bottom-sheet": COMPONENT,
    "case-index": RENDERED,
    "checklist": "a page: its template, and its style sheet",
    "checks": RENDERED,
    "client-bar": COMPONENT,
    "client-list": COMPONENT,
    "clients": "a page: its template, and its entry point",
    "context": COMPONENT,
    "focus": "the focus: moved by a script, made visible by styles",
    "fonts": RENDERED,
    "footer": COMPONENT,
    "form": "the form: what renders it, and its script",
    "guide": RENDERED,
    "head": RENDERED,
    "last-client": COMPONENT,
    "load-status": COMPONENT,
    "main": "the entry point of the checklist, and the name that Material requires of a template",
    "offline": "use without a network: what the build lists, and the script for it",
    "palette": "the colours, and the name that Material requires of their switch",
    "panels": COMPONENT,
    "prefetch": COMPONENT,
    "print": "styles for printing: of the checklist, and of the guide",
    "privacy": RENDERED,
    "question": COMPONENT,
    "result": COMPONENT,
    "row-menu": COMPONENT,
    "search": COMPONENT,
    "runtime": "Python's files: what builds them, and the types of what the worker gets of them",
    "shipped": "what is shipped: the list, and what reads it",
    "site": "what every page loads: styles, and a script",
    "start": RENDERED,
    "undo-bar": COMPONENT,
    "verdict-table": "the table of verdicts: what renders it, and what reads it in the page",
}
"""The names that several files have, and why the files are not confused."""


def names(path: Path) -> str:
    """Return the path below the package."""
    return path.relative_to(SOURCES).as_posix()


def long_functions(text: str) -> list[str]:
    """Return the functions in a Python module that have too many lines."""
    functions = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = [(one.name, (one.end_lineno or 0) - one.lineno + 1) for one in functions]
    return [f"{name} has {lines} lines" for name, lines in lengths if lines > MAX_FUNCTION]


def long_functions_of_scripts(paths: Iterable[Path]) -> list[str]:
    """Return the functions in JavaScript modules that have too many lines."""
    done = subprocess.run(
        [find_node(), str(LONG_FUNCTIONS), str(MAX_FUNCTION), *map(str, paths)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def shared_names(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Return the names that several files have, whatever their suffixes, with the files."""
    files = defaultdict(list)
    for path in paths:
        files[path.stem.replace("_", "-")].append(path)
    return {name: same for name, same in files.items() if len(same) > 1}


@pytest.mark.parametrize("path", [*PYTHON, *JAVASCRIPT, *STYLES], ids=names)
def check_files_are_short(path: Path) -> None:
    """Each module and each style sheet has one job."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_FILE


@pytest.mark.parametrize("path", PYTHON, ids=names)
def check_functions_are_short(path: Path) -> None:
    """Each function in Python has one job."""
    assert long_functions(path.read_text(encoding="utf-8")) == []


def check_functions_of_scripts_are_short() -> None:
    """Each function in JavaScript has one job, and a factory with its closures counts as one."""
    assert long_functions_of_scripts(JAVASCRIPT) == []


def check_a_name_has_one_meaning() -> None:
    """Files in the page and in the build that share a name are listed, with the reason."""
    shared = shared_names(NAMED)
    assert {name: same for name, same in shared.items() if name not in SAME_MEANING} == {}
    assert set(SAME_MEANING) - set(shared) == set()


@pytest.mark.parametrize(
    ("head", "end", "name"),
    [
        ("function a() {", "}", "a"),
        ("export default function () {", "}", "a function"),
        ("const a = () => {", "};", "a"),
        ("const a = async function () {", "};", "a"),
        ("class A { #a() {", "} }", "#a"),
        ("class A { a = () => {", "} }", "a"),
        ("const b = { a() {", "} };", "a"),
        ("run(() => {", "});", "a function"),
    ],
)
def check_long_functions_of_scripts_are_found(
    tmp_path: Path, head: str, end: str, name: str
) -> None:
    """Every form of a function is found, one of the greatest length is not."""
    long, short = tmp_path / "long.js", tmp_path / "short.js"
    long.write_text("\n".join(["", head, *["0;"] * (MAX_FUNCTION - 1), end]), encoding="utf-8")
    short.write_text("\n".join(["", head, *["0;"] * (MAX_FUNCTION - 2), end]), encoding="utf-8")
    assert long_functions_of_scripts([long, short]) == [
        f"{long}:2: {name} has {MAX_FUNCTION + 1} lines"
    ]


@pytest.mark.parametrize("head", ["def a():", "async def a():", "class A:\n  def a():"])
def check_long_functions_are_found(head: str) -> None:
    """Every form of a function is found, one of the greatest length is not."""
    body = ["    0"] * (MAX_FUNCTION - 1)
    assert long_functions("\n".join([head, *body])) == []
    assert long_functions("\n".join([head, *body, "    0"])) == ["a has 61 lines"]


def check_shared_names_are_found() -> None:
    """Suffixes, and the sign between words, make no other name."""
    paths = [Path("page/a-b.js"), Path("site/a_b.py"), Path("site/a.py")]
    assert shared_names(paths) == {"a-b": paths[:2]}
