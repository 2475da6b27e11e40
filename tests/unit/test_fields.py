"""One table of fields: reader, schema, page and samples agree about a record."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from jsonschema import Draft202012Validator

from checklist.clients import ClientError, parse_client, read_client
from checklist.clients.client import FORMAT
from checklist.clients.fields import CONTENT, EDITION_FIELDS, RECORD
from checklist.clients.limits import MAX_DEPTH, exceeds_depth
from checklist.clients.schema import schema
from checklist.clients.shapes import Field, Group, ListOf, Shape
from checklist.clients.versions import parse_version
from checklist.rules import EDITIONS, RULES_VERSION, Problem
from checklist.site.assets import page_fields
from checklist.site.node import find_node
from checklist.site.requests.random_records import Samples
from tests.support import damage
from tests.support.sampling import count, randomness
from tests.support.schemas import allowed_by
from tests.support.site_build import PROJECT

SCHEMA = schema()
CASE = Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": "#/$defs/case"}]})
ASK_THE_PAGE = """
import { readFileSync } from "node:fs";
import { validateRecord } from "./checklist/page/client/validate.js";
const { rules, records } = JSON.parse(readFileSync(0, "utf8"));
const accepts = () => true;
const valid = records.map(
  (record) => validateRecord(JSON.stringify(record), rules, accepts).isValid,
);
console.log(JSON.stringify(valid));
"""


def places(shape: Shape) -> Iterator[tuple[str, Field]]:
    """Yield every field of the table, inner ones too, by its place."""
    match shape:
        case ListOf():
            yield from places(shape.item)
        case Group():
            for field in shape.fields:
                yield field.name, field
                for place, inner in places(field.shape):
                    yield f"{field.name}.{place}", inner


def seen(shape: Shape, value: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - JSON
    """Yield the places of the fields that a value may have, and whether it has them."""
    match shape:
        case ListOf():
            for item in value:
                yield from seen(shape.item, item)
        case Group() if value is not None:
            for field in shape.fields:
                yield field.name, field.name in value
                if field.name in value:
                    for place, there in seen(field.shape, value[field.name]):
                        yield f"{field.name}.{place}", there


PLACES = dict(places(RECORD))


def problems_of(record: dict[str, Any]) -> list[Problem]:
    """Return what the reader finds wrong with a record, except what no schema can express."""
    try:
        parse_client(record)
    except ClientError as error:
        return [problem for problem in error.problems if not is_beyond_schemas(problem)]
    return []


def is_beyond_schemas(problem: Problem) -> bool:
    """Tell whether a problem is newer rules, or a text that is not a time."""
    kind, value = problem.kind, problem.value
    return kind == "newer_rules" or (kind == "not_a_time" and value.startswith('"'))


def damaged(name: str, most: int) -> Iterator[Any]:
    """Yield samples; two of three have one or two values replaced, removed or added."""
    random = randomness(name)
    draw = Samples(random)
    for _ in range(most):
        record: Any = draw.record()
        for _ in range(random.randrange(3)):
            record = damage.damaged_value(record, random)
        if isinstance(record, dict) and not exceeds_depth(record, MAX_DEPTH):
            yield record


def test_the_page_has_the_table() -> None:
    """`python -m checklist.site.assets.page_fields` was run after the table's last change."""
    assert page_fields.FILE.read_text(encoding="utf-8") == page_fields.module()


def test_each_name_is_in_the_table_once() -> None:
    """Names are permanent, and each states the release that introduced it."""
    assert len(PLACES) == len([*places(RECORD)])
    for place, field in PLACES.items():
        assert re.fullmatch(r"1\.\d+\.\d+", field.since), place


def test_a_thousand_samples_have_and_lack_every_field() -> None:
    """Each occurs, and each that is optional is sometimes missing."""
    draw = Samples(randomness("a thousand"))
    found = {one for _ in range(1_000) for one in seen(RECORD, draw.record())}
    assert {place for place, there in found if there} == {*PLACES}
    assert {place for place, there in found if not there} == {
        place for place, field in PLACES.items() if not field.required
    }


def test_each_field_that_may_be_null_is_null_in_a_sample() -> None:
    """Among a thousand samples."""
    draw = Samples(randomness("null"))
    null = {name for _ in range(1_000) for name, value in draw.record().items() if value is None}
    assert null == {field.name for field in RECORD.fields if field.or_null}


def test_the_damaged_record_has_every_field() -> None:
    """So that the tests of bad input damage each of them."""
    assert {place for place, there in seen(RECORD, damage.RECORD) if there} == {*PLACES}


def test_samples_are_valid() -> None:
    """The reader accepts them from a file, and the schema allows them."""
    draw = Samples(randomness("samples"))
    for _ in range(count(300, soak=10_000)):
        record = draw.record()
        assert read_client(json.dumps(record)).record == record
        assert CASE.is_valid(record), record


@given(allowed_by({"$ref": "#/$defs/case"}, SCHEMA))
def test_the_reader_accepts_what_the_schema_allows(record: dict[str, Any]) -> None:
    """Any object that it allows, unknown keys included."""
    assert CASE.is_valid(record)
    newest = parse_version(EDITIONS[-1].version)
    assert newest
    if (parse_version(record.get("rules", RULES_VERSION)) or ()) <= newest:
        assert read_client(json.dumps(record)).record == record


def test_reader_and_schema_agree() -> None:
    """Both accept the same records, among valid and damaged ones."""
    verdicts = set()
    for record in damaged("reader and schema", count(600, soak=30_000)):
        problems = problems_of(record)
        is_valid = CASE.is_valid(record)
        assert is_valid == (not problems), (record, problems)
        verdicts.add(is_valid)
    assert verdicts == {True, False}


def test_page_and_reader_agree() -> None:
    """Both accept the same records; the page leaves the check of times to Python."""
    head = {"format": FORMAT, "rules": RULES_VERSION, "answers": {}}
    records = [
        head | {key: value for key, value in record.items() if key not in EDITION_FIELDS}
        for record in damaged("page and reader", count(2_000, soak=50_000))
    ]
    done = subprocess.run(
        [find_node(), "--input-type=module", "--eval", ASK_THE_PAGE],
        cwd=PROJECT,
        input=json.dumps({"rules": RULES_VERSION, "records": records}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    results = json.loads(done.stdout)
    for record, is_whole in zip(records, results, strict=True):
        problems = [one for one in CONTENT.problems("", record) if not is_beyond_schemas(one)]
        assert is_whole == (not problems), (record, problems)
    assert {*results} == {True, False}
