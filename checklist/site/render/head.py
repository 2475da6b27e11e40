"""Render the head of a page: languages, preview, structured data, fonts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from checklist.site.render.script_data import as_script_data
from checklist.site.templates import TEMPLATES

DEFAULT_LANGUAGE: Final = "en"
"""The default language for visitors whose browser prefers neither."""

_LOCALES: Final = {"ru": "ru_RU", "en": "en_GB"}


def preview_path(url: str) -> str:
    """Return the path of a page's preview image below the site's root; ``url`` is the page's."""
    return f"assets/previews/{url.strip('/').replace('/', '-') or 'index'}.png"


@dataclass(frozen=True, slots=True)
class App:
    """The addresses of the web app manifest and of the icon, and the theme colour."""

    manifest: str
    icon: str
    color: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page contains for search engines, messengers and the preloader.

    ``url``, ``image`` and ``languages`` (the same page, by language) are absolute addresses;
    ``fonts`` and those of ``app`` are relative. ``article`` is true for the page of the article.
    """

    lang: str
    site_name: str
    title: str
    description: str
    url: str
    image: str
    languages: Mapping[str, str]
    fonts: tuple[str, ...]
    article: bool
    app: App

    @property
    def locale(self) -> str:
        """The language with its country, as in the Open Graph protocol."""
        return _LOCALES[self.lang]

    @property
    def default(self) -> str:
        """The default language."""
        return DEFAULT_LANGUAGE


def render_head(page: Head) -> Markup:
    """Return the elements for the page's head."""
    html = TEMPLATES.get_template("head.html").render(
        page=page, fonts=page.fonts, app=page.app, data=as_script_data(_data(page))
    )
    return Markup(html)  # noqa: S704 - the template escapes


def render_fonts(hrefs: Iterable[str]) -> Markup:
    """Return the elements that preload fonts, before the browser has parsed the styles."""
    html = TEMPLATES.get_template("fonts.html").render(fonts=hrefs)
    return Markup(html)  # noqa: S704 - the template escapes


def _data(page: Head) -> dict[str, Any]:
    """Return the structured data of the article (schema.org), without an author: none is named."""
    others = [url for lang, url in page.languages.items() if lang != page.lang]
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "inLanguage": page.lang,
        "image": page.image,
        "url": page.url,
        "mainEntityOfPage": page.url,
        "isAccessibleForFree": True,
        "translationOfWork" if page.lang == DEFAULT_LANGUAGE else "workTranslation": [
            {"@type": "Article", "url": url} for url in others
        ],
    }
