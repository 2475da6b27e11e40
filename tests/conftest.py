"""Fixtures of all tests: the site, built at the root and in a folder, and its visitors."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.find_browser import find_browser, find_shell
from tests.support.long_time_limits import patient_copy
from tests.support.sampling import SEED, choose_seed
from tests.support.scheduling import GroupScheduling
from tests.support.server import Site, served
from tests.support.site_build import FOLDER_URL, ROOT_URL, build, once
from tests.support.time_limits import TIMEOUT_MS
from tests.support.visitor import FRUGAL, Arrive, Visitor


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of this run before Hypothesis asks for it and before workers are started."""
    config.option.hypothesis_seed = choose_seed()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling:  # noqa: ANN401 - xdist's own
    """Hand tests to the processes in groups."""
    return GroupScheduling(config, log)


def pytest_report_header() -> str:
    """Print how the random samples of this run can be repeated."""
    return f"random samples: {SEED}={choose_seed()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print it again at the end, beside the failures; ``-q`` prints no header."""
    terminalreporter.write_line(f"random samples: {SEED}={choose_seed()}")


def pytest_xdist_auto_num_workers() -> int:
    """Run twice as many processes as there are cores: a browser mostly waits."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The site, built for the root of a host."""
    return once(shared / "root" / "site", lambda target: build(target, ROOT_URL))


@pytest.fixture(scope="session")
def built_in_folder(shared: Path) -> Path:
    """The site, built for a folder of a host; the folder is part of the path."""
    return once(shared / "folder" / "guide", lambda target: build(target, FOLDER_URL))


@pytest.fixture(scope="session")
def patient(built: Path, shared: Path) -> Path:
    """The site at the root, with pages that wait for minutes, as this machine may be busy."""
    return once(shared / "patient" / "site", lambda target: patient_copy(built, target))


@pytest.fixture(scope="session")
def patient_in_folder(built_in_folder: Path, shared: Path) -> Path:
    """The same of the site in a folder."""
    folder = shared / "patient-folder" / "guide"
    return once(folder, lambda target: patient_copy(built_in_folder, target))


@pytest.fixture
def site(patient: Path) -> Iterator[Site]:
    """The site at the root of a host on this machine; Python runs here, not in the browser."""
    with served(patient) as site:
        site.python = "host"
        yield site


@pytest.fixture
def python_in_browser(site: Site) -> None:
    """Start Python in the browser, as for visitors."""
    site.python = "browser"


@pytest.fixture
def site_in_folder(patient_in_folder: Path) -> Iterator[Site]:
    """The site in a folder of a host on this machine."""
    with served(patient_in_folder.parent, "guide/") as site:
        site.python = "host"
        yield site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use this machine's Chromium where it has one, and keep it off the network.

    One without windows is enough: the one with windows is among the engines (``tests/engines``).
    """
    program = find_shell() or find_browser()
    return {**browser_type_launch_args, "executable_path": program, "args": list(FRUGAL)}


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Arrive]:
    """Bring visitors to a site; each has a browser profile of their own."""
    visitors: list[Visitor] = []
    contexts: list[BrowserContext] = []

    def arrive(site: Site, lang: str = "ru", **options: object) -> Visitor:
        # A service worker would hide faults of the network; test_offline.py allows it.
        options = {"service_workers": "block", **options}
        context = browser.new_context(**options)  # type: ignore[arg-type]  # passed through
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), site, lang))
        return visitors[-1]

    yield arrive
    # Closing aborts pending requests, which the browser would report as errors.
    for visitor in visitors:
        visitor.verify()
    for context in contexts:
        context.close()
