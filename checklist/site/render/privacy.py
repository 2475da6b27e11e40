"""What this site keeps in a visitor's browser: the whole list, as the page about it shows it."""

from dataclasses import dataclass
from typing import Final, Literal

from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

type Place = Literal["database", "local", "copy"]


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing that is kept: the key of its words, where it lies, and its name there.

    A ``*`` in a name stands for what differs from site to site.
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
"""Everything; a test visits the whole site and finds nothing else."""


def render_stored(texts: Texts) -> str:
    """Return the list as HTML."""
    return TEMPLATES.get_template("stored.html").render(t=texts, stored=STORED)


def render_copy(texts: Texts) -> str:
    """Return where the visitor sees whether the site is kept, and can remove it."""
    return TEMPLATES.get_template("copy.html").render(t=texts)
