"""The MkDocs plugin: calls the plain functions beside it at the right moments, nothing more."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urljoin, urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from checklist.clients.schema import FILE_NAME, schema
from checklist.rules import RULES_VERSION
from checklist.site.assets.bundle import Bundle, BundleError, Sources, bundle
from checklist.site.assets.fonts import SCRIPTS, FontsError, make_fonts, name_of
from checklist.site.assets.runtime import Runtime, RuntimePackError, pack
from checklist.site.files import content_name, copy_new
from checklist.site.material.access import (
    with_buttons,
    with_skip_link_first,
    without_single_keys,
)
from checklist.site.material.search import split_search_index, with_search_base, with_word_forms
from checklist.site.material.theme import (
    of_other_languages,
    with_first_paint_state,
    with_palette_kept_if_chosen,
    with_patient_script,
    with_patient_search,
    with_valid_markup,
    without_alternate_links,
    without_foreign_hosts,
    without_sitemap_probes,
)
from checklist.site.pages import folder_of, problems_with_pages
from checklist.site.publishing.headers import version_of, write_headers
from checklist.site.publishing.offline import (
    APPLE_ICON,
    MANIFEST,
    SERVICE_WORKER,
    THEME,
    manifest,
    render_update,
    service_worker,
)
from checklist.site.publishing.policy import WORKER, with_policy
from checklist.site.publishing.sbom import write_inventory
from checklist.site.publishing.shipped import ShippedError
from checklist.site.render.article import SourceError, anchor, mark_phrases, phrases
from checklist.site.render.clients_page import render_clients
from checklist.site.render.form import Links, render_checklist
from checklist.site.render.guide import Places, guide_makers
from checklist.site.render.head import App, Head, preview_path, render_fonts, render_head
from checklist.site.render.markers import MarkerError, fill_markers
from checklist.site.render.not_found import NOT_FOUND, fill_not_found, render_not_found
from checklist.site.render.previews import Face, preview
from checklist.site.render.privacy import render_copy, render_stored
from checklist.site.render.start import ENTRIES, render_ahead, render_start, start_of
from checklist.site.render.typography import with_held_dashes
from checklist.site.render.verdict_table import make_table
from checklist.site.render.worked_cases import WorkedCase, WorkedCaseError, read_worked_cases
from checklist.texts import LANGUAGES, Texts, load

_PACKAGE: Final = Path(__file__).parents[1]
_PROJECT: Final = _PACKAGE.parent
_PAGE: Final = _PACKAGE / "page"
_CACHE: Final = _PROJECT / ".cache"
_ARTICLE: Final = "article.md"
_WORKED_CASES: Final = "cases.toml"
_BODY, _HEADINGS = 400, 600  # the weights of type that a first screen needs
_FONT_PACKAGE: Final = Path("@fontsource", "literata")
_SCHEMAS: Final = "schema"
_preview: Final = cache(preview)  # `make serve` builds again and again
_SILENCE_MS: Final = 30_000


def _python_files() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


# The build asks the rule itself; code that has changed since is not the code that runs.
_STARTED_WITH: Final = content_name(_python_files())


class NoOptions(Config):
    """The plugin takes no options: what it needs to know it finds in the project."""


class ChecklistPlugin(BasePlugin[NoOptions]):
    """Fills the checklist into its page and publishes what the browser needs to score it."""

    runtime: Runtime
    bundle: Bundle
    fonts: dict[str, Path]
    cases: dict[str, WorkedCase]
    serving: bool = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether pages are served as they are written, with a script of the server's own.

        Then they have no policy, which would forbid that script, and no copy is kept of them.
        """
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check what the writers wrote, then make the type and pack the Python runtime."""
        if problems := problems_with_pages(Path(config.docs_dir)):
            raise PluginError("\n".join(problems))
        if content_name(_python_files()) != _STARTED_WITH:
            raise PluginError("The Python code has changed: stop `make serve` and start it again.")
        load.cache_clear()
        try:
            self.cases = read_worked_cases(Path(config.docs_dir) / _WORKED_CASES)
            self.fonts = make_fonts(_PROJECT / "node_modules" / _FONT_PACKAGE, _CACHE / "fonts")
            sources = Sources(_PAGE, self.fonts, _PROJECT / "node_modules")
            self.bundle = bundle(sources, _CACHE / "app", rules=RULES_VERSION, policy=WORKER)
            self.runtime = pack(_PROJECT / "node_modules" / "pyodide", _PACKAGE, _CACHE / "runtime")
        except (WorkedCaseError, FontsError, BundleError, RuntimePackError) as error:
            raise PluginError(str(error)) from error
        self._add_to_every_page(config)
        return config

    def _add_to_every_page(self, config: MkDocsConfig) -> None:
        """The second language's build gets the same config object: add once."""
        styles = [f"{self.bundle.path}/{name}" for name in ("site.css", "guide.css")]
        script = ExtraScriptValue(f"{self.bundle.path}/site.js")
        script.type = "module"
        config.extra_css[:] = [*(p for p in config.extra_css if not p.startswith("app/")), *styles]
        config.extra_javascript[:] = [
            *(path for path in config.extra_javascript if not str(path).startswith("app/")),
            script,
        ]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's templates compiled: each language's build has an environment anew."""
        compiled = _CACHE / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        return env

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Mark the phrases in the article that facts come from."""
        if Path(page.file.src_uri).name != _ARTICLE:
            return markdown
        texts = _texts_of(page)
        try:
            return mark_phrases(markdown, phrases(texts))
        except SourceError as error:
            raise PluginError(f"{page.file.src_uri}:\n{error}") from error

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the checklist, or a part of the guide, where the page asks for it."""
        texts = _texts_of(page)
        makers = {
            "checklist": lambda: self._checklist(page.url, texts),
            "clients": lambda: self._clients(page.url, texts),
            "stored": lambda: render_stored(texts),
            "copy": lambda: render_copy(texts),
            **guide_makers(texts, _places(page.url, texts.lang), self.cases),
        }
        try:
            return with_held_dashes(fill_markers(html, makers))
        except MarkerError as error:
            raise PluginError(f"{page.file.src_uri}:\n{error}") from error

    def _checklist(self, url: str, texts: Texts) -> str:
        here = _from(url)
        folder = folder_of(texts.lang)
        links = Links(
            source=_places(url, texts.lang).source,
            sign=lambda id_: here(f"{folder}signs/{id_}/"),
            clients=here(f"{folder}clients/"),
            app=here(self.bundle.path),
        )
        settings = self._settings(here, texts) | {"table": make_table(texts)}
        return render_checklist(texts, links, settings, self.bundle.inline("first-paint.js"))

    def _clients(self, url: str, texts: Texts) -> str:
        here = _from(url)
        return render_clients(
            texts,
            app=here(self.bundle.path),
            checklist=here(f"{folder_of(texts.lang)}checklist/"),
            schema=here(f"{_SCHEMAS}/{FILE_NAME}"),
            settings=self._settings(here, texts),
        )

    def _settings(self, here: Callable[[str], str], texts: Texts) -> dict[str, Any]:
        """What the modules of a page need to know of the site."""
        article = here(f"{folder_of(texts.lang)}article/")
        return {
            "lang": texts.lang,
            "article": f"{article}#{anchor('')}",
            "root": here(""),
            "rules": RULES_VERSION,
            "watchdog": _SILENCE_MS,
        }

    @event_priority(-200)  # after the languages plugin, which sets links that start at the root
    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Point the language switch at the same page; the theme makes the path relative."""
        for alternate in _alternates(config):
            other = page.file.alternates[alternate["lang"]]  # type: ignore[attr-defined]  # the languages plugin's files have it
            alternate["link"] = other.url
        ours = cast("dict[str, Any]", context)
        head = self._head(page, config)
        self._write_preview(Path(config.site_dir) / preview_path(page.url), head)
        ours["head"] = render_head(head)
        ours["start"] = self._start(page)
        ours["words"] = _texts_of(page)
        ours["feedback"] = _feedback(config, _texts_of(page))
        if not self.serving:
            ours["update"] = render_update(_texts_of(page), _from(page.url)(SERVICE_WORKER))
        return context

    def _start(self, page: Page) -> Markup:
        """What a page begins with: Python, or what it takes to fetch it ahead."""
        texts, here = _texts_of(page), _from(page.url)
        if not _has_python(page):
            return render_ahead(self.runtime, self.bundle, texts, here)
        name = Path(page.file.src_uri).name
        return render_start(start_of(name, self.runtime, self.bundle, texts, here))

    def _head(self, page: Page, config: MkDocsConfig) -> Head:
        if not page.meta.get("description"):
            raise PluginError(
                f"{page.file.src_uri}: no description; search engines and messengers show it. "
                "Put `description: …` between the lines of --- at the top"
            )
        lang = _texts_of(page).lang
        site_url = config.site_url or "/"
        scripts = SCRIPTS if lang == "ru" else ("latin",)
        here = _from(page.url)
        pages = page.file.alternates  # type: ignore[attr-defined]  # as in _texts_of
        return Head(
            lang=lang,
            site_name=config.site_name,
            title=str(page.meta.get("title") or page.title),
            description=str(page.meta["description"]),
            url=str(page.canonical_url),
            image=urljoin(site_url, preview_path(page.url)),
            languages={one: urljoin(site_url, pages[one].url) for one in LANGUAGES},
            fonts=self._first_fonts(scripts, here),
            article=Path(page.file.src_uri).name == _ARTICLE,
            app=App(here(f"{folder_of(lang)}{MANIFEST}"), here(f"assets/{APPLE_ICON}"), THEME),
        )

    @event_priority(-200)
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Do the same for the page for wrong addresses, which leads to the front pages."""
        for alternate in _alternates(config):
            alternate["link"] = folder_of(alternate["lang"]) or "./"
        base = urlsplit(config.site_url or "/").path
        fonts = self._first_fonts(SCRIPTS, lambda path: f"{base}{path}")
        ours = cast("dict[str, Any]", context)
        ours["head"] = render_fonts(fonts)
        ours["words"] = load(LANGUAGES[0])
        return context

    def _first_fonts(self, scripts: Iterable[str], here: Callable[[str], str]) -> tuple[str, ...]:
        """What a first screen is set in: files by script and weight, as a page names them."""
        return tuple(
            here(f"{self.bundle.path}/{name_of(script, weight)}")
            for script in scripts
            for weight in (_BODY, _HEADINGS)
        )

    def _write_preview(self, target: Path, head: Head) -> None:
        body, heading = (
            Face(*(self.fonts[name_of(script, weight)] for script in SCRIPTS))
            for weight in (_BODY, _HEADINGS)
        )
        try:
            image = _preview(
                head.title, head.description, head.site_name, body=body, heading=heading
            )
        except ValueError as error:
            raise PluginError(str(error)) from error
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(image)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let each language search its own index, and mend the theme's head."""
        folder = folder_of(page.file.locale)  # type: ignore[attr-defined]  # as in _texts_of
        searchable = with_search_base(output, get_relative_url(folder or "./", page.url))
        valid = with_first_paint_state(with_valid_markup(without_alternate_links(searchable)))
        usable = _usable(valid, _texts_of(page))
        return self._guarded(with_patient_script(usable, after_ours=_has_python(page)))

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Write the page for wrong addresses once, in both languages."""
        if template_name != "404.html":
            return output
        if config.theme["language"] != LANGUAGES[0]:
            return ""
        base = urlsplit(config.site_url or "/").path
        content = render_not_found([load(lang) for lang in LANGUAGES], base=base)
        page = with_first_paint_state(without_alternate_links(fill_not_found(output, content)))
        usable = _usable(with_valid_markup(page), load(LANGUAGES[0]))
        return self._guarded(with_patient_script(usable, after_ours=False))

    def _guarded(self, html: str) -> str:
        return html if self.serving else with_policy(html)

    @event_priority(-200)  # once the languages plugin has built them all
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish modules, styles and runtime; take foreign addresses out of the theme."""
        site = Path(config.site_dir)
        app = site / self.bundle.path
        copy_new({path: app / path.name for path in self.bundle.directory.iterdir()})
        _publish_schema(site / _SCHEMAS / FILE_NAME)
        runtime = site / "runtime" / self.runtime.name
        copy_new({self.runtime.directory / name: runtime / name for name in self.runtime.files})
        split_search_index(site)
        # Its bytes depend on the zlib of whoever builds, and hosts compress the one beside it.
        (site / "sitemap.xml.gz").unlink(missing_ok=True)
        scripts = site / "assets" / "javascripts"
        for path in of_other_languages(scripts / "lunr"):
            path.unlink()
        for script in scripts.glob("bundle.*.js"):
            _rewrite(script, _mended)
        for worker in scripts.glob("workers/search.*.js"):
            _rewrite(worker, with_word_forms)
        for lang in LANGUAGES:
            target = site / folder_of(lang) / MANIFEST
            target.write_text(manifest(load(lang)), encoding="utf-8")
        try:
            write_inventory(site, _PROJECT, self.bundle.packages)
        except ShippedError as error:
            raise PluginError(str(error)) from error
        if not self.serving:
            worker_script = service_worker(self.bundle.service_worker, site, version_of(site))
            (site / SERVICE_WORKER).write_text(worker_script, encoding="utf-8")
            base, https_only = urlsplit(config.site_url or "/").path, config.extra.get("hsts")
            try:
                write_headers(site, base, str(https_only or ""))
            except ValueError as error:
                raise PluginError(str(error)) from error

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Build again when the words or the page's files change."""
        server.watch(str(_PACKAGE / "texts"))
        server.watch(str(_PAGE))
        return server


