"""The JSON Schema of case files, made from the facts, so that others can write them too."""

from typing import Any, Final

from checklist.cases.case import COLLECTION_FORMAT, COURSES, DECISIONS, FORMAT
from checklist.cases.limits import LONGEST_TEXT, MOST_CASES, MOST_IN_ONE
from checklist.rules import ANSWERS, FACTS

FILE_NAME: Final = "client-case-1.schema.json"
_TEXT: Final = {"type": "string", "maxLength": LONGEST_TEXT}
_TIME: Final = {"type": "string", "description": "ISO 8601, best with an offset"}
_COUNT: Final = {"type": "number", "minimum": 0}


def schema() -> dict[str, Any]:
    """Return the schema of one case and of a collection (JSON Schema 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "client-case/1",
        "description": "One client of the checklist, or a collection of them.",
        "oneOf": [{"$ref": "#/$defs/case"}, {"$ref": "#/$defs/collection"}],
        "$defs": {"case": _case(), "collection": _COLLECTION, "answer": {"enum": list(ANSWERS)}},
    }


_COLLECTION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["format", "cases"],
    "properties": {
        "format": {"const": COLLECTION_FORMAT},
        "cases": {"type": "array", "maxItems": MOST_CASES, "items": {"$ref": "#/$defs/case"}},
    },
}


def _case() -> dict[str, Any]:
    answer = {"$ref": "#/$defs/answer"}
    return {
        "type": "object",
        "required": ["answers"],
        "properties": {
            "format": {"const": FORMAT},
            "rules": {"type": "string", "pattern": r"^[0-9]{1,4}\.[0-9]{1,4}$"},
            "id": _TEXT,
            "name": _TEXT,
            "answers": {
                "type": "object",
                "properties": {fact.id: answer for fact in FACTS},
                "additionalProperties": False,
            },
            "notes": {
                "type": "object",
                "maxProperties": MOST_IN_ONE,
                "additionalProperties": _TEXT,
            },
            "log": {"type": "array", "maxItems": MOST_IN_ONE, "items": _entry()},
            "staying": _TEXT,
            "outcome": {
                "type": ["object", "null"],
                "properties": {
                    "decision": {"enum": ["", *DECISIONS]},
                    "went": {"enum": ["", *COURSES]},
                    "words": _TEXT,
                },
            },
            "estimate": {
                "type": ["object", "null"],
                "properties": {"hours": _COUNT, "weeks": _COUNT, "rate": _COUNT},
            },
            "letter": {
                "type": ["object", "null"],
                "properties": {"kind": _TEXT, "in": _TEXT, "text": _TEXT},
            },
            "changed": _TIME,
        },
    }


def _entry() -> dict[str, Any]:
    before_or_after = {"anyOf": [{"$ref": "#/$defs/answer"}, {"type": "null"}]}
    pair = {"type": "array", "items": before_or_after, "minItems": 2, "maxItems": 2}
    return {
        "type": "object",
        "required": ["at"],
        "properties": {
            "at": _TIME,
            "answers": {"type": "object", "additionalProperties": pair},
            "note": _TEXT,
            "text": _TEXT,
            "meeting": _TEXT,
            "decision": _TEXT,
        },
    }
