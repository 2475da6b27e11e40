"""History: the log shows which answer changed the verdict, and the verdicts before and after."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.clients import moves, read_client
from checklist.rules import ANSWERS, FACTS
from checklist.texts import LANGUAGES, load
from checklist.views.documents import Items, Paragraph
from checklist.views.log import LATEST, history
from tests.support.answers import AT

EVERYTHING = ("work", "clarify_first", "step_back")


def case_with(log: list[dict[str, Any]], answers: dict[str, str]) -> Any:  # noqa: ANN401 - a Case
    """Return a case with this log, its entries given a time."""
    entries = [{"at": AT, **entry} for entry in log]
    return read_client(json.dumps({"answers": answers, "log": entries}))


@pytest.mark.parametrize(
    ("log", "answers", "moved"),
    [
        ([], {}, []),
        ([{"answers": {"decides": [None, "no"]}}], {"decides": "no"}, [False]),
        (
            [
                {"answers": {"knows_goal": [None, "no"]}},
                {"meeting": "m"},
                {"answers": {"trusts_opinion": ["yes", "no"]}},
            ],
            {"knows_goal": "no", "trusts_opinion": "no"},
            [True, False, True],
        ),
        ([{"answers": {"no_such_fact": [None, "no"]}}, {"of": "later"}], {}, [False, False]),
        ([{"answers": {"hit_wall": ["no", "yes"]}}], {"hit_wall": "yes"}, [True]),
    ],
)
def test_which_entry_changed_the_verdict(
    log: list[dict[str, Any]], answers: dict[str, str], moved: list[bool]
) -> None:
    """Only answers do; a log that begins late is read from its end."""
    assert [move.moved for move in moves(case_with(log, answers))] == moved


def test_before_and_after() -> None:
    """A change has the possible verdicts before and after it."""
    log = [{"answers": {"hit_wall": [None, "yes"]}}]
    [move] = moves(case_with(log, {"hit_wall": "yes"}))
    assert (move.before, move.after) == (EVERYTHING, ("step_back",))


def test_only_an_entry_that_changed_the_verdict_says_so() -> None:
    """Others name only the answer."""
    log = [{"answers": {fact: [None, "yes"]}} for fact in ("hit_wall", "quality_ok")]
    answers = {"hit_wall": "yes", "quality_ok": "yes"}
    items = history(case_with(log, answers), load("en")).blocks[-1]
    assert isinstance(items, Items)
    moved = load("en")("history.moved", before="|", after="|").partition("|")[0]
    assert sorted(moved in item for item in items.items) == [False, True]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("earlier", [0, 1, 1_200])
def test_a_long_log_is_shown_from_its_end(lang: str, earlier: int) -> None:
    """The latest entries are shown, and how many are not."""
    log = [{"meeting": f"{number}"} for number in range(LATEST + earlier)]
    *_, shown, last = history(case_with(log, {}), load(lang)).blocks
    items = last if isinstance(last, Items) else shown
    assert isinstance(items, Items)
    assert len(items.items) == LATEST
    if earlier:
        figure = {"ru": "1\N{NO-BREAK SPACE}200", "en": "1,200"}[lang] if earlier > 1 else "1"
        assert isinstance(last, Paragraph)
        assert re.search(rf"\b{figure}\b", last.text)


@given(
    st.dictionaries(st.sampled_from([fact.id for fact in FACTS]), st.sampled_from(ANSWERS)),
    st.lists(
        st.tuples(st.sampled_from([fact.id for fact in FACTS]), st.sampled_from([*ANSWERS, None])),
        max_size=12,
    ),
)
def test_the_first_answers_follow_from_the_log(
    start: dict[str, str], changes: list[tuple[str, str | None]]
) -> None:
    """The log is undone entry by entry."""
    answers, log = dict(start), []
    for fact, after in changes:
        log.append({"answers": {fact: [answers.get(fact), after]}})
        answers.pop(fact, None)
        if after is not None:
            answers[fact] = after
    client = case_with(log, answers)
    assert [move.then for move in moves(client)[:1]] == [start][: len(log)]
    assert all(
        move.after == following.before
        for move, following in zip(moves(client), moves(client)[1:], strict=False)
    )
