"""Search that keeps the languages apart: one index for each, where there would be one for all."""

import json
import re
from pathlib import Path
from typing import Final

from checklist.site.pages import folder_of
from checklist.texts import LANGUAGES

_CONFIG: Final = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)')
_INDEX: Final = "search/search_index.json"


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
