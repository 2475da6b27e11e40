"""A visitor in a real Chromium: whatever the browser complains about fails the test."""

import pytest

from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor


@pytest.fixture
def visitor(arrive: Arrive, site: Site) -> Visitor:
    """A Russian visitor of the site at the root of a host."""
    return arrive(site)
