"""The list of sentences to be read, ``make sentences``: it has what the views can say."""

import pytest

from checklist.advice import CHECKS, KINDS
from checklist.texts import LANGUAGES, load
from tests.support.sentences import sentences
from tests.support.states import sample_of_states

FEW = 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_email_and_each_check_is_in_the_list(lang: str) -> None:
    """Also those of work that has begun, and of checks that no rule asks about."""
    texts = load(lang)
    listed = sentences(texts, sample_of_states(FEW), FEW)
    titled = [f"letters.{kind}.subject" for kind in KINDS if kind != "clauses"]
    advised = [f"checks.{check.id}.advice" for check in CHECKS]
    assert [key for key in [*titled, *advised] if texts(key) not in listed] == []
