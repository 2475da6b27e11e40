"""Serialize settings and texts for the page's scripts, and find inline scripts in HTML."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from markupsafe import Markup

from checklist.texts import Texts

SCRIPT_SECTIONS: Final = ("load", "storage", "messages")
_OF_RESULT: Final = ("change", "help")
_INLINE: Final = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)


def script_settings(settings: dict[str, Any], texts: Texts) -> Markup:
    """Return the settings, with the texts that scripts show, as JSON for a script element."""
    words = {section: dict(texts.section(section)) for section in SCRIPT_SECTIONS}
    result = texts.section("result")
    words["result"] = {key: result[key] for key in _OF_RESULT}
    return as_script_data(settings | {"texts": words})


def as_script_data(value: object) -> Markup:
    """Return a value as JSON in which no text can end the script element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped on the same line


def scripts_in(html: str) -> Iterator[str]:
    """Yield the contents of the inline scripts of a page; JSON is not one."""
    return (script[1] for script in _INLINE.finditer(html))
