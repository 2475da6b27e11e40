"""The faults of the checklist as a table: how each is caused, what the page says, how it ends.

Each row is caused on a page whose visitor has answered before. Another answer is given during the
fault. Then it ends, by itself or after one press on the retry button, and no answer is lost. What
the server, the network or the worker does leaves no trace in the browser, so one visitor can meet
several such faults, each on the page where the one before has ended (``SEQUENCES``). A fault that
changes the browser itself has a visitor of its own (``ALONE``).
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Route, expect

from checklist.texts import LANGUAGES, load
from tests.support.database import forget_journals, make_database, read_clients, write_clients
from tests.support.pages import FOLDERS
from tests.support.server import Fault as ServerFault
from tests.support.server import Python
from tests.support.visitor import PYTHON_MS, Visitor, until

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

    ``cause`` leaves the visitor on the checklist, or while it loads. ``says`` is the key of the
    page's message, none where the visitor need not know; ``file`` is a part of the file's name in
    that message. ``end`` ends the fault; after it the retry button has to be pressed, or not
    (``press``). ``keeps`` are the answers that the form must then have beside those given during
    the fault, where they are not those of before; where it is empty, the client of before must
    still be saved unchanged.
    """

    name: str
    cause: Step
    says: str | None = None
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


def come_again(visitor: Visitor) -> None:
    """Load the checklist again, and wait for nothing."""
    visitor.page.goto(visitor.site.url(f"{FOLDERS[visitor.lang]}checklist/"), wait_until="commit")


def wait_for_python(visitor: Visitor) -> None:
    """Load the checklist again, and wait until Python has answered."""
    come_again(visitor)
    visitor.expect_engine("python")


# Files


def serving(faults: Faults, **patience: int) -> Step:
    """Load the page while files fail, perhaps with shorter time limits than are built in."""

    def cause(visitor: Visitor) -> None:
        visitor.site.faults |= faults
        if patience:
            set_patience(visitor, patience)
        come_again(visitor)

    return cause


