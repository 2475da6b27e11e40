"""What the tests share: the site, built once at the root and once in a folder."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Site, served

PROJECT = Path(__file__).parents[1]
ROOT_URL = "https://example.org/"
FOLDER_URL = "https://example.org/guide/"
MADE_AT = "1700000000"
"""The time of the commit, in seconds: the same for all that the tests build."""


def run_build(project: Path, target: Path, site_url: str) -> subprocess.CompletedProcess[str]:
    """Build a project's site strictly, as ``make build`` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=project,
        env={
            **os.environ,
            "SITE_URL": site_url,
            "SOURCE_DATE_EPOCH": MADE_AT,
            "NO_MKDOCS_2_WARNING": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def build(target: Path, site_url: str) -> Path:
    """Build this project's site and return its folder."""
    done = run_build(PROJECT, target, site_url)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def pytest_xdist_auto_num_workers() -> int:
    """Run twice as many processes as there are cores: a browser mostly waits."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def build_once(target: Path, site_url: str) -> Path:
    """Build the site unless another process has; one at a time, as both would fill the cache."""
    with (target.parents[1] / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return target if target.is_dir() else build(target.parent / "new", site_url).rename(target)


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The site as it is for the root of a host."""
    return build_once(shared / "root" / "site", ROOT_URL)


@pytest.fixture(scope="session")
def built_in_folder(shared: Path) -> Path:
    """The site as it is for a folder of a host; the folder is part of the path."""
    return build_once(shared / "folder" / "guide", FOLDER_URL)


@pytest.fixture
def site(built: Path) -> Iterator[Site]:
    """The site at the root of a host on this machine."""
    with served(built) as site:
        yield site


@pytest.fixture
def site_in_folder(built_in_folder: Path) -> Iterator[Site]:
    """The site in a folder of a host on this machine."""
    with served(built_in_folder.parent, "guide/") as site:
        yield site
