"""The search: inflected words, incomplete words, and each language by itself."""

import re

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor

FOUND = re.compile(r"\d")
DONE = re.compile(r"\d|не найдено|No matching")


def find(visitor: Visitor, words: str) -> list[str]:
    """Type words into the search and return the paths of the results, best first."""
    field = visitor.page.locator(".md-search__input")
    meta = visitor.page.locator(".md-search-result__meta")
    field.fill("")
    field.dispatch_event("keyup")
    expect(meta).not_to_have_text(DONE)
    field.fill(words)
    field.dispatch_event("keyup")  # filling in text does not press a key
    expect(meta).to_have_text(DONE)
    links = visitor.page.locator(".md-search-result__list a.md-search-result__link")
    if FOUND.search(meta.inner_text()):
        expect(links.first).to_be_attached()
    paths: list[str] = links.evaluate_all("all => all.map((one) => new URL(one.href).pathname)")
    return list(dict.fromkeys(paths))


@pytest.fixture(params=LANGUAGES)
def searcher(arrive: Arrive, site: Site, request: pytest.FixtureRequest) -> Visitor:
    """A visitor with a phone, where the search has its own button, who has pressed it."""
    visitor = arrive(site, request.param, viewport=PHONE)
    visitor.open("")
    visitor.page.locator(".md-header__button[data-opens='__search']").click()
    return visitor


FORMS = {
    "ru": {
        "клиентам": "/clients/",
        "клие": "/clients/",
        "отказами": "/stepping-back/",
        "стене": "/signs/wall/",
        "признаков": "/signs/adrift/",
        "словарём": "/glossary/",
        "отказатьс": "/stepping-back/",
        "json": "/clients/",
        "решения договоров": "/stepping-back/",
        "красные флаги": "/signs/adrift/",
        "отказать клиенту": "/stepping-back/",
    },
    "en": {
        "clients": "/en/clients/",
        "clie": "/en/clients/",
        "refusals": "/en/stepping-back/",
        "walls": "/en/signs/wall/",
        "deciding": "/en/signs/backseat/",
        "responsib": "/en/signs/backseat/",
    },
}
FOREIGN = {"ru": "deadline", "en": "клиент"}
FOUND_WORDS = {"ru": (), "en": ("glossary", "company")}
BEGINNINGS = {"ru": {}, "en": {"refu": "refuse", "glos": "glossary"}}


def test_what_the_search_finds(searcher: Visitor) -> None:
    """Other forms of a word, its beginning, several words; nothing of the other language."""
    lang, page = searcher.lang, searcher.page
    for words, path in FORMS[lang].items():
        found = find(searcher, words)
        assert path in found, words
        assert {other.startswith("/en/") for other in found} == {lang == "en"}, words
    assert find(searcher, FOREIGN[lang]) == []
    # These words' stems end with another letter; the results must not mark the words as missing.
    for word in FOUND_WORDS[lang]:
        assert find(searcher, word) != [], word
        expect(page.locator(".md-search-result__terms"), word).to_have_count(0)
    # The search suggests words of the page, not stems.
    for beginning, whole in BEGINNINGS[lang].items():
        page.locator(".md-search__input").fill("")
        page.locator(".md-search__input").press_sequentially(beginning)
        expect(page.locator(".md-search__suggest"), beginning).to_have_text(whole)
