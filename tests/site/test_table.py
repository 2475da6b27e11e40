"""The table of verdicts, which is used before Python is ready: its verdicts, texts and size."""

import gzip
import json
import re
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from checklist.rules import ANSWERS, RULES_VERSION, SCOPE, Answers, score
from checklist.site.node import find_node
from checklist.site.render.verdict_table import make_table
from checklist.texts import LANGUAGES, load
from checklist.texts.explanation import explain
from tests.support import brute
from tests.support.site_build import PROJECT
from tests.support.states import sample_of_states

MAX_BYTES = 4_000
"""With the order of questions in every state, for which 10,000 would be allowed."""
NEXT = re.compile(r" next:\w+")
UNKNOWN = brute.VALUES.index("unknown")
EITHER: Answers = {"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}
"""A refusal is settled: of two signs one is present, whatever the other answers."""
WORDS = ("title", "lead", "next")


def looked_up(table: object, rules: str, folder: Path) -> list[str]:
    """Return the verdicts that the page's module reads from the table, a line for each state."""
    file = folder / "table.json"
    file.write_text(json.dumps(table), encoding="utf-8")
    script = PROJECT / "tests" / "support" / "table.mjs"
    done = subprocess.run(
        [find_node(), str(script), str(file), rules],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def expected(scope: str, state: brute.State) -> str:
    """Return the expected line for a state, computed by brute force."""
    possible = [verdict for verdict in brute.ORDER if verdict in brute.possible(state)]
    verdicts = ["out_of_scope"] if scope == "no" else possible
    given = scope != "unknown" or any(value != UNKNOWN for value in state)
    name = (verdicts[0] if len(verdicts) == 1 else "open") if given else "empty"
    signs = [str(sign["status"]) for sign in brute.sign_scores(state).values()]
    return " ".join([name, *verdicts, *signs])


def test_every_state(tmp_path: Path) -> None:
    """All 59,049 states, with each answer about the scope, match brute force.

    The order of questions is that of Python.
    """
    lines = looked_up(make_table(load("en")), RULES_VERSION, tmp_path)
    values = [brute.VALUES.index(answer) for answer in ANSWERS]
    states = [
        (scope, state) for scope in ANSWERS for state in product(values, repeat=len(brute.FACTS))
    ]
    assert len(states) == 3 * 59_049
    assert [NEXT.sub("", line) for line in lines] == [
        expected(scope, state) for scope, state in states
    ]
    # Python takes a minute for all of them.
    for line, (scope, state) in list(zip(lines, states, strict=True))[::20]:
        given = dict(zip(brute.FACTS, (brute.VALUES[value] for value in state), strict=True))
        following = score({SCOPE: scope, **given}).ask_next
        assert NEXT.findall(line) == [f" next:{fact}" for fact in following]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_the_texts_of_python(lang: str) -> None:
    """Title, lead and next step are those that Python returns."""
    texts = load(lang)
    table = make_table(texts)
    for answers in [*sample_of_states(500), EITHER]:
        explanation = explain(score(answers), answers, texts)
        leaf = leaf_of(table, answers)
        assert [leaf[key] for key in WORDS] == [explanation[key] for key in WORDS]


def leaf_of(table: dict[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the verdict that the table has for these answers."""
    place = table["roots"]["verdicts"]
    while place >= 0:
        fact, *branches = table["nodes"][place]
        branch = branches[ANSWERS.index(answers.get(table["facts"][fact], "unknown"))]
        place = branch if branch < 0 else place - 1 - branch
    leaf: dict[str, Any] = table["leaves"][~place]
    return leaf


def test_a_table_of_other_rules_is_rejected(tmp_path: Path) -> None:
    """A table of another version of the rules is not used."""
    assert "refused" in looked_up(make_table(load("en")), "0.9", tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_is_small(lang: str) -> None:
    """It is part of the page, so it may take only a few kilobytes, compressed."""
    text = json.dumps(make_table(load(lang)), ensure_ascii=False, separators=(",", ":"))
    assert len(gzip.compress(text.encode())) <= MAX_BYTES
