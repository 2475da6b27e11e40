"""A pytest plugin (``-p tests.support.profile``): processor time by test file and by fixture.

Counted is what the process of the tests and all that it has started use, browsers and Node among
them, as Linux tells it under ``/proc``. A table is printed at the end; ``PROFILE`` names a file for
the figures as JSON.
"""

import json
import os
from collections import defaultdict
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_TIMES: Final = slice(11, 15)  # user, system, and the same of children that have ended
_PARENT: Final = 1
_ROWS: Final = 40
_KEY: Final = "processor_time"

type Seconds = defaultdict[str, float]


def tree_seconds(root: int) -> float:
    """Return the processor seconds of a process and of all that descend from it."""
    ticks: dict[int, int] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in parentheses, may hold spaces.
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        pid = int(stat.parent.name)
        ticks[pid] = sum(map(int, fields[_TIMES]))
        children[int(fields[_PARENT])].append(pid)
    total, waiting = 0, [root]
    for pid in waiting:  # it grows meanwhile
        total += ticks.get(pid, 0)
        waiting += children[pid]
    return total / _TICKS


class Meter:
    """Measures in the process that runs a test; what it finds travels with the test's report."""

    def __init__(self) -> None:
        self._begun = 0.0
        self._fixtures: Seconds = defaultdict(float)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self) -> None:
        """Begin with one test, its fixtures included."""
        self._begun = tree_seconds(os.getpid())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """Measure the set-up of one fixture that is made for more than one test."""
        if fixturedef.scope == "function":
            return (yield)
        before = tree_seconds(os.getpid())
        result = yield
        self._fixtures[fixturedef.argname] += max(0.0, tree_seconds(os.getpid()) - before)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add the figures to the last report of a test."""
        report = yield
        if call.when == "teardown":
            spent = max(0.0, tree_seconds(os.getpid()) - self._begun)
            report.user_properties.append((_KEY, {"test": spent, **self._fixtures}))
            self._fixtures.clear()
        return report


class Report:
    """Adds up what the reports of all processes bring, and prints it."""

    def __init__(self) -> None:
        self._total: dict[str, Seconds] = {
            kind: defaultdict(float) for kind in ("files", "counts", "tests", "fixtures")
        }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the figures of one test."""
        for key, figures in report.user_properties:
            if key == _KEY and isinstance(figures, dict):
                self._add(report.nodeid, dict(figures))

    def _add(self, test: str, figures: dict[str, float]) -> None:
        spent, file = figures.pop("test"), test.partition("::")[0]
        self._total["tests"][test] += spent
        self._total["files"][file] += spent
        self._total["counts"][file] += 1
        for name, seconds in figures.items():
            self._total["fixtures"][name] += seconds

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the files and fixtures that took most, and the sum."""
        total = self._total
        self._print(terminalreporter, "file", total["files"], total["counts"])
        self._print(terminalreporter, "fixture", total["fixtures"], {})
        seconds, tests = (sum(total[kind].values()) for kind in ("files", "counts"))
        terminalreporter.write_line(f"{seconds:8.1f} s {tests:5.0f} in all")
        if target := os.environ.get("PROFILE"):
            Path(target).write_text(json.dumps(total, indent=1), encoding="utf-8")

    def _print(
        self,
        terminal: pytest.TerminalReporter,
        kind: str,
        table: Mapping[str, float],
        counts: Mapping[str, float],
    ) -> None:
        terminal.section(f"processor time by {kind}")
        rows = sorted(table.items(), key=lambda row: -row[1])[:_ROWS]
        for name, seconds in rows:
            terminal.write_line(f"{seconds:8.1f} s {counts.get(name, 1):5.0f} {name}")


def pytest_configure(config: pytest.Config) -> None:
    """Measure in each process that runs tests; report in the one that prints."""
    config.pluginmanager.register(Meter())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Report())
