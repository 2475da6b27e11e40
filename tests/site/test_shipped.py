"""The table of components: every shipped package is in it, and every one in it is shipped."""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest

from checklist.site.publishing.shipped import Component, ShippedError, components
from tests.support.site_build import PROJECT

NODE_MODULES = PROJECT / "node_modules"
TABLE = PROJECT / "checklist" / "site" / "publishing" / "shipped.toml"
BUNDLED = {"idb"}
DRAWN = re.compile(r"\bd=['\"]([^'\"]+)['\"]")
KNOWN_ICONS = {
    "material": "Material Design Icons",
    "octicons": "Octicons",
    "fontawesome": "Font Awesome Free",
}


@pytest.fixture(scope="session")
def shipped(built: Path) -> dict[str, Component]:
    """The components of the built site, by name."""
    return {one.name: one for one in components(built, NODE_MODULES, BUNDLED)}


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site made of hard links: files may be replaced, but not modified."""
    return Path(shutil.copytree(built, tmp_path / "site", copy_function=os.link))


def replace(path: Path, contents: str) -> None:
    """Replace a file, or create it."""
    path.unlink(missing_ok=True)
    path.write_text(contents, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("Pyodide", r"0\.\d+\.\d+"),
        ("CPython", r"3\.13\.\d+"),
        ("Emscripten", r"\d+\.\d+\.\d+"),
        ("zlib", r"1\.\d+\.\d+"),
        ("bzip2", r"1\.0\.\d+"),
        ("Expat", r"2\.\d+\.\d+"),
        ("idb", r"\d+\.\d+\.\d+"),
        ("Literata", r"\d+\.\d+\.\d+"),
        ("Material for MkDocs", r"9\.\d+\.\d+"),
        ("lunr", r"2\.\d+\.\d+"),
        ("clipboard.js", r"2\.\d+\.\d+"),
        ("mimalloc", r"2\.1\.\d+"),
        ("hiwire", "[0-9a-f]{40}"),
        ("stackframe", ""),
    ],
)
def test_versions_are_known(shipped: dict[str, Component], name: str, version: str) -> None:
    """From packages, files or sources; empty if unknown."""
    assert re.fullmatch(version, shipped[name].version)
    assert shipped[name].purl.endswith(f"@{shipped[name].version}" if version else name)


def test_only_rewritten_code_has_no_version(shipped: dict[str, Component]) -> None:
    """Code that was copied and changed by another project."""
    unknown = {one.name for one in shipped.values() if not one.version}
    assert unknown == {"MiniLZ4", "stackframe", "error-stack-parser"}


def test_a_version_entered_by_hand_has_to_be_reviewed_after_an_update(
    shipped: dict[str, Component],
) -> None:
    """It is valid for one version of the containing package; another version fails the build."""
    rows = {row["name"]: row for row in tomllib.loads(TABLE.read_text("utf-8"))["component"]}
    manual = [name for name, row in rows.items() if "version" in row]
    assert len(manual) > 10
    for name in manual:
        whole = name
        while shipped[whole].part_of:
            whole = shipped[whole].part_of
        assert "looked_at" in rows[whole], name


def test_each_part_belongs_to_a_listed_component(shipped: dict[str, Component]) -> None:
    """A component that contains another is in the table too."""
    assert {one.part_of for one in shipped.values()} - {"", *shipped} == set()


def test_each_licence_comes_with_its_text(shipped: dict[str, Component]) -> None:
    """Except licences that do not require their text."""
    without = {one.name for one in shipped.values() if not one.texts}
    assert {shipped[name].licence for name in without} == {"CC0-1.0", "CC-BY-4.0"}


def test_every_text_of_a_licence_is_needed(shipped: dict[str, Component]) -> None:
    """A text that no component uses any more has to be removed."""
    used = {text for one in shipped.values() for text in one.texts}
    folder = PROJECT / "checklist" / "site" / "publishing" / "licences"
    assert [path.name for path in folder.iterdir() if path.read_text("utf-8") not in used] == []


def change_nothing(_: Path) -> None:
    """Leave the site as it is."""


def add_a_font(site: Path) -> None:
    """Publish a font that is not in the table."""
    replace(next(site.glob("app/*")) / "papyrus.woff2", "")


def add_to_the_theme(site: Path) -> None:
    """Add a package to the theme's styles."""
    path = next(site.glob("assets/stylesheets/main.*.map"))
    sources = json.loads(path.read_bytes())["sources"]
    replace(path, json.dumps({"sources": [*sources, "node_modules/left-pad/index.js"]}))


