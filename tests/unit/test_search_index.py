"""The sections that the search finds, made from the HTML of a page."""

import json
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.theme import Theme

from checklist.site.assets.bundle import Bundle
from checklist.site.render.from_mkdocs import theme_styles
from checklist.site.render.search_index import (
    Section,
    search_index,
    search_settings,
    sections_of,
)
from checklist.texts import load

PAGE = "p/"
TEXTS = {
    "blocks separate words": (
        "<p>one</p><p>two</p><ul><li>three<li>four</ul>",
        "one two three four",
    ),
    "cells separate words": ("<table><tr><td>one</td><td>two</td></tr></table>", "one two"),
    "a line break separates words": ("<p>one<br>two<hr>three</p>", "one two three"),
    "inline elements do not": (
        'un<b>der</b>s<em><a href="x">ta</a></em><code>n</code>d<sup>1</sup>',
        "understand1",
    ),
    "an optional line break does not": ("under<wbr>stand", "understand"),
    "spaces are collapsed": ("<p> one\n\t two </p>\n\n<p>&nbsp;three</p>", "one two three"),
    "entities are characters": (
        "R&amp;D &lt;b&gt; &#1103; &#x44f; caf&eacute; a&shy;b",
        "R&D <b> я я café a\u00adb",
    ),
    "an entity without a semicolon": ("R&ampD", "R&D"),
    "comments are left out": ("one<!-- two -->three", "onethree"),
    "a script is left out": ("one<script>if (a<b) '</p>two'</script> three", "one three"),
    "styles are left out": ("one<style>p > a { color: red }</style> two", "one two"),
    "drawings are left out": (
        "one<svg><title>two</title><text>three</text><g><svg><text>four</text></svg>five</g></svg>six",
        "one six",
    ),
    "an empty drawing leaves out nothing else": ("one <svg/>two", "one two"),
    "templates are left out": (
        "one<template><p>two<template>three</template>four</p></template>five",
        "one five",
    ),
    "a heading without an id is text": ("<p>one</p><h3>two</h3>three", "one two three"),
    "a heading in a template is left out": (
        '<p>one</p><template><h1>two</h1><h2 id="x">three</h2>four</template><p>five</p>',
        "one five",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_the_text_of_a_section(case: str) -> None:
    """What a visitor reads, in whole words."""
    html, text = TEXTS[case]
    assert sections_of(html, PAGE) == [Section(PAGE, "", text)]


PAGES = {
    "nothing": ("", [("p/", "", "")]),
    "text before the title": ("<p>one</p><h1>T</h1><p>two</p>", [("p/", "T", "one two")]),
    "the title's id is not in the address": ('<h1 id="t">T</h1>', [("p/", "T", "")]),
    "each heading with an id begins a section": (
        '<h1>T</h1>0<h2 id="a">A</h2>1<h3 id="b">B</h3>2<h6 id="c">C</h6>3',
        [("p/", "T", "0"), ("p/#a", "A", "1"), ("p/#b", "B", "2"), ("p/#c", "C", "3")],
    ),
    "a heading without an id begins none": (
        '<h1>T</h1><h2 id="a">A</h2>1<h3>B</h3>2<h3 id="">C</h3>3',
        [("p/", "T", ""), ("p/#a", "A", "1 B 2 C 3")],
    ),
    "a heading with inline markup": (
        '<h2 id="a">The <em>cli<b>ent</b></em>s <code>id</code><svg/> &amp; <a>link</a></h2>text',
        [("p/", "", ""), ("p/#a", "The clients id & link", "text")],
    ),
    "a heading with a line break": (
        '<h2 id="a">one<br>two</h2>',
        [("p/", "", ""), ("p/#a", "one two", "")],
    ),
    "a heading in other elements": (
        '<section><div><h2 id="a">A</h2></div><p>1</p></section>',
        [("p/", "", ""), ("p/#a", "A", "1")],
    ),
    "capitals": ('<H2 ID="a">A</H2><P>1</P>', [("p/", "", ""), ("p/#a", "A", "1")]),
}


@pytest.mark.parametrize("case", PAGES)
def test_the_sections_of_a_page(case: str) -> None:
    """The first has the address of the page, each other one that of its heading."""
    html, expected = PAGES[case]
    assert sections_of(html, PAGE) == [Section(*parts) for parts in expected]


def test_the_index_is_readable_json() -> None:
    """Its keys are those that the search's worker reads."""
    index = search_index([Section("", "Отказ", '«ё» "q"')])
    assert json.loads(index) == [{"location": "", "title": "Отказ", "text": '«ё» "q"'}]
    assert "Отказ" in index


@pytest.mark.parametrize(("lang", "folder"), [("ru", ""), ("en", "en/")])
def test_the_settings_of_the_search(tmp_path: Path, lang: str, folder: str) -> None:
    """The addresses are relative to the page; every language has an index of its own."""
    bundle = Bundle(tmp_path, "0", {}, tmp_path, frozenset())
    settings = search_settings(load(lang), bundle, lambda path: f"../{path}")
    assert json.loads(settings) == {
        "field": "../app/0/search-field.js",
        "worker": "../app/0/search-worker.js",
        "index": f"../{folder}search/index.json",
        "lang": lang,
        "words": load(lang).section("search"),
    }


def config_with(*folders: Path) -> MkDocsConfig:
    """Return a configuration whose theme consists of folders, the first before the others."""
    config = MkDocsConfig()
    config.theme = Theme(name=None, custom_dir=str(folders[0]))
    config.theme.dirs = [str(folder) for folder in folders]
    return config


def put(folder: Path, *names: str) -> Path:
    """Write style sheets and return their folder."""
    for name in names:
        path = folder / "assets" / "stylesheets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_the_styles_of_the_theme(tmp_path: Path) -> None:
    """Found in whichever folder they are, and in the order in which pages load them."""
    own = put(tmp_path / "own", "other.00.min.css")
    theme = put(tmp_path / "theme", "palette.ab.min.css", "main.cd.min.css", "main.cd.min.css.map")
    assert [path.name for path in theme_styles(config_with(own, theme))] == [
        "main.cd.min.css",
        "palette.ab.min.css",
    ]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["main.ab.min.css"], r"0 files assets/stylesheets/palette\.\*\.min\.css"),
        (["main.ab.min.css", "main.cd.min.css", "palette.ab.min.css"], "2 files .*main"),
        (["main.css", "palette.css"], "0 files .*main"),
    ],
)
def test_missing_and_ambiguous_styles_stop_the_build(
    tmp_path: Path, names: list[str], message: str
) -> None:
    """Otherwise every page would lack its styles."""
    with pytest.raises(PluginError, match=message):
        theme_styles(config_with(put(tmp_path, *names)))
