"""The fields of a client's record: the single definition of the format ``client-case/1``.

Names are permanent: fields are added, never renamed or removed. The validation of files
(``reading.py``), the published schema (``schema.py``), the types and validation of the page
(``page/client/fields.js``, written by ``site/assets/page_fields.py``) and the random clients of
tests and of the image (``site/requests/random_records.py``) are all made from this table.
"""

from typing import Final

from checklist.advice import CHECKS, STAGES
from checklist.clients.client import DECISIONS, FORMAT, PROJECT_RESULTS
from checklist.clients.shapes import (
    Change,
    Field,
    Group,
    ListOf,
    MappingTo,
    Number,
    OneOf,
    Text,
    Time,
    Version,
)
from checklist.rules import ANSWERS, FACTS

ANSWER: Final = OneOf(ANSWERS)

ENTRY: Final = Group(
    (
        Field("at", Time(), "1.1.0", required=True),
        Field("answers", MappingTo(Change()), "1.1.0"),
        Field("note", Text(), "1.1.0"),
        Field("text", Text(), "1.1.0"),
        Field("meeting", Text(), "1.1.0"),
        Field("decision", Text(), "1.1.0"),
        Field("rules", Text(), "1.1.0"),
        Field("checks", MappingTo(Change()), "1.5.0"),
        Field("stage", Text(), "1.5.0"),
    )
)
OUTCOME: Final = Group(
    (
        Field("decision", OneOf(("", *DECISIONS)), "1.1.0"),
        Field("went", OneOf(("", *PROJECT_RESULTS)), "1.1.0"),
        Field("words", Text(), "1.1.0"),
    )
)
ESTIMATE: Final = Group(
    (
        Field("hours", Number(), "1.1.0"),
        Field("weeks", Number(), "1.1.0"),
        Field("rate", Number(), "1.1.0"),
    )
)
LETTER: Final = Group(
    (
        Field("kind", Text(), "1.2.0"),
        Field("in", Text(), "1.2.0"),
        Field("text", Text(), "1.2.0"),
        Field("greet", Text(), "1.5.0"),
        Field("better", Text(), "1.5.0"),
        Field("sign", Text(), "1.5.0"),
        Field("reason", Text(), "1.5.0"),
    )
)
RECORD: Final = Group(
    (
        Field("format", OneOf((FORMAT,)), "1.0.0"),
        Field("rules", Version(), "1.0.0"),
        Field("id", Text(), "1.1.0"),
        Field("name", Text(), "1.1.0"),
        Field(
            "answers", MappingTo(ANSWER, tuple(fact.id for fact in FACTS)), "1.0.0", required=True
        ),
        Field(
            "checks",
            MappingTo(ANSWER, tuple(check.id for check in CHECKS), no_such_key="no_such_check"),
            "1.5.0",
        ),
        Field("stage", OneOf(STAGES), "1.5.0"),
        Field("notes", MappingTo(Text()), "1.1.0"),
        Field("context", ListOf(Text()), "1.1.0"),
        Field("log", ListOf(ENTRY), "1.1.0"),
        Field("trimmed", Number(), "1.5.0"),  # how many entries a full log has lost
        Field("staying", Text(), "1.1.0"),
        Field("outcome", OUTCOME, "1.1.0", or_null=True),
        Field("estimate", ESTIMATE, "1.1.0", or_null=True),
        Field("letter", LETTER, "1.2.0", or_null=True),
        Field("changed", Time(), "1.1.0"),
        Field("link", Text(), "1.5.0"),  # the checksum of the link that it came by
    )
)

EDITION_FIELDS: Final = ("format", "rules", "answers")
"""Fields that are validated against the record's own edition of the rules."""

CONTENT: Final = Group(tuple(field for field in RECORD.fields if field.name not in EDITION_FIELDS))
"""The other fields, which are validated by their shapes."""
