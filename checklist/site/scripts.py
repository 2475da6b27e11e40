"""What the page's modules are given: settings, and the few sentences that they say themselves."""

import json
from typing import Any, Final

from markupsafe import Markup

from checklist.texts import Texts

SCRIPT_SECTIONS: Final = ("load", "storage", "says")


def script_settings(settings: dict[str, Any], texts: Texts) -> Markup:
    """Return the settings, and the texts that scripts say, as JSON for a script element."""
    words = {section: dict(texts.section(section)) for section in SCRIPT_SECTIONS}
    return as_script_data(settings | {"texts": words})


def as_script_data(value: object) -> Markup:
    """Return JSON that cannot end its script element, whatever it holds."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped on the same line
