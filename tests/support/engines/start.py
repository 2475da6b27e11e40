"""Starting one of the three engines."""

from contextlib import AbstractContextManager
from typing import Final

import pytest
from playwright.sync_api import Playwright

from tests.support.engines.chromium import chromium
from tests.support.engines.engine import Engine
from tests.support.engines.firefox import firefox
from tests.support.engines.webkit import webkit
from tests.support.find_browser import find_browser
from tests.support.machine import required
from tests.support.server import Fault

NO_COPY: Final[dict[str, Fault]] = {"service-worker.js": "missing"}
"""Prevents the offline copy, which would hide the faults of the server."""


in_each_engine: Final = pytest.mark.parametrize(
    "engine", ["chromium", "firefox", "webkit"], indirect=True, scope="session"
)
"""Runs a test in all three; all tests of one engine run in one process, which starts it once."""

in_other_engines: Final = pytest.mark.parametrize(
    "engine", ["firefox", "webkit"], indirect=True, scope="session"
)
"""Runs a test in the engines that tests/browser does not use."""


def started(name: str, playwright: Playwright) -> AbstractContextManager[Engine]:
    """Start an engine; skips the test where it is not installed."""
    match name:
        case "firefox":
            return firefox(required("firefox-esr"))
        case "webkit":
            return webkit(required("webkit2gtk-driver"), required("xvfb"))
        case _:
            return chromium(playwright, find_browser())
