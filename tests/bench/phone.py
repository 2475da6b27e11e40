"""A cheap phone on a slow line: first paint, first answer, long tasks, and Python beside stock.

Chromium's processor is slowed six times (DevTools' throttling, which slows pages but not workers);
the line has 1.6 Mbit/s and 150 ms to the first byte. Every visit is a first one.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from checklist.rules import ANSWERS, FACTS, SCOPE
from tests.bench.plain import build_plain
from tests.bench.rivals import add_rivals
from tests.bench.start import MEGABIT, OUR_FORM, OURS, PAGES, SETTLE_MS, STOCK, browsing
from tests.bench.table import Row
from tests.support.metered_host import Host, Line, hosted, warm_up
from tests.support.site_build import ROOT_URL, build
from tests.support.viewports import PHONE
from tests.support.visitor import PYTHON_MS, until

ROUNDS: Final = 3
SLOWED: Final = 6
RATE: Final = 1.6 * MEGABIT
DELAY: Final = 0.15
TICKS: Final = 200
GUIDE: Final = ("", "article/", "signs/adrift/", "cases/", "en/questions/", "en/glossary/")
BLOCKING_FROM_MS: Final = 50  # what of a task is longer blocks the page (web.dev, "TBT")

OBSERVE: Final = """(() => {
  const seen = (window.__seen = { tasks: [], paint: 0, presses: {} });
  const observe = (type, note, options) => new PerformanceObserver((list) =>
    list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
  observe("longtask", ({ startTime, duration }) => seen.tasks.push([startTime, duration]));
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") seen.paint = startTime;
  });
  // A press is several events: the slowest one counts, as in "interaction to next paint".
  observe("event", ({ interactionId: id, duration }) => {
    if (id) seen.presses[id] = Math.max(duration, seen.presses[id] ?? 0);
  }, { durationThreshold: 16 });
})()"""
# The first answer is pressed in the first frame that can show it.
ANSWER_AT_ONCE: Final = """(() => {
  const parsing = new MutationObserver(() => {
    const answer = document.querySelector("input[name=knows_goal][value=no]");
    if (answer) {
      parsing.disconnect();
      requestAnimationFrame(() => setTimeout(() => answer.click()));
    }
  });
  parsing.observe(document, { subtree: true, childList: true });
  const answering = new MutationObserver(() => {
    const result = document.querySelector("#checklist-result");
    const isNext = result?.querySelector("[data-next-fact]:not([data-next-fact=knows_goal])");
    if (isNext && ["table", "python"].includes(result.dataset.engine)) {
      answering.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.__seen.answered = performance.now())));
    }
  });
  answering.observe(document, { subtree: true, childList: true, attributes: true });
})()"""

# In the middle of the window no bar covers it.
PLACE_OF_ANSWER: Final = """([fact, answer]) => {
  const { labels } = document.querySelector(`input[name=${fact}][value=${answer}]`);
  labels[0].scrollIntoView({ block: "center" });
  const { x, y, width, height } = labels[0].getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: times in milliseconds since the navigation, and the long tasks."""

    paint: float
    answered: float
    tasks: tuple[tuple[float, float], ...]

    @property
    def longest_task(self) -> float:
        """The duration of the longest task, 0 if none took 50 ms."""
        return max((duration for _, duration in self.tasks), default=0)

    @property
    def blocked(self) -> float:
        """The total blocking time after the first paint."""
        return sum(
            duration - BLOCKING_FROM_MS
            for start, duration in self.tasks
            if start + duration > self.paint
        )


def phone() -> list[Row]:
    """Measure the checklist, the guide and the rivals, interleaved."""
    python: dict[str, list[float]] = {OURS: [], STOCK: []}
    form: list[Visit] = []
    guide: dict[str, list[tuple[Visit, Visit]]] = {page: [] for page in GUIDE}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder) / "site", ROOT_URL)
        add_rivals(site)
        warm_up(site)
        plain = build_plain(Path(folder) / "plain")
        with _far(site) as ours, _far(plain) as theirs:
            for _ in range(ROUNDS):
                for name, times in python.items():
                    times.append(_python(playwright, ours, PAGES[name]))
                form.append(_visit(playwright, ours, OUR_FORM, _wait_for_python))
                for page, visits in guide.items():
                    visits.append(
                        (
                            _visit(playwright, ours, page, _wait_for_load),
                            _visit(playwright, theirs, page, _wait_for_load),
                        )
                    )
            ticks = _ticks(playwright, ours)
    return [*_form_rows(python, form, ticks), *_guide_rows(guide)]


def _far(folder: Path) -> Any:  # noqa: ANN401 - the context manager of ``hosted``
    return hosted(folder, Line(rate=RATE, delay=DELAY))


@contextmanager
def _on_phone(playwright: Playwright) -> Iterator[Page]:
    with browsing(playwright) as page:
        page.set_viewport_size(ViewportSize(width=PHONE["width"], height=PHONE["height"]))
        page.goto("about:blank")
        page.wait_for_timeout(SETTLE_MS)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.add_init_script(OBSERVE)
        yield page


def _python(playwright: Playwright, host: Host, path: str) -> float:
    """Return when Python's first verdict was shown, in milliseconds."""
    with _on_phone(playwright) as page:
        page.goto(host.url(path), wait_until="commit")
        until(page, "Boolean(window.__noted?.python)", within=4 * PYTHON_MS)
        taken: float = page.evaluate("window.__noted.python")
        return taken


def _visit(playwright: Playwright, host: Host, path: str, wait: Callable[[Page], None]) -> Visit:
    with _on_phone(playwright) as page:
        page.add_init_script(ANSWER_AT_ONCE)
        page.goto(host.url(path), wait_until="commit")
        wait(page)
        page.wait_for_timeout(SETTLE_MS)
        seen = page.evaluate("window.__seen")
        tasks = tuple((start, duration) for start, duration in seen["tasks"])
        return Visit(seen["paint"], seen.get("answered", 0), tasks)


def _wait_for_python(page: Page) -> None:
    # Asked seldom: to find out takes the slowed page some milliseconds.
    for _ in range(4 * PYTHON_MS // SETTLE_MS):
        page.wait_for_timeout(SETTLE_MS)
        if page.evaluate("document.querySelector('[data-engine=python]') !== null"):
            return
    raise TimeoutError("no verdict by Python")


def _wait_for_load(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def _ticks(playwright: Playwright, host: Host) -> list[float]:
    """Return the time from each press of an answer to the next paint (Event Timing, in 8 ms).

    The first presses come as soon as the page has loaded, long before Python is there.
    """
    facts = [fact.id for fact in FACTS if fact.id != SCOPE]  # that question is folded
    with _on_phone(playwright) as page:
        page.goto(host.url(OUR_FORM), wait_until="load")
        for number in range(TICKS):
            answer = [facts[number % len(facts)], ANSWERS[number // len(facts) % len(ANSWERS)]]
            x, y = page.evaluate(PLACE_OF_ANSWER, answer)
            page.mouse.click(x, y)
        _wait_for_python(page)
        times: list[float] = page.evaluate("Object.values(window.__seen.presses)")
        # A press that took less than the observer's threshold is not among the entries.
        return sorted([0.0] * (TICKS - len(times)) + times)


def _form_rows(
    python: Mapping[str, list[float]], form: list[Visit], ticks: list[float]
) -> Iterator[Row]:
    for name, times in python.items():
        yield Row(f"phone, {name}: first Python verdict", statistics.median(times) / 1000, unit="s")
    ratio = statistics.median(python[OURS]) / statistics.median(python[STOCK])
    yield Row("phone: first Python verdict, cold / stock", ratio, 0.33)
    paint = statistics.median(visit.paint for visit in form)
    yield Row("phone: first paint of the checklist", paint / 1000, 1.2, "s")
    answered = statistics.median(visit.answered for visit in form)
    yield Row("phone: a first answer counts", answered / 1000, 2.0, "s")
    longest = statistics.median(visit.longest_task for visit in form)
    yield Row("phone: longest task of the checklist", longest, 200, "ms")
    blocked = statistics.median(visit.blocked for visit in form)
    yield Row("phone: total blocking time of the checklist", blocked, 300, "ms")
    p99 = ticks[int(len(ticks) * 0.99)]
    yield Row("phone: tick to the next paint, p99", p99, 200, "ms")


def _guide_rows(guide: Mapping[str, list[tuple[Visit, Visit]]]) -> Iterator[Row]:
    def median(page: str, figure: Callable[[Visit], float], *, of_plain: bool = False) -> float:
        return statistics.median(figure(pair[of_plain]) for pair in guide[page])

    print(f"\nGuide on the phone, beside plain Material, ms, median of {ROUNDS}")
    for page in guide:
        for name, of_plain in (("ours", False), ("plain", True)):
            figures = (
                median(page, lambda visit: visit.paint, of_plain=of_plain),
                median(page, lambda visit: visit.longest_task, of_plain=of_plain),
                median(page, lambda visit: visit.blocked, of_plain=of_plain),
            )
            shown = "first paint {:6.0f}, longest task {:6.0f}, blocked {:6.0f}".format(*figures)
            print(f"  /{page:16}{name:8}{shown}")
    longest = max(median(page, lambda visit: visit.longest_task) for page in guide)
    yield Row("phone: longest task of a guide page", longest, 200, "ms")
    blocked = max(median(page, lambda visit: visit.blocked) for page in guide)
    yield Row("phone: total blocking time of a guide page", blocked, 100, "ms")
