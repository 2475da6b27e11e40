"""Python in each engine gives the bytes that CPython gives, on a fixed sample of what is asked."""

import json
from hashlib import sha256
from itertools import batched

from checklist.browser import handle
from checklist.texts import LANGUAGES
from tests.support.engines.visitor import Visitor
from tests.support.golden import CASES
from tests.support.states import sample_of_requests

AT_ONCE = 1_000
REQUESTS = [
    *(json.dumps({"lang": lang, "answers": case.answers}) for case in CASES for lang in LANGUAGES),
    *sample_of_requests(),
]

START = """
globalThis.worker = pythonStart.spawn();
await new Promise((go, stop) => {
  worker.addEventListener("message", ({ data }) => {
    if (data.type === "ready") { go(); }
    if (data.type === "failed") { stop(data.reason); }
  });
  worker.addEventListener("error", stop);
});
"""
ASK = """
const digests = [];
const answers = await new Promise((go, stop) => {
  const said = [];
  worker.onmessage = ({ data }) => {
    if (data.type !== "answer") { stop(JSON.stringify(data)); }
    said.push(data.response);
    if (said.length === requests.length) { go(said); }
  };
  requests.forEach((request, id) => worker.postMessage({ id, request }));
});
for (const answer of answers) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(answer));
  digests.push([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")));
}
return digests.map((bytes) => bytes.join(""));
"""


def expect_the_same(visitor: Visitor, requests: list[str]) -> None:
    """Ask a worker of the checklist's own, and compare; the first that differs is named."""
    visitor.open()
    visitor.run(START)
    for some in batched(requests, AT_ONCE):
        digests = visitor.run(ASK, requests=some)
        for request, digest in zip(some, digests, strict=True):
            assert digest == sha256(handle(request).encode()).hexdigest(), request


def test_from_the_image(visitor: Visitor) -> None:
    """The image of Python that visitors get; none of it is left to an ordinary start."""
    expect_the_same(visitor, REQUESTS)
    assert not has_started_ordinarily(visitor)


def test_from_an_ordinary_start(visitor: Visitor) -> None:
    """The Python that browsers get which cannot use the image."""
    visitor.site.faults |= {"python.packed": "missing"}
    expect_the_same(visitor, REQUESTS)
    assert has_started_ordinarily(visitor)


def has_started_ordinarily(visitor: Visitor) -> bool:
    """Tell whether the browser has asked for Pyodide's own interpreter."""
    return any(path.endswith("/pyodide.asm.wasm") for path in visitor.site.requests)
