"""The first elements of a page: they start Python, or prefetch its files on other pages."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from checklist.browser import handle
from checklist.site.assets.bundle import Bundle
from checklist.site.assets.runtime import Runtime
from checklist.site.render.page_info import PageInfo
from checklist.site.render.script_data import as_script_data
from checklist.site.templates import TEMPLATES

ENTRIES: Final[Mapping[str, str]] = {"checklist.md": "main.js", "clients.md": "clients.js"}
"""The entry module of each page with Python, by the name of the page's Markdown file."""

_FIRST_SCRIPT: Final = "start-python.js"
_WORKER: Final = "worker.js"
_TIMEOUT_MS: Final = 15_000  # without any data of a file being fetched
_SELF_TEST_ANSWERS: Final = {"knows_goal": "no", "trusts_opinion": "no"}


@dataclass(frozen=True, slots=True)
class Start:
    """The settings of the worker, the modules that the page imports, and the first script.

    Addresses are relative to the page.
    """

    runtime: Mapping[str, Any]
    modules: tuple[str, ...]
    script: Markup

    @property
    def data(self) -> Markup:
        """The settings as JSON for a script element."""
        return as_script_data(self.runtime)


def has_python(page: PageInfo) -> bool:
    """Return whether the page runs Python."""
    return page.name in ENTRIES


def render_start(page: PageInfo, runtime: Runtime, bundle: Bundle) -> Markup:
    """Return the elements that start Python, or on other pages those that prefetch its files.

    They stand before the page's styles: a script after a stylesheet would wait for it.
    """
    if has_python(page):
        html = TEMPLATES.get_template("start.html").render(start=_start(page, runtime, bundle))
    else:
        files = as_script_data(_files_to_prefetch(page, runtime, bundle))
        html = TEMPLATES.get_template("prefetch.html").render(files=files)
    return Markup(html)  # noqa: S704 - the template escapes


def _start(page: PageInfo, runtime: Runtime, bundle: Bundle) -> Start:
    modules = bundle.modules_of(ENTRIES[page.name])
    worker = {"worker": page.href(f"{bundle.path}/{_WORKER}")}
    return Start(
        runtime=_settings(page, runtime) | worker,
        modules=tuple(page.href(f"{bundle.path}/{name}") for name in modules),
        script=bundle.inline(_FIRST_SCRIPT),
    )


def _files_to_prefetch(page: PageInfo, runtime: Runtime, bundle: Bundle) -> dict[str, list[str]]:
    """Return the addresses of the pages with Python and of the files that they load."""
    pages = [page.href(f"{page.folder}{Path(name).stem}/") for name in ENTRIES]
    modules = {name for entry in ENTRIES.values() for name in bundle.modules_of(entry)}
    files = [f"{bundle.path}/{name}" for name in sorted({*modules, _WORKER})]
    files += [f"runtime/{runtime.name}/{name}" for name in runtime.first_files]
    return {"pages": pages, "files": [page.href(file) for file in files]}


def _settings(page: PageInfo, runtime: Runtime) -> dict[str, Any]:
    request = json.dumps({"lang": page.texts.lang, "answers": _SELF_TEST_ANSWERS})
    return {
        "base": page.href(f"runtime/{runtime.name}/"),
        "files": {name: asdict(file) for name, file in runtime.files.items()},
        "image": runtime.image,
        "silence": _TIMEOUT_MS,
        "package": runtime.package,
        "module": "checklist.browser",
        "selfTest": {"request": request, "response": handle(request)},
    }
