"""What makes the site work offline: the service worker's precache list and the web app manifest.

https://www.w3.org/TR/service-workers/, https://www.w3.org/TR/appmanifest/
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from checklist.site.assets.image import IMAGE
from checklist.site.files import READ_BY_HOSTS
from checklist.site.pages import folder_of
from checklist.site.publishing.sbom import SBOM
from checklist.site.render.head import App
from checklist.site.render.page_info import PageInfo
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

SERVICE_WORKER: Final = "service-worker.js"
MANIFEST: Final = "manifest.webmanifest"
ICONS: Final = {"icon-192.png": 192, "icon-512.png": 512}
APPLE_ICON: Final = "apple-touch-icon.png"
MASKABLE: Final = {"icon-maskable.png": 512}
THEME: Final = "#1f4d4a"  # as in palette.css
_INDEX: Final = "index.html"
_NOT_FOR_VISITORS: Final = {*READ_BY_HOSTS, SERVICE_WORKER, SBOM, "sitemap.xml"}
_NOT_SHOWN_IN_PAGES: Final = ("assets/previews/", "assets/screenshot.png")
_RUNTIME: Final = "runtime/"
_DIGEST_LENGTH: Final = 12
_BACKGROUND: Final = "#fdfdfb"


def service_worker(script: str, site: Path, headers: str) -> str:
    """Return the service worker of a built site: its precache list, then the script.

    The list has the address and the SHA-256 (base64) of each file that pages use. The files of the
    fallback runtime are listed apart: they are cached only when they are used. A site without an
    image of Python has no fallback. ``headers`` is the version of the headers that hosts send with
    the files.
    """
    digests = {
        path.relative_to(site).as_posix().removesuffix(_INDEX): _digest(path.read_bytes())
        for path in sorted(_precached(site))
    }
    runtime = {address for address in digests if address.startswith(_RUNTIME)}
    image = {address for address in runtime if address.endswith(f"/{IMAGE}")}
    later = runtime - image if image else set()
    build: dict[str, Any] = {
        "headers": headers,
        "files": {address: digests[address] for address in digests if address not in later},
        "later": {address: digests[address] for address in digests if address in later},
    }
    whole = json.dumps([script, build]).encode()
    build["version"] = hashlib.sha256(whole).hexdigest()[:_DIGEST_LENGTH]
    return f"self.BUILD={json.dumps(build, separators=(',', ':'))};\n{script}\n"


def render_update(texts: Texts, worker: str) -> Markup:
    """Return the notice of a new version; ``worker`` is the address of the service worker."""
    html = TEMPLATES.get_template("update.html").render(t=texts, worker=worker)
    return Markup(html)  # noqa: S704 - the template escapes


def app_of(page: PageInfo) -> App:
    """Return what a page's head says about the installable app of its language."""
    return App(
        manifest=page.href(f"{page.folder}{MANIFEST}"),
        icon=page.href(f"assets/{APPLE_ICON}"),
        color=THEME,
    )


def manifest(texts: Texts) -> str:
    """Return the web app manifest of a language as JSON, with addresses relative to its folder.

    It has no ``id``, which would be relative to the host's root. Browsers then use ``start_url``,
    which differs for each language and each site of a host.
    """
    folder = folder_of(texts.lang)
    root = "../" if folder else "./"
    content: dict[str, Any] = {
        "name": texts("site.app"),
        "short_name": texts("site.app_short"),
        "description": texts("site.app_description"),
        "lang": texts.lang,
        "dir": "ltr",
        "start_url": "checklist/",
        "scope": root,
        "display": "standalone",
        "theme_color": THEME,
        "background_color": _BACKGROUND,
        "icons": [
            {"src": f"{root}assets/mark.svg", "sizes": "any", "type": "image/svg+xml"},
            *(_icon(root, name, size, "any") for name, size in ICONS.items()),
            *(_icon(root, name, size, "maskable") for name, size in MASKABLE.items()),
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _precached(site: Path) -> Iterator[Path]:
    for path in site.rglob("*"):
        address = path.relative_to(site).as_posix()
        if (
            path.is_file()
            and path.suffix != ".map"
            and address not in _NOT_FOR_VISITORS
            and not address.startswith(_NOT_SHOWN_IN_PAGES)
        ):
            yield path


def _icon(root: str, name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": f"{root}assets/{name}",
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def _digest(content: bytes) -> str:
    return b64encode(hashlib.sha256(content).digest()).decode()
