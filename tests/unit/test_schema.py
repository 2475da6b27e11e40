"""The published schema and the reader agree about files.

Its exact text is in `tests/golden/schema.json`: other programs write files by it, so it changes on
purpose only. `GOLDEN=1 pytest tests/unit/test_schema.py` writes it anew.
"""

import json
import os
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from checklist.clients import ClientError, read_clients
from checklist.clients.limits import MAX_CLIENTS, MAX_ITEMS, MAX_TEXT_LENGTH
from checklist.clients.schema import schema
from tests.support.answers import AT
from tests.support.client_files import collections, records
from tests.support.site_build import PROJECT

GOLDEN = PROJECT / "tests" / "golden" / "schema.json"


@cache
def validator() -> Draft202012Validator:
    """Return a validator of records by our schema."""
    return Draft202012Validator(schema())


def reader_accepts(text: str) -> bool:
    """Tell whether the reader finds no problem."""
    try:
        read_clients(text)
    except ClientError:
        return False
    return True


def test_the_schema_is_valid() -> None:
    """By its own standard."""
    Draft202012Validator.check_schema(schema())


def test_the_exact_schema() -> None:
    """Each key, type and limit is as published."""
    if os.environ.get("GOLDEN"):
        GOLDEN.write_text(json.dumps(schema(), indent=2) + "\n", encoding="utf-8")
    assert schema() == json.loads(GOLDEN.read_text(encoding="utf-8"))


@given(records)
def test_a_file_that_the_reader_accepts_is_valid(record: dict[str, Any]) -> None:
    """By the schema."""
    assert reader_accepts(json.dumps(record))
    assert validator().is_valid(record)


@given(collections)
def test_a_collection_is_valid_too(text: str) -> None:
    """Several clients in one file."""
    assert validator().is_valid(json.loads(text))


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"answers": []},
        {"answers": {"knows_goal": "maybe"}},
        {"answers": {"knows_gaol": "no"}},
        {"answers": {}, "format": "client-case/2"},
        {"answers": {}, "rules": "one"},
        {"answers": {}, "id": 7},
        {"answers": {}, "notes": {"decides": 1}},
        {"answers": {}, "log": [{}]},
        {"answers": {}, "log": [{"at": AT, "answers": {"decides": ["no"]}}]},
        {"answers": {}, "log": [{"at": AT, "answers": {"decides": ["no", "maybe"]}}]},
        {"answers": {}, "outcome": {"went": "superbly"}},
        {"answers": {}, "estimate": {"rate": "much"}},
        {"answers": {}, "letter": {"text": 1}},
        {"answers": {}, "name": "n" * (MAX_TEXT_LENGTH + 1)},
        {"answers": {}, "notes": dict.fromkeys(map(str, range(MAX_ITEMS + 1)), "")},
        {"answers": {}, "log": [{"at": AT}] * (MAX_ITEMS + 1)},
        {"format": "client-cases/1", "cases": [{"answers": {}}] * (MAX_CLIENTS + 1)},
        {"format": "client-cases/1"},
        {"format": "client-cases/1", "cases": [{"answers": {"decides": 1}}]},
    ],
)
def test_schema_and_reader_refuse_the_same_records(record: dict[str, Any]) -> None:
    """A record of a wrong shape is refused by the reader and by the schema."""
    assert not reader_accepts(json.dumps(record))
    assert not validator().is_valid(record)
