"""Lighthouse's marks for accessibility, best practices and search engines, page by page."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from checklist.site.node import find_node
from tests.support.find_browser import find_browser
from tests.support.pages import FOLDERS
from tests.support.server import served
from tests.support.site_build import PROJECT, build
from tests.support.visitor import QUIET

LIGHTHOUSE: Final = PROJECT / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES: Final = ("accessibility", "best-practices", "seo")
BEST: Final = 100

KINDS: Final = (
    "",
    "article/",
    "checklist/",
    "clients/",
    "signs/adrift/",
    "cases/",
    "stepping-back/",
    "questions/",
    "paper/",
    "glossary/",
    "aid/",
    "about/",
)
"""A page of each kind; the others consist of the same parts."""


def lighthouse() -> dict[str, dict[str, float]]:
    """Print the marks of a page of each kind in both languages, and what failed; return them.

    The site is built for the address at which it is served, so that canonical links are true.
    """
    marks: dict[str, dict[str, float]] = {}
    failed: list[str] = []
    print("\nLighthouse, of 100" + "".join(f"{name:>16}" for name in CATEGORIES))
    with tempfile.TemporaryDirectory() as temporary, served(Path(temporary)) as site:
        build(Path(temporary), site.address)
        for path in (f"{folder}{kind}" for folder in FOLDERS.values() for kind in KINDS):
            report = report_on(site.url(path))
            marks[path] = {
                name: round(report["categories"][name]["score"] * BEST) for name in CATEGORIES
            }
            print(f"  /{path:22}" + "".join(f"{mark:16}" for mark in marks[path].values()))
            failed += [f"/{path}: {line}" for line in dict.fromkeys(failures(report))]
    for line in failed:
        print(f"  {line}")
    return marks


def report_on(url: str) -> dict[str, Any]:
    """Run Lighthouse on one page, as a phone would see it, and return its report."""
    flags = " ".join(["--headless", *QUIET])
    done = subprocess.run(
        [
            *(find_node(), str(LIGHTHOUSE), url),
            *("--quiet", "--output=json", "--no-enable-error-reporting"),
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={flags}",
        ],
        env={**os.environ, "CHROME_PATH": str(find_browser())},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse did not run on {url}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def failures(report: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a page: the audit, and the first element that it names."""
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] not in (None, 1):
                items = audit.get("details", {}).get("items", [{}])
                where = next((item["node"]["selector"] for item in items if "node" in item), "")
                yield f"{audit['id']}: {audit['title']} {where}".rstrip()
