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

from checklist.clients import parse_client, write_link
from tests.bench.rivals import ANSWERS, add_rivals
from tests.bench.table import Row
from tests.support.find_browser import find_browser
from tests.support.metered_host import Host, Line, hosted, warm_up
from tests.support.site_build import ROOT_URL, build
from tests.support.visitor import PYTHON_MS, QUIET, until

ROUNDS: Final = 5
SETTLE_MS: Final = 500
MEGABIT: Final = 1_000_000 / 8
OUR_FORM: Final = "en/checklist/"
OURS, STOCK, PYSCRIPT = "ours", "stock Pyodide", "PyScript"
PAGES: Final[Mapping[str, str]] = {
    # A link carries the answers that the rivals score; Python reads it, then scores.
    OURS: f"en/checklist/#c={write_link(parse_client({'answers': ANSWERS}), name=False)}",
    STOCK: "stock-page/",
    PYSCRIPT: "pyscript-page/",
}
# By then the client of the link has been saved.
SECOND_VISITS: Final[Mapping[str, str]] = {OURS: OUR_FORM}

# The page records its own times: asking it from here would slow it down.
NOTES: Final = """(() => {
  const noted = (window.__noted = {});
  const note = (name) => (noted[name] ??= performance.now());
  new MutationObserver(() => {
    const result = document.querySelector("#checklist-result");
    if (result?.dataset.verdict !== "step_back") return;
    note("verdict");
    if (result.dataset.engine === "python") note("python");
  }).observe(document, { subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-engine", "data-verdict"] });
})()"""


@dataclass
class Times:
    """What one page took in each visit, in seconds; and what it loaded, in bytes."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)


def start() -> list[Row]:
    """Measure all pages, interleaved, and show how ours compares."""
    times = {name: Times() for name in PAGES}
    restored: dict[str, list[float]] = {"loopback": [], "9.6 Mbit/s": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        add_rivals(site)
        with hosted(site) as host, hosted(site, Line(rate=9.6 * MEGABIT, delay=0.06)) as far:
            warm_up(site)
            for _ in range(ROUNDS):
                for name, path in PAGES.items():
                    _at_hand(playwright, host, name, times[name])
                    with browsing(playwright) as page:
                        times[name].slow.append(_visit(page, far, path))
                restored["loopback"].append(_with_answers(playwright, host))
                restored["9.6 Mbit/s"].append(_with_answers(playwright, far))
    show_all(times, restored)
    return rows(times, restored)


def _at_hand(playwright: Playwright, host: Host, name: str, times: Times) -> None:
    """Visit a page in a new profile, and once more in a new window."""
    with profile() as folder:
        with browsing(playwright, folder) as page:
            host.sent.clear()
            times.cold.append(_visit(page, host, PAGES[name]))
            times.sent.append(sum(host.sent.values()))
            if name == OURS:
                page.locator('[data-action="keep-shared"]').click()
            page.wait_for_timeout(SETTLE_MS)
        with browsing(playwright, folder) as page:
            times.warm.append(_visit(page, host, SECOND_VISITS.get(name, PAGES[name])))


def _with_answers(playwright: Playwright, host: Host) -> float:
    """Return how long a visitor who has answered waits for the verdict, with nothing cached."""
    with profile() as folder:
        with browsing(playwright, folder) as page:
            page.goto(host.url(OUR_FORM))
            until(page, "document.querySelector('[data-engine=python]') !== null")
            for fact, answer in ANSWERS.items():
                page.locator(f"input[name={fact}][value={answer}]").check(force=True)
            page.wait_for_timeout(SETTLE_MS)
            page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        with browsing(playwright, folder) as page:
            return _visit(page, host, OUR_FORM, what="verdict")


def _visit(page: Page, host: Host, path: str, what: str = "python") -> float:
    page.goto("about:blank")
    page.wait_for_timeout(SETTLE_MS)
    page.goto(host.url(path), wait_until="commit")
    until(page, f"Boolean(window.__noted?.{what})", within=4 * PYTHON_MS)
    taken: float = page.evaluate(f"window.__noted.{what}")
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


def rows(times: Mapping[str, Times], restored: Mapping[str, list[float]]) -> list[Row]:
    """Return our ratios to stock Pyodide, each with its target; then all that was measured."""
    ours, stock, at_once = times[OURS], times[STOCK], restored["loopback"]

    def ratio(one: list[float], other: list[float]) -> float:
        return statistics.median(one) / statistics.median(other)

    return [
        Row("first Python verdict, cold, loopback / stock", ratio(ours.cold, stock.cold), 0.13),
        Row("the same, warm / stock", ratio(ours.warm, stock.warm), 0.13),
        Row("the same, cold, 9.6 Mbit/s and 60 ms / stock", ratio(ours.slow, stock.slow), 0.4),
        Row("bytes to the first Python verdict / stock", ratio(ours.sent, stock.sent), 0.45),
        Row(
            "first verdict, saved answers, cold / stock",
            ratio(at_once, stock.cold),
            0.1,
        ),
        *_seen(times, restored),
    ]


def _seen(times: Mapping[str, Times], restored: Mapping[str, list[float]]) -> Iterator[Row]:
    for name, one in times.items():
        for kind, seen in (("cold", one.cold), ("warm", one.warm), ("9.6 Mbit/s", one.slow)):
            yield Row(f"{name}: first Python verdict, {kind}", statistics.median(seen), unit="s")
        yield Row(f"{name}: bytes", statistics.median(one.sent), unit="bytes")
    for kind, seen in restored.items():
        what = f"{OURS}: first verdict, saved answers, {kind}"
        yield Row(what, statistics.median(seen), unit="s")


def show_all(times: Mapping[str, Times], restored: Mapping[str, list[float]]) -> None:
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
    print("First verdict of any kind, saved answers, s")
    for kind, seen in restored.items():
        print(f"  {kind:16}{statistics.median(seen):6.3f} ({min(seen):.3f} to {max(seen):.3f})")
