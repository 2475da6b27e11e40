"""The page for addresses that lead nowhere: static hosts have one for both languages."""

from collections.abc import Sequence
from typing import Final

from checklist.site.pages import folder_of
from checklist.site.templates import TEMPLATES
from checklist.texts import LANGUAGES, Texts

NOT_FOUND: Final = "not-found"
_THEMES_OWN: Final = "<h1>404 - Not found</h1>"


def render_not_found(languages: Sequence[Texts], *, base: str) -> str:
    """Return the page's content in each language.

    ``base`` is the path under which the site lies: the page is shown at any depth, so its
    links cannot be relative.
    """
    folders = {lang: folder_of(lang) for lang in LANGUAGES}
    return TEMPLATES.get_template("notfound.html").render(
        languages=languages, base=base, folders=folders, id=NOT_FOUND
    )


def fill_not_found(page: str, content: str) -> str:
    """Put the content into the theme's page; raises ``ValueError`` where that has changed."""
    if page.count(_THEMES_OWN) != 1:
        raise ValueError(f"404.html: the theme no longer says {_THEMES_OWN}; see not_found.py")
    return page.replace(_THEMES_OWN, content)
