"""The Content-Security-Policy of pages, of the workers and of the service worker.

A page may run the site's own files and its inline scripts, each allowed by its hash; no other
inline script, no ``eval`` and no other host. Only the worker with Python may compile WebAssembly.
https://www.w3.org/TR/CSP3/
"""

import hashlib
import re
from base64 import b64encode
from html import escape
from typing import Final

from checklist.site.render.script_data import scripts_in

WORKER_POLICY: Final = "default-src 'none'; script-src 'self'; connect-src 'self'"
"""Sent with the scripts of the service worker and of the search's worker.

A worker's policy comes with its own script, not with the page.
"""

PYTHON_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
)
"""Sent with the script of the worker with Python."""

NO_FRAMES: Final = "frame-ancestors 'none'"
"""A directive that browsers ignore in a ``<meta>`` element; it works only in a header."""

_PAGE: Final = (
    "default-src 'self'",  # also for prefetching, which has no directive of its own
    "script-src 'self'{scripts}",
    "style-src 'self'",
    "img-src 'self' data:",  # Material's styles contain icons
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    *("object-src 'none'", "frame-src 'none'", "media-src 'none'"),
    *("base-uri 'none'", "form-action 'none'"),
)
_CHARSET: Final = '<meta charset="utf-8">'
_META: Final = '<meta http-equiv="Content-Security-Policy" content="{}">'
_POLICY_IN_PAGE: Final = re.compile(_META.format('([^"]*)'))


def with_policy(html: str) -> str:
    """Return the page with the policy that lets it run its own scripts and no others.

    A policy applies only to what comes after it, so it is put first, after the character set.
    Raises ``ValueError`` if the page declares no character set.
    """
    if html.count(_CHARSET) != 1:
        raise ValueError(f"a page has no place for its policy: it does not contain {_CHARSET} once")
    hashes = "".join(f" '{digest}'" for digest in sorted(map(_digest, scripts_in(html))))
    policy = "; ".join(_PAGE).format(scripts=hashes)
    return html.replace(_CHARSET, _CHARSET + _META.format(escape(policy, quote=False)))


def policy_of(html: str) -> str:
    """Return the policy in a page; raises ``ValueError`` if there is none."""
    if (found := _POLICY_IN_PAGE.search(html)) is None:
        raise ValueError("a page without a policy")
    return found[1]


def _digest(script: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
