"""A fault of the checklist, sequences of faults, and the steps that several of them share."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Route

from tests.support.pages import FOLDERS
from tests.support.server import Fault as ServerFault
from tests.support.server import Python
from tests.support.visitor import Visitor

type Step = Callable[[Visitor], None]
type Faults = dict[str, ServerFault]

BEFORE: Final = {"knows_goal": "no"}
MEANWHILE: Final = {"trusts_opinion": "no"}
"""What is answered while it lasts."""

WATCHDOG_MS: Final = 12_000
SILENCE_MS: Final = 8_000
"""Less than is built in, and more than a start takes on a busy machine."""

NO_IMAGE: Final[Faults] = {"python.packed": "missing"}
ORDINARY: Final = (
    *("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm"),
    *("python_stdlib.zip", "pyodide-lock.json", ".whl"),
)


def repair(visitor: Visitor) -> None:
    """End a fault of the network, the server or a changed file."""
    visitor.page.context.set_offline(False)
    visitor.page.unroute_all(behavior="ignoreErrors")
    visitor.page.context.unroute_all(behavior="ignoreErrors")
    visitor.site.repair()


def leave_no_fault(visitor: Visitor) -> None:
    """End every fault, so that the next one is met alone."""
    repair(visitor)
    visitor.site.released = threading.Event()


def answer_again(visitor: Visitor) -> None:
    """Have the server answer later requests; those sent before still hang."""
    visitor.site.faults.clear()


def nothing(_: Visitor) -> None:
    """Do nothing: the page recovers during the fault."""


@dataclass(frozen=True)
class Fault:
    """One fault.

    ``cause`` leaves the visitor on the checklist, or while it loads. ``message`` is the key of the
    page's message, none where the visitor need not know; ``file`` is a part of the file's name in
    that message. ``end`` ends the fault; after it the retry button has to be pressed, or not
    (``press``). ``keeps`` are the answers that the form must then have beside those given during
    the fault, where they are not those of before; where it is empty, the client of before must
    still be saved unchanged.
    """

    name: str
    cause: Step
    message: str | None = None
    file: str = ""
    end: Step = repair
    press: bool = False
    keeps: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Sequence:
    """Faults that one visitor meets one after the other; ``python`` says whose answers they get."""

    name: str
    faults: tuple[Fault, ...]
    python: Python = "host"


def load_again(visitor: Visitor) -> None:
    """Load the checklist again, without waiting."""
    visitor.page.goto(visitor.site.url(f"{FOLDERS[visitor.lang]}checklist/"), wait_until="commit")


def wait_for_python(visitor: Visitor) -> None:
    """Load the checklist again, and wait until Python has answered."""
    load_again(visitor)
    visitor.expect_engine("python")


def serving(faults: Faults, **limits: int) -> Step:
    """Load the page while files fail, perhaps with shorter time limits than are built in."""

    def cause(visitor: Visitor) -> None:
        visitor.site.faults |= faults
        if limits:
            set_time_limits(visitor, limits)
        load_again(visitor)

    return cause


def set_time_limits(visitor: Visitor, limits: Mapping[str, int]) -> None:
    """Change the page's time limits, in the page itself."""

    def shorten(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        for wait, instead in limits.items():
            body, count = re.subn(rf'("{wait}": )\d+', rf"\g<1>{instead}", body)
            assert count == 1
        route.fulfill(response=answer, body=body)

    visitor.page.route("**/checklist/", shorten)


def all_of(*steps: Step) -> Step:
    """Combine several steps into one."""

    def cause(visitor: Visitor) -> None:
        for step in steps:
            step(visitor)

    return cause
