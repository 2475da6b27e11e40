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
# goes past the stemmer: «клиентам» would never meet «клиент». So each word is looked for as it is
# too, and a word that was found by its stem is not reported as missing. The Russian yo is written
# as ye on our pages, and so it is in what is looked for.
_FORMS: Final = {
    "search(e){if(e=e.replace(": r'search(e){if(e=e.replace(/\u0451/gi,"\u0435").replace(',
    "`${r}*`": "`${r} ${r}*`",
    "e[s].startsWith(o.term)": "(e[s].startsWith(o.term)||o.term.startsWith(e[s]))",
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
