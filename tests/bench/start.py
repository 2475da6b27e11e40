"""The start: from navigation to the first verdict, for us and for the rivals, in one run."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.bench.rivals import ANSWERS, add_rivals
from tests.bench.server import Host, Line, hosted, warm_up
from tests.bench.table import Row
from tests.browser.conftest import PYTHON_MS, QUIET
from tests.conftest import ROOT_URL, build
from tests.find_browser import find_browser

ROUNDS: Final = 5
VISITS_BEFORE: Final = 3  # until the browser's caches of code are warm too
SETTLE_MS: Final = 500
MEGABIT: Final = 1_000_000 / 8
OURS, STOCK, PYSCRIPT = "ours", "stock Pyodide", "PyScript"
PAGES: Final[Mapping[str, str]] = {
    OURS: "en/checklist/",
    STOCK: "stock-page/",
    PYSCRIPT: "pyscript-page/",
}

# The page itself notes when it got where: asking it from here would take part in its work.
NOTES: Final = """(() => {
  const noted = (window.__noted = {});
  const note = (name) => (noted[name] ??= performance.now());
  new MutationObserver(() => {
    const result = document.querySelector("#checklist-result");
    if (result?.dataset.engine === "python") note("python");
    if (result?.dataset.verdict === "step_back") note("verdict");
  }).observe(document, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-engine", "data-verdict"] });
})()"""


@dataclass
class Times:
    """What one page took, visit by visit, in seconds; and what it loaded, in bytes."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)


def start() -> list[Row]:
    """Measure all pages, interleaved, and show how ours compares."""
    times = {name: Times() for name in PAGES}
    restored: list[float] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        add_rivals(site)
        with hosted(site) as host, hosted(site, Line(rate=9.6 * MEGABIT, delay=0.06)) as far:
            warm_up(site)
            for _ in range(ROUNDS):
                for name, path in PAGES.items():
                    _at_hand(playwright, host, path, times[name])
                    with browsing(playwright) as page:
                        times[name].slow.append(_visit(page, far, path))
                restored.append(_with_answers(playwright, host))
    show_all(times)
    return rows(times, restored)


def _at_hand(playwright: Playwright, host: Host, path: str, times: Times) -> None:
    """Visit a page in a new profile, some more times, and once more in a new window."""
    with profile() as folder:
        with browsing(playwright, folder) as page:
            host.sent.clear()
            times.cold.append(_visit(page, host, path))
            times.sent.append(sum(host.sent.values()))
            for _ in range(VISITS_BEFORE):
                _visit(page, host, path)
        with browsing(playwright, folder) as page:
            times.warm.append(_visit(page, host, path))


def _with_answers(playwright: Playwright, host: Host) -> float:
    """Return how long a visitor who has answered waits for the verdict, with nothing cached."""
    with profile() as folder:
        with browsing(playwright, folder) as page:
            _visit(page, host, PAGES[OURS])
            for fact, answer in ANSWERS.items():
                page.locator(f"input[name={fact}][value={answer}]").check(force=True)
            page.wait_for_timeout(SETTLE_MS)
            page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        with browsing(playwright, folder) as page:
            return _visit(page, host, PAGES[OURS], until="verdict")


def _visit(page: Page, host: Host, path: str, until: str = "python") -> float:
    page.goto("about:blank")
    page.wait_for_timeout(SETTLE_MS)
    page.goto(host.url(path), wait_until="commit")
    page.wait_for_function(f"window.__noted?.{until}", timeout=4 * PYTHON_MS)
    taken: float = page.evaluate(f"window.__noted.{until}")
    return taken / 1000


@contextmanager
def profile() -> Iterator[Path]:
    """Give a folder for a browser's profile; a browser that closes may still write to it."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def browsing(playwright: Playwright, folder: Path | None = None) -> Iterator[Page]:
    """Open a window in the profile that lies in a folder, or in a new one."""
    with profile() as fresh:
        context: BrowserContext = playwright.chromium.launch_persistent_context(
            folder or fresh, executable_path=find_browser(), args=list(QUIET)
        )
        page = context.pages[0]
        page.add_init_script(NOTES)
        yield page
        context.close()


def rows(times: Mapping[str, Times], restored: list[float]) -> list[Row]:
    """Return our ratios to stock Pyodide, each with its target."""
    ours, stock = times[OURS], times[STOCK]

    def ratio(one: list[float], other: list[float]) -> float:
        return statistics.median(one) / statistics.median(other)

    return [
        Row("first Python verdict, cold, loopback / stock", ratio(ours.cold, stock.cold), 0.2),
        Row("the same, warm / stock", ratio(ours.warm, stock.warm), 0.2),
        Row("the same, cold, 9.6 Mbit/s and 60 ms / stock", ratio(ours.slow, stock.slow), 0.5),
        Row("bytes to the first Python verdict / stock", ratio(ours.sent, stock.sent), 0.75),
        Row("first verdict, saved answers, cold / stock", ratio(restored, stock.cold), 0.1),
    ]


def show_all(times: Mapping[str, Times]) -> None:
    """Print the medians, and how far apart the runs lie."""
    print(f"\nNavigation to the first Python verdict, s, median of {ROUNDS} (least to most)")
    for name, one in times.items():
        print(f"  {name:16}", end="")
        for kind, seen in (("cold", one.cold), ("warm", one.warm), ("9.6 Mbit/s", one.slow)):
            print(
                f"{kind} {statistics.median(seen):6.3f} ({min(seen):.3f} to {max(seen):.3f})",
                end="   ",
            )
        print(f"bytes {statistics.median(one.sent):,.0f}")
