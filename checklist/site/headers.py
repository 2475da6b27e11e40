"""The headers to send, for the static hosts that read them from a file beside the pages.

The format is Netlify's, which Cloudflare Pages reads too. Other hosts pass it over.
"""

from typing import Final

FILE_NAME: Final = "_headers"

_FOR_EVER: Final = "Cache-Control: public, max-age=31536000, immutable"
_RULES: Final = (
    ("app/*", _FOR_EVER),
    ("runtime/*", _FOR_EVER),
    ("runtime/*.wasm", "Content-Type: application/wasm"),
)


def headers(base: str) -> str:
    """Return the file for a site whose root has this path, which ends with a slash."""
    return "".join(f"{base}{pattern}\n  {header}\n" for pattern, header in _RULES)
