"""The MkDocs plugin: calls the plain functions beside it at the right moments, nothing more."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

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

from checklist import browser
from checklist.cases.schema import FILE_NAME, schema
from checklist.rules import RULES_VERSION
from checklist.site.article import SourceError, anchor, mark_phrases, phrases
from checklist.site.clients import render_clients
from checklist.site.form import render_checklist
from checklist.site.notfound import fill_not_found, render_not_found
from checklist.site.pages import folder_of, problems_with_pages
from checklist.site.publish import (
    content_name,
    copy_new,
    library_files,
    page_files,
    publish_modules,
)
from checklist.site.runtime import Runtime, RuntimePackError, pack
from checklist.site.search import split_search_index, with_search_base
from checklist.site.theme import of_other_languages, without_alternate_links, without_foreign_hosts
from checklist.texts import LANGUAGES, Texts, load

_PACKAGE: Final = Path(__file__).parents[1]
_PROJECT: Final = _PACKAGE.parent
_PAGE: Final = _PACKAGE / "page"
_LIBRARIES: Final = library_files(_PROJECT / "node_modules")
_ARTICLE: Final = "article.md"
_SCHEMAS: Final = "schema"
_SILENCE_MS: Final = 30_000
_KNOWN_ANSWER: Final = {"knows_goal": "no", "trusts_opinion": "no"}


def _python_files() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


# The build asks the rule itself; code that has changed since is not the code that runs.
_STARTED_WITH: Final = content_name(_python_files())


class NoOptions(Config):
    """The plugin takes no options: what it needs to know it finds in the project."""


class ChecklistPlugin(BasePlugin[NoOptions]):
    """Fills the checklist into its page and publishes what the browser needs to score it."""

    runtime: Runtime
    app: str

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check that the languages mirror each other, then pack the Python runtime."""
        if problems := problems_with_pages(Path(config.docs_dir)):
            raise PluginError("\n".join(problems))
        if content_name(_python_files()) != _STARTED_WITH:
            raise PluginError("The Python code has changed: stop `make serve` and start it again.")
        load.cache_clear()
        try:
            self.runtime = pack(
                _PROJECT / "node_modules" / "pyodide", _PACKAGE, _PROJECT / ".cache" / "runtime"
            )
        except RuntimePackError as error:
            raise PluginError(str(error)) from error
        self.app = f"app/{content_name([*page_files(_PAGE), *_LIBRARIES.values()])}"
        self._add_to_every_page(config)
        return config

    def _add_to_every_page(self, config: MkDocsConfig) -> None:
        """The second language's build gets the same config object: add once."""
        style, script = f"{self.app}/site.css", ExtraScriptValue(f"{self.app}/site.js")
        script.type = "module"
        config.extra_css[:] = [*(p for p in config.extra_css if not p.startswith("app/")), style]
        config.extra_javascript[:] = [
            *(path for path in config.extra_javascript if not str(path).startswith("app/")),
            script,
        ]

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
        """Put the checklist, or the list of clients, where the page asks for it."""
        for marker, render in (("checklist", self._checklist), ("clients", self._clients)):
            if (paragraph := f"<p>[[{marker}]]</p>") in html:
                return html.replace(paragraph, render(page.url, _texts_of(page)))
        return html

    def _checklist(self, url: str, texts: Texts) -> str:
        here = _from(url)
        folder = folder_of(texts.lang)
        article = here(f"{folder}article/")
        return render_checklist(
            texts,
            source_href=lambda id_: f"{article}#{anchor(id_)}",
            app=here(self.app),
            clients=here(f"{folder}clients/"),
            settings=self._settings(here, texts),
        )

    def _clients(self, url: str, texts: Texts) -> str:
        here = _from(url)
        return render_clients(
            texts,
            app=here(self.app),
            checklist=here(f"{folder_of(texts.lang)}checklist/"),
            schema=here(f"{_SCHEMAS}/{FILE_NAME}"),
            settings=self._settings(here, texts),
        )

    def _settings(self, here: Callable[[str], str], texts: Texts) -> dict[str, Any]:
        """What the modules of a page need to know of the site."""
        request = json.dumps({"lang": texts.lang, "answers": _KNOWN_ANSWER})
        article = here(f"{folder_of(texts.lang)}article/")
        return {
            "lang": texts.lang,
            "article": f"{article}#{anchor('')}",
            "rules": RULES_VERSION,
            "watchdog": _SILENCE_MS,
            "runtime": {
                "base": here(f"runtime/{self.runtime.name}/"),
                "files": dict(self.runtime.files),
                "package": self.runtime.package,
                "module": "checklist.browser",
                "selfTest": {"request": request, "response": browser.handle(request)},
            },
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
        return context

    @event_priority(-200)
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Do the same for the page for wrong addresses, which leads to the front pages."""
        for alternate in _alternates(config):
            alternate["link"] = folder_of(alternate["lang"]) or "./"
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let each language search its own index, and mend the theme's head."""
        folder = folder_of(page.file.locale)  # type: ignore[attr-defined]  # as in _texts_of
        searchable = with_search_base(output, get_relative_url(folder or "./", page.url))
        return without_alternate_links(searchable)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Write the page for wrong addresses once, in both languages."""
        if template_name != "404.html":
            return output
        if config.theme["language"] != LANGUAGES[0]:
            return ""
        base = urlsplit(config.site_url or "/").path
        content = render_not_found([load(lang) for lang in LANGUAGES], base=base)
        return without_alternate_links(fill_not_found(output, content))

    @event_priority(-200)  # once the languages plugin has built them all
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish modules, styles and runtime; take foreign addresses out of the theme."""
        site = Path(config.site_dir)
        publish_modules(page_files(_PAGE), _LIBRARIES, site / self.app)
        _publish_schema(site / _SCHEMAS / FILE_NAME)
        runtime = site / "runtime" / self.runtime.name
        copy_new({self.runtime.directory / name: runtime / name for name in self.runtime.files})
        split_search_index(site)
        scripts = site / "assets" / "javascripts"
        for path in of_other_languages(scripts / "lunr"):
            path.unlink()
        for script in scripts.glob("bundle.*.js"):
            text = script.read_text(encoding="utf-8")
            script.write_text(without_foreign_hosts(text), encoding="utf-8")

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Build again when the words or the page's files change."""
        server.watch(str(_PACKAGE / "texts"))
        server.watch(str(_PAGE))
        return server


def _from(url: str) -> Callable[[str], str]:
    """Return what makes an address relative to a page."""
    return lambda path: get_relative_url(path, url)


def _publish_schema(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(schema(), indent=2), encoding="utf-8")


def _texts_of(page: Page) -> Texts:
    return load(page.file.locale)  # type: ignore[attr-defined]  # the languages plugin's files have it


def _alternates(config: MkDocsConfig) -> list[dict[str, str]]:
    """The links of the language switch.

    On pages the languages plugin sets an attribute that hides the key of the same name.
    """
    alternates: list[dict[str, str]] = getattr(config.extra, "alternate", config.extra["alternate"])
    return alternates
