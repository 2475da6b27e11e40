"""Mouse and keyboard actions in the form of WebDriver, which WebDriver BiDi has too."""

from typing import Any, Final

from tests.support.engines.engine import Key

type Actions = list[dict[str, Any]]

_CODES: Final[dict[Key, str]] = {
    "Tab": "\ue004",
    "ArrowUp": "\ue013",
    "ArrowDown": "\ue015",
    "Space": " ",
}


def clicking(x: int, y: int) -> Actions:
    """Move the mouse to a point of the viewport and click."""
    moves = [
        {"type": "pointerMove", "x": x, "y": y, "origin": "viewport"},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    ]
    mouse = {"pointerType": "mouse"}
    return [{"type": "pointer", "id": "mouse", "parameters": mouse, "actions": moves}]


def typing(text: str) -> Actions:
    """Press and release a key for each character."""
    strokes = [{"type": way, "value": char} for char in text for way in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": strokes}]


def pressing(key: Key) -> Actions:
    """Press and release one key."""
    return typing(_CODES[key])
