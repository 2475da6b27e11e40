"""The software bill of materials, for programs, and the licences, for people.

The bill is CycloneDX 1.6 in JSON: https://cyclonedx.org/docs/1.6/json/. It has no date and no
number of its own, so that the same site has the same bill.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checklist.site.publishing.shipped import Component, components
from checklist.texts import LANGUAGES, Texts, load

SBOM: Final = "sbom.cdx.json"
LICENCES: Final = "licences.txt"
_WORDS_OF_EXPRESSIONS: Final = (" AND ", " OR ", " WITH ")
_LINE: Final = "=" * 78


@dataclass(frozen=True, slots=True)
class Own:
    """The site's own code: its name, version, licence as SPDX has it, and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


def write_inventory(site: Path, project: Path, bundled: Iterable[str]) -> None:
    """Write the bill and the licences into the built site; raises ``ShippedError``.

    ``bundled`` are the npm packages that the site's own modules hold.
    """
    own = own_of(project)
    shipped = components(site, project / "node_modules", bundled)
    bill = json.dumps(sbom(site, own, shipped), indent=2, ensure_ascii=False)
    (site / SBOM).write_text(f"{bill}\n", encoding="utf-8")
    text = licences(own, shipped, [load(lang) for lang in LANGUAGES])
    (site / LICENCES).write_text(text, encoding="utf-8")


def own_of(project: Path) -> Own:
    """Return what the project says of itself."""
    said = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (file,) = said["license-files"]
    text = (project / file).read_text(encoding="utf-8")
    return Own(said["name"], said["version"], said["license"], text)


def sbom(site: Path, own: Own, shipped: Sequence[Component]) -> dict[str, Any]:
    """Return the bill of a built site; parts stand inside of what they are part of."""
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
    """Return who holds the rights to what, then each licence's text, once."""
    texts: dict[str, list[str]] = {own.text: [own.name]}
    for one in shipped:
        for text in one.texts:
            texts.setdefault(text, []).append(one.name)
    parts = [
        *(words("site.licences") for words in languages),
        "\n\n".join(_lines_of(one) for one in shipped),
        *(
            f"{_LINE}\n{', '.join(names)}\n{_LINE}\n\n{text.strip()}"
            for text, names in texts.items()
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _entry(one: Component, inside: Mapping[str, Sequence[Component]], site: Path) -> dict[str, Any]:
    """Return what the bill says of a component; what is not known is not there."""
    parts = [
        *(_entry(part, inside, site) for part in inside.get(one.name, [])),
        *(_file(path, site) for path in one.files),
    ]
    said = {
        "version": one.version,
        "copyright": one.notice,
        "licenses": _licences(one.licence),
        "purl": one.purl,
        "hashes": [{"alg": "SHA-512", "content": one.sha512}] if one.sha512 else [],
        "pedigree": {"notes": one.changed} if one.changed else {},
        "components": parts,
    }
    return {
        "type": one.type,
        "bom-ref": one.name,
        "name": one.name,
        **{name: value for name, value in said.items() if value},
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
    if any(word in expression for word in _WORDS_OF_EXPRESSIONS):
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def _lines_of(one: Component) -> str:
    return "\n".join(filter(None, _said_of(one)))


def _said_of(one: Component) -> Iterator[str]:
    yield f"{one.name} {one.version}".rstrip() + (f" ({one.part_of})" if one.part_of else "")
    yield f"  SPDX: {one.licence}"
    yield f"  {one.notice}" if one.notice else ""
    yield f"  {one.source}"
    yield f"  {one.changed}" if one.changed else ""
