"""The release check: compare the files at an address with those that were built.

``python -m checklist.site.publishing.release site/ https://example.org/guide/`` requests each file
of the folder, and an address that does not exist, and lists the differences; with ``--headers``
also the headers that are not sent as configured. It needs only the standard library.
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

UNKNOWN_PATH: Final = "no-page-has-this-name/"
"""A path that does not exist, requested to see how the host responds."""

_INDEX: Final = "index.html"
_NOT_FOUND: Final = "404.html"
_SCRIPT: Final = ("text/javascript", "application/javascript")
_MEDIA_TYPES: Final = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": _SCRIPT,
    ".mjs": _SCRIPT,
    ".wasm": ("application/wasm",),
    ".webmanifest": ("application/manifest+json", "application/json"),
}
"""The media types of files that browsers reject or download if they are sent as another type."""

_RULES_FILE: Final = "_headers"
_TYPE: Final = "Content-Type"
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]*)"')
_REQUEST_HEADERS: Final = {
    "User-Agent": "release check",
    "Accept-Encoding": "gzip",
    "Cache-Control": "no-cache",
}
_CONNECTIONS: Final = 8
_TIMEOUT_S: Final = 30
_RETRY_S: Final = 20
_FOUND, _MISSING = 200, 404

type Rules = Mapping[str, Mapping[str, str]]
"""The configured headers by path; a ``*`` at the end of a path matches any rest."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file of the site, its address, and the status codes that are accepted."""

    file: Path
    address: str
    statuses: tuple[int, ...] = (_FOUND,)


@dataclass(frozen=True, slots=True)
class _Response:
    """A host's response.

    ``path`` is that of its address after redirects, ``sent`` its body, and ``contents`` the body
    after decompression, if the host has compressed it.
    """

    path: str
    status: int
    headers: Message
    sent: bytes
    contents: bytes


def requests_for(site: Path, address: str) -> list[Request]:
    """Return the requests for a site whose root is at ``address``, which ends with a slash.

    Pages are requested by their folders, as visitors do. Some hosts send the page for wrong
    addresses with status 404 even when it is requested itself.
    """
    requests = [
        Request(
            path,
            urljoin(address, quote(_path_of(path.relative_to(site)))),
            (_FOUND, _MISSING) if path == site / _NOT_FOUND else (_FOUND,),
        )
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.relative_to(site).as_posix() not in READ_BY_HOSTS
    ]
    return [*requests, Request(site / _NOT_FOUND, urljoin(address, UNKNOWN_PATH), (_MISSING,))]


def header_rules(site: Path) -> Rules:
    """Return the configured headers of a built site, by path."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in (site / _RULES_FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            path = line
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules.setdefault(path, {})[name] = value
    return rules


def differences(
    requests: Iterable[Request], rules: Rules | None = None
) -> dict[Request, list[str]]:
    """Send the requests and return the problems of each response that differs from its file.

    With ``rules``, headers are compared as well. A host that cannot be reached is a difference.
    """
    opener = build_opener()
    opener.addheaders = list(_REQUEST_HEADERS.items())
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        pairs = pool.map(lambda one: (one, list(_problems(one, opener, rules or {}))), requests)
        return {one: problems for one, problems in pairs if problems}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line, print the differences and return the exit code."""
    options = _options(arguments)
    site: Path = options.site
    if not (site / _INDEX).is_file() or not (site / _NOT_FOUND).is_file():
        return _refuse(f"{site}: no built site is there; build it first (`make build`)")
    if urlsplit(options.address).scheme not in ("http", "https"):
        return _refuse(f"{options.address}: give the whole address, with https:// before it")
    address = options.address.rstrip("/") + "/"
    requests = requests_for(site, address)
    rules = header_rules(site) if options.headers else None
    wrong = differences(requests, rules)
    for _ in range(options.again):
        if not wrong:
            break
        time.sleep(_RETRY_S)
        wrong = differences(wrong, rules)
    if elsewhere := _built_for(site) != address:
        print(f"{site} was built for another address; SITE_URL={address}", file=sys.stderr)
    if wrong:
        _report(wrong, len(requests))
    if wrong or elsewhere:
        return DIFFERENT
    print(f"All {len(requests) - 1} files at {options.address} are those in {site}.")
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
        help=f"ask again for what differs, after {_RETRY_S} seconds each: hosts take their time",
    )
    return parser.parse_args(arguments)


def _path_of(path: Path) -> str:
    """Return the path below the site's root at which a file is requested."""
    return path.as_posix().removesuffix(_INDEX) if path.name == _INDEX else path.as_posix()


def _built_for(site: Path) -> str:
    """Return the address for which the site was built, from its home page."""
    found = _CANONICAL.search((site / _INDEX).read_text(encoding="utf-8"))
    return found[1] if found else ""


def _problems(request: Request, opener: OpenerDirector, rules: Rules) -> Iterator[str]:
    """Yield a message for each problem with the response to a request."""
    try:
        response = _fetch(request.address, opener)
    except (OSError, http.client.HTTPException) as error:
        yield f"no answer: {error}"
        return
    if response.status not in request.statuses:
        kind = "missing" if response.status == _MISSING else "wrong status"
        yield f"{kind}: the host answers {response.status} instead of {request.statuses[0]}"
        return
    wanted = _MEDIA_TYPES.get(request.file.suffix)
    type_ = response.headers.get(_TYPE, "").partition(";")[0].strip().lower()
    if wanted and type_ not in wanted:
        yield f"wrong type: it comes as {type_ or 'nothing'}; browsers want {wanted[0]}"
    for name, value in _configured_headers(response, rules).items():
        sent = ", ".join(response.headers.get_all(name, []))
        if _parts(sent) != _parts(value):
            yield f"{name}: the host says {sent or 'nothing'} instead of {value}"
    built = request.file.read_bytes()
    if built not in (response.contents, response.sent):  # the file itself may be a gzip archive
        yield f"other contents: {len(response.contents)} bytes came, the file has {len(built)}"


def _configured_headers(response: _Response, rules: Rules) -> dict[str, str]:
    """Return the headers configured for a response, except for its media type."""
    return {
        name: value
        for path, headers in rules.items()
        if (path.endswith("*") and response.path.startswith(path.removesuffix("*")))
        or (response.status == _FOUND and response.path == path)
        for name, value in headers.items()
        if name != _TYPE
    }


def _parts(value: str) -> list[str]:
    """Return the parts of a header's value in a fixed order: hosts may change order and spacing."""
    return sorted(part.strip() for part in value.split(","))


def _fetch(address: str, opener: OpenerDirector) -> _Response:
    """Return the response from an address; raises ``OSError`` or ``HTTPException``."""
    try:
        response = opener.open(address, timeout=_TIMEOUT_S)
    except HTTPError as error:  # a response with an error status has a body too
        response = error
    with response:
        sent = response.read()
        compressed = response.headers.get("Content-Encoding") == "gzip"
        contents = _decompressed(sent) if compressed else sent
        path = urlsplit(response.url).path
        return _Response(path, response.status, response.headers, sent, contents)


def _decompressed(sent: bytes) -> bytes:
    """Return a body decompressed, or unchanged if that fails: it then differs from its file."""
    try:
        return gzip.decompress(sent)
    except (OSError, EOFError, zlib.error):
        return sent


def _report(wrong: dict[Request, list[str]], count: int) -> None:
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
