"""Render the page for wrong addresses (404); static hosts have one for both languages."""

from collections.abc import Sequence
from typing import Final

from checklist.site.pages import folder_of
from checklist.site.templates import TEMPLATES
from checklist.texts import LANGUAGES, Texts

NOT_FOUND: Final = "not-found"
_THEME_CONTENT: Final = "<h1>404 - Not found</h1>"


def render_not_found(languages: Sequence[Texts], *, base: str) -> str:
    """Return the page's content in each language.

    ``base`` is the path of the site's root: the page is shown at any depth, so its links cannot be
    relative.
    """
    folders = {lang: folder_of(lang) for lang in LANGUAGES}
    return TEMPLATES.get_template("notfound.html").render(
        languages=languages, base=base, folders=folders, id=NOT_FOUND
    )


def fill_not_found(page: str, content: str) -> str:
    """Return the theme's page with this content; raises ``ValueError`` if the theme has changed."""
    if page.count(_THEME_CONTENT) != 1:
        raise ValueError(f"404.html: the theme no longer says {_THEME_CONTENT}; see not_found.py")
    return page.replace(_THEME_CONTENT, content)
