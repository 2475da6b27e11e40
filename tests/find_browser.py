"""A Chromium that this machine has already."""

import os
import shutil
import subprocess
from typing import Final

_PLACES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_browser() -> str | None:
    """Return the path of Chromium or Chrome; ``None`` leaves it to Playwright's own.

    Whoever names one in ``CHROME`` wants that one and no other.
    """
    places = [os.environ["CHROME"]] if os.environ.get("CHROME") else _PLACES
    return next((path for place in places if (path := shutil.which(place)) and _runs(path)), None)


def _runs(path: str) -> bool:
    """Some systems put a script there that only says how to get a browser."""
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
