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
type Times = dict[str, dict[str, float]]


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
    for pid in waiting:  # grows as it goes
        total += ticks.get(pid, 0)
        waiting += children[pid]
    return total / _TICKS


class Profile:
    """Adds up processor seconds by file and by fixture in one process of the tests."""

    def __init__(self) -> None:
        self.files: Seconds = defaultdict(float)
        self.tests: Seconds = defaultdict(float)
        self.counts: Seconds = defaultdict(float)
        self.fixtures: Seconds = defaultdict(float)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Measure one test, its fixtures included."""
        before = tree_seconds(os.getpid())
        result = yield
        spent = max(0.0, tree_seconds(os.getpid()) - before)
        file = item.nodeid.partition("::")[0]
        self.files[file] += spent
        self.counts[file] += 1
        self.tests[item.nodeid] += spent
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        """Measure the set-up of one fixture that is made for more than one test."""
        if fixturedef.scope == "function":
            return (yield)
        before = tree_seconds(os.getpid())
        result = yield
        self.fixtures[fixturedef.argname] += max(0.0, tree_seconds(os.getpid()) - before)
        return result

    def figures(self) -> Times:
        """Return all that was measured."""
        return {
            "files": dict(self.files),
            "counts": dict(self.counts),
            "tests": dict(self.tests),
            "fixtures": dict(self.fixtures),
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the figures of one process to the one that gathers them."""
        if output := getattr(session.config, "workeroutput", None):
            output[_KEY] = self.figures()


class Report:
    """Gathers the figures of all processes and prints them."""

    def __init__(self, own: Profile) -> None:
        self._own = own
        self._gathered: list[Times] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - xdist has no types
        """Take the figures of a process that has ended."""
        self._gathered.append(getattr(node, "workeroutput", {}).get(_KEY, {}))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the files and fixtures that took most, and the sum."""
        total: defaultdict[str, Seconds] = defaultdict(lambda: defaultdict(float))
        for figures in [*self._gathered, self._own.figures()]:
            for kind, table in figures.items():
                for name, seconds in table.items():
                    total[kind][name] += seconds
        self._print(terminalreporter, "file", total["files"], total["counts"])
        self._print(terminalreporter, "fixture", total["fixtures"], {})
        seconds = sum(total["files"].values())
        terminalreporter.write_line(
            f"{seconds:8.1f} s  {sum(total['counts'].values()):.0f} tests in all"
        )
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
    profile = Profile()
    config.pluginmanager.register(profile)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Report(profile))
