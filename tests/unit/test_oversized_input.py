"""Input beyond the limits is refused with one message, before memory or the stack run out."""

import json

import pytest

from checklist.browser import handle
from checklist.clients import (
    ClientError,
    read_clients,
)
from checklist.clients.limits import (
    MAX_CLIENTS,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_PROBLEMS,
    MAX_SAFE_INTEGER,
    MAX_SEPARATORS,
    MAX_TEXT_LENGTH,
)
from checklist.texts import LANGUAGES, load
from tests.support import damaged_links
from tests.support.entry_points import (
    BAD_INPUT,
    no_hang,
    response_to,
    run_main,
)

every_language = pytest.mark.parametrize("lang", LANGUAGES)


def test_an_endless_file_is_refused() -> None:
    """Reading stops one byte after the limit."""
    code, message = run_main(["score", "/dev/zero"], b"")
    assert code == BAD_INPUT
    assert "/dev/zero" in message


@every_language
@pytest.mark.parametrize("nest", ["[", '{"a":'])
def test_10_000_levels_are_refused_with_the_same_message(lang: str, nest: str) -> None:
    """Before they are parsed: the parser would recurse as often."""
    text = f'{{"answers": {{}}, "x": {nest * 10_000}'
    code, line = run_main(["score", "--lang", lang], text.encode())
    assert (code, line.strip()) == (BAD_INPUT, load(lang)("errors.too_deep", place="case"))
    taken = response_to({"lang": lang, "do": "import", "text": text, "here": []})
    assert taken["problems"] == [load(lang)("errors.too_deep", place="case")]
    payload = damaged_links.link_with(text.encode())
    opened = response_to({"lang": lang, "do": "open_link", "payload": payload})
    assert opened["problems"] == [load(lang)("errors.too_deep", place="link")]
    request = f'{{"lang": "{lang}", "do": "open", "record": {nest * 10_000}'
    with no_hang():
        response = json.loads(handle(request))
    assert load(lang)("errors.too_deep", place="request") in response["problems"]


@pytest.mark.parametrize(("levels", "expected"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_nesting_up_to_the_limit_is_accepted(levels: int, expected: bool) -> None:
    """Brackets inside of strings do not count."""
    text = f'{{"answers": {{}}, "name": "{"[" * 99}", "x": {"[" * (levels - 1)}'
    response = response_to(
        {"lang": "en", "do": "import", "text": f"{text}{']' * (levels - 1)}}}", "here": []}
    )
    assert ("problems" not in response) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"format":"client-cases/1","cases":[' + "{}," * MAX_CLIENTS + "{}]}", "too_many"),
        ("[" + "1," * (MAX_SEPARATORS + 1) + "1]", "too_many"),
        ("[" * (MAX_SEPARATORS + 1), "too_many"),
        ('{"answers": {}, "x": [' + "1," * MAX_ITEMS + "1]}", "too_many"),
        (json.dumps({"answers": {}, "name": "n" * (MAX_TEXT_LENGTH + 1)}), "too_long"),
        (json.dumps({"answers": {}, "x": MAX_SAFE_INTEGER + 1}), "number_too_long"),
        (json.dumps({"answers": {}, "x": -MAX_SAFE_INTEGER - 1}), "number_too_long"),
        ('{"answers": {}, "x": 1e400}', "number_too_long"),
        ('{"answers": {}, "x": -1e400}', "number_too_long"),
        ('{"answers": {}, "x": ' + "9" * 309 + "}", "number_too_long"),
    ],
)
def test_what_no_browser_could_hold_is_refused(text: str, kind: str) -> None:
    """Too many parts, and numbers that JavaScript does not have."""
    with pytest.raises(ClientError) as caught:
        read_clients(text)
    assert [problem.kind for problem in caught.value.problems] == [kind]


def test_of_very_many_problems_the_first_are_named() -> None:
    """The message says that there are more."""
    for text in (
        json.dumps({"answers": {}, "log": [1] * 5_000}),
        json.dumps({"answers": dict.fromkeys(map(str, range(5_000)))}),
        json.dumps({"format": "client-cases/1", "cases": [1] * MAX_CLIENTS}),
    ):
        response = response_to({"lang": "en", "do": "import", "text": text, "here": []})
        assert len(response["problems"]) == MAX_PROBLEMS + 1
        assert response["problems"][-1].endswith(
            load("en")("errors.more", place="", value=MAX_PROBLEMS).lstrip(": ")
        )
