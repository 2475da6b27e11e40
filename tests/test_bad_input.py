"""Bad input at scale: a result or named problems, in good time, and nothing saved is changed."""

import contextlib
import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.browser import handle
from checklist.cases import (
    CaseError,
    arrivals,
    case_of,
    read_case,
    read_cases,
    to_json,
    write_case,
)
from checklist.cases.limits import (
    DEEPEST,
    LARGEST,
    LARGEST_LINK,
    MOST_CASES,
    MOST_NAMED,
    MOST_PARTS,
    depth,
    without_strings,
)
from checklist.texts import LANGUAGES, load
from checklist.views.letters import KINDS
from tests import damage
from tests.doors import BAD_INPUT, asked, in_good_time, languages, run_main

SHARES = 4
FILES = 28_000 // SHARES
LINKS = 30_000 // SHARES
RECORDS = 26_000 // SHARES
COMMANDS = 14_000 // SHARES
BY_CHANCE = 500
PROCESSES = 200 // SHARES
TOTAL = 100_000

share = pytest.mark.parametrize("number", range(SHARES))
every_language = pytest.mark.parametrize("lang", LANGUAGES)
COMMAND_LINES = (
    *(("score",), ("score", "--format", "json"), ("agenda",), ("agenda", "--format", "markdown")),
    *(("migrate",), ("compare", "-", "-"), *(("letter", kind) for kind in KINDS)),
)


def test_the_sample_is_large_enough() -> None:
    """A hundred thousand inputs, beside those made by hand; each share counts what it has tried."""
    assert SHARES * (FILES + LINKS + RECORDS + COMMANDS) + 4 * BY_CHANCE >= TOTAL


def damaged_files(number: int) -> Iterator[str]:
    """Yield files with accidents, and files of records with accidents, the same each time."""
    chance = Random(f"files {number}")
    good = damage.files()
    while True:
        yield damage.damaged_text(chance.choice(good), chance)
        record = damage.damaged_value(damage.RECORD, chance)
        yield json.dumps(record, ensure_ascii=chance.random() < 0.5)


@share
def test_files_at_the_pages_door(number: int) -> None:
    """Taken in, or refused with reasons; what would be added takes the place of nothing."""
    tried = 0
    here = copy.deepcopy(damage.HERE)
    taken = {one["id"] for one in here if isinstance(one, dict) and isinstance(one["id"], str)}
    turn = languages()
    for text in islice(damaged_files(number), FILES):
        said = asked({"lang": next(turn), "do": "import", "text": text, "here": here})
        added = [record["id"] for record in said.get("records", ())]
        assert not taken & {*added}
        assert len({*added}) == len(added)
        tried += 1
    assert here == damage.HERE
    assert tried == FILES


@share
def test_links_at_the_pages_door(number: int) -> None:
    """Opened or refused; a right sum does not make a link good."""
    chance = Random(f"links {number}")
    turn = languages()
    good = damage.links()
    tried = 0
    while tried < LINKS:
        whole = chance.choice(good)
        letters = "".join(chance.choice("ynu--x") for _ in range(chance.choice((11, 11, 11, 10))))
        chosen = damage.damaged_value({"name": "N", "notes": {"decides": "x"}}, chance)
        for payload in (
            damage.damaged_text(whole, chance),
            damage.sealed(damage.damaged_text(whole.rpartition("~")[0], chance)),
            damage.carrying(json.dumps(chosen).encode(), letters),
            damage.carrying(
                damage.damaged_text(json.dumps(chosen), chance).encode(errors="replace")
            ),
        ):
            said = asked({"lang": next(turn), "do": "open_link", "payload": payload})
            assert "problems" in said or case_of(said["record"]).answers is not None
            tried += 1
    assert tried == LINKS


