"""The golden clients, scored by the package and by the command line."""

import json

import pytest

from checklist import score
from checklist.clients import read_client
from checklist.rules import BEST_FIRST
from checklist.texts import LANGUAGES
from tests.support.entry_points import run_in_process
from tests.support.golden import CASES, Client

by_id = pytest.mark.parametrize("client", CASES, ids=lambda client: client.id)

CONTEXT = ["early", "culture", "age", "experience", "benefit_besides_money"]


@by_id
def test_a_golden_client_has_the_expected_verdict(client: Client) -> None:
    """The verdict, or all possible ones, as in `tests/golden/cases.toml`."""
    assert list(score(client.answers).possible) == client.expected


@by_id
def test_the_command_line_prints_the_same_result(client: Client) -> None:
    """It is the result of the package."""
    done = run_in_process(
        ["score", "-", "--format", "json"], json.dumps({"answers": client.answers}).encode()
    )
    assert json.loads(done.stdout) == score(client.answers).as_dict()


@by_id
def test_context_never_changes_the_verdict(client: Client) -> None:
    """Early disagreement, culture, age and experience are stored, and are not counted."""
    with_context = read_client(
        json.dumps(
            {
                "answers": client.answers,
                "context": CONTEXT,
                "notes": {"knows_goal": "no"},
                "losses": ["time"],
            }
        )
    )
    assert score(with_context.answers) == score(client.answers)
    assert with_context.record["context"] == CONTEXT


@by_id
def test_a_golden_client_is_described_in_both_languages(client: Client) -> None:
    """The descriptions are examples for readers."""
    assert all(client.story[lang] for lang in LANGUAGES)


def test_the_golden_clients_cover_the_rule() -> None:
    """There is a client for every verdict and for open ones, and enough of them."""
    assert len(CASES) >= 12
    assert {client.verdict for client in CASES} == {*BEST_FIRST, "out_of_scope", None}
    assert len({client.id for client in CASES}) == len(CASES)
