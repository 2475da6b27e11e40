"""A visitor of the site in any of the engines, with mouse and keyboard."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.support.database import RECORDS
from tests.support.engines.engine import Engine, EngineError, Json
from tests.support.hosting.nginx import nginx, own_server
from tests.support.pages import FOLDERS
from tests.support.server import Site, served
from tests.support.time_limits import TIMEOUT_SECONDS

_LOOK_EVERY_SECONDS: Final = 0.05
_TABS_AT_MOST: Final = 12

# Short names that scripts in this folder may use.
_WORDS: Final = (
    """
const one = (css) => document.querySelector(css);
const all = (css) => [...document.querySelectorAll(css)];
const textOf = (css) => one(css).textContent.trim().replace(/\\s+/g, " ");
const ticked = () => Object.fromEntries(all('[data-fact][data-touched="true"] input:checked')
  .map((input) => [input.name, input.value]));
"""
    + RECORDS
)

# The page's line may be about an earlier answer, so the database itself is read.
_SAVED: Final = """
const sorted = (answers) => JSON.stringify(Object.entries(answers ?? {}).sort());
const name = one('[data-field="name"]').value;
const isKept = (await records()).some((record) =>
  sorted(record.answers) === sorted(ticked()) && (record.name ?? "") === name);
return isKept && /\\d:\\d\\d/.test(textOf('[data-slot="keeping"]'));
"""

_FAILURE: Final = """return `the page says: ${one('[data-slot="failure"]')?.textContent}`;"""

# The point to click on, once the element does not move and nothing covers it. On a busy machine it
# may move all the same before the click comes, so the page notes which control the click reaches.
_POINT: Final = """
const target = one(css);
target.scrollIntoView({ block: "center", behavior: "instant" });
const middle = () => {
  const [{ x, y, width, height }] = target.getClientRects();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};
