"""Search that keeps the languages apart, and finds a word by its other forms."""

import json
import re
from pathlib import Path
from typing import Final

from checklist.site.pages import folder_of
from checklist.texts import LANGUAGES

_CONFIG: Final = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)')
_INDEX: Final = "search/search_index.json"

# In the theme's worker a word is looked for by its beginning only, and what ends with a star
# goes past the stemmer: "clients" would never meet the stem "client". So the index holds each
# word twice, whole and as its stem, and each word looked for is looked for as both. Whole words
# are what a beginning meets at every letter typed, and is completed to; a stem stands behind a
# sign that nobody can type. Russian yo counts as ye, as most people write.
_YO: Final = r'.replace(/\u0451/g,"\u0435")'
_FORMS: Final = {
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
    # A word that was found by its stem is not missing.
    "e[s].startsWith(o.term)": "(e[s].startsWith(o.term)||e[s]===lunr.formOf(o.term))",
    # A word found both ways stands in one place, and is marked there once.
    "v(c[l],x,m,": "v(c[l],x,[...new Set(m)],",
}


def split_search_index(site: Path) -> None:
    """Write the index of each language into its folder, addresses relative to that folder."""
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
    """Point a page's search at the index in the language's folder.

    The theme looks for the index, and resolves what it finds, below ``base``. Raises
    ``ValueError`` where the page carries no settings of the theme.
    """
    html, count = _CONFIG.subn(lambda match: match[1] + _rebased(match[2], base) + match[3], html)
    if count != 1:
        raise ValueError("a page has no settings of the theme; see search.py")
    return html


def _rebased(settings: str, base: str) -> str:
    return json.dumps({**json.loads(settings), "base": base.rstrip("/")}, ensure_ascii=False)


def with_word_forms(worker: str) -> str:
    """Return the theme's search worker such that it finds a word by its other forms.

    Raises ``ValueError`` where the worker is no longer what this mends. What is mended already
    stays as it is.
    """
    for theirs, ours in _FORMS.items():
        if ours not in worker:
            if worker.count(theirs) != 1:
                raise ValueError("the theme's search works in another way; see search.py")
            worker = worker.replace(theirs, ours)
    return worker
