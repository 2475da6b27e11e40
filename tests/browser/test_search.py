"""The search: words by their other forms, words half typed, and each language by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.server import Site
from tests.support.visitor import Arrive, Visitor

FOUND = re.compile(r"\d")
DONE = re.compile(r"\d|не найдено|No matching")
SEARCH_MS = 20_000


def find(visitor: Visitor, words: str) -> list[str]:
    """Type words into the search and return the paths that it leads to, best first."""
    visitor.open("")
    visitor.page.locator(".md-header__button[data-opens='__search']").click()
    field = visitor.page.locator(".md-search__input")
    field.fill(words)
    field.dispatch_event("keyup")  # Cyrillic letters filled in by a test press no key
    meta = visitor.page.locator(".md-search-result__meta")
    expect(meta).to_have_text(DONE, timeout=SEARCH_MS)
    links = visitor.page.locator(".md-search-result__list a.md-search-result__link")
    if FOUND.search(meta.inner_text()):
        expect(links.first).to_be_attached()
    paths: list[str] = links.evaluate_all("all => all.map((one) => new URL(one.href).pathname)")
    return list(dict.fromkeys(paths))


@pytest.fixture
def searcher(arrive: Arrive, site: Site, lang: str) -> Visitor:
    """A visitor with a phone: there the search has a button of its own."""
    return arrive(site, lang, viewport={"width": 360, "height": 740})


@pytest.mark.parametrize(
    ("lang", "words", "path"),
    [
        ("ru", "клиентам", "/clients/"),
        ("ru", "клие", "/clients/"),
        ("ru", "отказами", "/stepping-back/"),
        ("ru", "стене", "/signs/wall/"),
        ("ru", "признаков", "/signs/adrift/"),
        ("ru", "словарём", "/glossary/"),
        ("ru", "отказатьс", "/stepping-back/"),
        ("ru", "json", "/clients/"),
        ("ru", "решения договоров", "/stepping-back/"),
        ("en", "clients", "/en/clients/"),
        ("en", "clie", "/en/clients/"),
        ("en", "refusals", "/en/stepping-back/"),
        ("en", "walls", "/en/signs/wall/"),
        ("en", "deciding", "/en/signs/backseat/"),
        ("en", "responsib", "/en/signs/backseat/"),
    ],
)
def test_a_word_is_found_by_its_forms(searcher: Visitor, lang: str, words: str, path: str) -> None:
    """Another case or number, a beginning, several words: the page is among the results."""
    found = find(searcher, words)
    assert path in found
    assert {other.startswith("/en/") for other in found} == {lang == "en"}


@pytest.mark.parametrize(("lang", "words"), [("ru", "deadline"), ("en", "клиент")])
def test_languages_stay_apart(searcher: Visitor, words: str) -> None:
    """A word of the other language finds nothing rather than a page that cannot be read."""
    assert find(searcher, words) == []


@pytest.mark.parametrize(
    ("lang", "words", "whole"), [("en", "refu", "refuse"), ("en", "glos", "glossary")]
)
def test_a_beginning_is_completed_to_a_word(searcher: Visitor, words: str, whole: str) -> None:
    """What the search proposes is a word of the page, not a stem."""
    searcher.open("")
    searcher.page.locator(".md-header__button[data-opens='__search']").click()
    searcher.page.locator(".md-search__input").press_sequentially(words, delay=50)
    expect(searcher.page.locator(".md-search__suggest")).to_have_text(whole, timeout=SEARCH_MS)


@pytest.mark.parametrize(("lang", "words"), [("en", "glossary"), ("en", "company")])
def test_a_word_that_is_found_is_not_called_missing(searcher: Visitor, words: str) -> None:
    """The stem of such a word ends with another letter; results do not strike the word out."""
    assert find(searcher, words) != []
    expect(searcher.page.locator(".md-search-result__terms")).to_have_count(0)
