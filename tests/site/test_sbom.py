"""The software bill of materials (SBOM) and the licences that are published with the site."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from checklist.site.publishing.sbom import LICENCES, SBOM, own_of
from checklist.texts import LANGUAGES, load
from tests.support.site_build import PROJECT

# The identifiers in the table, copied from the SPDX list.
SPDX = {
    *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT"),
    *("MPL-2.0", "OFL-1.1", "PSF-2.0", "Zlib", "bzip2-1.0.6"),
}
EXPRESSIONS = {
    *("MIT OR NCSA", "MIT AND Apache-2.0", "MIT AND BSD-2-Clause", "MIT AND BSD-3-Clause"),
    "Apache-2.0 WITH LLVM-exception",
}


@pytest.fixture(scope="session")
def sbom(built: Path) -> dict[str, Any]:
    """The SBOM of the built site."""
    read: dict[str, Any] = json.loads((built / SBOM).read_text(encoding="utf-8"))
    return read


def entries_of(sbom: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every component, nested ones too."""
    for entry in sbom["components"]:
        yield entry
        yield from entries_of({"components": entry.get("components", [])})


def own_entries(sbom: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of the site's own files."""
    entries: list[dict[str, Any]] = sbom["metadata"]["component"]["components"]
    return entries


def test_it_is_valid_cyclonedx(sbom: dict[str, Any]) -> None:
    """It matches the format's schema and has no other keys."""
    schema = JsonStrictValidator(SchemaVersion.V1_6)
    assert schema.validate_str(json.dumps(sbom)) is None
    assert schema.validate_str(json.dumps({**sbom, "made": "today"})) is not None


def test_unknown_fields_are_left_out(sbom: dict[str, Any]) -> None:
    """An empty field would mean that there is none."""
    for entry in entries_of(sbom):
        assert "" not in entry.values()


def test_every_package_has_a_licence(sbom: dict[str, Any]) -> None:
    """No package without one is shipped."""
    packages = [entry for entry in entries_of(sbom) if entry["type"] != "file"]
    assert [entry["name"] for entry in packages if "licenses" not in entry] == []


def test_addresses_of_packages_are_canonical(sbom: dict[str, Any]) -> None:
    """Vulnerability scanners compare them character by character."""
    purls = [entry["purl"] for entry in entries_of(sbom) if entry["type"] != "file"]
    assert [PackageURL.from_string(purl).to_string() for purl in purls] == purls
    assert len(set(purls)) == len(purls)


def test_it_has_the_version_of_the_package(sbom: dict[str, Any]) -> None:
    """Also its name and licence."""
    own = own_of(PROJECT)
    component = sbom["metadata"]["component"]
    assert (component["name"], component["version"]) == (own.name, own.version)
    assert component["licenses"] == [{"license": {"id": own.licence}}]


def test_each_component_has_a_reference_of_its_own(sbom: dict[str, Any]) -> None:
    """And each dependency names an existing reference."""
    references = [entry["bom-ref"] for entry in (*entries_of(sbom), *own_entries(sbom))]
    assert len(references) == len(set(references))
    named = {one for entry in sbom["dependencies"] for one in (entry["ref"], *entry["dependsOn"])}
    assert named <= {sbom["metadata"]["component"]["bom-ref"], *references}


def test_licences_have_spdx_names(sbom: dict[str, Any]) -> None:
    """An identifier, or an expression of several."""
    licences = [one for entry in entries_of(sbom) for one in entry.get("licenses", [])]
    assert {one["license"]["id"] for one in licences if "license" in one} == SPDX
    assert {one["expression"] for one in licences if "expression" in one} == EXPRESSIONS


def test_it_has_every_file_with_code(sbom: dict[str, Any], built: Path) -> None:
    """The site's own as well as those of others."""
    known = {entry["name"] for entry in (*entries_of(sbom), *own_entries(sbom))}
    code = {".js", ".mjs", ".css", ".wasm", ".packed", ".whl", ".zip"}
    files = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.suffix in code]
    assert "service-worker.js" in files
    assert [name for name in files if name not in known] == []


@pytest.mark.parametrize("name", ["CPython", "bzip2", "Expat"])
def test_it_says_whether_an_old_part_is_reached(sbom: dict[str, Any], name: str) -> None:
    """A scanner names these; the reader is told what their input is."""
    (entry,) = [one for one in entries_of(sbom) if one["name"] == name]
    assert "tests/unit/test_old_parts.py" in entry["properties"][0]["value"]


def test_files_are_those_of_the_site(sbom: dict[str, Any], built: Path) -> None:
    """Each with its digest."""
    files = [entry for entry in entries_of(sbom) if entry["type"] == "file"] + own_entries(sbom)
    assert any(entry["name"].endswith("pyodide.asm.wasm") for entry in files)
    for entry in files:
        digest = hashlib.sha256((built / entry["name"]).read_bytes()).hexdigest()
        assert entry["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_npm_packages_have_the_digest_of_the_lock_file(sbom: dict[str, Any]) -> None:
    """A SHA-512 in hexadecimal."""
    found = {
        entry["name"]: entry["hashes"]
        for entry in entries_of(sbom)
        if entry["type"] != "file" and "hashes" in entry
    }
    assert set(found) == {"Pyodide", "zstddec", "idb", "MiniSearch", "Orama stemmers", "Literata"}
    for ((digest,),) in zip(found.values(), strict=True):
        assert digest["alg"] == "SHA-512"
        assert len(bytes.fromhex(digest["content"])) == 64


def test_the_same_site_has_the_same_sbom(built: Path, built_in_folder: Path) -> None:
    """It has no date and no address of the site; only the service worker differs by address."""
    assert (built / LICENCES).read_bytes() == (built_in_folder / LICENCES).read_bytes()
    one, other = (json.loads((site / SBOM).read_bytes()) for site in (built, built_in_folder))
    for entry in (*own_entries(one), *own_entries(other)):
        if entry["name"] == "service-worker.js":
            entry["hashes"] = []
    assert one == other


@pytest.mark.parametrize(
    "words",
    [
        "MIT License",
        "Mozilla Public License Version 2.0",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "SIL OPEN FONT LICENSE",
        "Apache License",
        "ISC License",
        "Jake Archibald",
        "Martin Donath",
        "Stefan Krah",
        "Makoto Matsumoto",
        "David M. Gay",
        "Marek Majkowski",
        "Timothy O'Malley",
        "MagicStack",
        "Daan Leijen",
    ],
)
def test_the_texts_of_the_licences_are_published(built: Path, words: str) -> None:
    """With the copyright holders of the components that require it."""
    assert words in (built / LICENCES).read_text(encoding="utf-8")


def test_every_component_is_in_the_list_of_licences(sbom: dict[str, Any], built: Path) -> None:
    """The list has an introduction in both languages."""
    text = (built / LICENCES).read_text(encoding="utf-8")
    for entry in entries_of(sbom):
        if entry["type"] != "file":
            assert f"\n{entry['name']}" in text
    for lang in LANGUAGES:
        assert load(lang)("site.licences") in text
