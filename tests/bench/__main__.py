"""Measure what visitors wait for and download; ``python -m tests.bench start ticks`` runs parts."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from checklist.site.node import find_node
from tests.bench.building import building
from tests.bench.clients import clients
from tests.bench.journey import journey
from tests.bench.large import large
from tests.bench.lighthouse import BEST, lighthouse
from tests.bench.memory import memory
from tests.bench.phone import phone
from tests.bench.reading import reading
from tests.bench.scoring import scoring
from tests.bench.start import start
from tests.bench.table import Row, show
from tests.bench.ticks import ticks
from tests.support.find_browser import find_browser
from tests.support.site_build import PROJECT


def main() -> None:
    """Run the parts named, or all; print their tables and write them to ``build/bench.json``."""
    chosen = sys.argv[1:] or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        raise SystemExit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    target = PROJECT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    described = machine()
    rows: list[Row] = []
    for name in chosen:
        rows += PARTS[name]()
        # After each part, so that a part that fails does not lose the others' figures.
        figures = {"machine": described, "rows": [row.as_dict() for row in rows]}
        target.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    print("\nTargets")
    show(rows)
    print(f"\nwritten to {target.relative_to(PROJECT)}")
    if not all(row.met for row in rows):
        raise SystemExit(1)


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    pyodide = json.loads((PROJECT / "node_modules" / "pyodide" / "package.json").read_text("utf-8"))
    return {
        "system": platform.platform(),
        "processors": f"{os.cpu_count()} of {processor()}",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB",
        "browser": first_line_of(str(find_browser()), "--version"),
        "python": platform.python_version(),
        "node": first_line_of(find_node(), "--version"),
        "pyodide": pyodide["version"],
    }


def processor() -> str:
    """Return the processor's name where the system tells it."""
    cpu_info = Path("/proc/cpuinfo")
    lines = cpu_info.read_text(encoding="utf-8").splitlines() if cpu_info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def first_line_of(*command: str) -> str:
    """Return the first line that a program prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[0].strip()


def marks() -> list[Row]:
    """Return the pages whose marks by Lighthouse are below the best."""
    seen = lighthouse()
    short = sum(mark < BEST for row in seen.values() for mark in row.values())
    return [Row("Lighthouse: marks below the best", short, 0, "marks")]


PARTS: Final[Mapping[str, Callable[[], list[Row]]]] = {
    "scoring": scoring,
    "large": large,
    "start": start,
    "phone": phone,
    "memory": memory,
    "ticks": ticks,
    "reading": reading,
    "building": building,
    "clients": clients,
    "journey": journey,
    "lighthouse": marks,
}

if __name__ == "__main__":
    main()
