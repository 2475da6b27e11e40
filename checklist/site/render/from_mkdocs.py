"""Read what we need from MkDocs' own objects, and write into its configuration.

The languages plugin gives each file a ``locale`` and its ``alternates``, which MkDocs' types do not
know.
"""

from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from checklist.site.assets.bundle import OWN_STYLES, Bundle
from checklist.site.render.page_head import Metadata
from checklist.site.render.page_info import PageInfo
from checklist.texts import LANGUAGES, Texts, load

_THEME_ASSETS: Final = ("assets/javascripts/", "assets/stylesheets/")
_THEME_STYLES: Final = ("main", "palette")


def page_info(page: Page) -> PageInfo:
    """Return what renderers need to know about a page of MkDocs."""
    file: Any = page.file
    return PageInfo(url=page.url, source=file.src_uri, texts=load(file.locale))


def metadata_of(page: Page, config: MkDocsConfig) -> Metadata:
    """Return a page's metadata; raises ``PluginError`` where it has no description."""
    if not page.meta.get("description"):
        raise PluginError(
            f"{page.file.src_uri}: no description; search engines and messengers show it. "
            "Put `description: …` between the lines of --- at the top"
        )
    return Metadata(
        site_name=config.site_name,
        site_url=config.site_url or "/",
        title=str(page.meta.get("title") or page.title),
        description=str(page.meta["description"]),
        url=str(page.canonical_url),
        languages={lang: url_in(page, lang) for lang in LANGUAGES},
    )


def url_in(page: Page, lang: str) -> str:
    """Return the path, below the site's root, of the same page in another language."""
    file: Any = page.file
    return str(file.alternates[lang].url)


def alternates(config: MkDocsConfig) -> list[dict[str, str]]:
    """Return the links of the language switch, which may be changed in place.

    On pages the languages plugin sets an attribute that hides the key of the same name.
    """
    return cast(
        "list[dict[str, str]]", getattr(config.extra, "alternate", config.extra["alternate"])
    )


def base_path(config: MkDocsConfig) -> str:
    """Return the path of the site's root on its host, such as ``/`` or ``/guide/``."""
    return urlsplit(config.site_url or "/").path


def feedback_link(config: MkDocsConfig, texts: Texts) -> dict[str, str] | None:
    """Return the address and text of the feedback link, or ``None`` if none is configured.

    Raises ``PluginError`` for an address that is neither ``mailto:`` nor ``https:``.
    """
    href = str(config.extra.get("feedback") or "")
    if not href:
        return None
    if urlsplit(href).scheme not in ("mailto", "https"):
        raise PluginError(
            f"mkdocs.yml: extra.feedback: {href} is neither mailto:… nor https://…; "
            "leave it empty for none"
        )
    return {"href": href, "words": texts("site.feedback")}


def add_to_every_page(config: MkDocsConfig, bundle: Bundle) -> None:
    """Have every page load the site's own styles and script.

    Both languages are built with the same configuration, so earlier entries are replaced.
    """
    style = f"{bundle.path}/{OWN_STYLES}"
    script = ExtraScriptValue(f"{bundle.path}/site.js")
    script.type = "module"
    config.extra_css[:] = [*(p for p in config.extra_css if not p.startswith("app/")), style]
    config.extra_javascript[:] = [
        *(path for path in config.extra_javascript if not str(path).startswith("app/")),
        script,
    ]


def without_theme_assets(files: Files) -> Files:
    """Return the files to publish without the scripts and style sheets of Material.

    In place of the scripts are ours; what pages use of the styles is in our style sheet.
    """
    for file in [file for file in files if file.dest_uri.startswith(_THEME_ASSETS)]:
        files.remove(file)
    return files


def theme_styles(config: MkDocsConfig) -> list[Path]:
    """Return Material's style sheets in the order in which pages need them.

    Raises ``PluginError`` if there is not one of each.
    """
    found: list[Path] = []
    for name in _THEME_STYLES:
        pattern = f"assets/stylesheets/{name}.*.min.css"
        paths = [path for folder in config.theme.dirs for path in Path(folder).glob(pattern)]
        if len(paths) != 1:
            raise PluginError(f"the theme has {len(paths)} files {pattern}, and should have one")
        found += paths
    return found
