"""Python in each engine returns the same bytes as CPython, for golden cases and random states."""

import json
from base64 import b64encode
from hashlib import sha256
from itertools import batched

import pytest

from checklist.browser import handle
from checklist.texts import LANGUAGES
from tests.support.engines.start import in_each_engine
from tests.support.engines.visitor import EngineVisitor
from tests.support.golden import BESIDE, CASES
from tests.support.sampling import count
from tests.support.server import Fault
from tests.support.states import sample_of_requests

AT_ONCE = 1_000

KEEP_WORKER = """globalThis.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    if (String(given[0]).endsWith("/worker.js")) { globalThis.worker = this; } // not the search's
  }
};"""
"""The requests go to the page's own worker, so that Python starts only once."""

ASK = """
const digests = [];
const answers = await new Promise((go, stop) => {
  const responses = [];
  worker.addEventListener("message", ({ data }) => {
    if (data.type !== "answer") { stop(JSON.stringify(data)); }
    if (typeof data.id === "number") { return; } // the page asks too
    responses.push(data.response);
    if (responses.length === requests.length) { go(responses); }
  });
  requests.forEach((request, id) => worker.postMessage({ id: `test ${id}`, request }));
});
for (const answer of answers) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(answer));
  digests.push([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")));
}
return digests.map((bytes) => bytes.join(""));
"""


def keep_worker(page: str) -> str:
    """Add a script to a page that keeps its worker, and allow it in the policy."""
    digest = b64encode(sha256(KEEP_WORKER.encode()).digest()).decode()
    page = page.replace("script-src 'self'", f"script-src 'self' 'sha256-{digest}'", 1)
    return page.replace("<script", f"<script>{KEEP_WORKER}</script><script", 1)


def requests() -> list[str]:
    """Return the golden cases in both languages, and a new random sample of states."""
    golden = [{"answers": one.answers} for one in CASES] + [one.parts for one in BESIDE]
    return [
        *(json.dumps({"lang": lang, **parts}) for parts in golden for lang in LANGUAGES),
        *sample_of_requests(count(100, soak=5_000)),
    ]


@in_each_engine
@pytest.mark.soak
@pytest.mark.parametrize(
    ("start", "faults"),
    [
        pytest.param("image", {}, id="image"),
        # Its digest is checked before it runs; the page shows no message.
        pytest.param("ordinary", {"python.packed": "damaged"}, id="damaged image"),
    ],
)
def test_python_gives_the_same_bytes(
    visitor: EngineVisitor, start: str, faults: dict[str, Fault]
) -> None:
    """From the image, and from an ordinary start without it."""
    site = visitor.site
    site.faults |= faults
    site.edits["checklist/"] = keep_worker
    visitor.open()
    visitor.expect_verdict_from_python("empty")
    visitor.expect_text('[data-slot="failure"]', "")
    for some in batched(requests(), AT_ONCE):
        digests = visitor.run(ASK, requests=some)
        for request, digest in zip(some, digests, strict=True):
            assert digest == sha256(handle(request).encode()).hexdigest(), request
    has_started_ordinarily = any(path.endswith("/pyodide.asm.wasm") for path in site.requests)
    assert has_started_ordinarily == (start == "ordinary")
