"""The three engines, each started once, and a visitor whose browser has no data of the site."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.support.engines.engine import Engine
from tests.support.engines.start import NO_COPY, started
from tests.support.engines.visitor import EngineVisitor, visiting


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Engine]:
    """The engine that a test names: pytest runs all tests with it, then starts the next."""
    with started(request.param, playwright) as engine:
        yield engine


@pytest.fixture
def visitor(engine: Engine, patient: Path) -> Iterator[EngineVisitor]:
    """A Russian visitor whose browser has no data of the site, and makes no offline copy."""
    with visiting(engine, patient, "ru") as visitor:
        visitor.site.faults |= NO_COPY
        yield visitor
