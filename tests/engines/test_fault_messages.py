"""In Firefox and WebKit: one fault for each reason that Python cannot be loaded.

All faults, how they end, and both languages are in tests/browser/test_faults.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from checklist.texts import load
from tests.support.answers import ADRIFT
from tests.support.engines.engine import Engine
from tests.support.engines.programs import poll
from tests.support.engines.start import NO_COPY, in_other_engines
from tests.support.engines.visitor import EngineVisitor, visiting
from tests.support.faults.fault import NO_IMAGE
from tests.support.faults.worker import FAILS_TO_ANSWER, FULL, SCORING_REQUEST
from tests.support.server import Fault
from tests.support.time_limits import PAGE_LIMIT_MS

NO_WORKER: dict[str, Fault] = {"worker.js": "missing"}
FAILURE = '[data-slot="failure"]'


@dataclass(frozen=True)
class Row:
    """A fault, the reason that the page gives, and the file that it names."""

    reason: str
    file: str = "Python"
    faults: dict[str, Fault] = field(default_factory=dict)
    worker: str = ""


DAMAGED = Row("damaged", "pyodide.asm.wasm", NO_IMAGE | {"pyodide.asm.wasm": "truncated"})
NO_WASM = Row("no-wasm", worker="delete globalThis.WebAssembly;")
NO_MEMORY = Row("memory", worker=FULL)
BREAKS = Row("python", worker=FAILS_TO_ANSWER % (SCORING_REQUEST, 'Error("broken")'))

DIES = f"""self.addEventListener("message", (event) => {{
  if (event.data.request.includes('{SCORING_REQUEST}')) {{
    event.stopImmediatePropagation();
    const request = new XMLHttpRequest();
    request.open("GET", "killed", false);
    request.send();
    self.close();
  }}
}});"""
"""Ends the worker when it is asked to score, after a request that tells the server so."""

HOLDS_TIME_LIMITS = f"""{{
  const {{ setTimeout, clearTimeout }} = globalThis;
  const limits = new Map();
  globalThis.setTimeout = (end, milliseconds, ...given) => {{
    const id = setTimeout(end, milliseconds, ...given);
    if (milliseconds === {PAGE_LIMIT_MS}) {{ limits.set(id, end); }}
    return id;
  }};
  globalThis.clearTimeout = (id) => {{ limits.delete(id); clearTimeout(id); }};
  globalThis.reachTimeLimits = () => [...limits.values()].forEach((end) => end());
}}"""
"""Lets a test say when the page's time limits are reached, however fast the machine is."""


@pytest.fixture(scope="module")
def returning(engine: Engine, patient: Path) -> Iterator[EngineVisitor]:
    """A visitor with saved answers; each test opens the checklist again."""
    with visiting(engine, patient, "ru") as visitor:
        visitor.site.faults |= NO_COPY | NO_WORKER
        visitor.open()
        visitor.tick(**ADRIFT)
        visitor.expect_saved()
        yield visitor


@pytest.fixture
def visitor(returning: EngineVisitor) -> EngineVisitor:
    """The same visitor, on a site without a fault."""
    site = returning.site
    site.is_gone = False
    site.released.clear()
    site.faults = dict(NO_COPY)
    site.edits.clear()
    site.requests.clear()
    return returning


def expect_failure(visitor: EngineVisitor, reason: str, file: str = "Python") -> None:
    """Check the message, the saved answers, and that the verdict comes from the table."""
    visitor.expect_text(FAILURE, load(visitor.lang)(f"load.reason.{reason}", file=file))
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_engine("table")
    visitor.expect_verdict("step_back")


def expect_recovery(visitor: EngineVisitor) -> None:
    """Check that one press on the retry button starts Python."""
    visitor.press('[data-action="retry"]')
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_ticked(**ADRIFT)


@in_other_engines
@pytest.mark.parametrize("row", [DAMAGED, NO_WASM, NO_MEMORY, BREAKS], ids=lambda row: row.reason)
def test_the_page_names_the_reason(visitor: EngineVisitor, row: Row) -> None:
    """Without WebAssembly it does not even fetch Python."""
    visitor.site.faults |= row.faults
    visitor.site.edits = {"worker.js": lambda script: f"{row.worker}\n{script}"}
    visitor.open()
    expect_failure(visitor, row.reason, row.file)
    if row is NO_WASM:
        assert [path for path in visitor.site.requests if "/runtime/" in path] == []


@in_other_engines
def test_a_worker_that_is_killed(visitor: EngineVisitor) -> None:
    """No event reports it: the page gives the worker up when its time limit is reached."""
    visitor.site.edits = {
        "worker.js": lambda script: f"{DIES}\n{script}",
        "main.js": lambda script: f"{HOLDS_TIME_LIMITS}\n{script}",
        # WebKit takes a module from its memory cache unless its address is new.
        "checklist/": lambda page: page.replace("main.js", "main.js?edited"),
    }
    visitor.open()
    poll(lambda: is_killed(visitor) or None, "the worker does not say that it ends")
    visitor.run("reachTimeLimits();")
    expect_failure(visitor, "timeout")


def is_killed(visitor: EngineVisitor) -> bool:
    """Tell whether the worker has ended itself."""
    return any(path.endswith("/killed") for path in visitor.site.requests)


@in_other_engines
def test_a_worker_script_that_is_missing(visitor: EngineVisitor) -> None:
    """It is named, and one press starts Python once it is there."""
    visitor.site.faults |= NO_WORKER
    visitor.open()
    expect_failure(visitor, "blocked", "worker.js")
    visitor.site.faults = dict(NO_COPY)
    expect_recovery(visitor)


@in_other_engines
def test_a_network_that_is_lost(visitor: EngineVisitor) -> None:
    """Half of the image has arrived: the file is named, and one press starts Python again."""
    visitor.site.faults["python.packed"] = "slow"
    visitor.open()
    visitor.expect_verdict("step_back")
    visitor.site.is_gone = True
    visitor.site.released.set()
    visitor.expect("/\\w\\S+\\.\\w+/.test(textOf(css))", True, css=FAILURE)
    file = visitor.value_of("textOf(css).match(/\\w\\S+\\.\\w+/)[0]", css=FAILURE)
    expect_failure(visitor, "missing", file)
    visitor.site.repair()
    visitor.site.faults |= NO_COPY
    expect_recovery(visitor)


@in_other_engines
def test_a_storage_that_is_full(visitor: EngineVisitor) -> None:
    """The page says that the journal has it; the next write that succeeds stores everything."""
    visitor.site.faults |= NO_WORKER
    visitor.open()
    visitor.expect_ticked(**ADRIFT)
    method = "IDBObjectStore.prototype.put"
    refuse = "function () { throw new DOMException('no', 'QuotaExceededError'); }"
    visitor.run(f"globalThis.works = {method}; {method} = {refuse};")
    visitor.tick(decides="yes")
    visitor.expect_text('[data-slot="keeping"]', load(visitor.lang)("storage.not_yet"))
    visitor.expect_ticked(**ADRIFT, decides="yes")
    visitor.run(f"{method} = works;")
    visitor.press('[data-action="undo"]')
    visitor.expect_ticked(**ADRIFT)
    visitor.expect_saved()
