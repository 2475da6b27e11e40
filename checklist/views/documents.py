"""Documents: a title and blocks of plain text, rendered as JSON, as Markdown or as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_MARKUP: Final = re.compile(
    r"^([^\S\n]*(?=[-+=])|[^\S\n]*\d+(?=[.)]))(.)|([\\`*_{}\[\]<>#|~])", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a document."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``small`` for a note in smaller type."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to say to the client, or a quotation of the article; ``source`` is its phrase's id."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``differs`` marks a row whose cells are not all equal."""

    label: str
    cells: tuple[str, ...]
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with row labels; ``corner`` is the heading of the column of labels."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """Empty lines to write on by hand."""

    lines: int = 2


type Block = Heading | Paragraph | Quote | Items | Table | Space


@dataclass(frozen=True, slots=True)
class Document:
    """A title and the blocks below it."""

    title: str
    blocks: tuple[Block, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the document as values for JSON; each block has a ``kind``."""
        return {"title": self.title, "blocks": [_as_dict(block) for block in self.blocks]}


def to_markdown(document: Document) -> str:
    """Return the document as Markdown, with all of its text escaped."""
    parts = [f"# {_escaped(document.title)}", *map(_markdown, document.blocks)]
    return "\n\n".join(parts) + "\n"


def to_text(document: Document) -> str:
    """Return the document as plain text, for a terminal."""
    parts = [document.title, *("\n".join(_text(block)) for block in document.blocks)]
    return "\n\n".join(parts)


def _as_dict(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text, small):
            return {"kind": "paragraph", "text": text, "small": small}
        case Quote(text, source):
            return {"kind": "quote", "text": text, "source": source}
        case Items(items):
            return {"kind": "items", "items": list(items)}
        case Table(corner, columns, rows):
            shown = [
                {"label": row.label, "cells": list(row.cells), "differs": row.differs}
                for row in rows
            ]
            return {"kind": "table", "corner": corner, "columns": list(columns), "rows": shown}
        case Space(lines):
            return {"kind": "space", "lines": lines}


def _markdown(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {_escaped(text)}"
        case Paragraph(text):
            return _escaped(text)
        case Quote(text):
            return "\n".join(f"> {_escaped(line)}" for line in text.splitlines())
        case Items(items):
            return "\n".join(f"- {_escaped(_in_one_line(item))}" for item in items)
        case Table(corner, columns, rows):
            lines = [(corner, *columns), *((row.label, *row.cells) for row in rows)]
            shown = [
                f"| {' | '.join(_escaped(_in_one_line(cell)) for cell in line)} |" for line in lines
            ]
            return "\n".join([shown[0], "|---" * (len(columns) + 1) + "|", *shown[1:]])
        case Space(lines):
            return "\n\n".join(["\\_" * 20] * lines)


def _text(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield text.upper()
        case Paragraph(text):
            yield text
        case Quote(text):
            yield from (f"  > {line}" for line in text.splitlines())
        case Items(items):
            yield from (f"  - {item}" for item in items)
        case Table(_, columns, rows):
            for row in rows:
                yield f"{'≠' if row.differs else ' '} {row.label}"
                yield from (
                    f"    {column}: {_in_one_line(cell)}"
                    for column, cell in zip(columns, row.cells, strict=True)
                )
        case Space(lines):
            yield from ["  " + "_" * 60] * lines


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", text)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
