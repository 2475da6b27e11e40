"""The packed runtime, run in Node, gives the same responses as CPython, to the byte."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence

import pytest

from checklist.advice import KINDS
from checklist.browser import handle
from checklist.clients import parse_client, write_link
from checklist.site.assets.runtime import Runtime
from checklist.site.node import find_node
from checklist.site.requests.random_requests import random_request
from checklist.texts import LANGUAGES
from tests.support import large
from tests.support.golden import BESIDE, CASES
from tests.support.sampling import IS_SOAK, count, randomness
from tests.support.site_build import PROJECT
from tests.support.states import sample_of_requests


class PyodideInNode:
    """The entry point of a Python that runs in a Node process."""

    def __init__(self, node: subprocess.Popen[str]) -> None:
        self._node = node

    def __call__(self, request: str) -> str:
        """Return the response to one request."""
        [response] = self.responses_to([request])
        return response

    def responses_to(self, requests: Sequence[str]) -> list[str]:
        """Return the responses to several requests, faster than one by one."""
        assert self._node.stdin
        assert self._node.stdout
        assert self._node.stderr
        print(json.dumps(requests), file=self._node.stdin, flush=True)
        line = self._node.stdout.readline()
        assert line, self._node.stderr.read()
        responses: list[str] = json.loads(line)
        return responses


@pytest.fixture(scope="module", params=["image", "ordinary"])
def pyodide(
    packed: Runtime, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PyodideInNode]:
    """The entry point of the packed runtime in Node, from the image and from an ordinary start."""
    # Not from the cache: because of package.json Node would run Pyodide's scripts there as modules.
    files = shutil.copytree(packed.directory, tmp_path_factory.mktemp("pyodide") / "runtime")
    command = [find_node(), str(PROJECT / "tests" / "support" / "entry_point.mjs"), str(files)]
    with subprocess.Popen(
        [*command, request.param, packed.package, "checklist.browser"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as node:
        yield PyodideInNode(node)
        node.kill()


def expect_the_same(pyodide: PyodideInNode, requests: list[str]) -> None:
    """Send requests to both; the first one with different responses is reported."""
    for request, response in zip(requests, pyodide.responses_to(requests), strict=True):
        assert response == handle(request), request


def test_every_example_client(pyodide: PyodideInNode) -> None:
    """The answers of each client of the examples, in both languages."""
    scored = [{"answers": client.answers} for client in CASES] + [one.parts for one in BESIDE]
    requests = [{"lang": lang, **parts} for parts in scored for lang in LANGUAGES]
    expect_the_same(pyodide, [json.dumps(request) for request in requests])


@pytest.mark.soak
def test_random_states(pyodide: PyodideInNode) -> None:
    """A random sample of all states, in alternating languages."""
    expect_the_same(pyodide, sample_of_requests(count(300, soak=5_000)))


LARGE = ("others beside", "logs", "nested 10,000 deep")
"""The request that needs most memory, the one with most entries, and one that is rejected."""

FORMS = ("csv", "md")
CLIENT = {
    "id": "1",
    "name": "Кофейня =1",
    "answers": {"knows_goal": "no", "trusts_opinion": "no", "deadline_ok": "no"},
    "notes": {"knows_goal": "каждый раз другое"},
    "log": [
        {"at": "2026-11-20T10:00:00+03:00", "answers": {"knows_goal": ["yes", "no"]}},
        {"at": "2026-11-21T10:00:00-05:30", "meeting": "m"},
    ],
    "changed": "2026-11-21T10:00:00-05:30",
    "outcome": {"decision": "taken"},
}
BEGUN = {
    **CLIENT,
    "checks": {"pays_late": "yes", "goes_silent": "unknown", "no_room": "no"},
    "stage": "begun",
    "log": [
        {"at": "2026-11-20T10:00:00+03:00", "checks": {"pays_late": [None, "yes"]}},
        {"at": "2026-11-21T10:00:00-05:30", "meeting": "m"},
        {"at": "2026-11-21T10:00:00-05:30", "stage": "begun"},
    ],
}
OTHER = {"id": "2", "rules": "0.5", "answers": {}}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "request_",
    [
        *({"do": view, "record": CLIENT} for view in ("history", "losses", "sheet", "open")),
        *({"do": "agenda", "record": CLIENT, "in": written} for written in LANGUAGES),
        *(
            {"do": "letter", "record": record, "kind": kind, "in": "ru", "options": {"better": "B"}}
            for record in (CLIENT, BEGUN)
            for kind in KINDS
        ),
        *({"do": view, "record": BEGUN} for view in ("history", "sheet", "open")),
        {"do": "agenda", "record": BEGUN, "in": "en"},
        {"do": "link", "record": BEGUN, "name": False, "notes": False},
        {"do": "compare", "records": [CLIENT, BEGUN]},
        {"do": "estimate", "figures": {"hours": 2.5, "weeks": 4, "rate": 1000}},
        {"do": "compare", "records": [CLIENT, OTHER]},
        {"do": "overview", "records": [CLIENT, OTHER, {"id": "3"}]},
        {"do": "link", "record": CLIENT, "name": True, "notes": True},
        {"do": "open_link", "payload": write_link(parse_client(CLIENT), name=True)},
        {"do": "open_link", "payload": "damaged"},
        {"do": "open", "record": OTHER},
        *({"do": "export", "records": [CLIENT, OTHER], "as": form} for form in FORMS),
        {"do": "import", "text": json.dumps([CLIENT]), "here": []},
        {
            "do": "import",
            "text": json.dumps({"format": "client-cases/1", "cases": [CLIENT, OTHER]}),
            "here": [{**CLIENT, "answers": {}}],
        },
    ],
)
def test_everything_the_page_asks_for(
    pyodide: PyodideInNode, request_: dict[str, object], lang: str
) -> None:
    """Letters, documents, links and files."""
    request = json.dumps({"lang": lang, **request_})
    assert pyodide(request).encode() == handle(request).encode()


@pytest.mark.parametrize(
    "request_",
    [
        {"lang": "ru", "answers": {"knows_goal": "maybe", "nope": 1}},
        {"lang": "en", "answers": []},
        {"lang": "ru", "case": '{"answers": {"knows_goal"'},
        {"lang": "en", "case": '{"answers": {"knows_goal": "no"}}'},
        {"lang": "en", "case": "[" * 100_000},
    ],
)
def test_invalid_input(pyodide: PyodideInNode, request_: dict[str, object]) -> None:
    """The messages are the same, and Python keeps running."""
    request = json.dumps(request_)
    assert pyodide(request) == handle(request)


@pytest.mark.soak
@pytest.mark.parametrize("name", large.requests() if IS_SOAK else LARGE)
def test_large_requests(pyodide: PyodideInNode, name: str) -> None:
    """Up to the limits and beyond: the memory has to grow."""
    expect_the_same(pyodide, [large.requests()[name]()])


@pytest.mark.soak
def test_random_requests(pyodide: PyodideInNode) -> None:
    """The image was made with a fixed set of requests; it must handle others as well."""
    random = randomness("requests")
    requests = [json.dumps(random_request(random)) for _ in range(count(200, soak=50_000))]
    expect_the_same(pyodide, requests)
