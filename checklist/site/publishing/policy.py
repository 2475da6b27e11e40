"""The Content-Security-Policy: what a page, the worker and the service worker may load and run.

A page runs the site's own files and the scripts that stand in it, each named by its hash; no other
inline script, no ``eval``, no other host. WebAssembly is compiled in the worker alone.
https://www.w3.org/TR/CSP3/
"""

import hashlib
import re
from base64 import b64encode
from html import escape
from typing import Final

from checklist.site.render.script_data import scripts_in

WORKER: Final = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""For the response that is the worker: a browser takes a worker's policy from there alone."""

SERVICE_WORKER: Final = "default-src 'none'; script-src 'self'; connect-src 'self'"

NO_FRAMES: Final = "frame-ancestors 'none'"
"""What a policy in a page itself cannot say: only a header can."""

_PAGE: Final = (
    "default-src 'self'",  # the browser's own prefetching has no directive of its own
    "script-src 'self'{scripts}",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's icons stand in its styles
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    *("object-src 'none'", "frame-src 'none'", "media-src 'none'"),
    *("base-uri 'none'", "form-action 'none'"),
)
_CHARSET: Final = '<meta charset="utf-8">'
_META: Final = '<meta http-equiv="Content-Security-Policy" content="{}">'
_WRITTEN: Final = re.compile(_META.format('([^"]*)'))


def with_policy(html: str) -> str:
    """Return the page with the policy that lets it run its own scripts and no others.

    The policy holds for what comes after it, so it stands first. Raises ``ValueError`` where a
    page does not begin with its character set.
    """
    if html.count(_CHARSET) != 1:
        raise ValueError(f"a page has no place for its policy: it does not hold {_CHARSET} once")
    hashes = "".join(f" '{digest}'" for digest in sorted(map(_digest, scripts_in(html))))
    policy = "; ".join(_PAGE).format(scripts=hashes)
    return html.replace(_CHARSET, _CHARSET + _META.format(escape(policy, quote=False)))


def policy_of(html: str) -> str:
    """Return the policy that stands in a page; raises ``ValueError`` where there is none."""
    if (found := _WRITTEN.search(html)) is None:
        raise ValueError("a page without a policy")
    return found[1]


def _digest(script: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
