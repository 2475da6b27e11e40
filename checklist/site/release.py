"""The release check: are the files at an address the very ones that were built?

``python -m checklist.site.release site/ https://example.org/guide/`` asks the host for each file of
the folder, and for an address that leads nowhere, and names all that differs. Standard library
only: whoever has Python and the folder can check a site.
"""

import argparse
import gzip
import http.client
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import OpenerDirector, build_opener

from checklist.site.publish import READ_BY_HOSTS

SAME, DIFFERENT, NOT_CHECKED = 0, 1, 2
"""The exit codes."""

NOWHERE: Final = "no-page-has-this-name/"
"""An address that is asked for to see what the host says where there is nothing."""

_INDEX: Final = "index.html"
_NOT_FOUND: Final = "404.html"
_SCRIPT: Final = ("text/javascript", "application/javascript")
_TYPES: Final = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": _SCRIPT,
    ".mjs": _SCRIPT,
    ".wasm": ("application/wasm",),
    ".webmanifest": ("application/manifest+json", "application/json"),
}
"""What browsers refuse, or take for a download, where it is sent as something else."""

_HEADERS: Final = {
    "User-Agent": "release check",
    "Accept-Encoding": "gzip",
    "Cache-Control": "no-cache",
}
_AT_ONCE: Final = 8
_SILENCE: Final = 30
_PAUSE: Final = 20
_FOUND, _MISSING = 200, 404


@dataclass(frozen=True, slots=True)
class Asked:
    """A file of the site, the address it is asked for at, and the status that belongs to it."""

    file: Path
    address: str
    status: int = _FOUND


@dataclass(frozen=True, slots=True)
class _Answer:
    """``sent`` is what came, ``contents`` the same unpacked where the host has packed it."""

    status: int
    type: str
    sent: bytes
    contents: bytes


def questions(site: Path, address: str) -> list[Asked]:
    """Return what is to be asked of a site whose root is at ``address``, which ends with a slash.

    Pages are asked for by their folders, as visitors do.
    """
    asked = [
        Asked(path, urljoin(address, quote(_place(path.relative_to(site)))))
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.relative_to(site).as_posix() not in READ_BY_HOSTS
    ]
    return [*asked, Asked(site / _NOT_FOUND, urljoin(address, NOWHERE), _MISSING)]


def differences(asked: Iterable[Asked]) -> dict[Asked, list[str]]:
    """Ask for all, a few at once; return what is wrong with those that are not as they were built.

    A host that cannot be reached is a difference too.
    """
    opener = build_opener()
    opener.addheaders = list(_HEADERS.items())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pairs = pool.map(lambda one: (one, list(_problems(one, opener))), asked)
        return {one: problems for one, problems in pairs if problems}


def main(arguments: list[str] | None = None) -> int:
    """Check as the command line says; print what was found and return the exit code."""
    options = _options(arguments)
    site: Path = options.site
    if not (site / _INDEX).is_file() or not (site / _NOT_FOUND).is_file():
        return _refuse(f"{site}: no built site is there; build it first (`make build`)")
    if urlsplit(options.address).scheme not in ("http", "https"):
        return _refuse(f"{options.address}: give the whole address, with https:// before it")
    asked = questions(site, options.address.rstrip("/") + "/")
    wrong = differences(asked)
    for _ in range(options.again):
        if not wrong:
            break
        time.sleep(_PAUSE)
        wrong = differences(wrong)
    if wrong:
        _report(wrong, len(asked))
        return DIFFERENT
    print(f"All {len(asked) - 1} files at {options.address} are those in {site}.")
    return SAME


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m checklist.site.release",
        description="Compare the files at an address with those that were built.",
        epilog=f"Exit codes: {SAME} the same, {DIFFERENT} not the same, {NOT_CHECKED} not checked.",
    )
    parser.add_argument("site", type=Path, help="the folder that the build has made")
    parser.add_argument("address", help="where it was put, such as https://example.org/guide/")
    parser.add_argument(
        "--again",
        type=int,
        default=0,
        metavar="TIMES",
        help=f"ask again for what differs, after {_PAUSE} seconds each: hosts take their time",
    )
    return parser.parse_args(arguments)


def _place(path: Path) -> str:
    """Return the address below the site's root at which a file is asked for."""
    return path.as_posix().removesuffix(_INDEX) if path.name == _INDEX else path.as_posix()


def _problems(asked: Asked, opener: OpenerDirector) -> Iterator[str]:
    """Yield what is wrong with an answer, in words."""
    try:
        answer = _ask(asked.address, opener)
    except (OSError, http.client.HTTPException) as error:
        yield f"no answer: {error}"
        return
    if answer.status != asked.status:
        kind = "missing" if answer.status == _MISSING else "wrong status"
        yield f"{kind}: the host answers {answer.status} instead of {asked.status}"
        return
    wanted = _TYPES.get(asked.file.suffix)
    if wanted and answer.type not in wanted:
        yield f"wrong type: it comes as {answer.type or 'nothing'}; browsers want {wanted[0]}"
    built = asked.file.read_bytes()
    if built not in (answer.contents, answer.sent):  # a file may be packed itself
        yield f"other contents: {len(answer.contents)} bytes came, the file has {len(built)}"


def _ask(address: str, opener: OpenerDirector) -> _Answer:
    """Return what the host says, packed or not; raises ``OSError`` or ``HTTPException``."""
    try:
        response = opener.open(address, timeout=_SILENCE)
    except HTTPError as error:  # an answer too, with a page in it
        response = error
    with response:
        sent = response.read()
        packed = response.headers.get("Content-Encoding") == "gzip"
        type_, _, _ = response.headers.get("Content-Type", "").partition(";")
        contents = gzip.decompress(sent) if packed else sent
        return _Answer(response.status, type_.strip().lower(), sent, contents)


def _report(wrong: dict[Asked, list[str]], count: int) -> None:
    for one, problems in wrong.items():
        for problem in problems:
            print(f"{one.address}: {problem}", file=sys.stderr)
    print(
        f"{len(wrong)} of {count} answers are not as the site was built. "
        "Put the folder there again as it is; types and the page for wrong addresses are "
        "settings of the host.",
        file=sys.stderr,
    )


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_CHECKED


if __name__ == "__main__":
    sys.exit(main())
