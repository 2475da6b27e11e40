"""Helpers for files that are cached or published."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

READ_BY_HOSTS: Final = ("_headers", "vercel.json", "nginx.conf")
"""The files of a built site that configure hosts; they are not served to visitors."""

_DIGEST_LENGTH: Final = 8


def content_name(files: Iterable[Path], *texts: str) -> str:
    """Return a digest of the files' names and contents and of the texts: 8 hexadecimal digits."""
    digest = hashlib.sha256("".join(texts).encode())
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_DIGEST_LENGTH]


def put_in_place(made: Path, place: Path) -> None:
    """Move a finished folder into the cache, unless another build has put it there meanwhile.

    Raises ``OSError`` where it cannot be moved.
    """
    try:
        made.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def copy_new(files: Mapping[Path, Path]) -> None:
    """Copy each source to its target, unless the target has the same size and time."""
    for source, target in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            there, here = target.stat(), source.stat()
            if (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns):
                continue
        shutil.copy2(source, target)
