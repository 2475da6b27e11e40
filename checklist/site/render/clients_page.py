"""Render the page that lists all clients."""

from typing import Any, Final

from checklist.clients.imports import DEFAULT_ID
from checklist.clients.limits import MAX_FILE_SIZE, too_large
from checklist.clients.schema import FILE_NAME
from checklist.rules import Problem
from checklist.site.render.script_data import script_settings
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts
from checklist.texts.explanation import explain_problem

SCHEMA: Final = f"schema/{FILE_NAME}"
"""The path of the schema of clients below the site's root."""


def render_clients(
    texts: Texts, *, app: str, checklist: str, schema: str, settings: dict[str, Any]
) -> str:
    """Return the page without rows: the clients are stored in the browser, which renders them.

    ``app`` is the address of the bundle's folder, ``checklist`` that of the checklist, ``schema``
    that of the schema of files; ``settings`` is passed on to the page's script.
    """
    return TEMPLATES.get_template("clients.html").render(
        t=texts,
        checklist=checklist,
        schema=schema,
        script=f"{app}/clients.js",
        style=f"{app}/checklist.css",
        settings=script_settings(
            settings | {"checklist": checklist, "file": _file(texts)},
            texts,
        ),
    )


def _file(texts: Texts) -> dict[str, Any]:
    """Return what the page says of a file that it refuses before Python reads it."""
    unreadable = Problem("{name}", "unreadable", "")
    not_text = Problem("{name}", "not_text", "{byte}")
    return {
        "without_id": DEFAULT_ID,
        "too_large": explain_problem(too_large("{name}", MAX_FILE_SIZE), texts),
        "unreadable": explain_problem(unreadable, texts).rstrip(": "),
        "not_text": explain_problem(not_text, texts),
    }
