"""What a page with Python begins with: its modules, and the worker that gets Python ready."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from checklist.browser import handle
from checklist.site.assets.bundle import Bundle
from checklist.site.assets.runtime import IMAGE, Runtime
from checklist.site.pages import folder_of
from checklist.site.render.script_data import as_script_data
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

ENTRIES: Final[Mapping[str, str]] = {"checklist.md": "main.js", "clients.md": "clients.js"}
"""The pages with Python, by the names of their sources, and the module that each begins with."""

_EARLY: Final = "start-python.js"
_WORKER: Final = "worker.js"
_SILENCE_MS: Final = 15_000  # of one file; then it is given up
_KNOWN_ANSWER: Final = {"knows_goal": "no", "trusts_opinion": "no"}


@dataclass(frozen=True, slots=True)
class Start:
    """The worker's settings, and the modules that the page will import.

    Addresses are relative to the page.
    """

    runtime: Mapping[str, Any]
    modules: tuple[str, ...]
    script: Markup

    @property
    def data(self) -> Markup:
        """The settings, for a script element."""
        return as_script_data(self.runtime)


def start_of(
    page: str, runtime: Runtime, bundle: Bundle, texts: Texts, here: Callable[[str], str]
) -> Start:
    """Return how a page starts, by its source's name, which is in ``ENTRIES``.

    ``here`` makes an address relative to the page.
    """
    modules = bundle.modules_of(ENTRIES[page])
    return Start(
        runtime=_settings(runtime, texts, here) | {"worker": here(f"{bundle.path}/{_WORKER}")},
        modules=tuple(here(f"{bundle.path}/{name}") for name in modules),
        script=bundle.inline(_EARLY),
    )


def render_start(start: Start) -> Markup:
    """Return the elements that stand before the page's styles, which scripts wait for."""
    html = TEMPLATES.get_template("start.html").render(start=start)
    return Markup(html)  # noqa: S704 - the template escapes


def render_ahead(
    runtime: Runtime, bundle: Bundle, texts: Texts, here: Callable[[str], str]
) -> Markup:
    """Return what another page needs to fetch all this ahead, once its reader wants it."""
    pages = (here(f"{folder_of(texts.lang)}{Path(name).stem}/") for name in ENTRIES)
    modules = {name for entry in ENTRIES.values() for name in bundle.modules_of(entry)}
    files = [f"{bundle.path}/{name}" for name in sorted({*modules, _WORKER})]
    files.append(f"runtime/{runtime.name}/{IMAGE}")
    ahead = {"pages": list(pages), "files": [here(file) for file in files]}
    html = TEMPLATES.get_template("ahead.html").render(ahead=as_script_data(ahead))
    return Markup(html)  # noqa: S704 - the template escapes


def _settings(runtime: Runtime, texts: Texts, here: Callable[[str], str]) -> dict[str, Any]:
    request = json.dumps({"lang": texts.lang, "answers": _KNOWN_ANSWER})
    return {
        "base": here(f"runtime/{runtime.name}/"),
        "files": {name: asdict(file) for name, file in runtime.files.items()},
        "image": IMAGE,
        "silence": _SILENCE_MS,
        "package": runtime.package,
        "module": "checklist.browser",
        "selfTest": {"request": request, "response": handle(request)},
    }
