"""History: the log shows which answer changed the verdict, and the verdicts before and after."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.clients import Client, read_client, replay_log
from checklist.rules import ANSWERS, FACTS
from checklist.texts import LANGUAGES, load
from checklist.views.documents import Items, Paragraph
from checklist.views.history import MAX_ENTRIES, history
from tests.support.answers import AT

ALL_VERDICTS = ("work", "clarify_first", "step_back")


def client_with(log: list[dict[str, Any]], answers: dict[str, str]) -> Client:
    """Return a client with this log, each entry of which gets a time."""
    entries = [{"at": AT, **entry} for entry in log]
    return read_client(json.dumps({"answers": answers, "log": entries}))


@pytest.mark.parametrize(
    ("log", "answers", "changed"),
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
    log: list[dict[str, Any]], answers: dict[str, str], changed: list[bool]
) -> None:
    """Only entries with answers can; the log is replayed backwards from the current answers."""
    replayed = replay_log(client_with(log, answers))
    assert [entry.changed_verdict for entry in replayed] == changed


def test_an_entry_has_the_possible_verdicts_before_and_after_it() -> None:
    """Any verdict before the wall is answered, one after it."""
    log = [{"answers": {"hit_wall": [None, "yes"]}}]
    [entry] = replay_log(client_with(log, {"hit_wall": "yes"}))
    assert (entry.verdicts_before, entry.verdicts_after) == (ALL_VERDICTS, ("step_back",))


def test_only_an_entry_that_changed_the_verdict_says_so() -> None:
    """The others name only the answer."""
    log = [{"answers": {fact: [None, "yes"]}} for fact in ("hit_wall", "quality_ok")]
    answers = {"hit_wall": "yes", "quality_ok": "yes"}
    items = history(client_with(log, answers), load("en")).blocks[-1]
    assert isinstance(items, Items)
    moved = load("en")("history.moved", before="|", after="|").partition("|")[0]
    assert sorted(moved in item for item in items.items) == [False, True]


def test_an_entry_without_answers_has_no_line() -> None:
    """A time with nothing after it would say nothing."""
    items = history(client_with([{"meeting": "m"}, {"answers": {}}], {}), load("en")).blocks[-1]
    assert isinstance(items, Items)
    assert len(items.items) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("earlier", [0, 1, 1_200])
def test_of_a_long_log_the_newest_entries_are_shown(lang: str, earlier: int) -> None:
    """The number of the others is stated below them."""
    log = [{"meeting": f"{number}"} for number in range(MAX_ENTRIES + earlier)]
    *_, shown, last = history(client_with(log, {}), load(lang)).blocks
    items = last if isinstance(last, Items) else shown
    assert isinstance(items, Items)
    assert len(items.items) == MAX_ENTRIES
    if earlier:
        figure = {"ru": "1\N{NO-BREAK SPACE}200", "en": "1,200"}[lang] if earlier > 1 else "1"
        assert isinstance(last, Paragraph)
        assert re.search(rf"\b{figure}\b", last.text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("trimmed", [0, 1, 1_200])
def test_the_history_says_how_many_entries_a_full_log_has_lost(lang: str, trimmed: int) -> None:
    """They are in no file."""
    client = client_with([{"meeting": "m"}], {}).with_changes(trimmed=trimmed)
    last = history(client, load(lang)).blocks[-1]
    assert isinstance(last, Paragraph) == (trimmed > 0)
    if isinstance(last, Paragraph):
        assert re.sub(r"\D", "", last.text) == str(trimmed)


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
    """Undoing the log entry by entry gives the answers before it."""
    answers, log = dict(start), []
    for fact, after in changes:
        log.append({"answers": {fact: [answers.get(fact), after]}})
        answers.pop(fact, None)
        if after is not None:
            answers[fact] = after
    client = client_with(log, answers)
    assert [entry.answers_before for entry in replay_log(client)[:1]] == [start][: len(log)]
    assert all(
        entry.verdicts_after == following.verdicts_before
        for entry, following in pairwise(replay_log(client))
    )
