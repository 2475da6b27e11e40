"""Bad input gives a result or named problems and changes no saved client; more in `make soak`."""

import contextlib
import copy
import json
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.advice import KINDS
from checklist.clients import (
    ClientError,
    parse_client,
    plan_import,
    read_clients,
    to_json,
    write_client,
)
from checklist.clients.limits import (
    MAX_DEPTH,
)
from tests.support import damage, damaged_links
from tests.support.entry_points import (
    BAD_INPUT,
    COMMAND_LINES,
    DONE,
    NOTHING_TO_SAY,
    languages,
    response_to,
    response_to_text,
    run_main,
)
from tests.support.sampling import count, randomness

FILES = count(400, soak=40_000)
LINKS = count(360, soak=36_000)
COMMANDS = count(240, soak=24_000)
RECORDS = count(10, soak=500)
WRONG_VALUES = count(200, soak=100_000)
BY_CHANCE = count(40, soak=5_000)


def distinct[Input: (str, bytes)](inputs: Iterator[Input], most: int) -> Iterator[Input]:
    """Yield so many inputs, none of them twice."""
    tried: set[int] = set()
    for one in inputs:
        mark = crc32(repr(one).encode())
        if mark not in tried:
            tried.add(mark)
            yield one
        if len(tried) == most:
            return


@pytest.mark.soak
def test_damaged_files_on_the_page() -> None:
    """Accepted, or refused with reasons; an accepted one never replaces a saved client."""
    random, turn, kinds = randomness("files"), languages(), Counter[str]()
    here = list(damage.HERE)
    taken = {one["id"] for one in here if isinstance(one, dict) and isinstance(one["id"], str)}
    for text in distinct(damage.damaged_files(random), FILES):
        response = response_to({"lang": next(turn), "do": "import", "text": text, "here": here})
        added = [record["id"] for record in response.get("records", ())]
        assert not taken & {*added}
        assert len({*added}) == len(added)
        kinds[kind_of(response, "case:", "1:")] += 1
    assert kinds.total() == FILES
    # Enough inputs must fail inside, and not only at their first character.
    assert min(kinds["good"], kinds["bad inside"], kinds["bad at once"]) > FILES // 20


def kind_of(response: dict[str, Any], *at_once: str) -> str:
    """Return how far an input was read: whether its problems are in the text or inside the JSON."""
    match response:
        case {"problems": [first, *_]}:
            return "bad at once" if first.startswith(at_once) else "bad inside"
        case _:
            return "good"


@pytest.mark.soak
def test_damaged_links_on_the_page() -> None:
    """Opened or refused; a right checksum alone is not enough."""
    random, turn, kinds = randomness("links"), languages(), Counter[str]()
    for payload in distinct(damaged_links.damaged_links(random), LINKS):
        response = response_to({"lang": next(turn), "do": "open_link", "payload": payload})
        assert "problems" in response or parse_client(response["record"]).answers is not None
        kinds[kind_of(response, "link:", "The link", "Ссылка")] += 1
    assert kinds.total() == LINKS
    assert min(kinds["good"], kinds["bad inside"], kinds["bad at once"]) > LINKS // 20


@pytest.mark.soak
def test_damaged_files_on_the_command_line() -> None:
    """Exit code 0, 1 or 2; an answer, or a message."""
    random, turn, codes = randomness("commands"), languages(), Counter[int]()
    lines = cycle(COMMAND_LINES)
    for raw in distinct(damage.damaged_bytes_of_clients(random), COMMANDS):
        code, _ = run_main([*next(lines), "--lang", next(turn)], raw)
        codes[code] += 1
    assert codes.total() == COMMANDS
    assert {*codes} == {DONE, NOTHING_TO_SAY, BAD_INPUT}
    assert min(codes[DONE], codes[BAD_INPUT]) > COMMANDS // 20


@pytest.mark.soak
def test_damaged_records_in_the_browser() -> None:
    """Each is shown or reported, and hides no other client."""
    random, turn = randomness("records"), languages()
    for _ in range(RECORDS):
        record = damage.damaged_value(damage.RECORD, random)
        for request in (
            *({"do": do, "record": record} for do in ("open", "history", "sheet", "losses")),
            {"do": "link", "record": record, "name": True, "notes": True},
            {"do": "agenda", "record": record, "in": "ru"},
            {"do": "letter", "record": record, "in": "en", "kind": KINDS[0], "options": {}},
            {"do": "compare", "records": [record, damage.OTHER]},
            {"do": "export", "records": [record], "as": random.choice(("csv", "md"))},
            {"do": "estimate", "figures": damage.damaged_value(damage.RECORD["estimate"], random)},
            {"do": "score", "answers": damage.damaged_value(damage.RECORD["answers"], random)},
            {"case": json.dumps(record)},
        ):
            response_to({"lang": next(turn), **request})
        expect_a_working_list(record, next(turn))


@pytest.mark.parametrize("levels", [MAX_DEPTH, MAX_DEPTH + 1, 500, 10_000])
def test_a_record_nested_too_deep_does_not_stop_the_page(levels: int) -> None:
    """It is reported; other clients are listed, and files can be imported."""
    record = {"id": "1", "answers": {}, "later": f"{'[' * levels}{']' * levels}"}
    expect_a_working_list(record, "en", json.dumps(record).replace('"[', "[").replace(']"', "]"))


