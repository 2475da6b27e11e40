"""Faults of the network: it is lost at each stage of loading."""

from collections.abc import Iterator

from playwright.sync_api import expect

from checklist.texts import load
from tests.support.faults.fault import (
    NO_IMAGE,
    Fault,
    Faults,
    Step,
    load_again,
    serving,
    wait_for_python,
)
from tests.support.server import Fault as ServerFault
from tests.support.visitor import Visitor, until


def of_the_network() -> Iterator[Fault]:
    """It is lost at each stage of loading."""
    blocked, missing = "load.reason.blocked", "load.reason.missing"
    yield Fault("lost after the page", serving({"app/*": "gone"}), missing, "main.js", press=True)
    cause = lost_while("worker.js", "silent", has_begun)
    yield Fault("lost after the modules", cause, blocked, "worker.js", press=True)
    cause = lost_while("python.packed", "slow", is_loading)
    yield Fault("lost after half the image", cause, missing, press=True)
    cause = lost_while("python_stdlib.zip", "slow", is_loading, NO_IMAGE)
    yield Fault("lost among the parts", cause, missing, press=True)
    yield Fault("offline once Python is there", offline_when_ready)


def lost_while(
    file: str,
    fault: ServerFault,
    until: Step,
    others: Faults | None = None,
) -> Step:
    """Stop the server while it holds back a file, or half of it."""

    def cause(visitor: Visitor) -> None:
        visitor.site.faults |= {file: fault, **(others or {})}
        load_again(visitor)
        until(visitor)
        visitor.site.is_gone = True
        visitor.site.released.set()

    return cause


def has_begun(visitor: Visitor) -> None:
    """Wait until the page's module has started."""
    until(visitor.page, "!window.pythonStart?.isAwaited")


def is_loading(visitor: Visitor) -> None:
    """Wait until the page says that Python is being fetched."""
    start = load(visitor.lang)("load.download", loaded="{}", total="{}").partition("{}")[0]
    expect(visitor.page.locator('[data-slot="engine"]')).to_contain_text(start)


def offline_when_ready(visitor: Visitor) -> None:
    """Take the browser off the network when nothing more has to be loaded."""
    wait_for_python(visitor)
    visitor.page.context.set_offline(True)
