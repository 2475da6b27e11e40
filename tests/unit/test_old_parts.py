"""Old parts of the Python in the browser: no request of the page reaches them.

``sbom.cdx.json`` says so of each; a scanner that knows their versions cannot tell.
"""

import bz2
import sys
from typing import Final, NoReturn

import pytest

from checklist.browser import handle
from checklist.site.requests.sample_requests import sample_requests

XML: Final = ("pyexpat", "xml", "xml.parsers.expat", "xml.etree.ElementTree", "plistlib")
NETWORK: Final = ("socket", "ssl", "http.client", "urllib.request", "email", "ftplib")
STRIDE: Final = 101
"""A prime, so that each kind of request is among those taken."""


def refuse(*_: object, **__: object) -> NoReturn:
    """Stand for a part that no request may reach."""
    raise AssertionError("an old part was reached")


def test_no_request_reaches_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither XML nor bzip2 nor the network, in any response."""
    requests = sample_requests()[::STRIDE]
    expected = [handle(request) for request in requests]
    for name in (*XML, *NETWORK):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("BZ2Decompressor", "BZ2Compressor", "BZ2File", "open", "decompress"):
        monkeypatch.setattr(bz2, name, refuse)
    assert [handle(request) for request in requests] == expected
    assert len(expected) > 50
