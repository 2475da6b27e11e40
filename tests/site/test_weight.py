"""How many files and bytes pages load."""

import gzip
import re
from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.pages import FOLDERS

OURS = re.compile(r'(?:href|src)="(?:\.\./)+(app/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
MAX_BYTES = {"ru": 65_000, "en": 45_000}
MAX_FILES = {"ru": 7, "en": 5}


def ours_on(page: Path) -> list[str]:
    """Return the paths of our own files that a page loads, each once."""
    return list(dict.fromkeys(OURS.findall(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["article", "signs/adrift", "glossary"])
def test_the_size_of_a_page_of_the_guide(built: Path, lang: str, path: str) -> None:
    """The number and compressed size of its fonts, styles and scripts are limited."""
    files = ours_on(built / FOLDERS[lang] / path / "index.html")
    sizes = [
        len(gzip.compress((built / name).read_bytes(), mtime=0))
        for name in files
        if not name.endswith(".woff2")
    ] + [(built / name).stat().st_size for name in files if name.endswith(".woff2")]
    assert len(files) <= MAX_FILES[lang]
    assert sum(sizes) <= MAX_BYTES[lang]


@pytest.mark.parametrize("entry", ["checklist", "clients"])
def test_every_module_is_preloaded(built: Path, entry: str) -> None:
    """Otherwise a browser would find it only after it has loaded another module."""
    page = built / entry / "index.html"
    html = page.read_text(encoding="utf-8")
    preloaded = {
        Path(name).name for name in re.findall(r'rel="modulepreload" href="([^"]+)"', html)
    }
    app = (page.parent / re.findall(r'rel="modulepreload" href="([^"]+)"', html)[0]).parent
    needed = {
        name
        for one in preloaded
        for name in IMPORTED.findall((app / one).read_text(encoding="utf-8"))
    }
    assert needed <= preloaded
    assert len(preloaded) <= 4


def test_the_worker_needs_one_file(built: Path) -> None:
    """It loads no other module of ours before the image."""
    worker = next(built.glob("app/*/worker.js")).read_text(encoding="utf-8")
    assert IMPORTED.findall(worker) == []
