"""What a page with Python takes of the machine's memory, beside stock Pyodide."""

import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.rivals import add_rivals
from tests.bench.start import OURS, PAGES, STOCK, browsing
from tests.bench.table import Row
from tests.support.metered_host import Host, hosted
from tests.support.site_build import ROOT_URL, build
from tests.support.visitor import PYTHON_MS, until

ROUNDS: Final = 3
GUIDE: Final = "en/article/"
REST_MS: Final = 3_000  # by then the browser has thrown away what it needed for the start
MIB: Final = 1_024


def memory() -> list[Row]:
    """Measure the processes of pages: a page of the guide, ours with Python, and stock."""
    pages = {"the guide": GUIDE, OURS: PAGES[OURS], STOCK: PAGES[STOCK]}
    taken: dict[str, list[float]] = {name: [] for name in pages}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        add_rivals(site)
        with hosted(site) as host:
            for _ in range(ROUNDS):
                for name, path in pages.items():
                    taken[name].append(_taken(playwright, host, path))
    medians = {name: statistics.median(seen) for name, seen in taken.items()}
    return [
        *(Row(f"memory: {name}", figure, unit="MiB") for name, figure in medians.items()),
        Row("memory of a page with Python / stock", medians[OURS] / medians[STOCK], 1.0),
    ]


def _taken(playwright: Playwright, host: Host, path: str) -> float:
    """Return the proportional share of memory of the browser's page processes, in MiB."""
    with browsing(playwright) as page:
        page.goto(host.url(path), wait_until="load")
        if path != GUIDE:
            until(page, "Boolean(window.__noted?.python)", within=PYTHON_MS)
        page.wait_for_timeout(REST_MS)
        browser = page.context.browser
        devtools = (
            browser.new_browser_cdp_session() if browser else page.context.new_cdp_session(page)
        )
        processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
        return sum(_share(one["id"]) for one in processes if one["type"] == "renderer")


def _share(process: int) -> float:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / MIB
