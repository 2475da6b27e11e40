"""Write the software bill of materials (SBOM) and a text file with all licences.

The SBOM is CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/. It has no date and no
serial number, so that the same site has the same SBOM.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checklist.site.publishing.shipped import Component, own_files
from checklist.texts import LANGUAGES, Texts, load

SBOM: Final = "sbom.cdx.json"
LICENCES: Final = "licences.txt"
_SPDX_OPERATORS: Final = (" AND ", " OR ", " WITH ")
_REACH: Final = "client-checklist:reach"
_RULER: Final = "=" * 78


@dataclass(frozen=True, slots=True)
class Own:
    """The site's own code: its name, version, SPDX licence, and the text of the licence."""

    name: str
    version: str
    licence: str
    text: str


def write_licences(site: Path, project: Path, shipped: Sequence[Component]) -> None:
    """Write the licences of the components into the built site."""
    text = licences(own_of(project), shipped, [load(lang) for lang in LANGUAGES])
    (site / LICENCES).write_text(text, encoding="utf-8")


def write_sbom(site: Path, project: Path, shipped: Sequence[Component]) -> None:
    """Write the SBOM into the built site: all files that it names must be in place by then."""
    own = own_of(project)
    document = json.dumps(sbom(site, own, shipped), indent=2, ensure_ascii=False)
    (site / SBOM).write_text(f"{document}\n", encoding="utf-8")


def own_of(project: Path) -> Own:
    """Return the metadata of the project from its ``pyproject.toml``."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (file,) = table["license-files"]
    text = (project / file).read_text(encoding="utf-8")
    return Own(table["name"], table["version"], table["license"], text)


def sbom(site: Path, own: Own, shipped: Sequence[Component]) -> dict[str, Any]:
    """Return the SBOM of a built site; parts are nested in the component that contains them."""
    inside: dict[str, list[Component]] = {}
    for one in shipped:
        inside.setdefault(one.part_of, []).append(one)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own.name,
                "name": own.name,
                "version": own.version,
                "licenses": _licences(own.licence),
                "components": [_file(path, site) for path in own_files(site)],
            }
        },
        "components": [_entry(one, inside, site) for one in inside[""]],
        "dependencies": [
            {"ref": own.name, "dependsOn": [one.name for one in inside[""]]},
            *(
                {"ref": one.name, "dependsOn": [part.name for part in inside.get(one.name, [])]}
                for one in shipped
            ),
        ],
    }


def licences(own: Own, shipped: Sequence[Component], languages: Iterable[Texts]) -> str:
    """Return the list of components with their copyrights, then each licence text once."""
    texts: dict[str, list[str]] = {own.text: [own.name]}
    for one in shipped:
        for text in one.texts:
            texts.setdefault(text, []).append(one.name)
    parts = [
        *(words("site.licences") for words in languages),
        "\n\n".join(_description(one) for one in shipped),
        *(
            f"{_RULER}\n{', '.join(names)}\n{_RULER}\n\n{text.strip()}"
            for text, names in texts.items()
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _entry(one: Component, inside: Mapping[str, Sequence[Component]], site: Path) -> dict[str, Any]:
    """Return the entry of a component; unknown fields are left out."""
    parts = [
        *(_entry(part, inside, site) for part in inside.get(one.name, [])),
        *(_file(path, site) for path in one.files),
    ]
    fields = {
        "version": one.version,
        "copyright": one.notice,
        "licenses": _licences(one.licence),
        "purl": one.purl,
        "hashes": [{"alg": "SHA-512", "content": one.sha512}] if one.sha512 else [],
        "pedigree": {"notes": one.changed} if one.changed else {},
        "properties": [{"name": _REACH, "value": one.reach}] if one.reach else [],
        "components": parts,
    }
    return {
        "type": one.type,
        "bom-ref": one.name,
        "name": one.name,
        **{name: value for name, value in fields.items() if value},
    }


def _file(path: Path, site: Path) -> dict[str, Any]:
    name = path.relative_to(site).as_posix()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": name,
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _licences(expression: str) -> list[dict[str, Any]]:
    if any(word in expression for word in _SPDX_OPERATORS):
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def _description(one: Component) -> str:
    return "\n".join(filter(None, _lines(one)))


def _lines(one: Component) -> Iterator[str]:
    yield f"{one.name} {one.version}".rstrip() + (f" ({one.part_of})" if one.part_of else "")
    yield f"  SPDX: {one.licence}"
    yield f"  {one.notice}" if one.notice else ""
    yield f"  {one.source}"
    yield f"  {one.changed}" if one.changed else ""
