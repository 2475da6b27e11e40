"""A visitor with a real Chromium; errors and warnings in its console are recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from checklist.rules import SCOPE
from tests.support.database import RECORDS, read_clients
from tests.support.pages import FOLDERS
from tests.support.server import Site
from tests.support.time_limits import TIMEOUT_MS

PYTHON_MS: Final = TIMEOUT_MS
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
FRUGAL: Final = (*QUIET, "--js-flags=--liftoff-only")
"""Without V8's optimising compiler of WebAssembly, which is of no use in short tests."""

_GLANCE_MS: Final = 50
_BLOCKED = "Service Worker registration blocked by Playwright"
_TICKED: Final = """const ticked = () => Object.fromEntries(
  [...document.querySelectorAll('[data-fact][data-touched="true"] input:checked')]
    .map((input) => [input.name, input.value]));
"""
_IS_SAVED: Final = f"""async () => {{
  {RECORDS}{_TICKED}
  const isNothingWaiting = () => {{
    if (pythonStart.isKeepingInput) {{
      return false;
    }}
    try {{
      return Object.entries(localStorage).every(
        ([key, text]) => !key.startsWith("client-checklist:/:")
          || JSON.parse(text).pending.length === 0);
    }} catch {{
      return true;
    }}
  }};
  const sorted = (answers) => JSON.stringify(Object.entries(answers ?? {{}}).sort());
  const line = document.querySelector('[data-slot="keeping"]').textContent;
  return isNothingWaiting() && /\\d:\\d\\d/.test(line)
    && (await records()).some(({{ answers }}) => sorted(answers) === sorted(ticked()));
}}"""


expect.set_options(timeout=TIMEOUT_MS)


@dataclass
class Visitor:
    """One visitor of one site, in one language."""

    page: Page
    site: Site
    lang: str = "ru"
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    may_complain: bool = False

    def __post_init__(self) -> None:
        own = urlsplit(self.site.address).netloc

        def request(url: str) -> None:
            if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != own:
                self.foreign.append(url)

        self.page.on("request", lambda sent: request(sent.url))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and message.text != _BLOCKED:
            self.complaints.append(message.text)

    def open(self, path: str = "checklist/") -> None:
        """Go to a page in the visitor's language."""
        self.page.goto(self.site.url(f"{FOLDERS[self.lang]}{path}"))

    def reload(self) -> None:
        """Load the page again, once the network is idle."""
        self.page.wait_for_load_state("networkidle")
        self.page.reload()

    def keep_python_out(self) -> None:
        """Have pages wait for Python forever."""
        self.site.is_python_out = True

    def let_python_in(self) -> None:
        """Have the next page get Python again."""
        self.site.is_python_out = False

    def open_scored(self) -> None:
        """Go to the checklist and wait for Python."""
        self.open()
        self.expect_engine("python")

    def expect_opened(self) -> None:
        """Wait until the page has opened a client: the one of before, or a new one."""
        until(self.page, "globalThis.pythonStart?.isKeepingInput === false")

    @property
    def result(self) -> Locator:
        """The element that has the verdict in its attributes."""
        return self.page.locator("#checklist-result")

    def expect_engine(self, engine: str) -> None:
        """Wait until the result comes from this engine."""
        expect(self.result).to_have_attribute("data-engine", engine, timeout=PYTHON_MS)

    def expect_verdict(self, verdict: str) -> None:
        """Wait until the result has this verdict, ``open`` or ``empty``."""
        expect(self.result).to_have_attribute("data-verdict", verdict)

    def expect_verdict_from_python(self, verdict: str) -> None:
        """Wait for Python, then for this verdict."""
        self.expect_engine("python")
        self.expect_verdict(verdict)

    def expect_announced(self) -> None:
        """Wait until the live region has the verdict that is shown."""
        texts = ("announcement", "title")
        announced, shown = (
            f"document.querySelector('[data-slot={one}]').textContent" for one in texts
        )
        until(self.page, f"{announced}.includes({shown})")

    def radio(self, fact: str, answer: str) -> Locator:
        """The radio button of one answer."""
        return self.page.locator(f'input[type=radio][name="{fact}"][value="{answer}"]')

    def tick(self, **answers: str) -> None:
        """Answer with the mouse, as a visitor would: on the words, not on the button."""
        for fact, answer in answers.items():
            if fact == SCOPE:
                self.open_assumption()
            self.radio(fact, answer).locator("xpath=..").click()

    def check(self, **answers: str) -> None:
        """Answer checks in the same way, which are folded."""
        self._unfold(".beside__checks")
        self.tick(**{f"check-{check}": answer for check, answer in answers.items()})

    def open_assumption(self) -> None:
        """Open the line about what the checklist assumes, unless it is open."""
        self._unfold(".assumption")

    def _unfold(self, details: str) -> None:
        folded = self.page.locator(details)
        if folded.get_attribute("open") is None:
            folded.locator("> summary").click()

    def ticked(self) -> dict[str, str]:
        """Return the answers in the form, without unanswered questions."""
        held: dict[str, str] = self.page.evaluate(f"() => {{ {_TICKED} return ticked(); }}")
        return held

    def records(self) -> list[dict[str, Any]]:
        """Return every client that the browser has saved."""
        return read_clients(self.page)

    def expect_saved(self) -> None:
        """Wait until the browser's database has what is on the page, and the page says so.

        The page's line alone is not enough: it may be about an earlier answer.
        """
        until(self.page, _IS_SAVED)

    def verify(self) -> None:
        """Fail on any error or warning in the console, and on any request to another host."""
        assert self.foreign == []
        if not self.may_complain:
            assert self.complaints == []


def until(page: Page, expression: str, within: int = PYTHON_MS) -> None:
    """Wait until an expression is true or resolves to true, for so many milliseconds at most.

    Playwright's own way makes a function from text in the page, which the page's policy forbids.
    """
    wait_for(page, lambda: bool(page.evaluate(expression)), True, expression, within)


def wait_for[Seen](
    page: Page, look: Callable[[], Seen], expected: Seen, about: str, within: int = TIMEOUT_MS
) -> None:
    """Look at a page again and again until the value seen is the expected one."""
    seen = look()
    for _ in range(within // _GLANCE_MS):
        if seen == expected:
            return
        page.wait_for_timeout(_GLANCE_MS)
        seen = look()
    raise AssertionError(f"{about}: {seen!r} and not {expected!r}")


def wait_for_paint(page: Page) -> None:
    """Wait until the browser has painted what is on the page now."""
    page.evaluate(
        """new Promise((go) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))"""
    )


type Arrive = Callable[..., Visitor]
