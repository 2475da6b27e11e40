"""A Chromium that is already installed on this machine."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from typing import Final

_SHELLS: Final = ("chromium-headless-shell", "chrome-headless-shell")
_PLACES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_browser() -> str | None:
    """Return the path of Chromium or Chrome; ``None`` leaves it to Playwright.

    Where ``CHROME`` names one, that one is taken and no other.
    """
    return _first(_PLACES)


def find_shell() -> str | None:
    """Return the path of a Chromium without windows, of the kind that Playwright installs.

    It is the same engine, and needs half the processor time for a page.
    """
    return _first(_SHELLS)


def _first(places: Iterable[str]) -> str | None:
    named = os.environ.get("CHROME")
    return next(
        (found for place in ([named] if named else places) if (found := _runnable(place))), None
    )


def _runnable(place: str) -> str | None:
    """Some systems have a script of that name that only says how to install a browser."""
    path = shutil.which(place)
    if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode:
        return None
    return path
