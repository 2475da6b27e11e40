"""A copy of the site whose pages wait for minutes for Python, for tests on busy machines."""

import re
import shutil
from pathlib import Path
from typing import Final

from tests.support.offline_copy import publish
from tests.support.pages import FOLDERS
from tests.support.time_limits import PAGE_LIMIT_MS

PAGES: Final = ("checklist/", "clients/")
"""The pages that start Python."""


def with_long_limits(page: str) -> str:
    """Return a page's HTML with long time limits for a silent server and a silent Python."""
    return re.sub(r'("(?:silence|watchdog)": )\d+', rf"\g<1>{PAGE_LIMIT_MS}", page)


def patient_copy(site: Path, target: Path) -> Path:
    """Copy a built site to a new folder, with pages that wait for minutes."""
    shutil.copytree(site, target)
    publish(target, _make_patient)
    return target


def _make_patient(site: Path) -> None:
    for folder in FOLDERS.values():
        for path in PAGES:
            page = site / folder / path / "index.html"
            page.write_text(with_long_limits(page.read_text(encoding="utf-8")), encoding="utf-8")
