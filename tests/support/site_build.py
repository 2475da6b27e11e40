"""Building the site for the tests, and the project's folder."""

import fcntl
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

import checklist

PROJECT: Final = Path(__file__).parents[2]
SOURCES: Final = Path(checklist.__file__).parent
"""The folder of the package."""

NPM: Final = PROJECT / "node_modules" / "pyodide"
ROOT_URL: Final = "https://example.org/"
FOLDER_URL: Final = "https://example.org/guide/"
MADE_AT: Final = "1700000000"
"""The time of the commit, in seconds: the same for all that the tests build."""

_LINKED: Final = ("checklist", "node_modules", "pyproject.toml", "package-lock.json", "LICENSE")


def environment(site_url: str) -> dict[str, str]:
    """Return the environment variables of a build."""
    return {"SITE_URL": site_url, "SOURCE_DATE_EPOCH": MADE_AT, "NO_MKDOCS_2_WARNING": "1"}


def run_build(
    project: Path, target: Path, site_url: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Build a project's site strictly, as ``make build`` does, with more environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=project,
        env={**os.environ, **environment(site_url), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def build(target: Path, site_url: str, *, project: Path = PROJECT, **variables: str) -> Path:
    """Build a project's site and return its folder."""
    done = run_build(project, target, site_url, **variables)
    assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr}"
    return target


def once(target: Path, make: Callable[[Path], Path]) -> Path:
    """Make a folder unless another process has made it; one at a time, as builds share a cache."""
    with (target.parents[1] / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return target if target.is_dir() else make(target.parent / "new").rename(target)


def copy_of_the_project(folder: Path, *, with_cache: bool = True) -> Path:
    """Return a folder with copies of the pages, to be changed, and links to everything else.

    Without the cache a build makes everything anew.
    """
    project = folder / "project"
    project.mkdir()
    shutil.copytree(PROJECT / "docs", project / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", project)
    for name in (*_LINKED, ".cache") if with_cache else _LINKED:
        (project / name).symlink_to(PROJECT / name)
    return project


def problems_of_build(project: Path, target: Path) -> str:
    """Build strictly in this process, which saves a second; return what the build says is wrong.

    Empty where the site is built.
    """
    # Importing MkDocs takes a second, which only tests that build need.
    from mkdocs.commands.build import build as build_site  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, MkDocsException  # noqa: PLC0415

    with patch.dict(os.environ, environment(ROOT_URL)), _warnings_of("mkdocs") as messages:
        try:
            config = load_config(str(project / "mkdocs.yml"), site_dir=str(target), strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            build_site(config)
        except (Abort, MkDocsException) as error:
            messages.append(str(error))
            return "\n".join(messages)
    return ""


@contextmanager
def _warnings_of(name: str) -> Iterator[list[str]]:
    """Collect the warnings and errors of a logger."""
    messages: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Handler(logging.WARNING)
    logging.getLogger(name).addHandler(handler)
    try:
        yield messages
    finally:
        logging.getLogger(name).removeHandler(handler)
