"""Reading the guide: the time until it can be read, and its size, compared with plain Material."""

import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.plain import build_plain
from tests.bench.start import ROUNDS, SETTLE_MS, browsing
from tests.bench.table import Row
from tests.support.metered_host import Host, hosted
from tests.support.site_build import ROOT_URL, build

PAGES: Final = ("", "article/", "signs/adrift/", "glossary/", "en/article/", "en/questions/")
LARGEST_PAINT: Final = """() => new Promise((done) =>
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


def reading() -> list[Row]:
    """Measure each kind of page in both sites, interleaved."""
    paints: dict[str, list[tuple[float, float]]] = {page: [] for page in PAGES}
    sent: dict[str, tuple[int, int]] = {}
    runtime = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours = build(Path(folder) / "ours", ROOT_URL)
        plain = build_plain(Path(folder) / "plain")
        with hosted(ours) as one, hosted(plain) as other:
            for _ in range(ROUNDS):
                for page in PAGES:
                    paint, our_bytes = _read(playwright, one, page)
                    other_paint, their_bytes = _read(playwright, other, page)
                    paints[page].append((paint, other_paint))
                    sent[page] = our_bytes, their_bytes
                    runtime += sum(n for path, n in one.sent.items() if "/runtime/" in path)
    return _rows(paints, sent, runtime)


def _read(playwright: Playwright, host: Host, path: str) -> tuple[float, int]:
    """Return when the largest part was painted, and what was sent until nothing more was."""
    with browsing(playwright) as page:
        page.goto("about:blank")
        page.wait_for_timeout(SETTLE_MS)
        host.sent.clear()
        page.goto(host.url(path), wait_until="networkidle")
        paint: float = page.evaluate(LARGEST_PAINT)
        return paint, sum(host.sent.values())


def _rows(
    paints: Mapping[str, list[tuple[float, float]]],
    sent: Mapping[str, tuple[int, int]],
    runtime: int,
) -> list[Row]:
    print(f"\nReading, beside plain Material, median of {ROUNDS}")
    paint_ratios, byte_ratios = [], []
    for page, seen in paints.items():
        ours, theirs = (statistics.median(times) for times in zip(*seen, strict=True))
        our_bytes, their_bytes = sent[page]
        paint_ratios.append(ours / theirs)
        byte_ratios.append(our_bytes / their_bytes)
        print(
            f"  /{page:16} largest paint {ours:6.0f} ms, plain {theirs:6.0f} ms"
            f"   bytes {our_bytes:8,}, plain {their_bytes:8,}, ratio {byte_ratios[-1]:.2f}"
        )
    return [
        Row(
            "guide: largest paint / plain Material, median page",
            statistics.median(paint_ratios),
            0.85,
        ),
        Row("guide: bytes / plain Material, worst page", max(byte_ratios), 0.7),
        Row("guide: bytes of the runtime before intent", runtime, 0, "bytes"),
    ]