@share
def test_records_at_the_pages_door(number: int) -> None:
    """Whatever lies in a browser is shown, or what is wrong with it; it hides no other client."""
    chance = Random(f"records {number}")
    turn = languages()
    tried = 0
    while tried < RECORDS:
        record = damage.damaged_value(damage.RECORD, chance)
        for request in (
            *({"do": do, "record": record} for do in ("open", "history", "sheet", "losses")),
            {"do": "link", "record": record, "name": True, "notes": True},
            {"do": "agenda", "record": record, "in": "ru"},
            {"do": "letter", "record": record, "in": "en", "kind": KINDS[0], "options": {}},
            {"do": "compare", "records": [record, damage.OTHER]},
            {"do": "export", "records": [record], "as": chance.choice(("json", "csv", "md"))},
            {"do": "estimate", "figures": damage.damaged_value(damage.RECORD["estimate"], chance)},
            {"do": "score", "answers": damage.damaged_value(damage.RECORD["answers"], chance)},
            {"case": json.dumps(record)},
        ):
            asked({"lang": next(turn), **request})
            tried += 1
        said = asked({"lang": next(turn), "do": "overview", "records": [record, damage.OTHER]})
        if depth(without_strings(json.dumps(record))) <= DEEPEST:
            assert len(said["rows"]) + len(said["unread"]) == 2
            assert "2" in {row["id"] for row in said["rows"]}
        tried += 1
    assert tried >= RECORDS


@share
def test_files_at_the_command_line(number: int) -> None:
    """Exit code 0, 1 or 2; an answer, or what is wrong in words."""
    chance = Random(f"commands {number}")
    good = [text.encode() for text in damage.files()]
    turn = languages()
    for index, text in enumerate(islice(damaged_files(number + SHARES), COMMANDS), 1):
        raw = text.encode(errors="surrogatepass")
        if chance.random() < 0.3:
            raw = damage.damaged_bytes(chance.choice(good), chance)
        run_main([*COMMAND_LINES[index % len(COMMAND_LINES)], "--lang", next(turn)], raw)
    assert index == COMMANDS


def test_a_wrong_value_under_every_key() -> None:
    """Every key of the record, every depth, every kind of wrong value: taken in or named."""
    turn = languages()
    tried = 0
    for record in damage.wrong_everywhere():
        lang = next(turn)
        said = asked({"lang": lang, "do": "import", "text": json.dumps(record), "here": []})
        opened = asked({"lang": lang, "do": "open", "record": record})
        assert "problems" in said or "problems" not in opened
        tried += 1
    assert tried > len(damage.WRONG) * len(damage.RECORD)


@pytest.mark.parametrize("name", damage.corpus())
def test_a_damaged_file(name: str) -> None:
    """What the page takes in the command line takes too, and nothing else."""
    raw = damage.corpus()[name]
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    said = asked({"lang": "ru", "do": "import", "text": text, "here": []})
    code, _ = run_main(["migrate", "--lang", "en"], raw)
    if "\ufffd" not in text and "client-cases" not in text:
        assert (code == BAD_INPUT) == ("problems" in said)


@pytest.mark.parametrize("name", damage.large_texts())
def test_a_large_file_takes_no_second(name: str) -> None:
    """Large, many, deep or long: read or refused at once, by every reader."""
    text = damage.large_texts()[name]()
    for read in (read_case, read_cases):
        with in_good_time(), contextlib.suppress(CaseError):
            read(text)
    run_main(["score"], text.encode())


@pytest.mark.parametrize("name", damage.hostile_links())
def test_a_link_made_to_do_harm(name: str) -> None:
    """A sum that is right is no reason to unpack hundreds of megabytes, or to believe anything."""
    said = asked({"lang": "en", "do": "open_link", "payload": damage.hostile_links()[name]})
    assert "problems" in said or said["record"].keys() <= {
        *("format", "rules", "answers", "name", "notes")
    }


def test_thousands_of_everything() -> None:
    """A client with thousands of entries, and thousands of clients, are shown in good time."""
    long = {**damage.RECORD, "log": damage.RECORD["log"] * 1_000}
    assert len(asked({"lang": "ru", "do": "history", "record": long})["document"]["blocks"]) > 1_000
    chance = Random("clients")
    many = [
        {**damage.OTHER, "id": str(number), "answers": dict.fromkeys(damage.IDS[:5], answer)}
        for number in range(2_000)
        for answer in [chance.choice(("yes", "no", "unknown"))]
    ]
    for request in (
        {"do": "overview"},
        *({"do": "export", "as": kind} for kind in ("json", "csv", "md")),
    ):
        assert "problems" not in asked({"lang": "en", "records": many, **request})


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