def expect_a_working_list(record: object, lang: str, text: str | None = None) -> None:
    """Check that the list has the record and another client, and that a file can be imported."""
    here = f"[{text or json.dumps(record)}, {json.dumps(damage.OTHER)}]"
    response = response_to_text(f'{{"lang": "{lang}", "do": "overview", "records": {here}}}')
    assert len(response["rows"]) + len(response["unreadable"]) == 2
    assert "2" in {row["id"] for row in response["rows"]}
    file = json.dumps('{"answers": {}}')
    response = response_to_text(
        f'{{"lang": "{lang}", "do": "import", "text": {file}, "here": {here}}}'
    )
    assert len(response["records"]) == 1


@pytest.mark.soak
def test_a_wrong_value_under_every_key() -> None:
    """Any kind of wrong value, at any key and depth, is accepted or named."""
    turn = languages()
    records = [*damage.wrong_everywhere()]
    assert len(records) > len(damage.WRONG) * len(damage.RECORD)
    for record in randomness("wrong").sample(records, min(len(records), WRONG_VALUES)):
        lang = next(turn)
        response = response_to(
            {"lang": lang, "do": "import", "text": json.dumps(record), "here": []}
        )
        opened = response_to({"lang": lang, "do": "open", "record": record})
        assert "problems" in response or "problems" not in opened


@pytest.mark.parametrize("name", damage.corpus())
def test_the_page_and_the_command_line_accept_the_same_files(name: str) -> None:
    """This holds for each damaged file of the corpus."""
    raw = damage.corpus()[name]
    code, _ = run_main(["migrate", "--lang", "en"], raw)
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        assert code == BAD_INPUT
        return  # the page refuses it itself: see tests/browser/test_bad_input.py
    response = response_to({"lang": "ru", "do": "import", "text": text, "here": []})
    if "client-cases" not in text:
        assert (code == BAD_INPUT) == ("problems" in response)


@pytest.mark.parametrize("name", damaged_links.hostile_links())
def test_a_hostile_link(name: str) -> None:
    """With a right checksum: it unpacks no hundreds of megabytes, and its contents are checked."""
    response = response_to(
        {"lang": "en", "do": "open_link", "payload": damaged_links.hostile_links()[name]}
    )
    assert "problems" in response or response["record"].keys() <= {
        *("format", "rules", "answers", "name", "notes")
    }


names = st.text() | st.sampled_from([*damage.RECORD, *damage.PROTOTYPES])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
    max_leaves=12,
)
FIELDS = ("do", "record", "records", "answers", "figures", "options", "here", "in", "kind", "as")
requests = st.fixed_dictionaries(
    {"lang": st.just("en")}, optional={**dict.fromkeys(FIELDS, anything), "case": st.text()}
)
records = st.dictionaries(st.sampled_from([*damage.RECORD]), anything).map(
    lambda some: {**damage.RECORD, **some}
)
bounded = settings(
    max_examples=BY_CHANCE, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.soak
@bounded
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")) | anything.map(json.dumps))
def test_any_text_as_a_file(text: str) -> None:
    """Accepted, or refused with named problems."""
    response_to({"lang": "en", "do": "import", "text": text, "here": list(damage.HERE)})


@pytest.mark.soak
@bounded
@given(st.text() | st.text().map(lambda body: damaged_links.with_checksum(f"1~1.0~{body}")))
def test_any_text_as_a_link(payload: str) -> None:
    """Opened, or refused with named problems."""
    response_to({"lang": "ru", "do": "open_link", "payload": payload})


@pytest.mark.soak
@bounded
@given(anything | requests)
def test_any_value_as_a_request(request_: object) -> None:
    """The entry point raises no error."""
    response_to(request_)


@pytest.mark.soak
@bounded
@given(records, st.lists(anything, max_size=3))
def test_importing_does_not_change_saved_clients(record: dict[str, Any], others: list[Any]) -> None:
    """It only reads them."""
    here = {str(index): {"id": str(index), "answers": one} for index, one in enumerate(others)}
    before = copy.deepcopy(here)
    with contextlib.suppress(ClientError):
        found = plan_import(read_clients(json.dumps(record)), here)
        assert not {one.client.id for one in found if one.kind != "same"} & here.keys()
    assert repr(here) == repr(before)


def test_invisible_characters_are_shown_as_codes() -> None:
    """Direction marks and terminal commands have no effect in a message."""
    raw = json.dumps({"answers": {"\u202e\x1b[2J": 1}}, ensure_ascii=False).encode()
    _, message = run_main(["score", "--lang", "en"], raw)
    assert message.startswith(r"answers.\u202e\u001b[2J:")


@pytest.mark.parametrize("content", ["1.0", "1e2", "100.0", "[true, 1]"])
def test_equal_numbers_are_the_same_client(content: str) -> None:
    """A client with 1.0 is the same after it comes back with 1; true is not 1."""
    text = f'{{"id": "1", "answers": {{}}, "later": {content}}}'
    [client] = read_clients(text)
    stored = json.loads(to_json(write_client(client)), parse_float=lambda found: int(float(found)))
    assert [one.kind for one in plan_import([client], {"1": stored})] == ["same"]
    stored["later"] = True
    assert [one.kind for one in plan_import([client], {"1": stored})] == ["copy"]
