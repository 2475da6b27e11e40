"""Render the place on the home page for the client that the visitor left."""

from markupsafe import Markup

from checklist.site.templates import TEMPLATES
from checklist.texts import Texts


def render_last_client(texts: Texts, *, root: str, checklist: str, script: Markup) -> str:
    """Return the hidden block, and the inline ``script`` that fills and shows it.

    ``root`` and ``checklist`` are the addresses of the site and of the checklist's page, relative
    to the home page.
    """
    return TEMPLATES.get_template("last-client.html").render(
        t=texts, root=root, checklist=checklist, script=script
    )
