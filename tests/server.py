"""A static file server for the tests that can be told to fail, one file at a time."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

type Fault = Literal["missing", "wrong", "truncated", "damaged", "silent"]

mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".mjs")


@dataclass
class Site:
    """A served folder: its address, what fails (by the end of the path), what was asked for."""

    address: str
    faults: dict[str, Fault] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "") -> str:
        """Return the address of a page."""
        return f"{self.address}{path}"

    def fault_of(self, path: str) -> Fault | None:
        """Return how the path fails, if it does."""
        return next((fault for end, fault in self.faults.items() if path.endswith(end)), None)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, site: Site, directory: str) -> None:
        self.site = site
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # passed through

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.site.requests.append(path)
        match self.site.fault_of(path):
            case "missing":
                self.send_error(HTTPStatus.NOT_FOUND)
            case "wrong":
                self._send(b"<!doctype html><title>Sign in</title>")
            case "truncated":
                self._send(Path(self.translate_path(self.path)).read_bytes()[:1000])
            case "damaged":
                body = bytearray(Path(self.translate_path(self.path)).read_bytes())
                body[len(body) // 2] ^= 1
                self._send(bytes(body))
            case "silent":
                self.site.released.wait()
            case None:
                with suppress(ConnectionError):  # a visitor who leaves does not wait
                    super().do_GET()

    def _send(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for addresses that lead nowhere, as static hosts do."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for a dozen files at once; five is the default


@contextmanager
def served(folder: Path, path: str = "") -> Iterator[Site]:
    """Serve a folder on a free port of this machine; ``path`` is where the site lies in it."""
    site = Site("")
    server = _Server(("127.0.0.1", 0), partial(_Handler, site=site, directory=str(folder)))
    site.address = f"http://127.0.0.1:{server.server_address[1]}/{path}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.released.set()
        server.shutdown()
        server.server_close()
