"""CPython and Pyodide give the same bytes: one long-lived Node asks the packed runtime."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checklist.browser import handle
from checklist.site.node import find_node
from checklist.site.runtime import Runtime
from checklist.texts import LANGUAGES
from tests.cases import CASES, Case
from tests.states import sample_of_states
from tests.test_runtime import packed

__all__ = ["packed"]

type Door = Callable[[str], str]


@pytest.fixture(scope="module")
def door(packed: Runtime) -> Iterator[Door]:
    """The door of the packed runtime, in Node."""
    command = [find_node(), str(Path(__file__).with_name("door.mjs")), str(packed.directory)]
    with subprocess.Popen(
        [*command, packed.package, "checklist.browser"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as node:

        def ask(request: str) -> str:
            assert node.stdin
            assert node.stdout
            assert node.stderr
            print(json.dumps({"request": request}), file=node.stdin, flush=True)
            line = node.stdout.readline()
            assert line, node.stderr.read()
            answer: str = json.loads(line)["response"]
            return answer

        yield ask
        node.kill()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_story(door: Door, case: Case, lang: str) -> None:
    """Each client's story gets the same bytes in both."""
    request = json.dumps({"lang": lang, "answers": case.answers})
    assert door(request).encode() == handle(request).encode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_thousand_states(door: Door, lang: str) -> None:
    """So does a fixed sample of all states."""
    for answers in sample_of_states(1_000):
        request = json.dumps({"lang": lang, "answers": answers})
        assert door(request) == handle(request)


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
def test_bad_input(door: Door, request_: dict[str, object]) -> None:
    """Problems read the same too, and a bad request does not end the engine."""
    request = json.dumps(request_)
    assert door(request) == handle(request)
