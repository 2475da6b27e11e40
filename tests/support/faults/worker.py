"""Faults of the worker: at its start, and while it handles a request."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Route, expect

from tests.support.faults.fault import (
    WATCHDOG_MS,
    Fault,
    Faults,
    Step,
    all_of,
    load_again,
    nothing,
    set_time_limits,
)
from tests.support.visitor import Visitor


def with_worker(before: str, faults: Faults | None = None) -> Step:
    """Put a script before the worker's own code."""

    def cause(visitor: Visitor) -> None:
        def prefix(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=f"{before}\n{answer.text()}")

        visitor.page.context.route("**/worker.js", prefix)
        visitor.site.faults |= faults or {}
        load_again(visitor)

    return cause


def ready_with_worker(before: str, **limits: int) -> Step:
    """Put a script before the worker's code that has no effect before Python is ready."""

    def cause(visitor: Visitor) -> None:
        if limits:
            set_time_limits(visitor, limits)
        with_worker(before)(visitor)
        visitor.expect_engine("python")

    return cause


SCORING_REQUEST = '"trusts_opinion":"no"'
DIES = f"""self.addEventListener("message", (event) => {{
  if (event.data.request.includes('{SCORING_REQUEST}')) {{
    event.stopImmediatePropagation();
    self.close();
  }}
}});"""
BREAKS = f"""self.addEventListener("message", (event) => {{
  if (event.data.request.includes('{SCORING_REQUEST}')) {{ throw new Error("broken"); }}
}});"""
NEVER_ANSWERS = """const { postMessage } = self;
self.postMessage = (message) => message.type === "answer" || postMessage.call(self, message);"""
FAILS_TO_ENCODE = f"""const {{ encode }} = TextEncoder.prototype;
TextEncoder.prototype.encode = function (text) {{
  if (String(text).includes('{SCORING_REQUEST}') && !self.refused) {{
    self.refused = true;
    throw new %s;
  }}
  return encode.call(this, text);
}};"""
FAILS_TO_ANSWER = """const { postMessage } = self;
let request = "";
self.addEventListener("message", ({ data }) => { request = data.request; });
self.postMessage = (message) => {
  if (message.type === "answer" && request.includes('%s')) { throw new %s; }
  postMessage.call(self, message);
};"""
NO_MEMORY = 'RangeError("WebAssembly.Memory(): could not allocate memory")'
FULL_ONCE = f"""const {{ Memory }} = WebAssembly;
WebAssembly.Memory = function () {{ WebAssembly.Memory = Memory; throw new {NO_MEMORY}; }};"""
FULL = f"WebAssembly.Memory = function () {{ throw new {NO_MEMORY}; }};"
NEVER_COMPILES = """for (const name of ["compile", "instantiate", "instantiateStreaming"]) {
  WebAssembly[name] = async () => { throw new RangeError("Out of memory"); };
}"""
LIES = """const { parse } = JSON;
JSON.parse = (text) => {
  const value = parse(text);
  if (value.selfTest) { value.selfTest.response += " "; }
  return value;
};"""


def of_the_worker_at_start() -> Iterator[Fault]:
    """It lacks something, or answers wrongly, before any request."""
    reason = "load.reason."
    cause = all_of(lambda visitor: set_time_limits(visitor, SOON), with_worker(NEVER_ANSWERS))
    yield Fault("never answers", cause, f"{reason}timeout", press=True)
    yield Fault("no memory for the image", with_worker(FULL_ONCE), end=nothing)
    yield Fault("no memory to start", with_worker(FULL), f"{reason}memory", press=True)
    yield Fault("no memory to compile", with_worker(NEVER_COMPILES), f"{reason}memory", press=True)
    cause = all_of(with_worker("delete globalThis.WebAssembly;"), nothing_of_python_is_fetched)
    yield Fault("WebAssembly switched off", cause, f"{reason}no-wasm", press=True)
    yield Fault("a wrong answer", with_worker(LIES), f"{reason}wrong-answer", press=True)


def nothing_of_python_is_fetched(visitor: Visitor) -> None:
    """Check that nothing is fetched for a Python that cannot run."""
    before = len(visitor.site.requests)
    load_again(visitor)
    expect(visitor.page.locator('[data-block="failed"]')).to_be_visible()
    assert [path for path in visitor.site.requests[before:] if "/runtime/" in path] == []


def of_the_worker_at_work() -> Iterator[Fault]:
    """It ends, throws or lacks something while it scores."""
    reason = "load.reason."
    cause = ready_with_worker(DIES, **SOON)
    yield Fault("killed while scoring", cause, f"{reason}timeout", press=True)
    cause = ready_with_worker(BREAKS)
    yield Fault("breaks while scoring", cause, f"{reason}blocked", "worker.js", press=True)
    cause = ready_with_worker(FAILS_TO_ANSWER % (SCORING_REQUEST, 'Error("broken")'))
    yield Fault("fails while scoring", cause, f"{reason}python", press=True)
    cause = ready_with_worker(FAILS_TO_ENCODE % 'WebAssembly.RuntimeError("unreachable")')
    yield Fault("the image lacks what is asked for", cause, end=nothing)
    cause = ready_with_worker(FAILS_TO_ANSWER % (SCORING_REQUEST, NO_MEMORY))
    yield Fault("no memory while scoring", cause, f"{reason}memory", press=True)


SOON: Final = {"watchdog": WATCHDOG_MS}
