"""The direction of imports, and that what ships to the browser needs only the standard library."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.support.site_build import SOURCES

MAY_IMPORT = {
    "rules": {"rules"},
    "advice": {"rules", "advice"},
    "texts": {"rules", "texts"},
    "clients": {"rules", "advice", "texts", "clients"},
    "views": {"rules", "advice", "texts", "clients", "views"},
    "browser": {"rules", "advice", "texts", "clients", "views", "browser"},
    "__init__": {"rules", "advice"},
    "system_language": set[str](),
    "output": {"texts", "clients"},
    "__main__": {"rules", "advice", "texts", "clients", "views", "output", "system_language"},
    "python_image": set[str](),
    "site": {"rules", "advice", "texts", "clients", "views", "browser", "site", "python_image"},
}
BUILD = {"node", "files", "templates", "pages", "diagram"}
BUILD_MAY_IMPORT = {
    **dict.fromkeys(BUILD, BUILD),
    "requests": set[str](),
    "assets": BUILD,
    "render": BUILD | {"assets"},
    "publishing": BUILD | {"assets", "render"},
    "plugin": BUILD | {"assets", "render", "publishing"},
}
PAGE_MAY_IMPORT = {
    "ui": set[str](),
    "client": set[str](),
    "store": {"client"},
    "python": {"ui", "client", "python_image"},
    "backup": {"ui", "client", "store"},
    "checklist": {"ui", "client", "store", "python", "backup"},
    "client-list": {"ui", "client", "store", "python", "backup"},
    "boot": {"ui", "client", "store", "python", "checklist", "every-page"},
    "service-worker": set[str](),
    "every-page": {"ui", "client", "service-worker"},
    "search": {"ui"},
}
IMPORT = re.compile(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"')
IMAGE = SOURCES / "python_image"
IMAGE_LOADER = IMAGE / "loader.js"
OURS = re.compile(r"client|checklist|rule|verdict", re.IGNORECASE)
"""What the image of Python knows nothing of."""
SHIPPED = ("rules", "advice", "texts", "clients", "views", "browser", "__init__")


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    return path.relative_to(SOURCES).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Return every module that a file imports, by its full name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                # A package of its own does not say where it is.
                assert (path.parent, node.level) == (IMAGE, 1), f"{path}: relative import"
            elif node.module == "checklist":
                names |= {f"checklist.{alias.name}" for alias in node.names}
            else:
                names.add(str(node.module))
    return names


FILES = sorted(SOURCES.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def check_imports_have_one_direction(path: Path) -> None:
    """Rules, advice, texts, clients, views, entry points, site: each imports only those before."""
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("checklist.")}
    assert ours - MAY_IMPORT[part_of(path)] == set()


@pytest.mark.parametrize(
    "path",
    sorted((SOURCES / "site").rglob("*.py")),
    ids=lambda path: str(path.relative_to(SOURCES)),
)
def check_imports_of_the_build_have_one_direction(path: Path) -> None:
    """The folders of the build import only those named for them."""
    here = path.relative_to(SOURCES / "site").parts[0].removesuffix(".py")
    found = imports_of(path)
    names = [name.split(".") for name in found if name.startswith("checklist.site.")]
    assert {name[2] for name in names} - {here} - BUILD_MAY_IMPORT.get(here, set()) == set()
    assert here == "assets" or not any(name.startswith("checklist.python_image") for name in found)


def circles_among(imports: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the modules that import themselves through others, or that import such modules.

    They are what is left when modules that import nothing of what is left are taken away.
    """
    left = dict(imports)
    while ready := [name for name, targets in left.items() if not left.keys() & {*targets}]:
        for name in ready:
            del left[name]
    return set(left)


def check_no_circle_among_the_modules_of_the_page() -> None:
    """Types included: each module can be read without those that use it."""
    scripts = [*(SOURCES / "page").rglob("*.js"), *IMAGE.rglob("*.*js")]
    found = {path: IMPORT.findall(path.read_text(encoding="utf-8")) for path in scripts}
    imports = {
        str(path.relative_to(SOURCES)): [
            str((path.parent / name).resolve().relative_to(SOURCES)) for name in names
        ]
        for path, names in found.items()
    }
    assert circles_among(imports) == set()


@pytest.mark.parametrize(
    ("imports", "circle"),
    [
        ({"a": ["b", "c"], "b": ["c"], "c": []}, set[str]()),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, {"a", "b", "c"}),
    ],
)
def check_circles_are_found(imports: Mapping[str, list[str]], circle: set[str]) -> None:
    """However long they are."""
    assert circles_among(imports) == circle


@pytest.mark.parametrize(
    "path",
    sorted((SOURCES / "page").rglob("*.js")),
    ids=lambda path: str(path.relative_to(SOURCES)),
)
def check_imports_of_the_page_have_one_direction(path: Path) -> None:
    """The folders of the page's modules import only those named for them, types included."""
    here = path.relative_to(SOURCES / "page").parts[0]
    found = IMPORT.findall(path.read_text(encoding="utf-8"))
    targets = {(path.parent / name).resolve() for name in found}
    folders = {
        one.relative_to(IMAGE.parent if one == IMAGE_LOADER else SOURCES / "page").parts[0]
        for one in targets
    }
    assert folders - {here} - PAGE_MAY_IMPORT[here] == set()


@pytest.mark.parametrize(
    "path",
    sorted(path for path in IMAGE.rglob("*.*") if path.suffix != ".pyc"),
    ids=lambda path: path.name,
)
def check_the_image_of_python_is_a_package_of_its_own(path: Path) -> None:
    """It needs nothing of ours and does not mention it; its loader needs no other file."""
    text = path.read_text(encoding="utf-8")
    assert OURS.findall(text) == []
    if path.suffix == ".py":
        assert {name.split(".")[0] for name in imports_of(path)} <= set(sys.stdlib_module_names)
    else:
        targets = {(path.parent / name).resolve().parent for name in IMPORT.findall(text)}
        assert targets <= (set() if path == IMAGE_LOADER else {path.parent})


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if part_of(path) in SHIPPED or path.parent.name == "requests"],
    ids=lambda path: str(path.relative_to(SOURCES)),
)
def check_what_ships_needs_only_the_standard_library(path: Path) -> None:
    """The browser has no other packages."""
    foreign = {name.split(".")[0] for name in imports_of(path)} - {"checklist"}
    assert foreign - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if part_of(path) in ("rules", "advice")],
    ids=lambda path: str(path.relative_to(SOURCES)),
)
def check_rules_and_advice_read_no_clock_and_no_file(path: Path) -> None:
    """They are pure functions of their arguments."""
    assert imports_of(path) & {"time", "datetime", "os", "pathlib", "io", "random", "sys"} == set()


def check_no_russian_text_in_code() -> None:
    """Texts are in `checklist/texts`."""
    scripts = [*SOURCES.rglob("*.js"), *SOURCES.rglob("*.py"), *SOURCES.rglob("*.html")]
    assert [
        path.name
        for path in scripts
        if any("а" <= letter <= "я" for letter in path.read_text(encoding="utf-8").lower())  # noqa: RUF001 - the letters meant
    ] == []
