"""Faults of files: the image, the parts of Python, the worker, the modules, cached copies."""

from collections.abc import Iterator, Mapping
from typing import Final

from tests.support.faults.fault import (
    NO_IMAGE,
    ORDINARY,
    SILENCE_MS,
    WATCHDOG_MS,
    Fault,
    Faults,
    Step,
    answer_again,
    load_again,
    nothing,
    serving,
)
from tests.support.server import Fault as ServerFault
from tests.support.visitor import Visitor, until


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
        # A late worker would bring Python, and good copies; so would one that the page starts anew.
        until(visitor.page, WORKER_CAME)
        visitor.expect_opened()
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
        load_again(visitor)

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
