"""The components of the site: every package whose code is shipped to the browser.

The table ``shipped.toml`` has what cannot be read from files; this module reads the rest and
compares the table with the built site. A package that is not in the table, or no longer in the
site, fails the build, so that a person reviews it and its licence first.
"""

import base64
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Final

from checklist.site.node import packages_of

_TABLE: Final = Path(__file__).with_name("shipped.toml")
_TEXTS: Final = Path(__file__).with_name("licences")
_CODE: Final = frozenset(
    {".js", ".mjs", ".css", ".wasm", ".packed", ".zip", ".whl", ".woff2", ".woff", ".ttf", ".map"}
)
"""The types of files that contain somebody's work: each must belong to a component or to us."""

_OURS: Final = (
    "service-worker.js",
    *("app/*/*.js", "app/*/checklist.css"),
    "runtime/*/client_checklist-*.whl",
)


class ShippedError(RuntimeError):
    """The table and the built site differ; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Component:
    """A package that is shipped; ``version`` is empty if it is unknown.

    ``sha512`` is the digest of its npm package in hexadecimal, or empty; ``files`` are the files of
    the site that belong to it; ``texts`` are the full texts of its licences; ``reach`` says whether
    others' input reaches an old version, or is empty.
    """

    name: str
    type: str
    version: str
    licence: str
    purl: str
    part_of: str
    notice: str
    source: str
    changed: str
    sha512: str
    files: tuple[Path, ...]
    texts: tuple[str, ...]
    reach: str = ""


def components(
    site: Path, node_modules: Path, bundled: Iterable[str], theme: Iterable[Path]
) -> tuple[Component, ...]:
    """Return the components of a built site, in the order of the table.

    ``bundled`` are the npm packages whose code is in the site's own modules, ``theme`` are the
    theme's style sheets, beside which are their source maps. Raises ``ShippedError``.
    """
    rows = _rows()
    problems = [
        *_unknown_packages(rows, bundled),
        *_unknown_parts_of_theme(rows, theme),
        *_unknown_files(rows, site),
        *(problem for row in rows for problem in _problems(row, site, node_modules)),
    ]
    if problems:
        raise ShippedError("\n".join(f"{_TABLE.name}: {problem}" for problem in problems))
    return tuple(_component(row, site, node_modules) for row in rows)


def own_files(site: Path) -> list[Path]:
    """Return the files of a built site that contain the site's own code, sorted."""
    return sorted(path for pattern in _OURS for path in site.glob(pattern))


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["component"]
    return rows


def _unknown_packages(rows: Iterable[Mapping[str, Any]], bundled: Iterable[str]) -> Iterator[str]:
    known = {row["npm"] for row in rows if "npm" in row}
    for name in sorted(set(bundled) - known):
        yield f"the modules contain the npm package {name}: add it, with its licence"


def _unknown_parts_of_theme(
    rows: Iterable[Mapping[str, Any]], theme: Iterable[Path]
) -> Iterator[str]:
    known = {row["theme"] for row in rows if "theme" in row}
    maps = (json.loads(path.with_name(f"{path.name}.map").read_bytes()) for path in theme)
    there = packages_of(source for one in maps for source in one["sources"])
    for name in sorted(there - known):
        yield f"the theme's files contain {name}: add it, with its licence"
    for name in sorted(known - there):
        yield f"the theme's files no longer contain {name}: remove it"


def _unknown_files(rows: Iterable[Mapping[str, Any]], site: Path) -> Iterator[str]:
    known = set(own_files(site)).union(*(_files(row, site) for row in rows))
    for path in sorted(site.rglob("*")):
        if path.suffix in _CODE and path not in known:
            name = path.relative_to(site)
            yield f"{name} belongs to no component: add it to one, or to shipped.py"


