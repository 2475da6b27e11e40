"""Any input whatever gives a result or named problems, and no other error."""

import contextlib
import json

from hypothesis import given
from hypothesis import strategies as st

from checklist import AnswersError, score
from checklist.browser import handle
from checklist.clients import ClientError, read_client
from checklist.clients.limits import MAX_SAFE_INTEGER
from checklist.rules import ANSWERS
from tests.support.answers import FACT_IDS
from tests.support.client_files import answers

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
# A number that JSON readers round is refused, whatever its key.
safe_integers = st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)
keys_we_do_not_know = st.dictionaries(
    st.text().map(lambda key: f"x{key}"), safe_integers | st.text() | st.lists(st.booleans())
)


@given(st.dictionaries(st.sampled_from(FACT_IDS) | st.text(), json_values) | json_values)
def test_scoring_names_exactly_the_bad_entries(raw: object) -> None:
    """Every bad entry is a problem, every good one is not, and no other error is raised."""
    bad = 1
    if isinstance(raw, dict):
        bad = sum(key not in FACT_IDS or value not in ANSWERS for key, value in raw.items())
    found = 0
    try:
        score(raw)
    except AnswersError as error:
        found = len(error.problems)
    assert found == bad


@given(st.text() | json_values.map(json.dumps) | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_reading_a_file_gives_a_client_or_named_problems(text: str) -> None:
    """No text raises another error."""
    with contextlib.suppress(ClientError):
        read_client(text)


@given(answers, keys_we_do_not_know, st.integers(0, 400))
def test_a_truncated_file_is_refused(
    given_answers: dict[str, str], other: dict[str, object], end: int
) -> None:
    """It is never read as if it were complete."""
    text = json.dumps({**other, "format": "client-case/1", "answers": given_answers})
    try:
        client = read_client(text[:end])
    except ClientError:
        assert end < len(text)
    else:
        assert client.answers == given_answers


@given(answers, st.sampled_from(["ru", "en"]))
def test_the_entry_point_of_the_browser_returns_the_result_of_score(
    given_answers: dict[str, str], lang: str
) -> None:
    """It is the same, key by key."""
    response = json.loads(handle(json.dumps({"lang": lang, "answers": given_answers})))
    assert response["result"] == score(given_answers).as_dict()
