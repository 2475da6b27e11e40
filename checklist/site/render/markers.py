"""Markers: where a writer puts ``[[name words]]`` on a line of its own, the build puts a part."""

import re
from collections.abc import Callable, Mapping
from typing import Final

type Maker = Callable[..., str]

_MARKER: Final = re.compile(r"<p>\[\[([^\]\s]+)((?:\s+[^\]\s]+)*)\]\]</p>")


class MarkerError(ValueError):
    """Markers that name nothing, or that a maker cannot make, every one of them named."""


def fill_markers(html: str, makers: Mapping[str, Maker]) -> str:
    """Return the page's HTML with each marker replaced by what its maker makes of its words.

    ``makers`` maps a marker's name to a function of the words after it. Raises ``MarkerError``
    for each marker whose name is not known or whose words the maker refuses (with
    ``LookupError``, ``TypeError`` or ``ValueError``).
    """
    problems: list[str] = []

    def made(match: re.Match[str]) -> str:
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

    filled = _MARKER.sub(made, html)
    if problems:
        raise MarkerError("\n".join(problems))
    return filled
