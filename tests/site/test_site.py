"""The built site: pages, languages, links, metadata, and no requests to other hosts."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from checklist import RULES_VERSION
from checklist.advice import CHECKS
from checklist.clients import read_link
from checklist.rules import FACTS
from checklist.site.publishing.policy import with_policy
from checklist.site.publishing.sbom import LICENCES, SBOM
from checklist.site.render.article import anchor
from checklist.site.render.search_index import SEARCH_INDEX
from checklist.site.render.worked_cases import read_worked_cases
from checklist.texts import LANGUAGES, load
from tests.support.pages import FOLDERS, PAGES
from tests.support.site_build import (
    FOLDER_URL,
    MADE_AT,
    PROJECT,
    ROOT_URL,
    copy_of_the_project,
    problems_of_build,
)

# XML namespaces, and addresses in comments: browsers load none of them.
NOT_LOADED = re.compile(
    r"https?://(?:www\.w3\.org/|schemas?\.|www\.sitemaps\.org/"
    r"|json-schema\.org/draft|scripts\.sil\.org/OFL|github\.com/googlefonts/literata"
    r"|github\.com/microsoft/TypeScript-DOM|example\.org/)"
)
RESEARCH = "https://doi.org/"  # links to research articles
ADDRESS = re.compile(r"(?:https?|wss?)://[a-z0-9.-]+\.[a-z]{2,}[^\s\"'`)<>\\]*", re.IGNORECASE)
TEXT_FILES = {".html", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".txt"}


class Links(HTMLParser):
    """Collects the ids of a page, its links, the files it loads, and its radio buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.names: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the attributes of one element."""
        values = {name: value for name, value in attrs if value is not None}
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values:
            (self.links if tag == "a" else self.loads).append(values["href"])
        if "src" in values:
            self.loads.append(values["src"])
        if tag == "input" and values.get("type") == "radio":
            self.names.setdefault(values["name"], []).append(values.get("value", ""))


def page_html(site: Path, lang: str, page: str) -> str:
    """Return one built page of a language."""
    return (site / FOLDERS[lang] / page / "index.html").read_text(encoding="utf-8")


def pages_of(site: Path) -> Iterator[tuple[str, Links]]:
    """Yield every page of the site with its path."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix().removesuffix("index.html")
        yield name, Links(path.read_text(encoding="utf-8"))