const before = middle();
await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
const after = middle();
const isStill = String(before) === String(after);
if (!isStill || !target.contains(document.elementFromPoint(...after))) { return null; }
globalThis.pressed = null;
addEventListener("click", ({ target: reached }) => {
  const control = reached.closest("a, button, input, label, select, summary, textarea");
  globalThis.pressed = target.contains(reached) ? "" : (control?.outerHTML ?? null);
}, { capture: true, once: true });
return after;
"""


# What the page noted: null if the click reached no control, "" if it reached its target or the page
# is another one by now, else the control that it reached.
_REACHED: Final = """return globalThis.pressed === undefined ? "" : globalThis.pressed;"""


@dataclass
class EngineVisitor:
    """One visitor of one site, in one language, whose browser has no data of it."""

    engine: Engine
    site: Site
    lang: str = "ru"

    def open(self, path: str = "checklist/") -> None:
        """Go to a page in the visitor's language."""
        self.engine.open(self.site.url(f"{FOLDERS[self.lang]}{path}"))

    def run(self, script: str, **values: object) -> Json:
        """Run a script in the page; the values are its constants."""
        constants = "".join(
            f"const {name} = {json.dumps(value)};\n" for name, value in values.items()
        )
        return self.engine.run(f"{_WORDS}{constants}{script}")

    def value_of(self, expression: str, **values: object) -> Json:
        """Return the value of an expression in the page."""
        return self.run(f"return {expression};", **values)

    def expect(self, expression: str, expected: object, **values: object) -> None:
        """Wait until an expression has this value in the page, even if the page is replaced."""
        self._expect(f"return {expression};", expected, values)

    def _expect(self, script: str, expected: object, values: dict[str, object]) -> None:
        end = time.monotonic() + TIMEOUT_SECONDS
        while (seen := self._try(script, values)) != expected:
            if time.monotonic() > end:
                failure = self._try(_FAILURE, {})
                raise AssertionError(f"{script} returns {seen!r}, not {expected!r}; {failure}")
            time.sleep(_LOOK_EVERY_SECONDS)

    def press(self, css: str) -> None:
        """Click on an element with the mouse, once it is there and not covered."""
        end = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < end:
            point = self._try(_POINT, {"css": css})
            if isinstance(point, list):
                self.engine.click(*point)
                if self._has_received_click(css):
                    return
            time.sleep(_LOOK_EVERY_SECONDS)
        raise AssertionError(f"{css} cannot be pressed: {point}")

    def _has_received_click(self, css: str) -> bool:
        """Whether the last click reached an element; raises where it reached another control."""
        reached = self._try(_REACHED, {})
        if isinstance(reached, str) and reached.startswith("<"):
            raise AssertionError(f"not {css} was pressed, but {reached[:200]}")
        return reached is not None

    def _try(self, script: str, values: dict[str, object]) -> Json:
        """Run a script in a page that may not be ready for it, or may be unloading."""
        try:
            return self.run(script, **values)
        except EngineError as error:
            return f"unknown: {error}"

    def expect_text(self, css: str, text: str) -> None:
        """Wait until an element has this text, whatever its spaces and line breaks."""
        self.expect("textOf(css)", " ".join(text.split()), css=css)

    def expect_engine(self, engine: str) -> None:
        """Wait until the result comes from this engine."""
        self.expect('one("#checklist-result").dataset.engine', engine)

    def expect_verdict(self, verdict: str) -> None:
        """Wait until the result has this verdict, ``open`` or ``empty``."""
        self.expect('one("#checklist-result").dataset.verdict', verdict)

    def expect_verdict_from_python(self, verdict: str) -> None:
        """Wait for Python, then for this verdict."""
        self.expect_engine("python")
        self.expect_verdict(verdict)

    def tick(self, **answers: str) -> None:
        """Answer with the mouse, on the words and not on the button."""
        for fact, answer in answers.items():
            self.press(f"#q-{fact} .choice--{answer} span")

    def tab_to(self, name: str) -> None:
        """Press Tab until the focus is on a field of this name."""
        for _ in range(_TABS_AT_MOST):
            if self.value_of("document.activeElement.name") == name:
                return
            self.engine.key("Tab")
        raise AssertionError(f"the keyboard does not reach {name}")

    def expect_ticked(self, **answers: str) -> None:
        """Wait until the form holds these answers and no others."""
        self.expect("ticked()", answers)

    def expect_saved(self) -> None:
        """Wait until a client in the browser's database has the form's answers and its name."""
        self._expect(_SAVED, True, {})


_visited: set[int | None] = set()


@contextmanager
def visiting(engine: Engine, folder: Path, lang: str, path: str = "") -> Iterator[EngineVisitor]:
    """Serve a site for one visitor: another port is another origin, where nothing is stored.

    A browser keeps its profile for all tests, so no port is ever used again.
    """
    with ExitStack() as ports:
        site = ports.enter_context(served(folder, path))
        while not _is_new(site.address):
            site = ports.enter_context(served(folder, path))  # the used port stays taken
        yield EngineVisitor(engine, site, lang)
        engine.open("about:blank")


@contextmanager
def visiting_nginx(engine: Engine, site: Path, path: str, folder: Path) -> Iterator[EngineVisitor]:
    """Serve a site from nginx, with the headers that it ships, for one visitor.

    ``path`` is where the site lies; ``folder`` is empty and becomes nginx's own.
    """
    with ExitStack() as ports:
        for attempt in count():
            place = folder / str(attempt)
            place.mkdir()
            server = own_server(site, place / "plain")
            address = ports.enter_context(nginx(server, place))
            if _is_new(address):
                break
        yield EngineVisitor(engine, Site(f"{address}{path}"))


def _is_new(address: str) -> bool:
    """Whether no visitor has used a port; from now on one has."""
    port = urlsplit(address).port
    is_new = port not in _visited
    _visited.add(port)
    return is_new
