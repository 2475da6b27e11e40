"""What a page's head needs from the build: metadata, font files to preload, the preview image."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from checklist.site.assets.bundle import Bundle
from checklist.site.assets.fonts import SCRIPTS, WEIGHTS, name_of
from checklist.site.render.head import App, Head, preview_path
from checklist.site.render.page_info import PageInfo
from checklist.site.render.previews import Face, preview

_preview: Final = cache(preview)  # `make serve` builds the same previews again and again


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the writers and the configuration say about a page.

    ``site_url`` and ``url`` (the page itself) are absolute addresses; ``languages`` has the path
    of the same page below the site's root, by language.
    """

    site_name: str
    site_url: str
    title: str
    description: str
    url: str
    languages: Mapping[str, str]


def make_head(page: PageInfo, metadata: Metadata, bundle: Bundle, app: App) -> Head:
    """Return what ``render_head`` and ``write_preview`` need."""
    scripts = SCRIPTS if page.texts.lang == "ru" else ("latin",)
    return Head(
        lang=page.texts.lang,
        site_name=metadata.site_name,
        title=metadata.title,
        description=metadata.description,
        url=metadata.url,
        image=urljoin(metadata.site_url, preview_path(page.url)),
        languages={
            lang: urljoin(metadata.site_url, path) for lang, path in metadata.languages.items()
        },
        fonts=fonts_to_preload(bundle, scripts, page.href),
        article=page.is_article,
        app=app,
    )


def fonts_to_preload(
    bundle: Bundle, scripts: Iterable[str], href: Callable[[str], str]
) -> tuple[str, ...]:
    """Return the addresses of the font files that the first screen of a page is set in.

    ``scripts`` are writing systems, as in ``assets.fonts``; ``href`` turns a path below the site's
    root into an address.
    """
    return tuple(
        href(f"{bundle.path}/{name_of(script, weight)}") for script in scripts for weight in WEIGHTS
    )


def write_preview(target: Path, head: Head, fonts: Mapping[str, Path]) -> None:
    """Write the preview image of a page as PNG.

    ``fonts`` are the font files by name. Raises ``ValueError`` where the title does not fit or the
    fonts lack a character.
    """
    body, heading = (
        Face(*(fonts[name_of(script, weight)] for script in SCRIPTS)) for weight in WEIGHTS
    )
    image = _preview(head.title, head.description, head.site_name, body=body, heading=heading)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(image)
