"""Files that go into the site beside the pages: the page's modules and styles, the runtime."""

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

_PUBLISHED: Final = {".js", ".css"}
_SHORT: Final = 8
_STATIC_IMPORT: Final = re.compile(
    r'^(?:import|export|\}) [^;]*?from "(?:\./)?([\w.]+)";', re.MULTILINE
)


def page_files(page: Path) -> list[Path]:
    """Return the modules and styles that the browser gets, in a fixed order."""
    return sorted(path for path in page.iterdir() if path.suffix in _PUBLISHED)


def modules_of(page: Path, entry: str) -> tuple[str, ...]:
    """Return the modules that an entry leads to, itself first, by their published names.

    A browser that is told of them all at once need not find them one behind the other.
    """
    found = [entry]
    for name in found:  # grows as it goes
        source = page / name
        if source.exists():
            text = source.read_text(encoding="utf-8")
            names = (f"{one.removesuffix('.js')}.js" for one in _STATIC_IMPORT.findall(text))
            found += [one for one in dict.fromkeys(names) if one not in found]
    return tuple(found)


def library_files(node_modules: Path) -> dict[str, Path]:
    """Return the libraries that modules import, by the names they are published under."""
    return {"idb.js": node_modules / "idb" / "build" / "index.js"}


def publish_modules(sources: Iterable[Path], libraries: Mapping[str, Path], target: Path) -> None:
    """Write modules and styles; a library is imported from the file beside, not by its bare name.

    Browsers resolve no bare names, and an import map would have to stand in every page.
    """
    target.mkdir(parents=True, exist_ok=True)
    for source in sources:
        text = source.read_text(encoding="utf-8")
        for name in libraries:
            text = text.replace(f'from "{name.removesuffix(".js")}"', f'from "./{name}"')
        (target / source.name).write_text(text, encoding="utf-8")
    for name, source in libraries.items():
        shutil.copyfile(source, target / name)


def content_name(files: Iterable[Path]) -> str:
    """Return a short name made of the files' contents, so that it may be cached for ever."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_SHORT]


def copy_new(files: Mapping[Path, Path]) -> None:
    """Copy each file to its place unless a file of the same size and time is there."""
    for source, target in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            there, here = target.stat(), source.stat()
            if (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns):
                continue
        shutil.copy2(source, target)
