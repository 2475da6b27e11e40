"""What pages load, in files and bytes, which do not depend on the machine."""

import gzip
import re
from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.pages import FOLDERS

OURS = re.compile(r'(?:href|src)="(?:\.\./)+(app/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
MOST_BYTES = {"ru": 65_000, "en": 45_000}
MOST_FILES = {"ru": 7, "en": 5}


def ours_on(page: Path) -> list[str]:
    """Return which of our own files a page names, each once."""
    return list(dict.fromkeys(OURS.findall(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["article", "signs/adrift", "glossary"])
def test_a_page_of_the_guide_is_light(built: Path, lang: str, path: str) -> None:
    """It has few files of our fonts, styles and scripts, and few bytes."""
    files = ours_on(built / FOLDERS[lang] / path / "index.html")
    sizes = [
        len(gzip.compress((built / name).read_bytes(), mtime=0))
        for name in files
        if not name.endswith(".woff2")
    ] + [(built / name).stat().st_size for name in files if name.endswith(".woff2")]
    assert len(files) <= MOST_FILES[lang]
    assert sum(sizes) <= MOST_BYTES[lang]


@pytest.mark.parametrize("entry", ["checklist", "clients"])
def test_every_module_is_preloaded(built: Path, entry: str) -> None:
    """None is found only after another has been loaded."""
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
