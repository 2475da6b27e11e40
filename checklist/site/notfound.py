"""The page for addresses that lead nowhere: static hosts have one for both languages."""

from collections.abc import Sequence

from checklist.site.templates import TEMPLATES
from checklist.texts import LANGUAGES, Texts


def render_not_found(languages: Sequence[Texts], *, base: str) -> str:
    """Return the page's content in each language.

    ``base`` is the path under which the site lies: the page is shown at any depth, so its
    links cannot be relative.
    """
    folders = {lang: "" if lang == LANGUAGES[0] else f"{lang}/" for lang in LANGUAGES}
    return TEMPLATES.get_template("notfound.html").render(
        languages=languages, base=base, folders=folders
    )
