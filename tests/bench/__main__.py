"""Measure scoring, the start, the list of clients, and what Lighthouse says of the pages."""

import json
import platform
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from checklist import score
from checklist.texts import load
from tests import brute
from tests.bench.lighthouse import all_best, lighthouse
from tests.browser.conftest import PYTHON_MS, QUIET, Visitor
from tests.browser.test_clients import fill_storage, record
from tests.conftest import PROJECT, ROOT_URL, build
from tests.find_browser import find_browser
from tests.server import Site, served

ROUNDS = 5
EVERY = 7
FEW, MANY = 10, 1_000
LIBRARY = "python_stdlib.zip"


def main() -> None:
    """Print the tables and write them to ``build/bench.json``."""
    figures = {
        "machine": f"{platform.platform()}, Python {platform.python_version()}",
        "scoring": scoring(),
        "start": start(),
        "clients": clients(),
        "lighthouse": (marks := lighthouse()),
    }
    target = PROJECT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    print(f"\nwritten to {target.relative_to(PROJECT)}")
    if not all_best(marks):
        raise SystemExit(1)  # only now: the other figures are not lost with it


def scoring() -> dict[str, dict[str, float]]:
    """Time ``score`` and brute force over every seventh state, in milliseconds."""
    states = list(islice(brute.all_states(), 0, None, EVERY))
    ours = timed(lambda state: score(brute.as_answers(state)), states)
    rival = timed(brute.result_of, states)
    table = {"score": summary(ours), "brute force, memoised": summary(rival)}
    print(f"Scoring a state, ms, over {len(states)} states (the goal: under 5 for any)")
    for name, row in table.items():
        print(f"  {name:24}" + "".join(f"  {key} {value:8.3f}" for key, value in row.items()))
    return table


def timed[T](run: Callable[[T], object], inputs: list[T]) -> list[float]:
    """Return how long each call took, in milliseconds."""
    times = []
    for one in inputs:
        begun = time.perf_counter()
        run(one)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def summary(times: list[float]) -> dict[str, float]:
    """Return the figures worth reading."""
    ordered = sorted(times)
    return {
        "median": statistics.median(ordered),
        "p99": ordered[int(len(ordered) * 0.99)],
        "worst": ordered[-1],
    }


def start() -> dict[str, dict[str, float]]:
    """Time navigation to the first Python verdict: ours, and with the library npm ships."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        ours = build(Path(temporary) / "ours", ROOT_URL)
        stock = with_stock_library(ours, Path(temporary) / "stock")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(QUIET))
        times: dict[str, list[float]] = {"ours": [], "stock library": []}
        with served(ours) as one, served(stock) as other:
            for _ in range(ROUNDS):
                times["ours"].append(first_verdict(browser, one.url("checklist/")))
                times["stock library"].append(first_verdict(browser, other.url("checklist/")))
        browser.close()
    table = {
        name: {"median": statistics.median(row), "min": min(row), "max": max(row)}
        for name, row in times.items()
    }
    ratio = table["ours"]["median"] / table["stock library"]["median"]
    print(f"Navigation to the first Python verdict, cold, loopback, s, {ROUNDS} rounds each")
    for name, row in table.items():
        print(f"  {name:24}" + "".join(f"  {key} {value:8.3f}" for key, value in row.items()))
    print(f"  ours / stock library: {ratio:.2f}")
    return {**table, "ratio": {"median": ratio}}


def clients() -> dict[str, dict[str, float]]:
    """Time the list of a thousand clients, and an answer among them, against ten clients."""
    table: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = build(Path(temporary) / "site", ROOT_URL)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(QUIET))
        with served(site) as one:
            for count in (FEW, MANY):
                listed, saved = among(browser, one, count)
                table[f"{count} clients"] = {"listed": listed, "answer saved": saved}
        browser.close()
    print("Clients in the browser, s: Python ready to the list in order; a tick to its being saved")
    for name, row in table.items():
        print(f"  {name:24}" + "".join(f"  {key} {value:8.3f}" for key, value in row.items()))
    return table


def among(browser: Browser, site: Site, count: int) -> tuple[float, float]:
    """Return the medians: to show the list with so many clients, and to save an answer."""
    visitor = Visitor(browser.new_page(), site)
    visitor.may_complain = True
    states = list(islice(brute.all_states(), 0, None, 59))
    fill_storage(
        visitor,
        [
            record(
                f"{number:04}",
                name=f"Client {number}",
                answers=brute.as_answers(states[number % len(states)]),
                notes=dict.fromkeys(
                    ("knows_goal", "decides"), "what was seen, at some length " * 5
                ),
            )
            for number in range(count)
        ],
    )
    listed = []
    for _ in range(ROUNDS):
        visitor.open("clients/")
        visitor.page.wait_for_function(
            "text => document.querySelector('[data-slot=engine]').textContent === text",
            arg=load("ru")("load.ready"),
            timeout=PYTHON_MS,
        )
        begun = time.perf_counter()
        visitor.page.locator(".client__signs li").first.wait_for(timeout=PYTHON_MS)
        listed.append(time.perf_counter() - begun)
    visitor.open_scored()
    saved = [visitor.page.evaluate(TICK_TO_SAVED, answer) for answer in ("no", "yes") * ROUNDS]
    visitor.page.close()
    return statistics.median(listed), statistics.median(saved) / 1000


TICK_TO_SAVED = """async (answer) => {
  const begun = performance.now();
  document.querySelector(`input[name=decides][value=${answer}]`).click();
  const kept = () => new Promise((done) => {
    const opening = indexedDB.open("client-checklist");
    opening.onsuccess = () => {
      const all = opening.result.transaction("cases").objectStore("cases");
      const id = sessionStorage.getItem("client-checklist:last");
      const one = all.get(id);
      one.onsuccess = () => { opening.result.close(); done(one.result?.answers.decides); };
    };
  });
  while ((await kept()) !== answer);
  return performance.now() - begun;
}"""


def with_stock_library(site: Path, target: Path) -> Path:
    """Return a copy of the site with the standard library as npm ships it, as source."""
    shutil.copytree(site, target)
    source = PROJECT / "node_modules" / "pyodide" / LIBRARY
    shutil.copy(source, next((target / "runtime").glob(f"*/{LIBRARY}")))
    page = target / "checklist" / "index.html"
    sizes = re.compile(rf'("{LIBRARY}": )\d+')
    html, count = sizes.subn(rf"\g<1>{source.stat().st_size}", page.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(f"{page}: the library's size stands there {count} times")
    page.write_text(html, encoding="utf-8")
    return target


def first_verdict(browser: Browser, url: str) -> float:
    """Return the seconds from navigation to the first result, in a new profile."""
    context = browser.new_context()
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator('#checklist-result[data-engine="python"]').wait_for(
        state="attached", timeout=PYTHON_MS
    )
    taken = time.perf_counter() - begun
    context.close()
    return taken


if __name__ == "__main__":
    main()
