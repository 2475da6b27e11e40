"""The search: inflected words, incomplete words, and each language by itself."""

import re

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES, load
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor


def find(visitor: Visitor, words: str) -> list[str]:
    """Enter words into the search and return the paths of the results, best first."""
    field = visitor.page.locator(".md-search__input")
    status = visitor.page.locator(".md-search-result__meta")
    texts = load(visitor.lang)
    found = re.escape(texts("search.found", count="COUNT")).replace("COUNT", r"\d+")
    field.fill("")
    expect(status).to_have_text(texts("search.start"))
    field.fill(words)  # an input event without keys, as from pasting and dictation
    expect(status).to_have_text(re.compile(f"{found}|{re.escape(texts('search.none'))}"))
    links = visitor.page.locator(".md-search-result__list a")
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
BEGINNINGS = {"ru": {"слова": "словарь"}, "en": {"refu": "refusing", "glos": "glossary"}}
BLOCKED_STORAGE = """
const get = () => {
  throw new DOMException("", "SecurityError");
};
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(globalThis, name, { get });
}
"""


FOUND = {"ru": "клиентам", "en": "clients"}
DICTATE = """(field, [text, inputType]) => {
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType, data: text }));
}"""


PUNCTUATED = {"ru": "json: «файл», (список)", "en": "title:json -file* (list) +client~2"}


def test_what_the_search_finds(searcher: Visitor) -> None:
    """Other forms of a word, its beginning, several words; nothing of the other language."""
    lang, page = searcher.lang, searcher.page
    for words, path in FORMS[lang].items():
        found = find(searcher, words)
        assert path in found, words
        assert {other.startswith("/en/") for other in found} == {lang == "en"}, words
    assert find(searcher, FOREIGN[lang]) == []
    expect(page.locator(".md-search-result__meta")).to_have_text(load(lang)("search.none"))
    assert find(searcher, PUNCTUATED[lang]) != []
    # The search suggests words of the page, not stems.
    for beginning, whole in BEGINNINGS[lang].items():
        page.locator(".md-search__input").fill("")
        page.locator(".md-search__input").press_sequentially(beginning)
        expect(page.locator(".md-search__suggest"), beginning).to_have_text(whole)
        page.keyboard.press("ArrowRight")
        expect(page.locator(".md-search__input")).to_have_value(whole)


def test_the_search_by_keyboard(searcher: Visitor) -> None:
    """Arrow keys go to the results and back; Escape closes the search and returns the focus."""
    page = searcher.page
    field = page.locator(".md-search__input")
    expect(field).to_be_focused()
    find(searcher, "json")
    links = page.locator(".md-search-result__list a")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-header [data-opens='__search']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#__search")).not_to_be_checked()


def test_a_search_that_cannot_load_is_reported_and_repeated(arrive: Arrive, site: Site) -> None:
    """The next input starts it again."""
    visitor = arrive(site, "en", viewport=DESKTOP)
    visitor.may_complain = True
    visitor.open("")
    site.faults["index.json"] = "missing"
    field = visitor.page.locator(".md-search__input")
    status = visitor.page.locator(".md-search-result__meta")
    field.fill("client")
    expect(status).to_have_text(load("en")("search.failed"))
    site.faults.clear()
    assert "/en/clients/" in find(visitor, "clients")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_palette_and_menu_work_with_storage_blocked(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """As when a browser blocks all cookies: each access to storage throws."""
    visitor = arrive(site, lang, viewport=PHONE)
    visitor.page.add_init_script(BLOCKED_STORAGE)
    visitor.open("article/")
    page = visitor.page
    body = page.locator("body")
    for scheme in ("default", "slate"):
        page.locator('[data-md-component="palette"] label:visible').click()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    drawer = page.locator(".md-header [data-opens='__drawer']")
    drawer.click()
    expect(page.locator(".md-nav__close")).to_be_focused()
    link = page.locator(".md-nav--primary a.md-nav__link:visible").first
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(drawer).to_be_focused()
    page.locator(".md-header [data-opens='__search']").click()
    path = {"ru": "/clients/", "en": "/en/clients/"}[lang]
    assert path in find(visitor, FOUND[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pasted_and_dictated_words_are_searched_at_once(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """A paste sends no keys, and dictation replaces what it has said: each searches at once."""
    visitor = arrive(
        site, lang, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]
    )
    visitor.open("")
    page = visitor.page
    field = page.locator(".md-search__input")
    links = page.locator(".md-search-result__list a")
    page.evaluate("text => navigator.clipboard.writeText(text)", f" {FOUND[lang]}: ")
    field.focus()
    page.keyboard.press("ControlOrMeta+V")
    expect(links.first).to_be_visible()
    field.evaluate(DICTATE, ["", "insertReplacementText"])
    expect(links).to_have_count(0)
    field.evaluate(DICTATE, [FOUND[lang], "insertReplacementText"])
    expect(links.first).to_be_visible()


def test_a_search_that_did_not_load_is_loaded_when_typed_again(arrive: Arrive, site: Site) -> None:
    """The page says so; its files may be gone from the host after a new version."""
    visitor = arrive(site, "en", viewport=DESKTOP)
    visitor.may_complain = True
    site.faults["/search-field.js"] = "missing"
    visitor.open("")
    field = visitor.page.locator(".md-search__input")
    field.fill("wall")
    status = visitor.page.locator(".md-search-result__meta")
    expect(status).to_have_text(load("en")("search.failed"))
    site.repair()
    assert "/en/signs/wall/" in find(visitor, "walls")
