"""Modules, styles and type as browsers get them: each page's in few files, and small."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checklist.site.node import find_node
from checklist.site.publish import content_name, copy_new

_ENTRIES: Final = (
    *("site.js", "main.js", "clients.js", "worker.js", "early.js"),
    *("site.css", "guide.css", "checklist.css"),
)
_OPTIONS: Final = (
    *("--bundle", "--splitting", "--format=esm", "--target=es2022", "--minify"),
    *("--external:*.woff2", "--legal-comments=none", "--log-level=warning"),
)
_TOOL: Final = Path("esbuild", "bin", "esbuild")
_STATIC: Final = "import-statement"


class BundleError(RuntimeError):
    """The modules do not fit together; the message is the bundler's."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder to publish, under a name that changes with its contents.

    ``imports`` has, for each module, the files that it imports as it starts.
    """

    directory: Path
    imports: Mapping[str, tuple[str, ...]]

    @property
    def path(self) -> str:
        """Where it lies in the site."""
        return f"app/{self.directory.name}"

    def modules_of(self, entry: str) -> tuple[str, ...]:
        """Return all that an entry leads to, itself first."""
        found = [entry]
        for name in found:  # grows as it goes
            found += [one for one in self.imports[name] if one not in found]
        return tuple(found)

    def text(self, name: str) -> str:
        """Return one file's contents."""
        return (self.directory / name).read_text(encoding="utf-8")


def bundle(page: Path, fonts: Mapping[str, Path], node_modules: Path, cache: Path) -> Bundle:
    """Return the bundle, made anew only where a source has changed; raises ``BundleError``.

    ``page`` is the folder of modules and styles, ``fonts`` the type by the names that styles
    know it by, ``cache`` a folder of our own.
    """
    tool = node_modules / "esbuild" / "package.json"
    directory = cache / content_name([Path(__file__), tool, *_sources(page), *fonts.values()])
    if not _record(directory).exists():
        _make(page, fonts, node_modules, directory)
    outputs = json.loads(_record(directory).read_text(encoding="utf-8"))["outputs"]
    return Bundle(directory, {Path(name).name: _imports(made) for name, made in outputs.items()})


def _record(directory: Path) -> Path:
    return directory.with_suffix(".json")


def _sources(page: Path) -> Iterator[Path]:
    return (path for path in sorted(page.iterdir()) if path.suffix in {".js", ".css"})


def _imports(made: Mapping[str, Any]) -> tuple[str, ...]:
    found: Iterable[Mapping[str, str]] = made["imports"]
    return tuple(Path(one["path"]).name for one in found if one["kind"] == _STATIC)


def _make(page: Path, fonts: Mapping[str, Path], node_modules: Path, directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as temporary:
        made, meta = Path(temporary) / "app", Path(temporary) / "meta.json"
        done = subprocess.run(
            [
                *(find_node(), str(node_modules / _TOOL), *_ENTRIES, *_OPTIONS),
                *(f"--outdir={made}", f"--metafile={meta}"),
            ],
            cwd=page,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise BundleError(f"{page}: the page's modules cannot be bundled:\n{done.stderr}")
        copy_new({path: made / name for name, path in fonts.items()})
        made.rename(directory)
        meta.rename(_record(directory))