def test_both_languages_have_every_page(built: Path) -> None:
    """Each page is in Russian at the root and in English under /en/; there are no others."""
    found = {name for name, _ in pages_of(built)} - {"404.html"}
    assert found == {f"{folder}{page}" for folder in FOLDERS.values() for page in PAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_metadata(built: Path, lang: str, page: str) -> None:
    """Its language, one title, a description and a canonical address."""
    html = page_html(built, lang, page)
    assert f'<html lang="{lang}"' in html
    assert len(re.findall(r"<title>[^<]+</title>", html)) == 1
    assert len(re.findall(r'<meta name="description" content="[^"]{60,}"', html)) == 1
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert f'<link rel="canonical" href="{ROOT_URL}{FOLDERS[lang]}{page}"' in html


@pytest.mark.parametrize("page", PAGES)
def test_headings_have_the_same_ids_in_both_languages(built: Path, page: str) -> None:
    """A link with a fragment works in both."""

    def ids(lang: str) -> list[str]:
        html = page_html(built, lang, page)
        return re.findall(r'<h[1-6] id="([^"]+)"', html)

    assert ids("ru") == ids("en") != []


def is_case(fragment: str) -> bool:
    """Return whether a fragment contains answers for the checklist, not the id of an element."""
    return fragment.startswith("c=")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_to_worked_cases_contain_their_answers(built: Path, lang: str) -> None:
    """Each opens the checklist in its own language."""
    html = page_html(built, lang, "cases/")
    links = [link for link in Links(html).links if is_case(urlsplit(link).fragment)]
    cases = read_worked_cases(PROJECT / "docs" / "cases.toml")
    assert {urlsplit(link).path for link in links} == {"../checklist/"}
    read = [read_link(urlsplit(link).fragment.removeprefix("c=")).answers for link in links]
    assert read == [case.answers for case in cases.values()]


def test_the_class_js_is_set_before_the_content(built: Path) -> None:
    """Otherwise a phone would briefly show the list of pages for browsers without scripts."""
    first_script = re.compile(r"<body[^>]*>\s*<script>(.*?)</script>", re.DOTALL)
    for page in built.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        (script,) = first_script.findall(html)
        assert 'classList.replace("no-js","js")' in script, page
        assert html.count('classList.replace("no-js"') == 1, page


@pytest.mark.parametrize("folder", ["", "guide/"])
def test_every_link_has_a_target(folder: str, built: Path, built_in_folder: Path) -> None:
    """Links, fragments, styles and scripts of every page, at the root and in a folder."""
    site, address = (built_in_folder, FOLDER_URL) if folder else (built, ROOT_URL)
    pages = dict(pages_of(site))
    broken: list[str] = []
    for name, page in pages.items():
        for link in (*page.links, *page.loads):
            target = urlsplit(urljoin(address + name, link))
            if target.scheme not in ("http", "https"):
                continue
            if link in page.links and link.startswith(RESEARCH):
                continue
            url = target._replace(fragment="").geturl()
            if not url.startswith(address):
                broken.append(f"{name}: {link} leaves the site")
                continue
            path = unquote(url.removeprefix(address))
            file = site / path / ("index.html" if path.endswith("/") or not path else "")
            if not file.is_file():
                broken.append(f"{name}: {link} is not there")
            elif target.fragment and not is_case(target.fragment) and path in pages:
                known = {*pages[path].ids}
                if target.fragment not in known:
                    broken.append(f"{name}: {link} has no such id")
    assert broken == []


def test_no_page_sends_a_referrer_to_other_hosts(built: Path) -> None:
    """The page for wrong addresses too."""
    for path in built.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count('<meta name="referrer" content="no-referrer">') == 1, path


def test_ids_are_unique_on_a_page(built: Path) -> None:
    """A fragment must be unambiguous."""
    for name, page in pages_of(built):
        assert [id_ for id_ in set(page.ids) if page.ids.count(id_) > 1] == [], name


def test_no_built_file_loads_from_another_host(built: Path) -> None:
    """No page, script, style or data file has an address of another host to load from."""
    foreign = {
        f"{path.relative_to(built)}: {address}"
        for path in built.rglob("*")
        if path.suffix in TEXT_FILES
        and path.name not in (LICENCES, SBOM)  # they have the addresses of projects
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not NOT_LOADED.match(address) and not address.startswith(RESEARCH)
    }
    assert foreign == set()


def test_no_development_files_are_published(built: Path) -> None:
    """No consoles or source maps of Pyodide, no templates, no Python source."""
    names = [path.name for path in built.rglob("*") if path.is_file()]
    assert not [name for name in names if name.startswith("console")]
    assert not [name for name in names if name.endswith(".py")]
    assert not list((built / "runtime").rglob("*.map"))
    assert not [path for path in (built / "app").rglob("*") if path.suffix == ".html"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_complete_in_the_html(built: Path, lang: str) -> None:
    """Every fact and check is a group of three radio buttons, without scripts; so is the stage."""
    html = (built / FOLDERS[lang] / "checklist/index.html").read_text(encoding="utf-8")
    questions = [*(fact.id for fact in FACTS), *(f"check-{check.id}" for check in CHECKS)]
    groups = {name: ["yes", "no", "unknown"] for name in questions}
    groups["stage"] = ["before", "begun"]
    names = Links(html).names
    assert {name: names[name] for name in groups} == groups
    assert html.count("<fieldset") == len(groups)
    assert re.search(
        r'id="checklist-result"[^>]* data-verdict="empty" data-settled="false" '
        r'data-possible="work clarify_first step_back" data-engine="none"',
        html,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_self_test_is_that_of_this_build(built: Path, lang: str) -> None:
    """The page has a request with its response, and the size and digest of the runtime's files."""
    page = built / FOLDERS[lang] / "checklist/index.html"
    html = page.read_text(encoding="utf-8")
    settings, runtime = (
        json.loads(match[1])
        for id_ in ("checklist-settings", "python-runtime")
        if (match := re.search(rf'id="{id_}">(.*?)</script>', html))
    )
    folder = (page.parent / runtime["base"]).resolve()
    assert runtime["files"] == {
        path.name: {"size": len(content), "digest": hashlib.sha256(content).hexdigest()}
        for path in folder.iterdir()
        if (content := path.read_bytes())
    }
    assert runtime["image"] in runtime["files"]
    assert settings["rules"] == settings["table"]["rules"] == RULES_VERSION
    response = json.loads(runtime["selfTest"]["response"])
    assert response["result"]["verdict"] == "step_back"
    assert response["explanation"]["title"] == load(lang)("verdicts.step_back.title")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_article_marks_every_phrase(built: Path, lang: str) -> None:
    """Each fact has an anchor in the article."""
    html = (built / FOLDERS[lang] / "article/index.html").read_text(encoding="utf-8")
    assert {anchor(fact.id) for fact in FACTS} <= set(Links(html).ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_its_own_search_index(built: Path, lang: str) -> None:
    """It has the pages of that language as plain text, and they load it."""
    folder = built / FOLDERS[lang]
    index = json.loads((folder / SEARCH_INDEX).read_text(encoding="utf-8"))
    assert {section["location"].partition("#")[0] for section in index} == set(PAGES)
    assert [section for section in index if re.search(r"</?\w+[^>]*>|&\w+;", section["text"])] == []
    for page in PAGES:
        html = (folder / page / "index.html").read_text(encoding="utf-8")
        (settings,) = re.findall(r'data-search="([^"]*)"', html)
        loaded = json.loads(unescape(settings))["index"]
        assert (folder / page / loaded).resolve() == folder.resolve() / SEARCH_INDEX
    assert not (built / "search/search_index.json").exists()


@pytest.mark.parametrize(("folder", "base"), [("", "/"), ("guide/", "/guide/")])
def test_the_page_for_wrong_addresses_has_both_languages(
    folder: str, base: str, built: Path, built_in_folder: Path
) -> None:
    """Its links work at any depth."""
    site = built_in_folder if folder else built
    html = (site / "404.html").read_text(encoding="utf-8")
    for lang in LANGUAGES:
        assert load(lang)("site.not_found_title") in html
        assert f'href="{base}{FOLDERS[lang]}checklist/"' in html
    assert not (site / "en/404.html").exists()


def test_no_file_is_compressed_by_the_build(built: Path) -> None:
    """Different builds of zlib would compress the same pages differently."""
    assert [path.name for path in built.rglob("*.gz")] == []


def test_the_sitemap_pairs_the_languages(built_in_folder: Path) -> None:
    """Each page is listed with its other language, under the address of the published site."""
    sitemap = (built_in_folder / "sitemap.xml").read_text(encoding="utf-8")
    for page in PAGES:
        for lang, folder in FOLDERS.items():
            assert f'hreflang="{lang}" href="{FOLDER_URL}{folder}{page}"' in sitemap


def test_the_only_date_in_the_site_is_that_of_the_commit(built: Path) -> None:
    """So a later build of the same commit is the same as the published one."""
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    date = datetime.fromtimestamp(int(MADE_AT), UTC).date().isoformat()
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", sitemap)) == {date}
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"SOURCE_DATE_EPOCH=.*git log -1 --format=%ct.*\\\n.*mkdocs build", makefile)


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("docs/en/article.md", "The client does not know", "The client has no idea", "knows_goal"),
        ("docs/ru/about.md", "{#text}", "{#texts}", "about.md"),
        ("docs/ru/about.md", " {#text}", "", "ru/about.md"),
        ("docs/en/about.md", "", None, "en/about.md"),
        ("docs/ru/index.md", "(article.md)", "(articles.md)", "articles.md"),
        ("docs/en/success.md", "\ndescription: ", "\nabout: ", "success.md: no description"),
        ("docs/cases.toml", 'verdict = "work"', 'verdict = "step_back"', "menu: states"),
        ("docs/en/cases.md", "[[case menu]]", "[[case menus]]", "[[case menus]]"),
        ("docs/ru/aid.md", "[[rule]]", "[[rules]]", "no such marker"),
        ("mkdocs.yml", 'feedback: ""', "feedback: write@us", "extra.feedback"),
    ],
)
def test_a_mistake_fails_the_build_with_a_message(
    tmp_path: Path, name: str, old: str, new: str | None, named: str
) -> None:
    """A missing phrase or page, a wrong verdict, an invalid marker and others."""
    project = copy_of_the_project(tmp_path)
    path = project / name
    if new is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert named in problems_of_build(project, tmp_path / "site")


def test_feedback_links_are_configured(built: Path, tmp_path: Path) -> None:
    """With an address in mkdocs.yml every page has such a link, without one no page."""
    project = copy_of_the_project(tmp_path)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert 'feedback: ""' in text
    config.write_text(text.replace('feedback: ""', "feedback: mailto:us@example.org"), "utf-8")
    assert problems_of_build(project, tmp_path / "site") == ""
    for lang in LANGUAGES:
        words = load(lang)("site.feedback")
        assert words not in page_html(built, lang, "article/")
        link = f'<a href="mailto:us@example.org">{words}</a>'
        without = [page for page in PAGES if link not in page_html(tmp_path / "site", lang, page)]
        assert without == [], lang


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_its_other_languages(built: Path, lang: str, page: str) -> None:
    """To itself, to the other language, and to English as the default."""
    html = page_html(built, lang, page)
    assert re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html) == [
        ("ru", f"{ROOT_URL}{page}"),
        ("en", f"{ROOT_URL}en/{page}"),
        ("x-default", f"{ROOT_URL}en/{page}"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_metadata_for_messengers(built: Path, lang: str, page: str) -> None:
    """The preview has the page's own title, description, address and image."""
    html = page_html(built, lang, page)
    metadata = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    assert (
        metadata["description"]
        == re.findall(r'<meta name="description" content="([^"]*)"', html)[0]
    )
    assert metadata["title"] in re.findall(r"<title>([^<]+)</title>", html)[0]
    assert metadata["url"] == f"{ROOT_URL}{FOLDERS[lang]}{page}"
    assert metadata["image"].startswith(f"{ROOT_URL}assets/previews/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_unique_and_short(built: Path, lang: str) -> None:
    """Search engines would cut longer ones."""
    titles = [re.findall(r"<title>([^<]+)", page_html(built, lang, page))[0] for page in PAGES]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if len(unescape(title)) > 66] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_the_article_has_structured_data(built: Path, lang: str) -> None:
    """In its language, and without an author: the site names none."""
    data = {
        page: re.findall(
            r'<script type="application/ld\+json">(.*?)</script>',
            page_html(built, lang, page),
            re.DOTALL,
        )
        for page in PAGES
    }
    assert [page for page, found in data.items() if found] == ["article/"]
    article = json.loads(data["article/"][0])
    assert article["@type"] == "Article"
    assert article["inLanguage"] == lang
    assert article["url"] == f"{ROOT_URL}{FOLDERS[lang]}article/"
    assert "author" not in article


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotations_are_those_of_the_article(built: Path, lang: str) -> None:
    """Each is in the article, character by character, and links to its sentence."""
    article = page_html(built, lang, "article/")
    text = unescape(re.sub(r"<[^>]+>", "", article))
    quotation = re.compile(
        r'<figure class="from-article[^"]*">\s*<blockquote><p>(.*?)</p></blockquote>'
        r'.*?<a href="[^"]*#([^"]+)"',
        re.DOTALL,
    )
    quoted = [found for page in PAGES for found in quotation.findall(page_html(built, lang, page))]
    assert len(quoted) > 20
    assert [words for words, _ in quoted if unescape(words) not in text] == []
    assert [id_ for _, id_ in quoted if f'id="{id_}"' not in article] == []


def test_a_page_without_a_place_for_its_policy_fails_the_build() -> None:
    """The policy stands after the declaration of the character set."""
    with pytest.raises(ValueError, match="place for its policy"):
        with_policy("<p>no character set</p>")


def test_no_script_or_style_sheet_of_the_theme_is_published(built: Path) -> None:
    """Our scripts are in place of its scripts; what pages use of its styles is in our sheet."""
    assert not (built / "assets/javascripts").exists()
    assert not (built / "assets/stylesheets").exists()
