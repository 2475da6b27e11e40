"""The clients' stories, scored by the package and by the command line."""

import json

import pytest

from checklist import score
from checklist.cases import read_case
from checklist.rules import BEST_FIRST
from checklist.texts import LANGUAGES
from tests.support.entry_points import run_in_process
from tests.support.golden import CASES, Case

by_id = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)

CONTEXT = ["early", "culture", "age", "experience", "benefit_besides_money"]


@by_id
def test_the_verdict(case: Case) -> None:
    """The story ends as its table says."""
    assert list(score(case.answers).possible) == case.expected


@by_id
def test_the_command_line_agrees(case: Case) -> None:
    """The program prints the result of the package."""
    done = run_in_process(
        ["score", "-", "--format", "json"], json.dumps({"answers": case.answers}).encode()
    )
    assert json.loads(done.stdout) == score(case.answers).as_dict()


@by_id
def test_context_never_changes_the_verdict(case: Case) -> None:
    """Early disagreement, culture, age and experience are kept and not counted."""
    with_context = read_case(
        json.dumps(
            {
                "answers": case.answers,
                "context": CONTEXT,
                "notes": {"knows_goal": "no"},
                "losses": ["time"],
            }
        )
    )
    assert score(with_context.answers) == score(case.answers)
    assert with_context.record["context"] == CONTEXT


@by_id
def test_the_story_is_told_in_both_languages(case: Case) -> None:
    """Each is an example to read, not only a test."""
    assert all(case.story[lang] for lang in LANGUAGES)


def test_the_stories_cover_the_rule() -> None:
    """There is a story for every verdict and for open ones, and enough of them."""
    assert len(CASES) >= 12
    assert {case.verdict for case in CASES} == {*BEST_FIRST, "out_of_scope", None}
    assert len({case.id for case in CASES}) == len(CASES)
