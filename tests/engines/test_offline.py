"""In each engine: after one visit the site is all there without a network, Python included."""

from pathlib import Path

from checklist.texts import LANGUAGES
from tests.engines.engine import Engine
from tests.engines.visitor import Visitor
from tests.server import served

ADRIFT = {"knows_goal": "no", "trusts_opinion": "no"}


def visit_once(engine: Engine, built: Path) -> Visitor:
    """Open the home page, wait until the browser keeps the site, and let the host be gone."""
    with served(built) as site:
        visitor = Visitor(engine, site)
        visitor.open("")
        visitor.expect(
            """(await caches.keys()).some((name) => name.startsWith("client-checklist-"))""", True
        )
        visitor.expect("(await navigator.serviceWorker.ready).active.state", "activated")
        visitor.expect("navigator.serviceWorker.controller !== null", True)
    return visitor


def test_the_checklist_without_a_network(engine: Engine, built: Path) -> None:
    """In both languages a verdict from Python; a reload keeps the answers; an article is there."""
    visitor = visit_once(engine, built)
    for lang in LANGUAGES:
        visitor.lang = lang
        visitor.open()
        if lang == LANGUAGES[0]:
            visitor.tick(**ADRIFT)
        visitor.expect_verdict_from_python("step_back")
