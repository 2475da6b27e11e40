"""Corrections of the theme's search: an index for each language, and stemming of queries."""

import json
import re
from pathlib import Path
from typing import Final

from checklist.site.pages import folder_of
from checklist.texts import LANGUAGES

_CONFIG: Final = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)')
_INDEX: Final = "search/search_index.json"

# The theme's worker appends a wildcard to each word of a query, and lunr does not stem words with
# wildcards: "clients" would never match the stem "client". So the index has each word twice, whole
# and as its stem, and each word of a query is looked up as both. Whole words match prefixes while
# someone is typing, and serve as suggestions; stems begin with a control character, so that no
# prefix matches them. The Russian letter yo is replaced by ye, as most people type it.
_YO: Final = r'.replace(/\u0451/g,"\u0435")'
_REPLACEMENTS: Final = {
    'this.ref("location");': (
        '{let stem=e.lang[0]==="en"?lunr.stemmer:lunr[e.lang[0]].stemmer,'
        'form=word=>stem(word).update(text=>"\\u0001"+text),'
        "both=word=>[word.clone(),form(word)],"
        'asked=word=>word.toString().includes("*")?word:form(word);'
        'lunr.Pipeline.registerFunction(both,"both");'
        'lunr.Pipeline.registerFunction(asked,"asked");'
        "this.pipeline.remove(stem);this.pipeline.add(both);"
        "this.searchPipeline.remove(stem);this.searchPipeline.add(asked);"
        "lunr.formOf=text=>form(new lunr.Token(text)).toString()}"
        'this.ref("location");'
    ),
    "`${r}*`": "`${r} ${r}*`",
    "g.slice(l,m).toLowerCase()": f"g.slice(l,m).toLowerCase(){_YO}",
    "search(e){if(e=e.replace(": f"search(e){{if(e=e.toLowerCase(){_YO}.replace(",
    # A word that was found by its stem is not listed as missing.
    "e[s].startsWith(o.term)": "(e[s].startsWith(o.term)||e[s]===lunr.formOf(o.term))",
    # A word that was found in both forms is highlighted once.
    "v(c[l],x,m,": "v(c[l],x,[...new Set(m)],",
}


def split_search_index(site: Path) -> None:
    """Write an index for each language into its folder, with addresses relative to it."""
    whole = json.loads((site / _INDEX).read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        others = tuple(
            folder_of(other) for other in LANGUAGES if other != lang and folder_of(other)
        )
        folder = folder_of(lang)
        docs = [
            {**doc, "location": doc["location"].removeprefix(folder)}
            for doc in whole["docs"]
            if doc["location"].startswith(folder)
            and not (others and doc["location"].startswith(others))
        ]
        index = site / folder / _INDEX
        index.parent.mkdir(parents=True, exist_ok=True)
        part = {**whole, "config": {**whole["config"], "lang": [lang]}, "docs": docs}
        index.write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")


def with_search_base(html: str, base: str) -> str:
    """Return the page with its search set to the index of its language.

    The theme resolves the address of the index and of results against ``base``. Raises
    ``ValueError`` if the page does not contain the theme's settings.
    """
    html, count = _CONFIG.subn(lambda match: match[1] + _rebased(match[2], base) + match[3], html)
    if count != 1:
        raise ValueError("a page has no settings of the theme; see search.py")
    return html


def _rebased(settings: str, base: str) -> str:
    return json.dumps({**json.loads(settings), "base": base.rstrip("/")}, ensure_ascii=False)


def with_word_forms(worker: str) -> str:
    """Return the theme's search worker so changed that it finds other forms of a word.

    A worker that is changed already is returned unchanged. Raises ``ValueError`` if the theme's
    worker has changed.
    """
    for theirs, ours in _REPLACEMENTS.items():
        if ours not in worker:
            if worker.count(theirs) != 1:
                raise ValueError("the theme's search works in another way; see search.py")
            worker = worker.replace(theirs, ours)
    return worker