def set_patience(visitor: Visitor, patience: Mapping[str, int]) -> None:
    """Change the page's time limits, in the page itself."""

    def shorten(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        for wait, instead in patience.items():
            body, count = re.subn(rf'("{wait}": )\d+', rf"\g<1>{instead}", body)
            assert count == 1
        route.fulfill(response=answer, body=body)

    visitor.page.route("**/checklist/", shorten)


def of_the_image() -> Iterator[Fault]:
    """Python starts without the image, and only the console reports it."""
    for fault in IMAGE_FAULTS:
        cause = serving({"python.packed": fault}, silence=SILENCE_MS)
        yield Fault(f"image {fault}", cause, end=nothing)
    yield Fault("image slow", serving({"python.packed": "slow"}))


IMAGE_FAULTS: Final[tuple[ServerFault, ...]] = ("missing", "damaged", "silent")
PART_FAULTS: Final[Mapping[str, tuple[ServerFault, str]]] = {
    "pyodide.mjs": ("missing", "missing"),
    "pyodide.asm.js": ("damaged", "damaged"),
    "pyodide.asm.wasm": ("silent", "timeout"),
    "python_stdlib.zip": ("truncated", "damaged"),
    "pyodide-lock.json": ("wrong", "damaged"),
    ".whl": ("lost", "missing"),
}
"""Each part, and each fault once: all parts are fetched in one way (``files.test.mjs``)."""


def of_the_parts() -> Iterator[Fault]:
    """Without an image every file is needed, and the page names the one that fails."""
    for file, (fault, reason) in PART_FAULTS.items():
        cause = serving(NO_IMAGE | {file: fault}, silence=SILENCE_MS)
        yield Fault(f"{file} {fault}", cause, f"load.reason.{reason}", file, press=True)
    yield Fault("part slow", serving(NO_IMAGE | {"pyodide.asm.wasm": "slow"}))
    # What is run as a module needs its type; the loader is given the others.
    for file in ("pyodide.mjs", "pyodide.asm.js"):
        cause = serving(NO_IMAGE | {file: "mistyped"})
        yield Fault(f"{file} mistyped", cause, "load.reason.blocked", file, press=True)
    others: Faults = dict.fromkeys(ORDINARY[2:], "mistyped")
    yield Fault("other parts mistyped", serving(NO_IMAGE | others), end=nothing)


def of_the_worker_script() -> Iterator[Fault]:
    """Without the worker the table answers; a browser reports no more than that it failed."""
    for fault in SCRIPT_FAULTS:
        cause = serving({"worker.js": fault})
        yield Fault(f"worker.js {fault}", cause, "load.reason.blocked", "worker.js", press=True)
    cause = serving({"worker.js": "silent"}, watchdog=WATCHDOG_MS)
    yield Fault("worker.js silent", cause, "load.reason.timeout", end=answer_again, press=True)
    yield Fault("worker.js slow", serving({"worker.js": "slow"}))


def of_the_modules() -> Iterator[Fault]:
    """Without the page's module and its imports the script in the page's head answers."""
    for file, faults in MODULE_FAULTS.items():
        for fault, (reason, named) in faults.items():
            cause = serving({file: fault})
            yield Fault(f"{file} {fault}", cause, f"load.reason.{reason}", named, press=True)
        cause = serving({file: "silent"}, watchdog=WATCHDOG_MS)
        yield Fault(
            f"{file} silent", cause, "load.reason.timeout", "main.js", end=answer_again, press=True
        )
    yield Fault("chunk-*.js slow", serving({"chunk-*.js": "slow"}))


SCRIPT_FAULTS: Final[tuple[ServerFault, ...]] = ("missing", "garbled")
MODULE_FAULTS: Final[Mapping[str, Mapping[ServerFault, tuple[str, str]]]] = {
    "main.js": {
        "missing": ("missing", "main.js"),
        "wrong": ("blocked", "main.js"),
        "mistyped": ("missing", "main.js"),
    },
    # Browsers do not tell which of the imported modules did not come.
    "chunk-*.js": {"lost": ("missing", "main.js"), "garbled": ("blocked", "chunk-")},
}
"""What does not come and what cannot be read are two events; each fault of a server is one."""


def of_the_copies() -> Iterator[Fault]:
    """The browser's cache has a damaged file, and may keep it for long."""
    yield Fault("copy of the image damaged", copied("python.packed", "damaged"))
    cause = copied("python_stdlib.zip", "damaged", NO_IMAGE)
    yield Fault("copy of a part damaged", cause)
    cause = copied("python_stdlib.zip", "missing", NO_IMAGE)
    named = "python_stdlib.zip"
    yield Fault("copy of a part missing", cause, "load.reason.missing", named, press=True)
    for file, named in (("worker.js", "worker.js"), ("main.js", "main.js")):
        cause = copied(file, "garbled")
        yield Fault(f"copy of {file} garbled", cause, "load.reason.blocked", named, press=True)


WORKER_CAME: Final = """() => performance.getEntriesByType("resource")
  .some(({ name }) => name.endsWith("/worker.js"))"""


def copied(file: str, fault: ServerFault, others: Faults | None = None) -> Step:
    """Have the browser cache a damaged copy of a file that is right on the server by now."""

    def cause(visitor: Visitor) -> None:
        visitor.keep_python_out()
        visitor.open()
        until(visitor.page, WORKER_CAME)  # a late one would bring Python, and good copies
        visitor.let_python_in()
        visitor.page.context.new_cdp_session(visitor.page).send("Network.clearBrowserCache")
        visitor.site.faults |= {file: fault}
        visitor.site.keeping = "max-age=3600"
        path = next(path for path in all_files(visitor) if path.endswith(file))
        visitor.page.evaluate(
            "path => fetch(path, { cache: 'reload' }).then((answer) => answer.arrayBuffer())", path
        )
        options = "{ cache: 'only-if-cached', mode: 'same-origin' }"
        until(visitor.page, f"fetch('{path}', {options}).then(() => true, () => false)")
        visitor.site.faults.clear()
        visitor.site.faults |= others or {}
        come_again(visitor)

    return cause


def all_files(visitor: Visitor) -> list[str]:
    """Return the paths of the files that the page may fetch."""
    files: list[str] = visitor.page.evaluate(
        """() => {
          const { worker, base, files } =
            JSON.parse(document.getElementById("python-runtime").textContent);
          const modules = document.querySelectorAll('link[rel="modulepreload"]');
          return [worker, ...Object.keys(files).map((file) => `${base}${file}`),
            ...[...modules].map(({ href }) => href)];
        }"""
    )
    return files


# The network


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
        come_again(visitor)
        until(visitor)
        visitor.site.is_gone = True
        visitor.site.released.set()

    return cause


def has_begun(visitor: Visitor) -> None:
    """Wait until the page's module has started."""
    until(visitor.page, "!window.pythonStart?.isAwaited")


def is_loading(visitor: Visitor) -> None:
    """Wait until the page says that Python is being fetched."""
    said = load(visitor.lang)("load.download", loaded="{}", total="{}").partition("{}")[0]
    expect(visitor.page.locator('[data-slot="engine"]')).to_contain_text(said)


def offline_when_ready(visitor: Visitor) -> None:
    """Take the browser off the network when nothing more has to be loaded."""
    wait_for_python(visitor)
    visitor.page.context.set_offline(True)


# The worker


def with_worker(before: str, faults: Faults | None = None) -> Step:
    """Put a script before the worker's own code."""

    def cause(visitor: Visitor) -> None:
        def prefix(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=f"{before}\n{answer.text()}")

        visitor.page.context.route("**/worker.js", prefix)
        visitor.site.faults |= faults or {}
        come_again(visitor)

    return cause


def ready_with_worker(before: str, **patience: int) -> Step:
    """Put a script before the worker's code that has no effect before Python is ready."""

    def cause(visitor: Visitor) -> None:
        if patience:
            set_patience(visitor, patience)
        with_worker(before)(visitor)
        visitor.expect_engine("python")

    return cause


ASKED = '"trusts_opinion":"no"'
DIES = f"""self.addEventListener("message", (event) => {{
  if (event.data.request.includes('{ASKED}')) {{ event.stopImmediatePropagation(); self.close(); }}
}});"""
BREAKS = f"""self.addEventListener("message", (event) => {{
  if (event.data.request.includes('{ASKED}')) {{ throw new Error("broken"); }}
}});"""
NEVER_ANSWERS = """const { postMessage } = self;
self.postMessage = (said) => said.type === "answer" || postMessage.call(self, said);"""
FAILS_TO_ENCODE = f"""const {{ encode }} = TextEncoder.prototype;
TextEncoder.prototype.encode = function (text) {{
  if (String(text).includes('{ASKED}') && !self.refused) {{
    self.refused = true;
    throw new %s;
  }}
  return encode.call(this, text);
}};"""
FAILS_TO_ANSWER = """const { postMessage } = self;
let asked = "";
self.addEventListener("message", ({ data }) => { asked = data.request; });
self.postMessage = (said) => {
  if (said.type === "answer" && asked.includes('%s')) { throw new %s; }
  postMessage.call(self, said);
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
    cause = all_of(lambda visitor: set_patience(visitor, SOON), with_worker(NEVER_ANSWERS))
    yield Fault("never answers", cause, f"{reason}timeout", press=True)
    yield Fault("no memory for the image", with_worker(FULL_ONCE), end=nothing)
    yield Fault("no memory to start", with_worker(FULL), f"{reason}memory", press=True)
    yield Fault("no memory to compile", with_worker(NEVER_COMPILES), f"{reason}memory", press=True)
    cause = all_of(with_worker("delete globalThis.WebAssembly;"), nothing_of_python_is_fetched)
    yield Fault("WebAssembly switched off", cause, f"{reason}no-wasm", press=True)
    cause = with_worker("delete globalThis.DecompressionStream;")
    yield Fault("nothing to unpack with", cause, end=nothing)
    yield Fault("a wrong answer", with_worker(LIES), f"{reason}wrong-answer", press=True)


def nothing_of_python_is_fetched(visitor: Visitor) -> None:
    """Check that nothing is fetched for a Python that cannot run."""
    before = len(visitor.site.requests)
    come_again(visitor)
    expect(visitor.page.locator('[data-block="failed"]')).to_be_visible()
    assert [path for path in visitor.site.requests[before:] if "/runtime/" in path] == []


def of_the_worker_at_work() -> Iterator[Fault]:
    """It ends, throws or lacks something while it scores."""
    reason = "load.reason."
    cause = ready_with_worker(DIES, **SOON)
    yield Fault("killed while scoring", cause, f"{reason}timeout", press=True)
    cause = ready_with_worker(BREAKS)
    yield Fault("breaks while scoring", cause, f"{reason}blocked", "worker.js", press=True)
    cause = ready_with_worker(FAILS_TO_ANSWER % (ASKED, 'Error("broken")'))
    yield Fault("fails while scoring", cause, f"{reason}python", press=True)
    cause = ready_with_worker(FAILS_TO_ENCODE % 'WebAssembly.RuntimeError("unreachable")')
    yield Fault("the image lacks what is asked for", cause, end=nothing)
    cause = ready_with_worker(FAILS_TO_ANSWER % (ASKED, NO_MEMORY))
    yield Fault("no memory while scoring", cause, f"{reason}memory", press=True)


SOON: Final = {"watchdog": WATCHDOG_MS}


def all_of(*steps: Step) -> Step:
    """Make one step of several."""

    def cause(visitor: Visitor) -> None:
        for step in steps:
            step(visitor)

    return cause


# What the browser keeps

WHILE_BROKEN: Final = """{
  const isBroken = () => !document.cookie.includes("mended");
  const refuse = (name) => { throw new DOMException("no", name); };
  %s
}"""


def failing(method: str, instead: str, works: str = "works.apply(this, given)") -> str:
    """Return a script that makes a method of the browser's do something else until mended."""
    return f"""{{
      const works = {method};
      {method} = function (...given) {{ return isBroken() ? {instead} : {works}; }};
    }}"""


def patched(*scripts: str) -> Step:
    """Make a visitor come again in a browser that does something else."""

    def cause(visitor: Visitor) -> None:
        visitor.page.add_init_script(WHILE_BROKEN % "\n".join(scripts))
        come_again(visitor)

    return cause


def patched_at_work(*scripts: str) -> Step:
    """Let the browser turn while the page is open."""

    def cause(visitor: Visitor) -> None:
        wait_for_python(visitor)
        visitor.page.evaluate(f"() => {WHILE_BROKEN % '\n'.join(scripts)}")

    return cause


def mend(visitor: Visitor) -> None:
    """Let the browser do again what it should."""
    visitor.page.evaluate("() => { document.cookie = 'mended=1; path=/'; }")


REFUSED: Final = "refuse('SecurityError')"
FULL_UP: Final = "refuse('QuotaExceededError')"
OPEN: Final = "IDBFactory.prototype.open"
PUT: Final = "IDBObjectStore.prototype.put"
KEEP: Final = failing("Storage.prototype.setItem", FULL_UP)
TELL: Final = failing("Storage.prototype.getItem", REFUSED)
BREAKS_OFF: Final = """(() => {
  const asked = works.apply(this, given);
  this.transaction.abort();
  return asked;
})()"""
NOT_SAVED: Final = "storage.not_saved"
NOT_YET: Final = "storage.not_yet"
DAMAGED: Final = "storage.damaged_all"


def of_the_storage() -> Iterator[Fault]:
    """It is refused, full, damaged or wiped; and a browser may refuse a worker."""
    cause = patched(
        failing("window.Worker", "refuse('SecurityError')", "Reflect.construct(works, given)")
    )
    yield Fault("workers refused", cause, "load.reason.blocked", "worker.js", end=mend, press=True)
    cause = patched(failing(OPEN, REFUSED))
    yield Fault("database refused", cause, NOT_YET, end=mend)
    cause = patched(failing(OPEN, "{ addEventListener() {} }"))
    yield Fault("database silent", cause, NOT_YET, end=mend)
    cause = patched_at_work(failing("IDBDatabase.prototype.transaction", REFUSED), KEEP, TELL)
    yield Fault("everything refused at work", cause, NOT_SAVED, end=mend)
    yield Fault("copies full", patched(KEEP), end=mend)
    yield Fault("copies refused", patched(KEEP, TELL), end=mend)
    yield Fault("database full", patched(failing(PUT, FULL_UP)), NOT_YET, end=mend)
    cause = patched(failing(PUT, FULL_UP), KEEP)
    yield Fault("everything full", cause, NOT_SAVED, end=mend)
    cause = patched(failing(PUT, BREAKS_OFF))
    yield Fault("each write breaks off", cause, NOT_YET, end=mend)
    yield Fault("copies garbled", garbled_copies, "storage.damaged")
    cause = in_database(2, "clients", "state")
    yield Fault("a database of a newer version", cause, NOT_YET, end=wiped)
    cause = all_of(in_database(1), is_opened)
    yield Fault("a database without its table", cause, keeps={})
    yield Fault("wiped at work", all_of(wait_for_python, is_opened, wiped))
    for name, record in SPOILT.items():
        cause = all_of(with_record(record), damage_is_told)
        yield Fault(f"a record {name}", cause, DAMAGED, keeps={})


SPOILT: Final[Mapping[str, Mapping[str, object]]] = {
    "of newer rules": {"rules": "9.0"},
    "whose log is a word": {"answers": {"knows_gaol": "no"}, "log": "none"},
}
"""One that is refused as a whole, one that is spoilt at two places: ``validate.test.mjs``."""


def garbled_copies(visitor: Visitor) -> None:
    """Spoil every copy outside the database."""
    visitor.page.goto(visitor.site.url("licences.txt"))
    visitor.page.evaluate(
        """() => Object.keys(localStorage).forEach(
          (key) => localStorage.setItem(key, '{"record": {"answers": ["'))"""
    )
    come_again(visitor)


def in_database(version: int, *tables: str) -> Step:
    """Make the database anew as another version of the page would."""

    def cause(visitor: Visitor) -> None:
        visitor.page.goto(visitor.site.url("licences.txt"))
        make_database(visitor.page, version, *tables)
        come_again(visitor)

    return cause


def wiped(visitor: Visitor) -> None:
    """Clear what the site keeps, as a browser's settings do."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    origin = visitor.site.address.rstrip("/")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


def with_record(changes: Mapping[str, object]) -> Step:
    """Make the open client another where it is kept."""

    def cause(visitor: Visitor) -> None:
        visitor.page.goto(visitor.site.url("licences.txt"))
        forget_journals(visitor.page)
        spoilt = [{**one, **changes} for one in read_clients(visitor.page)]
        write_clients(visitor.page, spoilt)
        come_again(visitor)

    return cause


# Tabs, clocks and ways to leave


def of_time_and_place() -> Iterator[Fault]:
    """Another tab, another time, another page or language."""
    both = {**BEFORE, "budget_ok": "no"}
    yield Fault("two tabs at once", another_tab, keeps=RACED)
    yield Fault("another tab after a write broke off", broken_off_in_two_tabs, keeps=RACED)
    yield Fault("reloaded in the middle of a write", broken_off, keeps=both)
    for name, hours in (("back", -48), ("ahead", 48)):
        cause = all_of(clock_moved(hours), broken_off)
        yield Fault(f"clock moved {name} in the middle of a write", cause, keeps=both)
    yield Fault("rules of before", all_of(with_record({"rules": "0.5"}), is_brought_along))
    yield Fault("away and back", away_and_back)
    yield Fault("taken from the back-forward cache", from_the_cache)


def of_the_language() -> Iterator[Fault]:
    """The visitor switches the language while half of a file has arrived."""
    both = {**BEFORE, "budget_ok": "no"}
    for file in ("python.packed", "main.js"):
        cause = switching_while(file)
        yield Fault(f"language switched while {file} loads", cause, keeps=both)


def damage_is_told(visitor: Visitor) -> None:
    """Wait until the page says that it cannot read the client; an answer before changes what."""
    expect(visitor.page.locator('[data-slot="notice"]')).to_be_visible()


def is_opened(visitor: Visitor) -> None:
    """Wait until the page has opened a client; an answer before keeps the one that it shows."""
    visitor.expect_opened()


def is_brought_along(visitor: Visitor) -> None:
    """Wait until Python has said what has changed; an answer before begins a client."""
    expect(visitor.page.locator('[data-list="news"] li').first).to_be_visible()


RACED: Final = {**BEFORE, "budget_ok": "no", "quality_ok": "no"}
CLICK: Final = "name => document.querySelector(`input[name=${name}][value=no]`).click()"


def another_tab(visitor: Visitor) -> None:
    """Answer in two tabs at the same moment; the next answer follows at once."""
    wait_for_python(visitor)
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url)
    expect(other.locator("#checklist-result")).to_have_attribute(
        "data-engine", "python", timeout=PYTHON_MS
    )
    other.evaluate(CLICK, "budget_ok")
    visitor.page.evaluate(CLICK, "quality_ok")


def break_off(visitor: Visitor) -> None:
    """Answer, and end the page before the browser has kept it."""
    visitor.page.evaluate("() => { IDBObjectStore.prototype.get = () => new Promise(() => {}); }")
    visitor.tick(budget_ok="no")


def broken_off(visitor: Visitor) -> None:
    """Load the page again in the middle of a write."""
    wait_for_python(visitor)
    break_off(visitor)
    come_again(visitor)


def broken_off_in_two_tabs(visitor: Visitor) -> None:
    """The same, and another tab answers before this one is there again."""
    wait_for_python(visitor)
    break_off(visitor)
    visitor.page.goto("about:blank")
    other = Visitor(visitor.page.context.new_page(), visitor.site, visitor.lang)
    other.open()
    other.tick(quality_ok="no")
    other.expect_saved()
    other.page.close()
    come_again(visitor)


def clock_moved(hours: int) -> Step:
    """Move the clock on the wall and answer."""

    def cause(visitor: Visitor) -> None:
        visitor.page.add_init_script(
            f"""{{ const now = Date.now;
            Date = class extends Date {{
              constructor(...given) {{
                super(...(given.length ? given : [now() + {hours * 3_600_000}]));
              }}
              static now() {{ return now() + {hours * 3_600_000}; }}
            }}; }}"""
        )
        wait_for_python(visitor)
        visitor.tick(budget_ok="no")

    return cause


def away_and_back(visitor: Visitor) -> None:
    """Go to another page by a link and come back with the browser's button."""
    wait_for_python(visitor)
    visitor.page.locator('.md-tabs a[href$="article/"], .md-tabs a[href*="article"]').first.click()
    visitor.page.wait_for_url("**/article/")
    visitor.page.go_back()


def from_the_cache(visitor: Visitor) -> None:
    """Have the browser report that the page comes from its back-forward cache."""
    wait_for_python(visitor)
    with visitor.page.expect_navigation(wait_until="commit"):
        visitor.page.evaluate(
            "() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); }"
        )


def switching_while(file: str) -> Step:
    """Switch the language while half of a file has arrived."""

    def cause(visitor: Visitor) -> None:
        visitor.site.faults[file] = "slow"
        come_again(visitor)
        visitor.tick(budget_ok="no")
        visitor.page.locator(".md-select button").hover()
        visitor.lang = next(lang for lang in LANGUAGES if lang != visitor.lang)
        visitor.page.locator(f'.md-select a[hreflang="{visitor.lang}"]').click(no_wait_after=True)
        visitor.page.wait_for_url(
            visitor.site.url(f"{FOLDERS[visitor.lang]}checklist/"), wait_until="commit"
        )

    return cause


SEQUENCES: Final = (
    Sequence("image", tuple(of_the_image()), "browser"),
    Sequence("parts", tuple(of_the_parts()), "browser"),
    Sequence("worker script", tuple(of_the_worker_script())),
    Sequence("modules", tuple(of_the_modules())),
    Sequence("copies", tuple(of_the_copies()), "browser"),
    Sequence("network", tuple(of_the_network()), "browser"),
    Sequence("worker at its start", tuple(of_the_worker_at_start()), "browser"),
    Sequence("worker at work", tuple(of_the_worker_at_work()), "browser"),
)
ALONE: Final = (
    *(Sequence(one.name, (one,)) for one in (*of_the_storage(), *of_time_and_place())),
    *(Sequence(one.name, (one,), "browser") for one in of_the_language()),
)
