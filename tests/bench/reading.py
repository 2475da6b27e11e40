"""Reading the guide: the time until it can be read, and its size, compared with plain Material."""

import statistics
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.plain import build_plain
from tests.bench.start import ROUNDS, SETTLE_MS, browsing
from tests.bench.table import Row
from tests.support.metered_host import Host, hosted
from tests.support.site_build import ROOT_URL, build

PAGES: Final = ("", "article/", "signs/adrift/", "glossary/", "en/article/", "en/questions/")
TYPE_AND_PICTURES: Final = (".woff2", ".png", ".svg", ".ico")
LARGEST_PAINT: Final = """() => new Promise((done) =>
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""


@dataclass(frozen=True, slots=True)
class Sent:
    """The bytes sent for a page: all, its scripts, and what is neither type nor a picture."""

    all: int
    scripts: int
    code: int

    @classmethod
    def of(cls, host: Host) -> Self:
        """Return what a host has sent."""

        def total(of_kind: Callable[[str], bool]) -> int:
            return sum(size for path, size in host.sent.items() if of_kind(path))

        return cls(
            all=total(bool),
            scripts=total(lambda path: path.endswith(".js")),
            code=total(lambda path: not path.endswith(TYPE_AND_PICTURES)),
        )


def reading() -> list[Row]:
    """Measure each kind of page in both sites, interleaved."""
    paints: dict[str, list[tuple[float, float]]] = {page: [] for page in PAGES}
    sent: dict[str, tuple[Sent, Sent]] = {}
    runtime = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours = build(Path(folder) / "ours", ROOT_URL)
        plain = build_plain(Path(folder) / "plain")
        with hosted(ours) as one, hosted(plain) as other:
            for _ in range(ROUNDS):
                for page in PAGES:
                    paint, ours_sent = _read(playwright, one, page)
                    other_paint, plain_sent = _read(playwright, other, page)
                    paints[page].append((paint, other_paint))
                    sent[page] = ours_sent, plain_sent
                    runtime += sum(n for path, n in one.sent.items() if "/runtime/" in path)
    return _rows(paints, sent, runtime)


def _read(playwright: Playwright, host: Host, path: str) -> tuple[float, Sent]:
    """Return when the largest part was painted, and what was sent until nothing more was."""
    with browsing(playwright) as page:
        page.goto("about:blank")
        page.wait_for_timeout(SETTLE_MS)
        host.sent.clear()
        page.goto(host.url(path), wait_until="networkidle")
        paint: float = page.evaluate(LARGEST_PAINT)
        return paint, Sent.of(host)


def _rows(
    paints: Mapping[str, list[tuple[float, float]]],
    sent: Mapping[str, tuple[Sent, Sent]],
    runtime: int,
) -> list[Row]:
    print(f"\nReading, beside plain Material, median of {ROUNDS}")
    paint_ratios, byte_ratios = [], []
    for page, seen in paints.items():
        ours, theirs = (statistics.median(times) for times in zip(*seen, strict=True))
        our_bytes, their_bytes = (one.all for one in sent[page])
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
        Row(
            "guide: JavaScript / plain Material, worst page",
            max(ours.scripts / theirs.scripts for ours, theirs in sent.values()),
            0.5,
        ),
        Row(
            "guide: bytes without type and pictures, worst page",
            max(ours.code for ours, _ in sent.values()),
            80_000,
            "bytes",
        ),
        Row("guide: bytes of the runtime before intent", runtime, 0, "bytes"),
    ]
