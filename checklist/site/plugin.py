"""The MkDocs plugin: it connects MkDocs' events to the functions of the folders beside it."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from checklist.site.assets.fonts import SCRIPTS
from checklist.site.assets.site_assets import AssetsError, SiteAssets, make_assets
from checklist.site.files import content_name
from checklist.site.pages import folder_of, problems_with_pages
from checklist.site.publishing.headers import write_headers
from checklist.site.publishing.offline import SERVICE_WORKER, app_of, render_update
from checklist.site.publishing.policy import PYTHON_POLICY, WORKER_POLICY, with_policy
from checklist.site.publishing.publish import (
    publish_assets,
    publish_search_indexes,
    publish_service_worker,
    remove_compressed,
)
from checklist.site.publishing.sbom import write_licences, write_sbom
from checklist.site.publishing.shared_host import shared_host_warning
from checklist.site.publishing.shipped import ShippedError, components
from checklist.site.publishing.styles import StylesError, publish_styles
from checklist.site.render.article import SourceError, mark_phrases, phrases
from checklist.site.render.content import render_content
from checklist.site.render.from_mkdocs import (
    add_to_every_page,
    alternates,
    base_path,
    feedback_link,
    metadata_of,
    page_info,
    theme_styles,
    url_in,
    without_theme_assets,
)
from checklist.site.render.head import preview_path, render_fonts, render_head
from checklist.site.render.markers import MarkerError
from checklist.site.render.not_found import CONTENT_ID, render_not_found
from checklist.site.render.page_head import fonts_to_preload, make_head, write_preview
from checklist.site.render.search_index import Section, search_settings, sections_of
from checklist.site.render.start import has_python, render_start
from checklist.site.render.worked_cases import WorkedCase, WorkedCaseError, read_worked_cases
from checklist.texts import LANGUAGES, Texts, load

_PACKAGE: Final = Path(__file__).parents[1]
_PROJECT: Final = _PACKAGE.parent
_CACHE: Final = _PROJECT / ".cache"
_NODE_MODULES: Final = _PROJECT / "node_modules"
_WORKED_CASES: Final = "cases.toml"
# Not one of MkDocs' loggers, whose warnings stop a strict build: some hosts offer only folders.
_LOG: Final = logging.getLogger(__name__)
_LAST: Final = -200  # the priority of a handler that runs after those of the languages plugin


def _python_files() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


# The build runs the rules itself, in the version that was imported when the process started.
_IMPORTED: Final = content_name(_python_files())


class Options(Config):
    """The plugin's options in ``mkdocs.yml``."""

    python_image = Type(bool, default=True)
    """Whether browsers start Python from an image, or in the ordinary way."""


