"""Firefox, through WebDriver BiDi, which it speaks without a separate driver."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

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
from tests.support.engines.programs import poll, running
from tests.support.time_limits import TIMEOUT_SECONDS

# Firefox may load nothing but what the site requests.
_PREFERENCES: Final = """\
user_pref("app.normandy.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,nowhere");
"""


class _Bidi:
    """One session: commands are numbered, and each response has its command's number."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = count(1)

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Return a command's result; raises ``EngineError`` where Firefox says no."""
        number = next(self._ids)
        self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            response = json.loads(self._connection.recv(TIMEOUT_SECONDS))
            if response.get("id") == number:
                break
        if response["type"] == "error":
            raise EngineError(f"{method}: {response['message']}")
        result: dict[str, Any] = response["result"]
        return result


class _Firefox:
    def __init__(self, bidi: _Bidi, tab: str) -> None:
        self._bidi = bidi
        self._tab = tab

    def open(self, url: str) -> None:
        self._bidi.ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def reload(self) -> None:
        self._bidi.ask("browsingContext.reload", context=self._tab, wait="complete")

    def run(self, script: str) -> Json:
        response = self._bidi.ask(
            "script.evaluate",
            expression=in_page(script),
            target={"context": self._tab},
            awaitPromise=True,
        )
        if response["type"] != "success":
            raise EngineError(response["exceptionDetails"]["text"])
        return from_page(response["result"]["value"])

    def click(self, x: int, y: int) -> None:
        self._perform(clicking(x, y))

    def type(self, text: str) -> None:
        self._perform(typing(text))

    def key(self, key: Key) -> None:
        self._perform(pressing(key))

    def _perform(self, actions: Actions) -> None:
        self._bidi.ask("input.performActions", context=self._tab, actions=actions)


@contextmanager
def firefox(program: str) -> Iterator[Engine]:
    """Run Firefox with a profile of its own."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder) / "profile"
        profile.mkdir()
        (profile / "user.js").write_text(_PREFERENCES, encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--remote-debugging-port=0"]
        # Pings use the global `random` in their own thread, which Hypothesis reports as an error of
        # the strategy that it is drawing from at that moment.
        options = {"max_size": None, "compression": None, "ping_interval": None}
        with (
            running([*command, "--profile", str(profile)], home(Path(folder))),
            connect(_address(profile), **options) as connection,
        ):
            bidi = _Bidi(connection)
            bidi.ask("session.new", capabilities={})
            tab = bidi.ask("browsingContext.getTree")["contexts"][0]["context"]
            bidi.ask("browsingContext.setViewport", context=tab, viewport=VIEWPORT)
            yield _Firefox(bidi, tab)


def _address(profile: Path) -> str:
    """Wait for the file in which Firefox says where it listens."""
    file = profile / "WebDriverBiDiServer.json"

    def contents() -> str | None:
        return (file.read_text(encoding="utf-8") or None) if file.exists() else None

    place = json.loads(poll(contents, "Firefox does not say where it listens"))
    return f"ws://{place['ws_host']}:{place['ws_port']}/session"
