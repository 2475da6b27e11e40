"""The precache list of the service worker, and the web app manifest."""

import hashlib
import json
import re
from base64 import b64decode
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from checklist.site.files import READ_BY_HOSTS
from checklist.site.publishing.offline import MANIFEST, SERVICE_WORKER, service_worker
from checklist.texts import LANGUAGES
from tests.support.offline_copy import list_of
from tests.support.pages import FOLDERS, PAGES
from tests.support.site_build import PROJECT

NOT_CACHED = re.compile(
    r"assets/previews/|assets/screenshot\.png|sitemap\.|sbom\.cdx\.json|.*\.map$|service-worker\.js"
)


def both_lists(site: Path) -> dict[str, str]:
    """Return the digest of every file that is cached, at installation or when it is used."""
    listed = list_of(site)
    lists: tuple[dict[str, str], ...] = (listed["files"], listed["later"])
    assert not lists[0].keys() & lists[1].keys()
    return lists[0] | lists[1]


def file_at(site: Path, address: str) -> Path:
    """Return the file that a host sends for an address."""
    path = site / address
    return path / "index.html" if path.is_dir() else path


def test_the_list_has_every_file(built: Path) -> None:
    """Every file is listed, or is left out on purpose."""
    listed = {file_at(built, address) for address in both_lists(built)}
    left_out = {
        path.relative_to(built).as_posix()
        for path in built.rglob("*")
        if path.is_file() and path not in listed
    }
    assert {path for path in left_out if not NOT_CACHED.match(path)} == set(READ_BY_HOSTS)
    assert {f"{folder}{page}" for folder in FOLDERS.values() for page in PAGES} <= set(
        list_of(built)["files"]
    )


def test_each_digest_is_that_of_the_file(built: Path) -> None:
    """The service worker verifies files by these digests."""
    for address, digest in both_lists(built).items():
        content = file_at(built, address).read_bytes()
        assert b64decode(digest) == hashlib.sha256(content).digest(), address


def test_any_change_gives_a_new_version(tmp_path: Path) -> None:
    """A change of a file, of the script or of the headers; the same inputs give the same script."""
    page = tmp_path / "index.html"
    page.write_text("one")
    first = service_worker("script", tmp_path, "headers")
    assert service_worker("script", tmp_path, "headers") == first
    assert version(service_worker("another", tmp_path, "headers")) != version(first)
    assert version(service_worker("script", tmp_path, "others")) != version(first)
    page.write_text("two")
    assert version(service_worker("script", tmp_path, "headers")) != version(first)


def version(script: str) -> str:
    """Return the version of a service worker."""
    found = re.search(r'"version":"(\w+)"', script)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_manifest_names_existing_files(built: Path, lang: str) -> None:
    """The icons, the first page and the scope, in the language of its folder."""
    folder = built / FOLDERS[lang]
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["lang"] == lang
    assert (folder / manifest["start_url"] / "index.html").is_file()
    assert (folder / manifest["scope"]).resolve() == built.resolve()
    assert all((folder / icon["src"]).is_file() for icon in manifest["icons"])
    assert len(manifest["short_name"]) <= 12


def test_make_serve_writes_no_service_worker(built: Path, tmp_path: Path) -> None:
    """An offline copy would hide changes, and a policy would block live reload."""
    config = load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(tmp_path))
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    assert not (tmp_path / SERVICE_WORKER).exists()
    for page in built.rglob("index.html"):
        built_html = page.read_text(encoding="utf-8")
        served = (tmp_path / page.relative_to(built)).read_text(encoding="utf-8")
        for part in ("data-update", 'http-equiv="Content-Security-Policy"'):
            assert part in built_html
            assert part not in served
