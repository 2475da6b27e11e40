"""The published JSON Schema of case files, generated from the table of fields."""

from collections.abc import Mapping
from typing import Any, Final

from checklist.clients import shapes
from checklist.clients.client import COLLECTION_FORMAT
from checklist.clients.fields import ANSWER, RECORD
from checklist.clients.limits import MAX_CLIENTS, MAX_SAFE_INTEGER

FILE_NAME: Final = "client-case-1.schema.json"
_ANSWER: Final = {"$ref": "#/$defs/answer"}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a case file and of a collection."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "client-case/1",
        "description": "One client of the checklist, or a collection of them.",
        "oneOf": [{"$ref": "#/$defs/case"}, {"$ref": "#/$defs/collection"}],
        "$defs": {
            "case": _schema_of(RECORD),
            "collection": _COLLECTION,
            "answer": {"enum": list(ANSWER.words)},
        },
    }


_COLLECTION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["format", "cases"],
    "properties": {
        "format": {"const": COLLECTION_FORMAT},
        "cases": {"type": "array", "maxItems": MAX_CLIENTS, "items": {"$ref": "#/$defs/case"}},
    },
}


_PLAIN: Final[Mapping[shapes.Shape, dict[str, Any]]] = {
    shapes.Anything(): {},
    shapes.Time(): {"type": "string", "description": "ISO 8601, best with an offset"},
    shapes.Number(): {"type": "number", "minimum": 0, "maximum": MAX_SAFE_INTEGER},
    shapes.Version(): {"type": "string", "pattern": r"^[0-9]{1,4}\.[0-9]{1,4}$"},
    shapes.Change(): {
        "type": "array",
        "items": {"anyOf": [_ANSWER, {"type": "null"}]},
        "minItems": 2,
        "maxItems": 2,
    },
}


def _schema_of(shape: shapes.Shape) -> dict[str, Any]:
    match shape:
        case shapes.Text():
            return {"type": "string", "maxLength": shape.longest}
        case shapes.OneOf():
            return _one_of(shape)
        case shapes.ListOf():
            return {"type": "array", "maxItems": shape.most, "items": _schema_of(shape.item)}
        case shapes.MappingTo():
            return {"type": "object", **_values(shape)}
        case shapes.Group():
            required = [field.name for field in shape.fields if field.required]
            return {
                "type": "object",
                **({"required": required} if required else {}),
                "properties": {field.name: _field(field) for field in shape.fields},
            }
        case _:
            return _PLAIN[shape]


def _one_of(shape: shapes.OneOf) -> dict[str, Any]:
    match shape.words:
        case ANSWER.words:
            return _ANSWER
        case (word,):
            return {"const": word}
        case words:
            return {"enum": list(words)}


def _values(shape: shapes.MappingTo) -> dict[str, Any]:
    value = _schema_of(shape.value)
    if shape.keys:
        return {"properties": dict.fromkeys(shape.keys, value), "additionalProperties": False}
    return {"maxProperties": shape.most, "additionalProperties": value}


def _field(field: shapes.Field) -> dict[str, Any]:
    schema = _schema_of(field.shape)
    return schema | {"type": [schema["type"], "null"]} if field.or_null else schema
