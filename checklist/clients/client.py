"""The class of a saved client."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.advice import STAGES, Stage
from checklist.rules import RULES_VERSION, Answers

FORMAT: Final = "client-case/1"
COLLECTION_FORMAT: Final = "client-cases/1"
DECISIONS: Final = ("taken", "declined")
PROJECT_RESULTS: Final = ("well", "mixed", "badly")


@dataclass(frozen=True, slots=True)
class Client:
    """One saved client.

    ``record`` is the JSON object as it was read, unknown keys included, so that writing it back
    loses nothing. ``answers`` are its answers by fact id, migrated to the current edition; a
    fact that the record does not answer is missing.
    """

    record: Mapping[str, Any]
    answers: Answers

    @property
    def rules(self) -> str:
        """The version of the rules that the record was saved with."""
        version: str = self.record.get("rules", RULES_VERSION)
        return version

    @property
    def id(self) -> str:
        """The id, unique in a collection; empty if the record has none."""
        return str(self.record.get("id", ""))

    @property
    def name(self) -> str:
        """The visitor's own name for the client, which must never appear in a letter."""
        return str(self.record.get("name", "")).strip()

    @property
    def checks(self) -> Answers:
        """The answers to the checks beside the rule, by id."""
        checks: Answers = self.record.get("checks", {})
        return checks

    @property
    def stage(self) -> Stage:
        """Whether work has begun."""
        stage: Stage = self.record.get("stage", STAGES[0])
        return stage

    @property
    def notes(self) -> Mapping[str, str]:
        """The visitor's notes by fact id."""
        notes: Mapping[str, str] = self.record.get("notes", {})
        return notes

    @property
    def log(self) -> tuple[Mapping[str, Any], ...]:
        """The log's entries, oldest first."""
        return tuple(self.record.get("log", ()))

    @property
    def trimmed(self) -> int:
        """How many of the oldest entries the log has lost because it was full."""
        return int(self.record.get("trimmed", 0))

    @property
    def staying(self) -> str:
        """Why the visitor works with the client in spite of the verdict."""
        return str(self.record.get("staying", "")).strip()

    @property
    def outcome(self) -> Mapping[str, str]:
        """The outcome: any of ``decision``, ``went`` (how the project went) and ``words``."""
        return self.record.get("outcome") or {}

    @property
    def changed(self) -> str:
        """The time of the record's last change in ISO 8601; empty if not known."""
        return str(self.record.get("changed", ""))

    def with_changes(self, **changes: object) -> "Client":
        """Return a copy with these keys of the record replaced; ``answers`` stay as they are."""
        return Client({**self.record, **changes}, self.answers)
