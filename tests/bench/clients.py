"""A thousand clients in the browser: the time to list them, and to save an answer of one."""

import json
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from checklist.texts import load
from tests.bench.table import Row
from tests.support import brute
from tests.support.clients_page import fill_storage, record, until_listed
from tests.support.database import RECORDS
from tests.support.find_browser import find_browser
from tests.support.server import Site, served
from tests.support.site_build import ROOT_URL, build
from tests.support.visitor import QUIET, Visitor, until

ROUNDS: Final = 5
FEW, MANY = 10, 1_000
LISTED_S: Final = 2


def clients() -> list[Row]:
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
    return [
        Row(f"{MANY} clients listed", table[f"{MANY} clients"]["listed"], LISTED_S, "s"),
    ]


def among(browser: Browser, site: Site, count: int) -> tuple[float, float]:
    """Return the medians: to show the list of so many clients, and to save an answer."""
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
        ready = json.dumps(load("ru")("load.ready"))
        until(
            visitor.page,
            f"document.querySelector('[data-slot=engine]').textContent === {ready}",
        )
        begun = time.perf_counter()
        until_listed(visitor.page)
        listed.append(time.perf_counter() - begun)
    visitor.open_scored()
    saved = [visitor.page.evaluate(TICK_TO_SAVED, answer) for answer in ("no", "yes") * ROUNDS]
    visitor.page.close()
    return statistics.median(listed), statistics.median(saved) / 1000


TICK_TO_SAVED = f"""async (answer) => {{
  {RECORDS}
  const begun = performance.now();
  document.querySelector(`input[name=decides][value=${{answer}}]`).click();
  const kept = async () => {{
    const open = history.state?.client;
    return (await records()).find(({{ id }}) => id === open)?.answers.decides;
  }};
  while ((await kept()) !== answer);
  return performance.now() - begun;
}}"""
