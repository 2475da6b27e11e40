"""The files with the reasons of verdicts, which are shown without Python."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from checklist.rules import SCOPE, score
from checklist.rules.answers import parse_answers
from checklist.site.assets.explanations import KEYS
from checklist.site.node import find_node
from checklist.texts import LANGUAGES, load
from checklist.texts.explanation import explain
from tests.support.site_build import PROJECT
from tests.support.states import sample_of_states

MAX_BYTES = 25_000
SCRIPT = PROJECT / "tests" / "support" / "explanations.mjs"


def file_of(built: Path, lang: str) -> Path:
    """Return the published file of a language."""
    (file,) = built.glob(f"app/*/explanations-{lang}-*.json")
    return file


def looked_up(file: Path, states: object) -> list[dict[str, Any]]:
    """Return what the page's module finds for each state."""
    done = subprocess.run(
        [find_node(), str(SCRIPT), str(file)],
        input=json.dumps(states),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_pythons(built: Path, lang: str) -> None:
    """For every kind of state, and with each answer about the scope."""
    texts = load(lang)
    states = [
        {**state, SCOPE: scope}
        for state in sample_of_states(1_000, f"explanations {lang}")
        for scope in ("yes", "unknown", "no")
    ]
    for state, found in zip(states, looked_up(file_of(built, lang), states), strict=True):
        explained = explain(score(state), parse_answers(state), texts)
        expected = {key: explained[key] for keys in KEYS.values() for key in keys}
        assert found == expected | {"together": explained["together"]}, state


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_is_small(built: Path, lang: str) -> None:
    """It comes while Python is being loaded, from a host that compresses."""
    assert len(gzip.compress(file_of(built, lang).read_bytes())) <= MAX_BYTES
