"""Files that go into the site beside the pages."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

READ_BY_HOSTS: Final = ("_headers", "vercel.json", "nginx.conf")
"""The files in a built site that hosts read and visitors never ask for."""

_SHORT: Final = 8


def content_name(files: Iterable[Path], *texts: str) -> str:
    """Return a short name made of the files' contents and the texts: it may be cached for ever."""
    digest = hashlib.sha256("".join(texts).encode())
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_SHORT]


def put_in_place(made: Path, place: Path) -> None:
    """Move a folder that is made to where it is kept; another build may have been quicker."""
    try:
        made.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def copy_new(files: Mapping[Path, Path]) -> None:
    """Copy each file to its place unless a file of the same size and time is there."""
    for source, target in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            there, here = target.stat(), source.stat()
            if (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns):
                continue
        shutil.copy2(source, target)
