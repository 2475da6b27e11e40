"""How many files and bytes pages load."""

import gzip
import re
from pathlib import Path

import pytest

from checklist.texts import LANGUAGES
from tests.support.pages import FOLDERS

OURS = re.compile(r'(?:href|src)="(?:\.\./)+(app/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
MAX_BYTES = {"ru": 68_000, "en": 47_500}  # with the theme's styles, 27,000 before
MAX_FILES = {"ru": 6, "en": 4}


def ours_on(page: Path) -> list[str]:
    """Return the paths of our own files that a page loads, each once."""
    return list(dict.fromkeys(OURS.findall(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["article", "signs/adrift", "glossary"])
def test_the_size_of_a_page_of_the_guide(built: Path, lang: str, path: str) -> None:
    """The number and compressed size of its fonts, styles and scripts are limited."""
    files = ours_on(built / FOLDERS[lang] / path / "index.html")
    sizes = [compressed(built / name) for name in files if not name.endswith(".woff2")] + [
        (built / name).stat().st_size for name in files if name.endswith(".woff2")
    ]
    assert len(files) <= MAX_FILES[lang]
    assert sum(sizes) <= MAX_BYTES[lang]


STYLES = 14_000  # what pages use of Material's, and our own for every page
TOOL_STYLES = 7_500  # those of the checklist, the list of clients and print
FONTS = {"ru": 51_000, "en": 30_000}  # two weights of one face; Russian pages need Latin as well
TEXT = 24_000  # the page itself; the longest is the worked cases
FORM = 20_000  # eleven questions with their notes, the result and the panels
BESIDE = 5_000  # the stage and sixteen checks, with their notes
SCRIPTS = 6_000  # ticks count, and show a verdict, before the modules are there
DATA = 10_000  # the table of verdicts, and what the scripts say
BEFORE_THE_FIRST_PAINT = {
    "article": (STYLES, TEXT),
    "cases": (STYLES, TEXT),
    "clients": (STYLES + TOOL_STYLES, TEXT),
    "checklist": (STYLES + TOOL_STYLES, FORM + BESIDE + SCRIPTS + DATA),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", BEFORE_THE_FIRST_PAINT)
def test_what_a_page_needs_before_its_first_paint(built: Path, lang: str, path: str) -> None:
    """The compressed size of the page, with its scripts and data, its styles and its fonts."""
    styles, document = BEFORE_THE_FIRST_PAINT[path]
    page = built / FOLDERS[lang] / path / "index.html"
    html = page.read_text(encoding="utf-8")
    linked = [page.parent / name for name in re.findall(r'rel="stylesheet" href="([^"]+)"', html)]
    fonts = [page.parent / name for name in re.findall(r'href="([^"]+)" as="font"', html)]
    assert sum(compressed(file) for file in linked) <= styles
    assert sum(file.stat().st_size for file in fonts) <= FONTS[lang]
    assert compressed(page) <= document


def compressed(file: Path) -> int:
    """Return the size that a host sends which compresses."""
    return len(gzip.compress(file.read_bytes(), mtime=0))


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
