"""Hypothesis strategies made from a JSON Schema: small values that it allows."""

import string
from typing import Any, Final

from hypothesis import strategies as st

MOST: Final = 3
LONGEST: Final = 20
TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST)
KEYS: Final = st.text(string.ascii_letters, max_size=LONGEST)
# That a text is a time is only in the schema's descriptions.
TIMES: Final = st.datetimes(timezones=st.none() | st.timezones()).map(lambda at: at.isoformat())
PLAIN: Final[dict[str, st.SearchStrategy[Any]]] = {
    "string": TEXTS,
    "number": st.integers(0, 2**53 - 1) | st.floats(0, 2**53 - 1),
    "null": st.none(),
}
OTHERS: Final = st.dictionaries(KEYS.map(lambda key: f"x{key}"), TEXTS | st.none(), max_size=1)


def allowed_by(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return a strategy of values that a part of a schema allows, keys it does not name included.

    Raises ``KeyError`` for a type of value that our schema has not used so far.
    """
    made: st.SearchStrategy[Any]
    match schema:
        case {"$ref": place}:
            made = allowed_by(whole["$defs"][place.rpartition("/")[2]], whole)
        case {"const": value}:
            made = st.just(value)
        case {"enum": values}:
            made = st.sampled_from(values)
        case {"anyOf": some}:
            made = st.one_of([allowed_by(one, whole) for one in some])
        case {"type": [one, "null"]}:
            made = st.none() | allowed_by(schema | {"type": one}, whole)
        case {"type": "object"}:
            made = _object(schema, whole)
        case {"type": "array", "items": items}:
            most = min(schema["maxItems"], MOST)
            made = st.lists(
                allowed_by(items, whole), min_size=schema.get("minItems", 0), max_size=most
            )
        case {"type": "string", "pattern": pattern}:
            made = st.from_regex(pattern.rstrip("$"), fullmatch=True)
        case {"type": name}:
            made = TIMES if "description" in schema else PLAIN[name]
    return made


def _object(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    required = schema.get("required", ())
    known = {key: allowed_by(one, whole) for key, one in schema.get("properties", {}).items()}
    fields = st.fixed_dictionaries(
        {key: one for key, one in known.items() if key in required},
        optional={key: one for key, one in known.items() if key not in required},
    )
    match schema.get("additionalProperties", True):
        case False:
            return fields
        case True:
            return st.builds(lambda some, others: others | some, fields, OTHERS)
        case values:
            return st.dictionaries(KEYS, allowed_by(values, whole), max_size=MOST)
