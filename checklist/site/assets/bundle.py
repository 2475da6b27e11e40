"""Bundle and minify the scripts, styles and fonts that pages load."""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from checklist.site.files import content_name, copy_new, put_in_place
from checklist.site.node import find_node, packages_of

OWN_STYLES: Final = "site.css"
"""Our own styles for every page. Pages name the file until the site's style sheet is published in
its place (``publishing/styles.py``)."""

_ENTRIES: Final = (
    *("every-page/site.js", "checklist/main.js", "client-list/clients.js"),
    *(f"styles/{OWN_STYLES}", "styles/checklist.css"),
)
_ALONE: Final = (
    *("python/worker.js", "search/search-worker.js", "search/search-field.js"),
    "every-page/shared-link.js",
)
"""Modules that are bundled alone, and share no code with other bundles."""

_INLINE_SCRIPTS: Final = tuple(
    f"boot/{name}.js" for name in ("before-content", "start-python", "first-paint", "last-client")
)
_SERVICE_WORKER: Final = "service-worker"
_OPTIONS: Final = (
    *("--bundle", "--target=es2022", "--minify", "--legal-comments=none"),
    *("--external:*.woff2", "--log-level=warning", "--entry-names=[name]"),
)
_MODULES: Final = ("--format=esm", "--splitting")
_MODULE: Final = ("--format=esm",)
_SCRIPTS: Final = ("--format=iife",)
_TOOL: Final = Path("esbuild", "bin", "esbuild")
_PUBLISHED, _IN_PAGES, _METAFILES = "published", "in-pages", "metafiles"
_RULES: Final = "BUNDLED_FOR_RULES"  # in rules-version.js
_STATIC: Final = "import-statement"


class BundleError(RuntimeError):
    """The modules cannot be bundled; the message is esbuild's."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder to publish, with a name that contains a digest of its sources.

    ``imports`` has, for each module, the files that it imports statically; ``scripts`` is the
    folder of the inline scripts and the service worker; ``packages`` are the npm packages whose
    code is in any of these.
    """

    directory: Path
    name: str
    imports: Mapping[str, tuple[str, ...]]
    scripts: Path
    packages: frozenset[str]

    @property
    def path(self) -> str:
        """The path of the published folder below the site's root."""
        return f"app/{self.name}"

    def modules_of(self, entry: str) -> tuple[str, ...]:
        """Return an entry module and all modules that it imports, directly or not."""
        found = [entry]
        for name in found:  # imports are appended on the way
            found += [one for one in self.imports[name] if one not in found]
        return tuple(found)

    def inline(self, name: str) -> Markup:
        """Return the contents of an inline script's element."""
        return Markup(self._script(name))  # noqa: S704 - our own file, in which the bundler escapes "</script"

    @property
    def service_worker(self) -> str:
        """The script of the service worker, without the list of the site's files."""
        return self._script(f"{_SERVICE_WORKER}.js")

    def _script(self, name: str) -> str:
        return (self.scripts / name).read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class Sources:
    """What is bundled.

    ``page`` is the folder of modules and styles; ``loader`` is the module that opens the image of
    Python, in another folder; ``fonts`` are the font files by the names used in the styles;
    ``node_modules`` is the folder of the npm packages.
    """

    page: Path
    loader: Path
    fonts: Mapping[str, Path]
    node_modules: Path


def bundle(sources: Sources, cache: Path, *, rules: str, policy: str) -> Bundle:
    """Return the bundle, made anew only if a source has changed; raises ``BundleError``.

    ``cache`` is a folder of the build's own, ``rules`` the version of the rules that the modules
    are bundled for. ``policy`` is the worker's policy: the file is cached with its headers, so a
    new policy needs a new address.
    """
    tool = sources.node_modules / "esbuild" / "package.json"
    files = [Path(__file__), tool, *_files(sources.page), sources.loader, *sources.fonts.values()]
    digest = content_name(files, policy)
    directory = cache / f"{rules}-{digest}"
    if not directory.is_dir():
        _make(sources, rules, directory)
    metafiles = [json.loads(path.read_bytes()) for path in (directory / _METAFILES).iterdir()]
    imports = {
        Path(name).name: _imports(made)
        for metafile in metafiles
        for name, made in metafile["outputs"].items()
    }
    return Bundle(
        directory / _PUBLISHED,
        directory.name,
        imports,
        directory / _IN_PAGES,
        packages_of(name for metafile in metafiles for name in metafile["inputs"]),
    )


def _files(page: Path) -> Iterator[Path]:
    return (path for path in sorted(page.rglob("*")) if path.suffix in {".js", ".css"})


def _imports(made: Mapping[str, Any]) -> tuple[str, ...]:
    found: Iterable[Mapping[str, str]] = made["imports"]
    return tuple(Path(one["path"]).name for one in found if one["kind"] == _STATIC)


def _make(sources: Sources, rules: str, directory: Path) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as temporary:
        made = Path(temporary) / "made"
        options = (*_OPTIONS, f"--define:{_RULES}={json.dumps(rules)}")

        def run(name: str, *arguments: str) -> None:
            metafile = f"--metafile={made / _METAFILES / name}.json"
            done = subprocess.run(
                [find_node(), str(sources.node_modules / _TOOL), *options, *arguments, metafile],
                cwd=sources.page,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            if done.returncode:
                raise BundleError(
                    f"{sources.page}: the page's modules cannot be bundled:\n{done.stderr}"
                )

        run("modules", *_MODULES, *_ENTRIES, f"--outdir={made / _PUBLISHED}")
        for source in _ALONE:
            run(Path(source).stem, *_MODULE, source, f"--outdir={made / _PUBLISHED}")
        run("in-pages", *_SCRIPTS, *_INLINE_SCRIPTS, f"--outdir={made / _IN_PAGES}")
        worker = made / _IN_PAGES / f"{_SERVICE_WORKER}.js"
        run(_SERVICE_WORKER, *_SCRIPTS, f"{_SERVICE_WORKER}/index.js", f"--outfile={worker}")
        copy_new({path: made / _PUBLISHED / name for name, path in sources.fonts.items()})
        put_in_place(made, directory)
