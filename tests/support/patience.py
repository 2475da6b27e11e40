"""How long a page waits for Python, for tests on a machine that has other things to do."""

import re
from typing import Final

from tests.support.server import Site

PATIENCE_MS: Final = 600_000
PAGES: Final = ("checklist/", "clients/")
"""The pages that start Python."""


def waiting(page: str, watchdog: int = PATIENCE_MS) -> str:
    """Return a page's HTML with another limit for a silent Python, and a long one for servers."""
    page = re.sub(r'("silence": )\d+', rf"\g<1>{PATIENCE_MS}", page)
    return re.sub(r'("watchdog": )\d+', rf"\g<1>{watchdog}", page)


def be_patient(site: Site) -> None:
    """Serve pages that wait for minutes. A copy of the site would not take them: see offline."""
    site.edits = dict.fromkeys(PAGES, waiting)
