"""Replace markers: a line ``[[name arguments]]`` in Markdown stands for a rendered part."""

import re
from collections.abc import Callable, Mapping
from typing import Final

type Maker = Callable[..., str]

_MARKER: Final = re.compile(r"<p>\[\[([^\]\s]+)((?:\s+[^\]\s]+)*)\]\]</p>")


class MarkerError(ValueError):
    """Markers with an unknown name or invalid arguments; the message has a line for each."""


def fill_markers(html: str, makers: Mapping[str, Maker]) -> str:
    """Return the page's HTML with each marker replaced by a rendered part.

    ``makers`` maps the name of a marker to the function that renders it from the marker's
    arguments. Raises ``MarkerError`` for unknown names, and for arguments for which the function
    raises ``LookupError``, ``TypeError`` or ``ValueError``.
    """
    problems: list[str] = []

    def rendered(match: re.Match[str]) -> str:
        name, words = match[1], match[2].split()
        marker = " ".join([name, *words])
        if name not in makers:
            problems.append(f"[[{marker}]]: no such marker; there are {', '.join(sorted(makers))}")
            return ""
        try:
            return makers[name](*words)
        except KeyError as error:
            problems.append(f"[[{marker}]]: there is no {error}")
            return ""
        except (LookupError, TypeError, ValueError) as error:
            problems.append(f"[[{marker}]]: {error}")
            return ""

    filled = _MARKER.sub(rendered, html)
    if problems:
        raise MarkerError("\n".join(problems))
    return filled
