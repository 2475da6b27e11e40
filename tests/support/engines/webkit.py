"""WebKitGTK in its MiniBrowser, through WebDriver: plain HTTP. It needs a display."""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.support.engines.actions import Actions, clicking, pressing, typing
from tests.support.engines.engine import (
    VIEWPORT,
    Engine,
    EngineError,
    Json,
    Key,
    from_page,
    home,
    in_page,
)
from tests.support.engines.programs import free_port, poll, running
from tests.support.sampling import IS_SOAK
from tests.support.time_limits import TIMEOUT_MS, TIMEOUT_SECONDS

_SURROUNDINGS: Final = {
    "GTK_A11Y": "none",  # it would look for a message bus that does not exist here
    "NO_AT_BRIDGE": "1",
    # The sandbox does not work as root, and the browser opens only our own pages.
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    # Its optimizing compiler takes minutes of processor time for all of Python's 10 MB.
    **({} if IS_SOAK else {"JSC_useOMGJIT": "0"}),
}
_TRIES: Final = 10


class _WebDriver:
    def __init__(self, port: int) -> None:
        self._port = port

    def get(self, path: str) -> Json:
        """Return what the driver says; raises ``OSError`` where nobody listens."""
        return self._ask("GET", path, None)

    def post(self, path: str, params: object) -> Json:
        """Return a command's result; raises ``EngineError`` where WebKit says no."""
        return self._ask("POST", path, json.dumps(params))

    def _ask(self, method: str, path: str, body: str | None) -> Json:
        with closing(
            HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
        ) as connection:
            connection.request(method, path, body)
            response = connection.getresponse()
            value = json.load(response)["value"]
        if response.status != HTTPStatus.OK:
            raise EngineError(value["message"])
        return value


class _WebKit:
    def __init__(self, driver: _WebDriver, session: str) -> None:
        self._driver = driver
        self._session = session

    def open(self, url: str) -> None:
        self._ask("url", {"url": url})

    def reload(self) -> None:
        self._ask("refresh", {})

    def run(self, script: str) -> Json:
        # An error in the page is returned as a result: otherwise WebDriver waits until its timeout.
        response = self._ask(
            "execute/async",
            {
                "script": f"const done = arguments[0]; {in_page(script)}"
                ".then(value => done({ value }), error => done({ error: String(error) }));",
                "args": [],
            },
        )
        if "error" in response:
            raise EngineError(response["error"])
        return from_page(response["value"])

    def click(self, x: int, y: int) -> None:
        self._perform(clicking(x, y))

    def type(self, text: str) -> None:
        self._perform(typing(text))

    def key(self, key: Key) -> None:
        self._perform(pressing(key))

    def _perform(self, actions: Actions) -> None:
        self._ask("actions", {"actions": actions})

    def _ask(self, command: str, params: object) -> Json:
        return self._driver.post(f"{self._session}/{command}", params)


@contextmanager
def webkit(program: str, display: str) -> Iterator[Engine]:
    """Run WebKit with a display and a profile of its own.

    Args:
        program: WebKitWebDriver, which starts the browser.
        display: Xvfb, a screen that nobody sees.
    """
    port = free_port()
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        _screen(display) as screen,
        running([program, f"--port={port}"], home(Path(folder)) | _SURROUNDINGS | screen),
    ):
        driver = _WebDriver(port)
        poll(lambda: _is_ready(driver) or None, "WebKitWebDriver does not listen")
        session = f"/session/{driver.post('/session', {'capabilities': {}})['sessionId']}"
        # A script that hangs is given up before the test, which may then try again.
        driver.post(f"{session}/timeouts", {"script": TIMEOUT_MS // _TRIES})
        driver.post(f"{session}/window/rect", VIEWPORT)
        yield _WebKit(driver, session)


@contextmanager
def _screen(program: str) -> Iterator[dict[str, str]]:
    """Run a display and return the variable that names it."""
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    with (
        os.fdopen(reading) as output,
        os.fdopen(writing, "w") as saying,
        running([*command, "-nolisten", "tcp"], {}, pass_fds=[writing]),
    ):
        saying.close()  # else reading would never end if the display failed to start
        yield {"DISPLAY": f":{output.readline().strip()}"}


def _is_ready(driver: _WebDriver) -> bool:
    try:
        return bool(driver.get("/status")["ready"])
    except OSError:
        return False
