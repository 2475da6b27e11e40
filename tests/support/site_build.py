"""Building the site for the tests, and where the project lies."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import checklist

PROJECT = Path(__file__).parents[2]
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


def build_once(target: Path, site_url: str) -> Path:
    """Build the site unless another process has; one at a time, as both would fill the cache."""
    with (target.parents[1] / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return target if target.is_dir() else build(target.parent / "new", site_url).rename(target)


SOURCES = Path(checklist.__file__).parent
NPM = SOURCES.parent / "node_modules" / "pyodide"
