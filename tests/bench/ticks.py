"""The time from the click on an answer to the new result by Python."""

import random
import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from checklist.rules import ANSWERS, FACTS
from tests.bench.start import browsing
from tests.bench.table import Row
from tests.support.metered_host import hosted
from tests.support.site_build import ROOT_URL, build
from tests.support.visitor import PYTHON_MS

TICKS: Final = 400
ONE_FRAME_MS: Final = 16

# Each answer of the worker is noted as it comes, before the page does; the page's own work is
# over when styles and layout have been worked out after it. Waiting for the screen is not ours.
NOTE_ANSWERS: Final = """(() => {
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(...how) {
      super(...how);
      this.addEventListener("message", ({ data }) => {
        if (data.type === "answer") {
          setTimeout(() => {
            document.body.getBoundingClientRect();
            window.__answered?.(performance.now());
          });
        }
      });
    }
  };
})()"""
TICK: Final = """async ([fact, answer]) => {
  const input = document.querySelector(`input[name=${fact}][value=${answer}]`);
  if (input.checked) {
    return null;
  }
  const answered = new Promise((done) => (window.__answered = done));
  const begun = performance.now();
  input.click();
  const own = (await answered) - begun;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [own, performance.now() - begun];
}"""


def ticks() -> list[Row]:
    """Tick answers at random and show how long the page takes over each."""
    chance = random.Random(20_261_124)
    own: list[float] = []
    shown: list[float] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        with hosted(site) as host, browsing(playwright) as page:
            page.add_init_script(NOTE_ANSWERS)
            page.goto(host.url("en/checklist/"))
            page.locator("[data-engine=python]").wait_for(timeout=PYTHON_MS)
            while len(own) < TICKS:
                fact, answer = chance.choice(FACTS).id, chance.choice(ANSWERS)
                if taken := page.evaluate(TICK, [fact, answer]):
                    own.append(taken[0])
                    shown.append(taken[1])
    print(f"\nTick to new result, ms, over {TICKS} ticks")
    for name, seen in (("our own time", own), ("with the frame", shown)):
        ordered = sorted(seen)
        print(
            f"  {name:16} median {statistics.median(seen):6.1f}"
            f"   p99 {ordered[int(len(seen) * 0.99)]:6.1f}   worst {ordered[-1]:6.1f}"
        )
    p99 = sorted(own)[int(len(own) * 0.99)]
    return [Row("tick to new result, our own time, p99", p99, ONE_FRAME_MS, "ms")]
