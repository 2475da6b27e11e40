"""The packed Python runtime of the built site."""

from pathlib import Path

import pytest

from checklist.site.assets.runtime import Runtime, pack
from tests.support.site_build import NPM, SOURCES


@pytest.fixture(scope="session")
def packed(built: Path) -> Runtime:
    """The runtime that the site was built with, from the build's cache."""
    assert built.is_dir()
    return pack(NPM, SOURCES, SOURCES.parent / ".cache" / "runtime")