class ChecklistPlugin(BasePlugin[Options]):
    """Renders the checklist and the guide into pages, and publishes the files they need."""

    assets: SiteAssets
    cases: dict[str, WorkedCase]
    sections: dict[str, list[Section]]
    serving: bool = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether this is `mkdocs serve`, and start with an empty search index.

        The pages that it serves get no policy, which would block the script of its live reload, and
        no offline copy, which would hide changes.
        """
        self.serving = command == "serve"
        self.sections = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Validate the pages and worked cases, then make the assets."""
        if problems := problems_with_pages(Path(config.docs_dir)):
            raise PluginError("\n".join(problems))
        if content_name(_python_files()) != _IMPORTED:
            raise PluginError("The Python code has changed: stop `make serve` and start it again.")
        load.cache_clear()
        try:
            self.cases = read_worked_cases(Path(config.docs_dir) / _WORKED_CASES)
            self.assets = make_assets(
                _PACKAGE,
                _CACHE,
                worker_policy=PYTHON_POLICY + WORKER_POLICY,
                with_image=self.config.python_image,
            )
        except (WorkedCaseError, AssetsError) as error:
            raise PluginError(str(error)) from error
        add_to_every_page(config, self.assets.bundle)
        if warning := shared_host_warning(config.site_url or ""):
            _LOG.warning(warning)
        return config

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Cache the compiled templates: each language is built with a new environment."""
        compiled = _CACHE / "templates"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        return env

    @event_priority(_LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the theme's scripts and style sheets."""
        return without_theme_assets(files)

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Mark the article's phrases, so that other pages can link to them."""
        info = page_info(page)
        if not info.is_article:
            return markdown
        try:
            return mark_phrases(markdown, phrases(info.texts))
        except SourceError as error:
            raise PluginError(f"{info.source}:\n{error}") from error

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Replace the markers in a page, and collect what the search finds in it."""
        info = page_info(page)
        try:
            content = render_content(html, info, self.assets, self.cases)
        except MarkerError as error:
            raise PluginError(f"{info.source}:\n{error}") from error
        self.sections[info.url] = sections_of(content, info.url.removeprefix(info.folder))
        return content

    @event_priority(_LAST)  # the languages plugin sets links that start at the root
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Set what our templates read, and link the language switch to the same page."""
        for alternate in alternates(config):
            alternate["link"] = url_in(page, alternate["lang"])  # the theme makes it relative
        info = page_info(page)
        bundle, runtime = self.assets.bundle, self.assets.runtime
        head = make_head(info, metadata_of(page, config), bundle, app_of(info))
        try:
            write_preview(Path(config.site_dir) / preview_path(info.url), head, self.assets.fonts)
        except ValueError as error:
            raise PluginError(str(error)) from error
        variables = cast("dict[str, Any]", context)
        variables |= self._common_variables(config, info.texts, info.href)
        variables["head"] = render_head(head)
        variables["start"] = render_start(info, runtime, bundle)
        variables["kind"] = Path(info.name).stem if has_python(info) else ""
        variables["feedback"] = feedback_link(config, info.texts)
        if not self.serving:
            variables["update"] = render_update(info.texts, info.href(SERVICE_WORKER))
        return context

    @event_priority(_LAST)
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Set what the page for wrong addresses reads; its language switch leads to home pages."""
        for alternate in alternates(config):
            alternate["link"] = folder_of(alternate["lang"]) or "./"
        base = base_path(config)
        fonts = fonts_to_preload(self.assets.bundle, SCRIPTS, lambda path: f"{base}{path}")
        variables = cast("dict[str, Any]", context)
        texts = [load(lang) for lang in LANGUAGES]
        variables |= self._common_variables(config, texts[0], lambda path: f"{base}{path}")
        variables["head"] = render_fonts(fonts)
        variables["not_found"] = render_not_found(texts, base=base, app=self.assets.bundle.path)
        return context

    def _common_variables(
        self, config: MkDocsConfig, texts: Texts, href: Callable[[str], str]
    ) -> dict[str, object]:
        """Return what the layout of every page reads; ``href`` makes an address of a path."""
        bundle = self.assets.bundle
        return {
            "words": texts,
            "before_content": bundle.inline("before-content.js"),
            "search_settings": search_settings(texts, bundle, href),
            "not_found_id": CONTENT_ID,
        }

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Add the policy."""
        return self._with_policy(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Add the policy to the page for wrong addresses, of which there is one."""
        if template_name != "404.html":
            return output
        return self._with_policy(output) if config.theme["language"] == LANGUAGES[0] else ""

    def _with_policy(self, html: str) -> str:
        return html if self.serving else with_policy(html)

    @event_priority(_LAST)  # once the languages plugin has built all languages
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything but the pages; the files that list others come last."""
        site = Path(config.site_dir)
        publish_assets(site, self.assets)
        publish_search_indexes(site, self.sections)
        remove_compressed(site)
        theme = theme_styles(config)
        try:
            publish_styles(site, self.assets.bundle.path, theme, _NODE_MODULES)
            shipped = components(site, _NODE_MODULES, self.assets.bundle.packages, theme)
        except (StylesError, ShippedError) as error:
            raise PluginError(str(error)) from error
        write_licences(site, _PROJECT, shipped)  # before the service worker, which lists them
        if not self.serving:
            publish_service_worker(site, self.assets.bundle.service_worker)
            try:
                write_headers(site, base_path(config), str(config.extra.get("hsts") or ""))
            except ValueError as error:
                raise PluginError(str(error)) from error
        write_sbom(site, _PROJECT, shipped)

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Rebuild when the texts or the page's files change."""
        server.watch(str(_PACKAGE / "texts"))
        server.watch(str(_PACKAGE / "page"))
        return server
