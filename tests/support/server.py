"""A static file server whose files can be made to fail, one by one."""

import mimetypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from checklist.browser import handle

type Python = Literal[
    "browser",  # in the page's worker, as for visitors
    "host",  # in the tests' process, without a start
]
type Fault = Literal[
    "missing",
    "wrong",  # another page, as from a network with a sign-in page
    "truncated",
    "damaged",  # one bit is flipped
    "garbled",  # the second half is zeros
    "mistyped",
    "silent",  # nothing is sent before the site is released
    "slow",  # the second half is sent once it is released
    "lost",  # the connection ends in the middle
    "gone",  # the server stops answering from this request on
]

_WORKER: Final = "/worker.js"
_PYTHON: Final = "/python"
_HOST_WORKER: Final = Path(__file__).with_name("host_worker.js").read_bytes()

mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".mjs")


@dataclass
class Site:
    """A served folder: its address, what fails (by the end of the path), what was asked for.

    ``met`` has the keys of the ``faults`` that a request has met.
    ``python`` says whose answers the page gets; while it ``is_python_out`` it waits for them in
    vain. ``answer`` is the tests' own Python. ``edits`` change the files whose path ends so.
    While it ``is_gone`` nothing answers. ``keeping`` is the value of Cache-Control.
    """

    address: str
    python: Python = "browser"
    is_python_out: bool = False
    answer: Callable[[str], str] = handle
    faults: dict[str, Fault] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    edits: dict[str, Callable[[str], str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    is_gone: bool = False
    keeping: str = "no-store"

    def url(self, path: str = "") -> str:
        """Return the address of a page."""
        return f"{self.address}{path}"

    def fault_of(self, path: str) -> Fault | None:
        """Return how the path fails, if it does, and note that it was met."""
        for end, fault in self.faults.items():
            if fnmatch(path, f"*{end}"):
                self.met.add(end)
                return fault
        return None

    def edit_of(self, path: str) -> Callable[[str], str] | None:
        """Return how the text at the path is edited, if it is."""
        return next((edit for end, edit in self.edits.items() if fnmatch(path, f"*{end}")), None)

    def repair(self) -> None:
        """End every fault."""
        self.faults.clear()
        self.is_gone = False
        self.released.set()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, site: Site, directory: str) -> None:
        self.site = site
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # passed through

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.site.requests.append(path)
        fault = self.site.fault_of(path)
        if fault == "gone":
            self.site.is_gone = True
        if self.site.is_gone:
            self.close_connection = True
            return
        with suppress(ConnectionError):  # the visitor may have left
            if fault is None:
                self._send_right(path)
            elif fault == "missing":
                self.send_error(HTTPStatus.NOT_FOUND)
            elif fault == "silent":
                self.site.released.wait()
                self.close_connection = True
            else:
                self._send_with(fault, self._file().read_bytes())

    def do_POST(self) -> None:
        """Answer a request to Python, as the worker does in the browser."""
        request = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != _PYTHON:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._send(self.site.answer(request).encode(), "application/json")

    def _send_right(self, path: str) -> None:
        is_worker = path.endswith(_WORKER)
        if is_worker and self.site.is_python_out:
            self._send(b"")
        elif is_worker and self.site.python == "host":
            self._send(_HOST_WORKER)
        elif edit := self.site.edit_of(path):
            self._send(edit(self._file().read_text(encoding="utf-8")).encode())
        else:
            super().do_GET()

    def _file(self) -> Path:
        path = Path(self.translate_path(self.path))
        return path / "index.html" if path.is_dir() else path

    def _send_with(self, fault: Fault, body: bytes) -> None:
        half = len(body) // 2
        match fault:
            case "wrong":
                self._send(b"<!doctype html><title>Sign in</title>")
            case "truncated":
                self._send(body[:half])
            case "damaged":
                self._send(body[:half] + bytes([body[half] ^ 1]) + body[half + 1 :])
            case "garbled":
                self._send(body[:half] + bytes(len(body) - half))
            case "mistyped":
                self._send(body, "text/html")
            case "slow" | "lost":
                self._send_head(len(body))
                self.wfile.write(body[:half])
                self.wfile.flush()
                if fault == "slow" and self.site.released.wait() and not self.site.is_gone:
                    self.wfile.write(body[half:])
                else:
                    self.close_connection = True

    def _send(self, body: bytes, kind: str | None = None) -> None:
        self._send_head(len(body), kind)
        self.wfile.write(body)

    def _send_head(self, size: int, kind: str | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind or self.guess_type(str(self._file())))
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for wrong addresses, as static hosts do."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self.site.keeping)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for a dozen files at once; five is the default


@contextmanager
def served(folder: Path, path: str = "") -> Iterator[Site]:
    """Serve a folder on a free port of this machine; ``path`` is where the site is in it."""
    site = Site("")
    server = _Server(("127.0.0.1", 0), partial(_Handler, site=site, directory=str(folder)))
    site.address = f"http://127.0.0.1:{server.server_address[1]}/{path}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.is_gone = True  # for the connections that browsers keep
        site.released.set()
        server.shutdown()
        server.server_close()
