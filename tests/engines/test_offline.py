"""The offline copy in Firefox and WebKit, on nginx with the site's headers, in a folder."""

from pathlib import Path

from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.engines.engine import Engine
from tests.support.engines.start import in_other_engines
from tests.support.engines.visitor import visiting_nginx

KEPT = """navigator.serviceWorker.controller !== null
  && (await navigator.serviceWorker.ready).active.state === "activated"
  && (await caches.keys()).some((name) => name.startsWith("client-checklist-"))"""


@in_other_engines
def test_one_visit_stores_the_site(engine: Engine, patient_in_folder: Path, tmp_path: Path) -> None:
    """Pages and styles in both languages, Python's verdict, the list of clients."""
    with visiting_nginx(engine, patient_in_folder, "/guide/", tmp_path) as visitor:
        # `wasm-unsafe-eval` in the worker's response is enough, and nothing it needs is refused.
        visitor.open()
        visitor.expect_verdict_from_python("empty")
        visitor.expect(KEPT, True)

    for lang in LANGUAGES:  # pages that were never opened
        visitor.lang = lang
        visitor.open("article/")
        visitor.expect("document.documentElement.lang", lang)
        visitor.expect("textOf('article h1') !== ''", True)
        visitor.expect(
            "[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)", True
        )
    title = load(visitor.lang)("verdicts.step_back.title")
    visitor.open()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict_from_python("step_back")
    visitor.expect_text('[data-slot="title"]', title)
    visitor.expect_saved()
    visitor.open("clients/")
    visitor.expect("textOf('.client [data-slot=\"verdict\"]')", title)