def take_from_the_theme(site: Path) -> None:
    """Remove a package from the theme's styles."""
    path = next(site.glob("assets/stylesheets/palette.*.map"))
    sources = json.loads(path.read_bytes())["sources"]
    replace(
        path,
        json.dumps({"sources": [name for name in sources if "material-design-color" not in name]}),
    )


def remove_the_libraries(site: Path) -> None:
    """Replace the WebAssembly file by one without libraries."""
    replace(next(site.glob("runtime/*/pyodide.asm.wasm")), "\0asm")


@pytest.mark.parametrize(
    ("change", "bundled", "message"),
    [
        (change_nothing, {"idb", "left-pad"}, "the modules contain the npm package left-pad"),
        (add_a_font, BUNDLED, "papyrus.woff2 belongs to no component"),
        (add_to_the_theme, BUNDLED, "the theme's files contain left-pad: add it"),
        (take_from_the_theme, BUNDLED, "the theme's files no longer contain material-design-color"),
        (remove_the_libraries, BUNDLED, "bzip2: runtime/.* no longer contains"),
    ],
)
def test_a_package_that_is_not_listed_fails_the_build(
    copied: Path, change: Callable[[Path], None], bundled: set[str], message: str
) -> None:
    """So does a listed package that is not shipped any more."""
    change(copied)
    with pytest.raises(ShippedError, match=message):
        components(copied, NODE_MODULES, bundled)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("version", "9.9.9", "its parts were reviewed for .*; review them"),
        ("license", "BUSL-1.1", "the package is under BUSL-1.1, the table says MPL-2.0"),
    ],
)
def test_an_update_has_to_be_reviewed(
    built: Path, tmp_path: Path, field: str, value: str, message: str
) -> None:
    """A new Pyodide may contain other libraries, or have another licence."""
    for name in ("idb", "@fontsource"):
        (tmp_path / name).symlink_to(NODE_MODULES / name)
    package = json.loads((NODE_MODULES / "pyodide" / "package.json").read_text(encoding="utf-8"))
    (tmp_path / "pyodide").mkdir()
    replace(tmp_path / "pyodide" / "package.json", json.dumps(package | {field: value}))
    with pytest.raises(ShippedError, match=f"Pyodide.*{message}"):
        components(built, tmp_path, BUNDLED)


def test_every_icon_is_of_a_listed_set(built: Path, shipped: dict[str, Component]) -> None:
    """Pages and the theme's styles use only icons of these sets."""
    pages = [*built.rglob("index.html"), *built.glob("assets/stylesheets/main.*.css")]
    icon = re.compile(r"<svg [^>]*viewBox=['\"]0 0 (?!360 |8 8)[^>]*>(.*?)</svg>", re.DOTALL)
    drawn = {
        path
        for page in pages
        for found in icon.findall(page.read_text(encoding="utf-8"))
        for path in DRAWN.findall(found)
    }
    assert len(drawn) > 30
    theme = distribution("mkdocs-material")
    sets = Path(str(theme.locate_file("material/templates/.icons")))
    for name, component in KNOWN_ICONS.items():
        assert component in shipped
        for path in (sets / name).rglob("*.svg"):
            drawn -= set(DRAWN.findall(path.read_text(encoding="utf-8")))
    assert drawn == set()
