"""How long a page waits for Python, for tests on a machine that has other things to do."""

import re
import shutil
from pathlib import Path
from typing import Final

from tests.support.offline_copy import publish
from tests.support.pages import FOLDERS

PATIENCE_MS: Final = 600_000
PAGES: Final = ("checklist/", "clients/")
"""The pages that start Python."""


def waiting(page: str, watchdog: int = PATIENCE_MS) -> str:
    """Return a page's HTML with another limit for a silent Python, and a long one for servers."""
    page = re.sub(r'("silence": )\d+', rf"\g<1>{PATIENCE_MS}", page)
    return re.sub(r'("watchdog": )\d+', rf"\g<1>{watchdog}", page)


def patient_copy(site: Path, target: Path) -> Path:
    """Copy a built site to a new folder, with pages that wait for minutes."""
    shutil.copytree(site, target)
    publish(target, _make_patient)
    return target


def _make_patient(site: Path) -> None:
    for folder in FOLDERS.values():
        for path in PAGES:
            page = site / folder / path / "index.html"
            page.write_text(waiting(page.read_text(encoding="utf-8")), encoding="utf-8")