def _problems(row: Mapping[str, Any], site: Path, node_modules: Path) -> Iterator[str]:
    """Yield a message for each statement of a row that is no longer true."""
    name = row["name"]
    for pattern in row.get("files", ()):
        if not any(site.glob(pattern)):
            yield f"{name}: the site no longer has {pattern}"
    if "found" in row and _found(row, site) is None:
        yield f"{name}: {row['found'][0]} no longer contains {row['found'][1]}"
        return
    version = _version(row, site, node_modules)
    if row.get("looked_at", version) != version:
        yield (
            f"{name} {version}: its parts were reviewed for {row['looked_at']}; review them and "
            "their licences again, then change looked_at"
        )
    if "npm" in row and (licence := _package(row, node_modules)["license"]) != row["licence"]:
        yield f"{name}: the package is under {licence}, the table says {row['licence']}"


def _component(row: Mapping[str, Any], site: Path, node_modules: Path) -> Component:
    version = _version(row, site, node_modules)
    optional = row.get("optional", {})
    changes = [text for pattern, text in optional.items() if any(site.glob(pattern))]
    return Component(
        name=row["name"],
        type=row["type"],
        version=version,
        licence=row["licence"],
        purl=f"{_kind(row)}@{version}" if version else _kind(row),
        part_of=row.get("part_of", ""),
        notice=row.get("notice", ""),
        source=row["source"],
        changed=" ".join([*filter(None, [row.get("changed")]), *changes]),
        sha512=_sha512(row, node_modules) if "npm" in row else "",
        files=tuple(sorted(_files(row, site))),
        texts=tuple(_texts(row, node_modules)),
        reach=row.get("reach", ""),
    )


def _files(row: Mapping[str, Any], site: Path) -> set[Path]:
    patterns = (*row.get("files", ()), *row.get("optional", ()))
    return {path for pattern in patterns for path in site.glob(pattern)}


def _kind(row: Mapping[str, Any]) -> str:
    if "npm" in row:
        return f"pkg:npm/{row['npm'].replace('@', '%40')}"
    return f"pkg:pypi/{row['wheel']}" if "wheel" in row else str(row["purl"])


def _version(row: Mapping[str, Any], site: Path, node_modules: Path) -> str:
    if "npm" in row:
        return str(_package(row, node_modules)["version"])
    if "wheel" in row:
        return distribution(row["wheel"]).version
    if "version" in row:
        return str(row["version"])
    found = _found(row, site) if "found" in row else None
    return ".".join(part.decode() for part in found.groups()) if found else ""


def _found(row: Mapping[str, Any], site: Path) -> re.Match[bytes] | None:
    files, pattern = row["found"]
    hits = (re.search(pattern.encode(), path.read_bytes()) for path in site.glob(files))
    return next((hit for hit in hits if hit), None)


def _package(row: Mapping[str, Any], node_modules: Path) -> dict[str, Any]:
    path = node_modules / row["npm"] / "package.json"
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return package


def _sha512(row: Mapping[str, Any], node_modules: Path) -> str:
    """Return the digest of a package in ``package-lock.json``, which npm has verified."""
    lock = json.loads((node_modules.parent / "package-lock.json").read_text(encoding="utf-8"))
    kind, _, digest = lock["packages"][f"node_modules/{row['npm']}"]["integrity"].partition("-")
    if kind != "sha512":
        raise ShippedError(f"package-lock.json: {row['npm']} is locked by {kind}, not by sha512")
    return base64.b64decode(digest).hex()


def _texts(row: Mapping[str, Any], node_modules: Path) -> Iterator[str]:
    if "texts" in row:
        for name in row["texts"]:
            yield (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    elif "npm" in row:
        folder = node_modules / row["npm"]
        yield next(folder.glob("LICENSE*")).read_text(encoding="utf-8")
    elif "wheel" in row:
        yield _licence_in(distribution(row["wheel"]))


def _licence_in(package: Distribution) -> str:
    text = package.read_text("licenses/LICENSE")
    if text is None:
        raise ShippedError(f"{package.name} no longer contains a licence: add it to {_TEXTS.name}/")
    return text
