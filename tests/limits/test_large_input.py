"""Input up to the limits and beyond: imported, or refused with the same message everywhere."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checklist.clients.limits import (
    MAX_CLIENTS,
    MAX_FILE_SIZE,
    MAX_ITEMS,
    MAX_LINK_LENGTH,
    MAX_TEXT_LENGTH,
)
from checklist.texts import load
from tests.support import damage, damaged_links, large
from tests.support.entry_points import (
    BAD_INPUT,
    response_to,
    response_to_text,
    run_main,
)
from tests.support.sampling import IS_SOAK, count, randomness

PART = 1 if IS_SOAK else 20
"""By how much large files are shortened."""


@pytest.mark.soak
@pytest.mark.parametrize("name", large.texts())
def test_a_large_file_is_read_or_refused(name: str) -> None:
    """Large, many, deep or long: with the same result at each entry point, and without a hang."""
    text = large.texts(PART)[name]()
    code, _ = run_main(["migrate"], text.encode())
    response = response_to({"lang": "en", "do": "import", "text": text, "here": []})
    if "client-cases" not in text:
        assert (code == BAD_INPUT) == ("problems" in response)


@pytest.mark.soak
def test_a_large_request_is_answered() -> None:
    """With as much data as a browser may hold, and as much as a file may add to it."""
    made = large.requests()
    for name in randomness("requests").sample([*made], count(2, soak=len(made))):
        response_to_text(made[name]())


@pytest.mark.parametrize("name", large.within_limits())
def test_input_at_the_limits_is_imported(name: str) -> None:
    """The limits are not lower than stated."""
    text = large.within_limits()[name]()
    assert "problems" not in response_to({"lang": "en", "do": "import", "text": text, "here": []})


def test_saved_clients_may_exceed_the_limits() -> None:
    """Those imported before there were limits, and those typed, can be opened and exported."""
    entries = damage.RECORD["log"] * (MAX_ITEMS // 4)
    much = {**damage.RECORD, "name": "n" * 2 * MAX_TEXT_LENGTH, "log": entries, "later": 2**60}
    many = [{**damage.OTHER, "id": str(number)} for number in range(MAX_CLIENTS + 1)]
    request_about_one = partial(dict[str, Any], lang="en", record=much)
    assert response_to(request_about_one(do="open"))["record"] == much
    for do in ("history", "sheet", "losses"):
        assert response_to(request_about_one(do=do))["document"]
    request_about_all = partial(dict[str, Any], lang="en", records=[much, *many])
    response = response_to(request_about_all(do="overview"))
    assert (len(response["rows"]), response["unreadable"]) == (len(many) + 1, [])
    for kind in ("csv", "md"):
        assert response_to({**request_about_all(do="export"), "as": kind})["text"]


@pytest.mark.parametrize(("lang", "size"), [("ru", 50_000_000), ("en", MAX_FILE_SIZE + 1)])
def test_input_beyond_the_limits_is_refused_with_the_same_message(
    lang: str, size: int, tmp_path: Path
) -> None:
    """On the command line by size, before the file is read; on the page; in a link."""
    file = tmp_path / "large.json"
    with file.open("wb") as opened:
        opened.truncate(size)  # a file with a hole, which takes no room on the disk
    message = partial(load(lang), "errors.too_large")
    most, most_in_link = str(MAX_FILE_SIZE // 1_000_000), str(MAX_LINK_LENGTH // 1_000_000)
    code, line = run_main(["score", "--lang", lang, str(file)], b"")
    assert (code, line.strip()) == (BAD_INPUT, message(place=str(file), value=most))
    code, line = run_main(["score", "--lang", lang], b" " * (MAX_FILE_SIZE + 1))
    assert (code, line.strip()) == (BAD_INPUT, message(place="-", value=most))
    taken = response_to({"lang": lang, "do": "import", "text": " " * size, "here": []})
    assert taken["problems"] == [message(place="case", value=most)]
    for payload in ("A" * size, damaged_links.bomb(b" " * 1_000_000, size // 1_000_000)):
        opened_link = response_to({"lang": lang, "do": "open_link", "payload": payload})
        assert opened_link["problems"] == [message(place="link", value=most_in_link)]