@bounded
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")) | anything.map(json.dumps))
def test_any_text_is_a_file(text: str) -> None:
    """What Hypothesis thinks of is taken in or named."""
    asked({"lang": "en", "do": "import", "text": text, "here": list(damage.HERE)})


@bounded
@given(st.text() | st.text().map(lambda body: damage.sealed(f"1~1.0~{body}")))
def test_any_text_is_a_link(payload: str) -> None:
    """What Hypothesis thinks of is opened or named."""
    asked({"lang": "ru", "do": "open_link", "payload": payload})


@bounded
@given(anything | requests)
def test_any_value_is_a_request(request_: object) -> None:
    """The door itself has no way to fall."""
    asked(request_)


@bounded
@given(records, st.lists(anything, max_size=3))
def test_what_is_here_is_never_changed(record: dict[str, Any], others: list[Any]) -> None:
    """Taking in reads what is here and writes nothing of it."""
    here = {str(index): {"id": str(index), "answers": one} for index, one in enumerate(others)}
    before = copy.deepcopy(here)
    with contextlib.suppress(CaseError):
        found = arrivals(read_cases(json.dumps(record)), here)
        assert not {one.case.id for one in found if one.kind != "same"} & here.keys()
    assert repr(here) == repr(before)


@share
def test_a_few_hundred_programs(number: int) -> None:
    """Run as a program: no traceback, whatever comes in and whatever is asked."""
    chance = Random(f"programs {number}")
    good = [text.encode() for text in damage.files()]
    accidents = (damage.damaged_bytes(chance.choice(good), chance) for _ in range(PROCESSES))
    inputs = [*islice(damage.corpus().values(), number, None, SHARES), *accidents][:PROCESSES]
    for index, raw in enumerate(inputs):
        done = subprocess.run(
            [sys.executable, "-m", "checklist", *COMMAND_LINES[index % len(COMMAND_LINES)]],
            input=raw,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )
        assert done.returncode in {0, 1, 2}, done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stdout or done.stderr
    assert len(inputs) == PROCESSES


@every_language
def test_50_mb_are_refused_in_the_same_words_everywhere(lang: str, tmp_path: Path) -> None:
    """On the command line by size, before the file is read whole; at the page's door; in a link."""
    file = tmp_path / "large.json"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)  # a file with a hole, which takes no room on the disk
    said = partial(load(lang), "errors.too_large")
    size, link_size = str(LARGEST // 1_000_000), str(LARGEST_LINK // 1_000_000)
    code, line = run_main(["score", "--lang", lang, str(file)], b"")
    assert (code, line.strip()) == (BAD_INPUT, said(place=str(file), value=size))
    code, line = run_main(["score", "--lang", lang], b" " * (LARGEST + 1))
    assert (code, line.strip()) == (BAD_INPUT, said(place="-", value=size))
    taken = asked({"lang": lang, "do": "import", "text": " " * 50_000_000, "here": []})
    assert taken["problems"] == [said(place="case", value=size)]
    for payload in ("A" * 50_000_000, damage.bomb(b" " * 1_000_000, 50)):
        opened_link = asked({"lang": lang, "do": "open_link", "payload": payload})
        assert opened_link["problems"] == [said(place="link", value=link_size)]


def test_a_file_without_end_is_not_read_to_it() -> None:
    """A device gives as much as is asked for; no more is asked for than tells."""
    code, said = run_main(["score", "/dev/zero"], b"")
    assert code == BAD_INPUT
    assert "/dev/zero" in said


@every_language
@pytest.mark.parametrize("nest", ["[", '{"a":'])
def test_10_000_levels_are_refused_in_the_same_words_everywhere(lang: str, nest: str) -> None:
    """Before the parser, which would call itself as often, has seen it."""
    text = f'{{"answers": {{}}, "x": {nest * 10_000}'
    code, line = run_main(["score", "--lang", lang], text.encode())
    assert (code, line.strip()) == (BAD_INPUT, load(lang)("errors.too_deep", place="case"))
    taken = asked({"lang": lang, "do": "import", "text": text, "here": []})
    assert taken["problems"] == [load(lang)("errors.too_deep", place="case")]
    payload = damage.carrying(text.encode())
    opened = asked({"lang": lang, "do": "open_link", "payload": payload})
    assert opened["problems"] == [load(lang)("errors.too_deep", place="link")]
    request = f'{{"lang": "{lang}", "do": "open", "record": {nest * 10_000}'
    with in_good_time():
        said = json.loads(handle(request))
    assert load(lang)("errors.too_deep", place="request") in said["problems"]


@pytest.mark.parametrize(("levels", "expected"), [(DEEPEST, True), (DEEPEST + 1, False)])
def test_as_deep_as_may_be(levels: int, expected: bool) -> None:
    """Nesting up to the limit is kept; brackets inside of strings do not count."""
    text = f'{{"answers": {{}}, "name": "{"[" * 99}", "x": {"[" * (levels - 1)}'
    said = asked(
        {"lang": "en", "do": "import", "text": f"{text}{']' * (levels - 1)}}}", "here": []}
    )
    assert ("problems" not in said) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"format":"client-cases/1","cases":[' + "{}," * MOST_CASES + "{}]}", "too_many"),
        ("[" + "1," * (MOST_PARTS + 1) + "1]", "too_many"),
        ('{"answers": {}, "x": 1e400}', "number_too_long"),
        ('{"answers": {}, "x": -1e400}', "number_too_long"),
        ('{"answers": {}, "x": ' + "9" * 309 + "}", "number_too_long"),
    ],
)
def test_what_no_browser_could_hold_is_refused(text: str, kind: str) -> None:
    """Too many parts, and numbers that JavaScript has not."""
    with pytest.raises(CaseError) as caught:
        read_cases(text)
    assert [problem.kind for problem in caught.value.problems] == [kind]


