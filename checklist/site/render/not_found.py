"""Render the page for wrong addresses (404); static hosts have one for both languages."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from checklist.site.pages import folder_of
from checklist.site.templates import TEMPLATES
from checklist.texts import LANGUAGES, Texts

CONTENT_ID: Final = "not-found"
_SCRIPT: Final = "shared-link.js"


def render_not_found(languages: Sequence[Texts], *, base: str, app: str) -> Markup:
    """Return the page's content in each language.

    ``base`` is the path of the site's root: the page is shown at any depth, so its links cannot be
    relative. ``app`` is the path of the bundle below it.
    """
    folders = {lang: folder_of(lang) for lang in LANGUAGES}
    html = TEMPLATES.get_template("notfound.html").render(
        languages=languages,
        base=base,
        folders=folders,
        id=CONTENT_ID,
        script=f"{base}{app}/{_SCRIPT}",
    )
    return Markup(html)  # noqa: S704 - the template escapes
