"""A pytest plugin for CI (``-p tests.support.no_skips``) that counts a skipped test as failed.

On a developer's machine a test may be skipped for want of a program; in CI nobody would notice.
"""

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test; one that is marked as an expected failure was run."""
    report = yield
    return report if hasattr(report, "wasxfail") else _without_skip(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that was skipped as a whole."""
    report = yield
    return _without_skip(report)


def _without_skip[Report: (pytest.TestReport, pytest.CollectReport)](report: Report) -> Report:
    if report.skipped:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in CI. {why}"
    return report
