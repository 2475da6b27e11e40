"""Every page of the site: axe, narrow screens, large text, nothing that moves."""

from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.access.probing import SCHEMES, problems
from tests.support.server import Site
from tests.support.visitor import Arrive


def pages_of(built: Path, lang: str) -> list[str]:
    """Return the addresses of all pages in a language; the one for wrong addresses is Russian."""
    files = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    pages = [file.removesuffix("index.html") for file in files]
    return [page for page in pages if page.startswith("en/") == (lang == "en")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_can_be_used_by_all(arrive: Arrive, site: Site, built: Path, lang: str) -> None:
    """No rule of axe is broken, nothing is cut off, covered or wider than the screen."""
    visitor = arrive(site, reduced_motion="reduce")
    found: list[str] = []
    for path in pages_of(built, lang):
        visitor.page.goto(site.url(path))
        found += problems(visitor.page, path, SCHEMES[lang])
    assert found == []
