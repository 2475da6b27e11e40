"""A static host for measurements: it compresses, allows caching, and has a limited speed.

The server of the other tests fails on demand and allows no caching.
"""

import gzip
import mimetypes
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")

# What the common static hosts compress; archives, fonts and unknown files they send as they are.
COMPRESSED: Final = (
    *("text/", "application/json", "application/javascript", "application/wasm"),
    *("application/xml", "image/svg+xml", "application/toml"),
)
NAMED_BY_CONTENT: Final = ("/app/", "/runtime/", "/assets/", "/stock/", "/pyscript/")
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
PART: Final = 16_384


@dataclass
class Line:
    """The connection to one visitor, which all requests share.

    ``rate`` is in bytes a second, ``delay`` in seconds from a request to the first byte of its
    response.
    """

    rate: float | None = None
    delay: float = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0

    def wait_for_delay(self) -> None:
        """Wait as long as a request and its response travel."""
        if self.delay:
            time.sleep(self.delay)

    def wait_to_send(self, size: int) -> None:
        """Wait until the connection has transferred so many bytes."""
        if not self.rate:
            return
        with self.lock:
            self.free_at = max(self.free_at, time.monotonic()) + size / self.rate
            until = self.free_at
        time.sleep(max(0, until - time.monotonic()))


@dataclass
class Host:
    """A served folder: its address, its line, and what it has sent."""

    address: str
    line: Line
    sent: dict[str, int] = field(default_factory=dict)

    def url(self, path: str = "") -> str:
        """Return the address of a page."""
        return f"{self.address}{path}"

    def count(self, path: str, size: int) -> None:
        """Note that so many bytes have gone over the line for a path."""
        self.sent[path] = self.sent.get(path, 0) + size


@cache
def compressed(path: Path, _: int) -> bytes:
    """Return a file as a host that compresses sends it; keyed by its time too, as it may change."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


def warm_up(folder: Path) -> None:
    """Compress slow files beforehand, as hosts do."""
    for path in folder.rglob("*"):
        if (mimetypes.guess_type(path)[0] or "").startswith(COMPRESSED):
            compressed(path, path.stat().st_mtime_ns)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together

    def __init__(self, *args: object, host: Host, folder: Path) -> None:
        self.host = host
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]  # passed through

    def do_GET(self) -> None:
        """Send a file, or say that the browser's own copy is still good."""
        url_path = unquote(urlsplit(self.path).path)
        path = self.folder / url_path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        self.host.line.wait_for_delay()
        if not path.is_file():
            self._send(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain"}, b"not found")
            return
        status = path.stat()
        headers = {
            "Content-Type": mimetypes.guess_type(path)[0] or "application/octet-stream",
            "Cache-Control": FOR_EVER if url_path.startswith(NAMED_BY_CONTENT) else ASK_AGAIN,
            "Last-Modified": formatdate(status.st_mtime, usegmt=True),
            "Vary": "Accept-Encoding",
        }
        if self._has_it_already(status.st_mtime):
            self._send(HTTPStatus.NOT_MODIFIED, headers, b"")
        elif headers["Content-Type"].startswith(COMPRESSED):
            body = compressed(path, status.st_mtime_ns)
            self._send(HTTPStatus.OK, headers | {"Content-Encoding": "gzip"}, body)
        else:
            self._send(HTTPStatus.OK, headers, path.read_bytes())

    def _has_it_already(self, changed: float) -> bool:
        since: str | None = self.headers.get("If-Modified-Since")
        return since is not None and parsedate_to_datetime(since).timestamp() >= int(changed)

    def _send(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        buffer: list[bytes] = self._headers_buffer  # type: ignore[attr-defined]  # its own name
        head = sum(len(line) for line in buffer)
        # Counted before it is written: a test may look as soon as the browser has all of it.
        self.host.count(self.path, head)
        with suppress(ConnectionError):  # the visitor may have left
            self.end_headers()
            for start in range(0, len(body), PART):
                part = body[start : start + PART]
                self.host.line.wait_to_send(len(part))
                self.host.count(self.path, len(part))
                self.wfile.write(part)
                self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Keep the table readable."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in its base
        """Say nothing of a visitor that has left, which a browser does that is closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def hosted(folder: Path, line: Line | None = None) -> Iterator[Host]:
    """Serve a folder on a free port of this machine."""
    host = Host("", line or Line())
    server = _Server(("127.0.0.1", 0), partial(_Handler, host=host, folder=folder))
    host.address = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
