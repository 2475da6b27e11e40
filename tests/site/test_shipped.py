"""What is shipped to the browser: every package is known, and none is claimed that is not there."""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest

from checklist.site.shipped import Component, ShippedError, components
from tests.support.site_build import PROJECT

NODE_MODULES = PROJECT / "node_modules"
TABLE = PROJECT / "checklist" / "site" / "shipped.toml"
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
    """A built site that may be spoilt: a file is to be replaced, not written into."""
    return Path(shutil.copytree(built, tmp_path / "site", copy_function=os.link))


def replace(path: Path, contents: str) -> None:
    """Put another file in a file's place."""
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
    """From the packages, from the files themselves, or from sources; none where nothing tells."""
    assert re.fullmatch(version, shipped[name].version)
    assert shipped[name].purl.endswith(f"@{shipped[name].version}" if version else name)


def test_only_what_names_no_version_has_none(shipped: dict[str, Component]) -> None:
    """Code that was rewritten by those who took it over."""
    silent = {one.name for one in shipped.values() if not one.version}
    assert silent == {"MiniLZ4", "stackframe", "error-stack-parser"}


def test_a_typed_version_is_looked_at_again(shipped: dict[str, Component]) -> None:
    """It holds for one version of what it is a part of, and another one stops the build."""
    rows = {row["name"]: row for row in tomllib.loads(TABLE.read_text("utf-8"))["component"]}
    typed = [name for name, row in rows.items() if "version" in row]
    assert len(typed) > 10
    for name in typed:
        whole = name
        while shipped[whole].part_of:
            whole = shipped[whole].part_of
        assert "looked_at" in rows[whole], name


def test_each_part_is_of_a_component(shipped: dict[str, Component]) -> None:
    """What something is said to be a part of is in the table too."""
    assert {one.part_of for one in shipped.values()} - {"", *shipped} == set()


def test_each_licence_comes_with_its_text(shipped: dict[str, Component]) -> None:
    """But for what asks for none, or for an address only."""
    silent = {one.name for one in shipped.values() if not one.texts}
    assert {shipped[name].licence for name in silent} == {"CC0-1.0", "CC-BY-4.0"}


def test_every_text_of_a_licence_is_asked_for(shipped: dict[str, Component]) -> None:
    """One that nobody needs any more goes."""
    asked = {text for one in shipped.values() for text in one.texts}
    folder = PROJECT / "checklist" / "site" / "licences"
    assert [path.name for path in folder.iterdir() if path.read_text("utf-8") not in asked] == []


def spoil_nothing(_: Path) -> None:
    """Leave the site as it is."""


def add_a_font(site: Path) -> None:
    """Publish type that nobody has looked at."""
    replace(next(site.glob("app/*")) / "papyrus.woff2", "")


def add_to_the_theme(site: Path) -> None:
    """Let the theme's script hold one more package."""
    path = next(site.glob("assets/javascripts/bundle.*.map"))
    sources = json.loads(path.read_bytes())["sources"]
    replace(path, json.dumps({"sources": [*sources, "node_modules/left-pad/index.js"]}))


def take_from_the_theme(site: Path) -> None:
    """Let the theme's script do without one."""
    path = next(site.glob("assets/javascripts/bundle.*.map"))
    sources = json.loads(path.read_bytes())["sources"]
    replace(path, json.dumps({"sources": [name for name in sources if "tslib" not in name]}))


def link_without_bzip2(site: Path) -> None:
    """Put a WebAssembly file there in which nothing is found."""
    replace(next(site.glob("runtime/*/pyodide.asm.wasm")), "\0asm")


@pytest.mark.parametrize(
    ("spoil", "bundled", "said"),
    [
        (spoil_nothing, {"idb", "left-pad"}, "the modules hold the npm package left-pad"),
        (add_a_font, BUNDLED, "papyrus.woff2 is nobody's"),
        (add_to_the_theme, BUNDLED, "the theme's scripts hold left-pad: add it"),
        (take_from_the_theme, BUNDLED, "the theme's scripts hold tslib no more"),
        (link_without_bzip2, BUNDLED, "bzip2: runtime/.* does not hold"),
    ],
)
def test_what_nobody_has_looked_at_fails_the_build(
    copied: Path, spoil: Callable[[Path], None], bundled: set[str], said: str
) -> None:
    """And so does what is no longer there."""
    spoil(copied)
    with pytest.raises(ShippedError, match=said):
        components(copied, NODE_MODULES, bundled)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("version", "9.9.9", "looked at for .*; look again at its parts"),
        ("license", "BUSL-1.1", "the package is under BUSL-1.1, the table says MPL-2.0"),
    ],
)
def test_an_update_is_looked_at(
    built: Path, tmp_path: Path, field: str, value: str, said: str
) -> None:
    """A new Pyodide may hold other libraries, or come under another licence."""
    for name in ("idb", "@fontsource"):
        (tmp_path / name).symlink_to(NODE_MODULES / name)
    package = json.loads((NODE_MODULES / "pyodide" / "package.json").read_text(encoding="utf-8"))
    (tmp_path / "pyodide").mkdir()
    replace(tmp_path / "pyodide" / "package.json", json.dumps(package | {field: value}))
    with pytest.raises(ShippedError, match=f"Pyodide.*{said}"):
        components(built, tmp_path, BUNDLED)


def test_every_icon_is_of_a_set_that_we_know(built: Path, shipped: dict[str, Component]) -> None:
    """Pages and the theme's styles hold drawings of these sets and no others."""
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
