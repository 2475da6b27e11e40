"""What the page's modules are given: settings, and the few sentences that they say themselves."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from markupsafe import Markup

from checklist.texts import Texts

SCRIPT_SECTIONS: Final = ("load", "storage", "says")
_INLINE: Final = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)


def script_settings(settings: dict[str, Any], texts: Texts) -> Markup:
    """Return the settings, and the texts that scripts say, as JSON for a script element."""
    words = {section: dict(texts.section(section)) for section in SCRIPT_SECTIONS}
    return as_script_data(settings | {"texts": words})


def as_script_data(value: object) -> Markup:
    """Return JSON that cannot end its script element, whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped on the same line


def scripts_in(html: str) -> Iterator[str]:
    """Yield the scripts that stand in a page and are run; JSON is not."""
    return (script[1] for script in _INLINE.finditer(html))
