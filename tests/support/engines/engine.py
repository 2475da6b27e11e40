"""The few operations that the tests need of a browser, so that three can offer them alike."""

import json
from pathlib import Path
from typing import Any, Final, Literal, Protocol, TypedDict

type Json = Any
type Key = Literal["Tab", "ArrowUp", "ArrowDown", "Space"]


class Size(TypedDict):
    """The size of the viewport, in CSS pixels."""

    width: int
    height: int


VIEWPORT: Final[Size] = {"width": 1280, "height": 900}


class EngineError(Exception):
    """The browser could not do what was requested."""


class Engine(Protocol):
    """A running browser with one page open.

    Every method raises ``EngineError`` where the browser refuses, or where the page is closed
    meanwhile.
    """

    def open(self, url: str) -> None:
        """Go to a page and wait until it has loaded."""

    def reload(self) -> None:
        """Load the page again and wait until it has loaded."""

    def run(self, script: str) -> Json:
        """Run the body of an async function in the page; return what it returns, as JSON has it."""

    def click(self, x: int, y: int) -> None:
        """Press the mouse at a point of what is in view, in CSS pixels."""

    def type(self, text: str) -> None:
        """Press a key for each character."""

    def key(self, key: Key) -> None:
        """Press a key that has no character."""


def in_page(script: str) -> str:
    """Return an expression for a promise of JSON, which every browser returns alike."""
    return f"(async () => {{ {script} }})().then(value => JSON.stringify(value ?? null))"


def from_page(text: str) -> Json:
    """Return what a script in the page returned."""
    return json.loads(text)


def home(folder: Path) -> dict[str, str]:
    """Return environment variables with which a browser keeps all its files in one folder."""
    places = ("CONFIG", "CACHE", "DATA", "STATE")
    return {"HOME": str(folder)} | {
        f"XDG_{place}_HOME": str(folder / place.lower()) for place in places
    }
