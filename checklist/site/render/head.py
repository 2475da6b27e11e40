"""What each page's head says of it: languages, preview, structured data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from checklist.site.render.script_data import as_script_data
from checklist.site.templates import TEMPLATES

FOR_OTHERS: Final = "en"
"""The language of visitors who ask for neither: more of them read it."""

_LOCALES: Final = {"ru": "ru_RU", "en": "en_GB"}


def preview_path(url: str) -> str:
    """Return where in the site the preview image of the page at ``url`` lies."""
    return f"assets/previews/{url.strip('/').replace('/', '-') or 'index'}.png"


@dataclass(frozen=True, slots=True)
class App:
    """What a device shows of the site once it is installed: addresses."""

    manifest: str
    icon: str
    color: str


@dataclass(frozen=True, slots=True)
class Head:
    """A page, as search engines, messengers and the browser's preloader see it.

    ``url``, ``image`` and ``languages`` (the same page, by language) are whole addresses;
    ``fonts`` and ``app`` are relative to the page. ``article`` is true of the page that holds the
    article.
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
        """The language with its country, as the Open Graph protocol wants it."""
        return _LOCALES[self.lang]

    @property
    def default(self) -> str:
        """The language for visitors who ask for neither."""
        return FOR_OTHERS


def render_head(page: Head) -> Markup:
    """Return the elements that go into the page's head."""
    html = TEMPLATES.get_template("head.html").render(
        page=page, fonts=page.fonts, app=page.app, data=as_script_data(_data(page))
    )
    return Markup(html)  # noqa: S704 - the template escapes


def render_fonts(hrefs: Iterable[str]) -> Markup:
    """Return what lets the browser load the type before it has read the styles."""
    html = TEMPLATES.get_template("fonts.html").render(fonts=hrefs)
    return Markup(html)  # noqa: S704 - the template escapes


def _data(page: Head) -> dict[str, Any]:
    """The article in the terms of schema.org; its author is not named, so none is."""
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
        "translationOfWork" if page.lang == FOR_OTHERS else "workTranslation": [
            {"@type": "Article", "url": url} for url in others
        ],
    }
