"""One client, as it is saved: a record whose keys we know, and keys that we only keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.rules import RULES_VERSION, Answers

FORMAT: Final = "client-case/1"
COLLECTION_FORMAT: Final = "client-cases/1"
DECISIONS: Final = ("taken", "declined")
COURSES: Final = ("well", "mixed", "badly")


@dataclass(frozen=True, slots=True)
class Client:
    """One client.

    ``record`` is the file's object as it came, so that writing it back loses nothing;
    ``answers`` are its answers in terms of today's facts, ``unknown`` included where given.
    """

    record: Mapping[str, Any]
    answers: Answers

    @property
    def rules(self) -> str:
        """The version of the rules that the record is for."""
        version: str = self.record.get("rules", RULES_VERSION)
        return version

    @property
    def id(self) -> str:
        """What tells this client from the others in a collection; empty where not given."""
        return str(self.record.get("id", ""))

    @property
    def name(self) -> str:
        """The visitor's own name for the client; it never goes into a letter."""
        return str(self.record.get("name", "")).strip()

    @property
    def notes(self) -> Mapping[str, str]:
        """What the visitor saw, by fact."""
        notes: Mapping[str, str] = self.record.get("notes", {})
        return notes

    @property
    def log(self) -> tuple[Mapping[str, Any], ...]:
        """What happened, oldest first."""
        return tuple(self.record.get("log", ()))

    @property
    def staying(self) -> str:
        """Why the visitor goes on anyway."""
        return str(self.record.get("staying", "")).strip()

    @property
    def outcome(self) -> Mapping[str, str]:
        """How it ended: ``decision``, ``went`` and ``words``, each where known."""
        return self.record.get("outcome") or {}

    @property
    def changed(self) -> str:
        """When the record last changed; empty where not known."""
        return str(self.record.get("changed", ""))

    def with_changes(self, **changes: object) -> "Client":
        """Return the case with some keys of its record replaced; the others stay."""
        return Client({**self.record, **changes}, self.answers)