def test_of_very_many_problems_the_first_are_named() -> None:
    """And it is said that there are more: no list grows without end."""
    for text in (
        json.dumps({"answers": {}, "log": [1] * 5_000}),
        json.dumps({"answers": dict.fromkeys(map(str, range(5_000)))}),
        json.dumps({"format": "client-cases/1", "cases": [1] * 5_000}),
    ):
        said = asked({"lang": "en", "do": "import", "text": text, "here": []})
        assert len(said["problems"]) == MOST_NAMED + 1
        assert said["problems"][-1].endswith(
            load("en")("errors.more", place="", value=MOST_NAMED).lstrip(": ")
        )


def test_what_is_not_seen_is_shown_as_its_code() -> None:
    """Marks of direction and commands to a terminal do nothing in a message."""
    raw = json.dumps({"answers": {"\u202e\x1b[2J": 1}}, ensure_ascii=False).encode()
    _, said = run_main(["score", "--lang", "en"], raw)
    assert said.startswith(r"answers.\u202e\u001b[2J:")


@pytest.mark.parametrize("content", ["1.0", "1e2", "100.0", "[true, 1]"])
def test_numbers_as_a_browser_writes_them_are_the_same(content: str) -> None:
    """What came in with 1.0 is not another client when it comes back with 1; true is not 1."""
    text = f'{{"id": "1", "answers": {{}}, "later": {content}}}'
    [case] = read_cases(text)
    stored = json.loads(to_json(write_case(case)), parse_float=lambda found: int(float(found)))
    assert [one.kind for one in arrivals([case], {"1": stored})] == ["same"]
    stored["later"] = True
    assert [one.kind for one in arrivals([case], {"1": stored})] == ["copy"]


def test_what_cannot_be_written_is_said() -> None:
    """A full disk, a reader who has gone, a terminal with few letters: no traceback."""
    command = f"{sys.executable} -m checklist"
    for line, code, expected in (
        ("agenda - > /dev/full", 2, load("en")("cli.unwritable", value="").strip()),
        ("agenda - | true; exit 0", 0, ""),
        ("agenda - --lang ru > /dev/null", 0, ""),
        ("migrate - <&-", 2, "1:1"),
        ("score - >&-", 0, ""),
    ):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} {line}"],
            input='{"answers": {}, "name": "\u044f"}',
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
        assert expected in done.stderr
