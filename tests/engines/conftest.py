"""The three engines, each started once, and a visitor whose browser has never seen the site."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.engines.chromium import chromium
from tests.engines.engine import Engine
from tests.engines.firefox import firefox
from tests.engines.visitor import Visitor, visiting
from tests.engines.webkit import webkit
from tests.find_browser import find_browser
from tests.machine import required
from tests.server import Fault

NO_COPY: dict[str, Fault] = {"service-worker.js": "missing"}
"""Keeps the browser from keeping the site, which would hide what the server does."""


@pytest.fixture(scope="session", params=["chromium", "firefox", "webkit"])
def engine(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Engine]:
    """One of the engines: pytest runs all that need it, then goes on to the next."""
    with started(request.param, playwright) as engine:
        yield engine


def started(name: str, playwright: Playwright) -> AbstractContextManager[Engine]:
    """Start an engine; skips the test where the machine has none."""
    match name:
        case "firefox":
            return firefox(required("firefox-esr"))
        case "webkit":
            return webkit(required("webkit2gtk-driver"), required("xvfb"))
        case _:
            return chromium(playwright, find_browser())


@pytest.fixture
def lang() -> str:
    """The language of the visitor where a test names none."""
    return "ru"


@pytest.fixture
def visitor(engine: Engine, built: Path, lang: str) -> Iterator[Visitor]:
    """A visitor whose browser has not been here and keeps no copy of the site."""
    with visiting(engine, built, lang) as visitor:
        visitor.site.faults |= NO_COPY
        yield visitor
