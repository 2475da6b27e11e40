"""A site that was built without the image of Python: an ordinary start, and all else the same."""

import gzip
import json
import re
from pathlib import Path
from typing import Final

import pytest

from checklist.site.assets.image import IMAGE
from checklist.site.publishing.sbom import SBOM
from checklist.texts import LANGUAGES, load
from tests.support.long_time_limits import patient_copy
from tests.support.offline_copy import arrive_and_stay, list_of
from tests.support.pages import FOLDERS
from tests.support.server import served
from tests.support.site_build import ROOT_URL, build, once
from tests.support.visitor import Arrive

POLICY: Final = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')
RUNTIME: Final = re.compile(r"runtime/[^/]+/")
PREFETCH: Final = re.compile(r'id="checklist-prefetch">(.*?)</script>')
COPY_SIZE: Final = {"ru": r"([\d,]+)[ \u00a0]МБ", "en": r"([\d.]+)\sMB"}
PACKED_ALREADY: Final = (".packed", ".woff2", ".png", ".zip", ".whl")


@pytest.fixture(scope="session")
def without_image(shared: Path) -> Path:
    """The site, built with the switch that README.md names."""
    target = shared / "without-image" / "site"
    return once(target, lambda folder: build(folder, ROOT_URL, PYTHON_IMAGE="no"))


def paths_of(site: Path) -> set[str]:
    """Return the paths of all files, without the digest of the runtime's contents."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {RUNTIME.sub("runtime/", path) for path in paths}


def policies_of(site: Path) -> dict[str, list[str]]:
    """Return the policies in each page."""
    return {
        path.relative_to(site).as_posix(): POLICY.findall(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def test_only_the_image_is_missing(without_image: Path, built: Path) -> None:
    """No file names it; every other file and each page's policy are there as ever."""
    assert paths_of(built) - paths_of(without_image) == {f"runtime/{IMAGE}"}
    assert paths_of(without_image) - paths_of(built) == set()
    files = [path for path in without_image.rglob("*") if path.is_file()]
    assert [path for path in files if IMAGE.encode() in path.read_bytes()] == []
    assert policies_of(without_image) == policies_of(built)
    assert IMAGE in (built / SBOM).read_text(encoding="utf-8")


def test_what_starts_python_is_fetched_ahead(without_image: Path) -> None:
    """When a reader turns to the checklist: then the page fetches nothing twice."""
    found = PREFETCH.search((without_image / "article" / "index.html").read_text(encoding="utf-8"))
    assert found
    prefetched = [name for name in json.loads(found[1])["files"] if "runtime/" in name]
    assert {Path(name).name for name in prefetched} == {
        path.name for path in without_image.glob("runtime/*/*")
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["built", "without_image"])
def test_the_page_on_privacy_says_how_large_the_copy_is(
    request: pytest.FixtureRequest, name: str, lang: str
) -> None:
    """On the device within a tenth; on the line less than it says, where the host compresses."""
    site: Path = request.getfixturevalue(name)
    key = "image" if name == "built" else "ordinary"
    sentence = load(lang)(f"privacy.copy_size.{key}")
    assert sentence in (site / FOLDERS[lang] / "privacy/index.html").read_text(encoding="utf-8")
    on_device, on_line = (
        float(number.replace(",", ".")) * 1e6 for number in re.findall(COPY_SIZE[lang], sentence)
    )
    files = [
        site / path / ("index.html" if path.endswith("/") or not path else "")
        for path in list_of(site)["files"]
    ]
    contents = [(file.suffix, file.read_bytes()) for file in files]
    assert sum(len(content) for _, content in contents) == pytest.approx(on_device, rel=0.1)
    assert on_line > sum(
        len(content if suffix in PACKED_ALREADY else gzip.compress(content, 6))
        for suffix, content in contents
    )


def test_python_answers_without_a_network(
    arrive: Arrive, without_image: Path, shared: Path
) -> None:
    """After one visit of the home page: all of Python is in the copy, and starts from it."""
    folder = once(
        shared / "without-image-patient" / "site",
        lambda target: patient_copy(without_image, target),
    )
    with served(folder) as site:
        visitor = arrive_and_stay(arrive, site)
    assert list_of(folder)["later"] == {}
    messages: list[str] = []
    visitor.page.on("console", lambda message: messages.append(message.text))
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")
    assert messages == []
