"""What a page with Python begins with: its modules, and the worker that gets Python ready."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from checklist.browser import handle
from checklist.site.bundle import Bundle
from checklist.site.runtime import IMAGE, PACKED_IMAGE, Runtime
from checklist.site.scripts import as_script_data
from checklist.site.templates import TEMPLATES
from checklist.texts import Texts

_ENTRIES: Final[Mapping[str, str]] = {"checklist.md": "main.js", "clients.md": "clients.js"}
_EARLY: Final = "early.js"
_WORKER: Final = "worker.js"
_KNOWN_ANSWER: Final = {"knows_goal": "no", "trusts_opinion": "no"}


@dataclass(frozen=True, slots=True)
class Start:
    """The worker's settings, and the modules that the page will import.

    Addresses are relative to the page.
    """

    runtime: Mapping[str, Any]
    modules: tuple[str, ...]
    early: str

    @property
    def data(self) -> Markup:
        """The settings, for a script element."""
        return as_script_data(self.runtime)

    @property
    def script(self) -> Markup:
        """What starts the worker: in the page, so that it need not be waited for."""
        return Markup(self.early)  # noqa: S704 - our own file


def start_of(
    page: str, runtime: Runtime, bundle: Bundle, texts: Texts, here: Callable[[str], str]
) -> Start | None:
    """Return how a page starts, by its source's name; None for one without Python.

    ``here`` makes an address relative to the page.
    """
    if page not in _ENTRIES:
        return None
    modules = bundle.modules_of(_ENTRIES[page])
    return Start(
        runtime=_settings(runtime, texts, here) | {"worker": here(f"{bundle.path}/{_WORKER}")},
        modules=tuple(here(f"{bundle.path}/{name}") for name in modules),
        early=bundle.text(_EARLY),
    )


def render_start(start: Start) -> Markup:
    """Return the elements that stand before the page's styles, which scripts wait for."""
    html = TEMPLATES.get_template("start.html").render(start=start)
    return Markup(html)  # noqa: S704 - the template escapes


def _settings(runtime: Runtime, texts: Texts, here: Callable[[str], str]) -> dict[str, Any]:
    request = json.dumps({"lang": texts.lang, "answers": _KNOWN_ANSWER})
    return {
        "base": here(f"runtime/{runtime.name}/"),
        "files": dict(runtime.files),
        "image": {"file": IMAGE, "packed": PACKED_IMAGE, "digest": runtime.digest},
        "package": runtime.package,
        "module": "checklist.browser",
        "selfTest": {"request": request, "response": handle(request)},
    }
