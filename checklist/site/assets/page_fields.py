"""Generate ``checklist/page/client/fields.js`` from the table of fields.

``python -m checklist.site.assets.page_fields`` writes the file. It is committed, so that scripts
can be type-checked and tested without a build; a unit test compares it with the table.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from checklist.clients import shapes
from checklist.clients.fields import ANSWER, CONTENT, RECORD

FILE: Final = Path(__file__).parents[2] / "page" / "client" / "fields.js"

_MAX_LIST_LENGTH: Final = 80

_PLAIN: Final[Mapping[shapes.Shape, tuple[str, Any]]] = {
    shapes.Text(): ("string", "text"),
    shapes.Time(): ("string", "text"),
    shapes.Number(): ("number", "number"),
    shapes.Version(): ("string", "text"),
}
"""The TypeScript type of each plain shape, and its name in the page's own validation.

The page does not validate times and versions beyond that they are texts.
"""


def module() -> str:
    """Return the module's source: the type of a record, and the shapes that the page validates."""
    return (
        "/**\n"
        " * What a client's record holds. Written by checklist/site/assets/page_fields.py from\n"
        " * checklist/clients/fields.py.\n"
        " *\n"
        f" * @typedef {{{_type(RECORD, ' * ')}}} Fields\n"
        " *\n"
        ' * @typedef {"text" | "number" | string[] | { pair: string[] }\n'
        " *   | { list: Shape } | { map: Shape, keys?: string[] } | { orNull: Shape }\n"
        " *   | { fields: Record<string, Shape>, required?: string[] }} Shape\n"
        " */\n\n"
        "/** @type {Record<string, Shape>} */\n"
        f"export const FIELDS = {_written(_data(CONTENT)['fields'])};\n"
    )


def _type(shape: shapes.Shape, indent: str) -> str:
    """Return the TypeScript type of a shape."""
    match shape:
        case shapes.OneOf():
            return " | ".join(map(json.dumps, shape.words))
        case shapes.Change():
            return f"({_type(ANSWER, indent)} | null)[]"
        case shapes.ListOf():
            return f"{_type(shape.item, indent)}[]"
        case shapes.MappingTo():
            return f"Record<string, {_type(shape.value, indent)}>"
        case shapes.Group():
            inner = f"{indent}  "
            lines = [f"{inner}{_typed(field, inner)};\n" for field in shape.fields]
            return f"{{\n{''.join(lines)}{indent}}}"
        case _:
            return _PLAIN[shape][0]


def _typed(field: shapes.Field, indent: str) -> str:
    optional = "" if field.required else "?"
    return f"{field.name}{optional}: {_type(field.shape, indent)}{' | null' * field.or_null}"


def _data(shape: shapes.Shape) -> Any:  # noqa: ANN401 - JSON
    match shape:
        case shapes.OneOf():
            return list(shape.words)
        case shapes.Change():
            return {"pair": list(ANSWER.words)}
        case shapes.ListOf():
            return {"list": _data(shape.item)}
        case shapes.MappingTo():
            return {"map": _data(shape.value)} | ({"keys": list(shape.keys)} if shape.keys else {})
        case shapes.Group():
            required = [field.name for field in shape.fields if field.required]
            fields = {
                field.name: {"orNull": data} if field.or_null else data
                for field in shape.fields
                for data in [_data(field.shape)]
            }
            return {"fields": fields} | ({"required": required} if required else {})
        case _:
            return _PLAIN[shape][1]


def _written(value: object, indent: str = "") -> str:
    """Return a value as JavaScript, formatted as Prettier would."""
    inner = f"{indent}  "
    if isinstance(value, list) and len(json.dumps(value)) > _MAX_LIST_LENGTH:
        return f"[\n{''.join(f'{inner}{json.dumps(item)},\n' for item in value)}{indent}]"
    if not isinstance(value, dict):
        return json.dumps(value)
    items = [f"{key}: {_written(item, inner)}" for key, item in value.items()]
    if len(items) == 1 and "\n" not in items[0]:
        return f"{{ {items[0]} }}"
    return f"{{\n{''.join(f'{inner}{item},\n' for item in items)}{indent}}}"


if __name__ == "__main__":
    FILE.write_text(module(), encoding="utf-8")
