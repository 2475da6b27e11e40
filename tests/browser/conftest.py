"""A visitor with a real Chromium; any error or warning in the browser's console fails the test."""

import pytest

from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor


@pytest.fixture
def visitor(arrive: Arrive, site: Site) -> Visitor:
    """A Russian visitor of the site at the root of a host."""
    return arrive(site)