def _from(url: str) -> Callable[[str], str]:
    """Return what makes an address relative to a page."""
    return lambda path: get_relative_url(path, url)


def _places(url: str, lang: str) -> Places:
    """Where the guide's parts lead from a page."""
    here, folder = _from(url), folder_of(lang)
    article = here(f"{folder}article/")
    return Places(
        source=lambda id_: f"{article}#{anchor(id_)}", checklist=here(f"{folder}checklist/")
    )


def _feedback(config: MkDocsConfig, texts: Texts) -> dict[str, str] | None:
    """The link that the owner has configured for feedback, if any: mail or a page."""
    href = str(config.extra.get("feedback") or "")
    if not href:
        return None
    if urlsplit(href).scheme not in ("mailto", "https"):
        raise PluginError(
            f"mkdocs.yml: extra.feedback: {href} is neither mailto:… nor https://…; "
            "leave it empty for none"
        )
    return {"href": href, "words": texts("site.feedback")}


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _publish_schema(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(schema(), indent=2), encoding="utf-8")


def _usable(html: str, texts: Texts) -> str:
    buttons = with_buttons(html, menu=texts("site.menu"), search=texts("site.search"))
    return with_skip_link_first(buttons, words=texts("site.skip"), target=NOT_FOUND)


def _mended(script: str) -> str:
    ours = with_palette_kept_if_chosen(with_patient_search(without_single_keys(script)))
    return without_sitemap_probes(without_foreign_hosts(ours))


def _has_python(page: Page) -> bool:
    return Path(page.file.src_uri).name in ENTRIES


def _texts_of(page: Page) -> Texts:
    return load(page.file.locale)  # type: ignore[attr-defined]  # the languages plugin's files have it


def _alternates(config: MkDocsConfig) -> list[dict[str, str]]:
    """The links of the language switch.

    On pages the languages plugin sets an attribute that hides the key of the same name.
    """
    alternates: list[dict[str, str]] = getattr(config.extra, "alternate", config.extra["alternate"])
    return alternates
