"""In each engine: after one visit the site is there without a network, Python included."""

from pathlib import Path

import pytest

from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.engines.engine import Engine
from tests.support.engines.visitor import Visitor, visiting


@pytest.fixture(scope="module", params=["root", "folder"])
def cut_off(
    engine: Engine, built: Path, built_in_folder: Path, request: pytest.FixtureRequest
) -> Visitor:
    """A visitor who has seen the home page, at the root or in a folder; the host is gone since."""
    folder, path = (built, "") if request.param == "root" else (built_in_folder.parent, "guide/")
    with visiting(engine, folder, "ru", path) as visitor:
        visitor.open("")
        visitor.expect("(await navigator.serviceWorker.ready).active.state", "activated")
        visitor.expect("navigator.serviceWorker.controller !== null", True)
        kept = '(await caches.keys()).some((name) => name.startsWith("client-checklist-"))'
        visitor.expect(kept, True)
    return visitor


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_verdict_from_python(cut_off: Visitor, lang: str) -> None:
    """The checklist opens in both languages, Python answers, and a reload keeps what was ticked."""
    cut_off.lang = lang
    cut_off.open()
    cut_off.press('[data-action="new-case"]')
    cut_off.expect_ticked()
    cut_off.tick(**ADRIFT)
    cut_off.expect_verdict_from_python("step_back")
    cut_off.expect_text('[data-slot="title"]', load(lang)("verdicts.step_back.title"))
    cut_off.engine.reload()
    cut_off.expect_ticked(**ADRIFT)
    cut_off.expect_verdict_from_python("step_back")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_article_can_be_read(cut_off: Visitor, lang: str) -> None:
    """Pages that were never opened are there too, in their styles."""
    cut_off.lang = lang
    cut_off.open("article/")
    cut_off.expect("document.documentElement.lang", lang)
    cut_off.expect("said('article h1') !== ''", True)
    cut_off.expect("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)", True)


def test_the_list_of_clients(cut_off: Visitor) -> None:
    """It opens too, and Python puts it in order."""
    cut_off.lang = "en"
    cut_off.open()
    cut_off.press('[data-action="new-case"]')
    cut_off.tick(**ADRIFT)
    cut_off.expect_saved()
    cut_off.open("clients/")
    title = load("en")("verdicts.step_back.title")
    cut_off.expect("said('.client [data-slot=\"verdict\"]')", title)
