"""The release check: are the files at an address the very ones that were built?

``python -m checklist.site.publishing.release site/ https://example.org/guide/`` asks the host for
each file of the folder, and for an address that leads nowhere, and names all that differs; with
``--headers`` also what the host was told to send with them and does not. Standard library only:
whoever has Python and the folder can check a site.
"""

import argparse
import gzip
import http.client
import re
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import OpenerDirector, build_opener

from checklist.site.files import READ_BY_HOSTS

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

_RULES: Final = "_headers"
_TYPE: Final = "Content-Type"
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]*)"')
_ASKING: Final = {
    "User-Agent": "release check",
    "Accept-Encoding": "gzip",
    "Cache-Control": "no-cache",
}
_AT_ONCE: Final = 8
_SILENCE: Final = 30
_PAUSE: Final = 20
_FOUND, _MISSING = 200, 404

type Rules = Mapping[str, Mapping[str, str]]
"""The headers to send, by the path of an address; a ``*`` at its end is any end of one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file of the site, the address it is asked for at, and the statuses that may come."""

    file: Path
    address: str
    statuses: tuple[int, ...] = (_FOUND,)


@dataclass(frozen=True, slots=True)
class _Answer:
    """``sent`` is what came, ``contents`` the same unpacked where the host has packed it.

    ``path`` is that of the address at which it came, after any redirects.
    """

    path: str
    status: int
    headers: Message
    sent: bytes
    contents: bytes


def questions(site: Path, address: str) -> list[Asked]:
    """Return what is to be asked of a site whose root is at ``address``, which ends with a slash.

    Pages are asked for by their folders, as visitors do. To the page for wrong addresses itself
    some hosts give the status that it is for.
    """
    asked = [
        Asked(
            path,
            urljoin(address, quote(_place(path.relative_to(site)))),
            (_FOUND, _MISSING) if path == site / _NOT_FOUND else (_FOUND,),
        )
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.relative_to(site).as_posix() not in READ_BY_HOSTS
    ]
    return [*asked, Asked(site / _NOT_FOUND, urljoin(address, NOWHERE), (_MISSING,))]


def rules_in(site: Path) -> Rules:
    """Return what hosts are told to send with the files of a built site."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in (site / _RULES).read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            path = line
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules.setdefault(path, {})[name] = value
    return rules


def differences(asked: Iterable[Asked], rules: Rules | None = None) -> dict[Asked, list[str]]:
    """Ask for all, a few at once; return what is wrong with those that are not as they were built.

    With ``rules`` a header that is not sent as they say is a difference, and so is a host that
    cannot be reached.
    """
    opener = build_opener()
    opener.addheaders = list(_ASKING.items())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pairs = pool.map(lambda one: (one, list(_problems(one, opener, rules or {}))), asked)
        return {one: problems for one, problems in pairs if problems}


def main(arguments: list[str] | None = None) -> int:
    """Check as the command line says; print what was found and return the exit code."""
    options = _options(arguments)
    site: Path = options.site
    if not (site / _INDEX).is_file() or not (site / _NOT_FOUND).is_file():
        return _refuse(f"{site}: no built site is there; build it first (`make build`)")
    if urlsplit(options.address).scheme not in ("http", "https"):
        return _refuse(f"{options.address}: give the whole address, with https:// before it")
    address = options.address.rstrip("/") + "/"
    asked = questions(site, address)
    rules = rules_in(site) if options.headers else None
    wrong = differences(asked, rules)
    for _ in range(options.again):
        if not wrong:
            break
        time.sleep(_PAUSE)
        wrong = differences(wrong, rules)
    if elsewhere := _built_for(site) != address:
        print(f"{site} was built for another address; SITE_URL={address}", file=sys.stderr)
    if wrong:
        _report(wrong, len(asked))
    if wrong or elsewhere:
        return DIFFERENT
    print(f"All {len(asked) - 1} files at {options.address} are those in {site}.")
    return SAME


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m checklist.site.publishing.release",
        description="Compare the files at an address with those that were built.",
        epilog=f"Exit codes: {SAME} the same, {DIFFERENT} not the same, {NOT_CHECKED} not checked.",
    )
    parser.add_argument("site", type=Path, help="the folder that the build has made")
    parser.add_argument("address", help="where it was put, such as https://example.org/guide/")
    parser.add_argument(
        "--headers",
        action="store_true",
        help="compare headers too, where the host reads one of the files that say them",
    )
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


def _built_for(site: Path) -> str:
    """Return the address for which the site was built, as its front page has it."""
    found = _CANONICAL.search((site / _INDEX).read_text(encoding="utf-8"))
    return found[1] if found else ""


def _problems(asked: Asked, opener: OpenerDirector, rules: Rules) -> Iterator[str]:
    """Yield what is wrong with an answer, in words."""
    try:
        answer = _ask(asked.address, opener)
    except (OSError, http.client.HTTPException) as error:
        yield f"no answer: {error}"
        return
    if answer.status not in asked.statuses:
        kind = "missing" if answer.status == _MISSING else "wrong status"
        yield f"{kind}: the host answers {answer.status} instead of {asked.statuses[0]}"
        return
    wanted = _TYPES.get(asked.file.suffix)
    type_ = answer.headers.get(_TYPE, "").partition(";")[0].strip().lower()
    if wanted and type_ not in wanted:
        yield f"wrong type: it comes as {type_ or 'nothing'}; browsers want {wanted[0]}"
    for name, value in _told(answer, rules).items():
        sent = ", ".join(answer.headers.get_all(name, []))
        if _parts(sent) != _parts(value):
            yield f"{name}: the host says {sent or 'nothing'} instead of {value}"
    built = asked.file.read_bytes()
    if built not in (answer.contents, answer.sent):  # a file may be packed itself
        yield f"other contents: {len(answer.contents)} bytes came, the file has {len(built)}"


def _told(answer: _Answer, rules: Rules) -> dict[str, str]:
    """Return what the host was told to send with an answer, but for the type."""
    return {
        name: value
        for path, headers in rules.items()
        if (path.endswith("*") and answer.path.startswith(path.removesuffix("*")))
        or (answer.status == _FOUND and answer.path == path)
        for name, value in headers.items()
        if name != _TYPE
    }


def _parts(value: str) -> list[str]:
    """Return the parts of a header's value: hosts may order and space them anew."""
    return sorted(part.strip() for part in value.split(","))


def _ask(address: str, opener: OpenerDirector) -> _Answer:
    """Return what the host says, packed or not; raises ``OSError`` or ``HTTPException``."""
    try:
        response = opener.open(address, timeout=_SILENCE)
    except HTTPError as error:  # an answer too, with a page in it
        response = error
    with response:
        sent = response.read()
        packed = response.headers.get("Content-Encoding") == "gzip"
        contents = _unpacked(sent) if packed else sent
        path = urlsplit(response.url).path
        return _Answer(path, response.status, response.headers, sent, contents)


def _unpacked(sent: bytes) -> bytes:
    """Return what was packed; where that cannot be unpacked, what came, which is no such file."""
    try:
        return gzip.decompress(sent)
    except (OSError, EOFError, zlib.error):
        return sent


def _report(wrong: dict[Asked, list[str]], count: int) -> None:
    for one, problems in wrong.items():
        for problem in problems:
            print(f"{one.address}: {problem}", file=sys.stderr)
    print(
        f"{len(wrong)} of {count} answers are not as the site was built. "
        "Put the folder there again as it is; types, headers and the page for wrong addresses are "
        "settings of the host.",
        file=sys.stderr,
    )


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return NOT_CHECKED


if __name__ == "__main__":
    sys.exit(main())
