"""List everything that the site stores in a visitor's browser, for the page on privacy."""

from dataclasses import dataclass
from typing import Final, Literal

from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

type Place = Literal["database", "local", "copy"]


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored item: the key of its texts, the kind of storage, and its name there.

    A ``*`` in a name stands for a part that differs from site to site.
    """

    id: str
    place: Place
    name: str


STORED: Final = (
    Stored("clients", "database", "client-checklist:*"),
    Stored("journal", "local", "client-checklist:*"),
    Stored("palette", "local", "*.__palette"),
    Stored("copy", "copy", "client-checklist-*"),
)
"""All items; a test visits the whole site and finds no others."""


def render_stored(texts: Texts) -> str:
    """Return the list as HTML."""
    return TEMPLATES.get_template("stored.html").render(t=texts, stored=STORED)


def render_copy(texts: Texts, *, has_image: bool) -> str:
    """Return how large the offline copy is, and the control that shows and removes it."""
    size = texts(f"privacy.copy_size.{'image' if has_image else 'ordinary'}")
    return TEMPLATES.get_template("copy.html").render(t=texts, size=size)
