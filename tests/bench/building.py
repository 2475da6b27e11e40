"""Building: the whole site, and one edited page while it is served."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from tests.bench.table import Row
from tests.support.site_build import ROOT_URL, build, copy_of_the_project

EDITED: Final = Path("docs", "ru", "glossary.md")
SIGN: Final = "Эта строка дописана только что."
TIMEOUT_SECONDS: Final = 60
PAUSE_S: Final = 0.05
SETTLED_S: Final = 3


def building() -> list[Row]:
    """Time a build with an empty cache, one with a full cache, and an edit that is served."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = copy_of_the_project(_made(Path(folder) / "fresh"), with_cache=False)
        begun = time.perf_counter()
        build(Path(folder) / "from-nothing", ROOT_URL, project=fresh)
        first = time.perf_counter() - begun
        build(Path(folder) / "first", ROOT_URL)
        begun = time.perf_counter()
        build(Path(folder) / "second", ROOT_URL)
        whole = time.perf_counter() - begun
        edit = _edit_while_served(copy_of_the_project(_made(Path(folder) / "served")))
    print(f"\nBuilding: the whole site {whole:.1f} s, with an empty cache {first:.1f} s;")
    print(f"an edited page is served after {edit:.1f} s")
    return [
        Row("whole site build, empty cache", first, 60, "s"),
        Row("whole site build, warm environment", whole, 20, "s"),
        Row("an edit served again", edit, 3, "s"),
    ]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _edit_while_served(project: Path) -> float:
    port = _free_port()
    address = f"127.0.0.1:{port}"
    served = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address],
        cwd=project,
        env={**os.environ, "SITE_URL": f"http://{address}/"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        url = f"http://{address}/glossary/"
        _wait_for(url, "")
        time.sleep(SETTLED_S)  # the server only then watches the files
        page = project / EDITED
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{SIGN}\n", encoding="utf-8")
        return _wait_for(url, SIGN)
    finally:
        os.killpg(served.pid, signal.SIGTERM)
        served.wait()


def _wait_for(url: str, text: str) -> float:
    """Return after how many seconds the page holds a text."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < TIMEOUT_SECONDS:
        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as page:  # noqa: S310 - our own server
                if text in page.read().decode():
                    return time.perf_counter() - begun
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(PAUSE_S)
    raise TimeoutError(f"{url} did not show {text!r} in {TIMEOUT_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
