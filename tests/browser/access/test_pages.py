"""Every page of the site: axe, narrow screens, large text, nothing that moves."""

from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.access.probing import OF_STYLES, SCHEMES, SLOW, problems
from tests.support.server import Site
from tests.support.visitor import Arrive

# The rules that axe skips on a page with the style sheets of an earlier one.
SKIPPED = {"light": OF_STYLES, "dark": SLOW}
HREFS = "all => all.map((one) => one.href ?? one.textContent)"


def pages_of(built: Path, lang: str) -> list[str]:
    """Return the addresses of all pages in a language; the one for wrong addresses is Russian."""
    files = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    pages = [file.removesuffix("index.html") for file in files]
    return [page for page in pages if page.startswith("en/") == (lang == "en")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_passes_the_access_checks(
    arrive: Arrive, site: Site, built: Path, lang: str
) -> None:
    """No rule of axe is broken; nothing is cut off, covered, or wider than the screen."""
    visitor = arrive(site, reduced_motion="reduce")
    found: list[str] = []
    known: set[str] = set()
    scheme = SCHEMES[lang]
    for path in pages_of(built, lang):
        visitor.page.goto(site.url(path))
        styles = str(visitor.page.locator("link[rel=stylesheet], style").evaluate_all(HREFS))
        found += problems(visitor.page, path, scheme, SKIPPED[scheme] if styles in known else ())
        known.add(styles)
    assert found == []
