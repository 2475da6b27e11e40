"""What is written into the built site beside the pages."""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from checklist.clients.schema import schema
from checklist.site.assets.site_assets import SiteAssets
from checklist.site.files import copy_new
from checklist.site.pages import folder_of, language_of
from checklist.site.publishing.headers import version_of
from checklist.site.publishing.offline import (
    MANIFEST,
    SERVICE_WORKER,
    manifest,
    service_worker,
)
from checklist.site.render.clients_page import SCHEMA
from checklist.site.render.search_index import SEARCH_INDEX, Section, search_index
from checklist.texts import LANGUAGES, load


def publish_assets(site: Path, assets: SiteAssets) -> None:
    """Write the assets, the schema of clients and the web app manifests."""
    app = site / assets.bundle.path
    copy_new({path: app / path.name for path in assets.bundle.directory.iterdir()})
    runtime = site / "runtime" / assets.runtime.name
    copy_new({assets.runtime.directory / name: runtime / name for name in assets.runtime.files})
    for lang, path in assets.explanations.items():
        copy_new({path: site / assets.path_of_explanations(lang)})
    target = site / SCHEMA
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(schema(), indent=2), encoding="utf-8")
    for lang in LANGUAGES:
        target = site / folder_of(lang) / MANIFEST
        target.write_text(manifest(load(lang)), encoding="utf-8")


def publish_search_indexes(site: Path, sections: Mapping[str, Iterable[Section]]) -> None:
    """Write the search index of each language; ``sections`` are those of each page, by its URL."""
    for lang in LANGUAGES:
        target = site / folder_of(lang) / SEARCH_INDEX
        target.parent.mkdir(parents=True, exist_ok=True)
        pages = (sections[url] for url in sorted(sections) if language_of(url) == lang)
        target.write_text(search_index(chain.from_iterable(pages)), encoding="utf-8")


def remove_compressed(site: Path) -> None:
    """Remove the compressed sitemap: its bytes depend on the machine's zlib."""
    (site / "sitemap.xml.gz").unlink(missing_ok=True)


def publish_service_worker(site: Path, script: str) -> None:
    """Write the service worker with its list of files: all others must be in place by then.

    ``script`` is the bundled service worker without the list.
    """
    worker = service_worker(script, site, version_of(site))
    (site / SERVICE_WORKER).write_text(worker, encoding="utf-8")
