"""The actions in a browser that is then killed, and which clients must be stored afterwards."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

NAME: Final = "name"
OPENED: Final = "opened"
DELETED: Final = "deleted"
SECOND: Final = 1.0
"""Actions that were done so long before the browser was killed must have been stored."""


@dataclass(frozen=True)
class Action:
    """An action on a client: an answer or a name was changed, or the client was opened or deleted.

    ``value`` is the answer or the name; None stands for an answer that was undone.
    """

    client: str
    what: str
    value: str | None
    at: float


@dataclass
class ClientHistory:
    """The actions, in order, and which of them were reported as stored.

    The page has reported that the first ``reported`` actions are stored. ``deleted`` holds the ids
    of clients that were deleted before the first action.
    """

    actions: list[Action] = field(default_factory=list)
    reported: int = 0
    deleted: set[str] = field(default_factory=set)
    killed_at: float = 0

    def note(self, client: str, what: str, value: str | None = "") -> None:
        """Record an action that was done just now."""
        self.actions.append(Action(client, what, value, time.monotonic()))

    def report(self) -> None:
        """Record that the page reports everything as stored."""
        self.reported = len(self.actions)

    def end(self) -> bool:
        """Record that the browser is killed; return whether unreported actions must be stored."""
        self.killed_at = time.monotonic()
        return self.must_be_stored > self.reported

    @property
    def must_be_stored(self) -> int:
        """The number of actions that must have been stored: those reported or old enough."""
        old = [
            n for n, action in enumerate(self.actions, 1) if action.at <= self.killed_at - SECOND
        ]
        return max([self.reported, *old])

    def clients(self) -> list[str]:
        """Return the ids of the clients with any stored input, the oldest first."""
        stored = [action.client for action in self.actions if action.what not in {OPENED, DELETED}]
        deleted = {action.client for action in self.actions if action.what == DELETED}
        return [one for one in dict.fromkeys(stored) if one not in deleted]

    def all_ids(self) -> set[str]:
        """Return the ids of all clients that ever existed."""
        return self.deleted | {action.client for action in self.actions}

    def faults(self, found: Mapping[str, Mapping[str, Any]], shown: str) -> list[str]:
        """Return what is wrong with the stored clients, and with the client that is shown."""
        unknown = [f"{one} is unknown" for one in found if one not in self.all_ids()]
        back = [f"{one} is back" for one in found if one in self.deleted]
        return [
            *unknown,
            *back,
            *self._faults_of_clients(found),
            *self._faults_of_shown(found, shown),
        ]

    def continue_with(self, found: Mapping[str, Mapping[str, Any]], shown: str) -> None:
        """Start again from the stored clients; the page may show one that is not stored yet."""
        self.deleted = self.all_ids() - found.keys() - {shown}
        self.actions = []
        for client, record in found.items():
            self.note(client, OPENED)
            for what, value in _parts(record).items():
                self.note(client, what, value)
        self.note(shown, OPENED)
        self.report()

    def _faults_of_clients(self, found: Mapping[str, Mapping[str, Any]]) -> list[str]:
        faults = []
        for client in {action.client for action in self.actions}:
            deleted = self._allowed(client, DELETED)
            changed = {action.what for action in self.actions if action.client == client} - {
                OPENED,
                DELETED,
            }
            must_be_stored = [what for what in changed if None not in self._allowed(client, what)]
            if client not in found:
                if deleted == {None} and must_be_stored:
                    faults.append(f"{client} is lost")
                continue
            if None not in deleted:
                faults.append(f"{client} is back")
            parts = _parts(found[client])
            faults += [
                f"{client}: {what} is {parts.get(what)}"
                for what in changed | parts.keys()
                if parts.get(what) not in self._allowed(client, what)
            ]
        return faults

    def _faults_of_shown(self, found: Collection[str], shown: str) -> list[str]:
        """Check that the page shows the client of the last certain action, or of a later one.

        If that client was deleted, or nothing of it was ever stored, any client may be shown.
        """
        opened = [
            (index < self.must_be_stored, action.client)
            for index, action in enumerate(self.actions)
            if action.what != DELETED
        ]
        last = [client for is_certain, client in opened if is_certain][-1:]
        later = [client for is_certain, client in opened if not is_certain]
        is_allowed = not last or last[0] not in found or shown in {*last, *later}
        return [] if is_allowed else [f"{shown} is shown, and not one of {[*last, *later]}"]

    def _allowed(self, client: str, what: str) -> set[str | None]:
        """Return the allowed values: the last one that must be stored, and all later ones."""
        changed = [
            (index < self.must_be_stored, action.value)
            for index, action in enumerate(self.actions)
            if (action.client, action.what) == (client, what)
        ]
        newest = [value for is_certain, value in changed if is_certain]
        later = [value for is_certain, value in changed if not is_certain]
        return {*(newest[-1:] or [None]), *later}


def _parts(record: Mapping[str, Any]) -> dict[str, str]:
    name = {NAME: record["name"]} if "name" in record else {}
    return {**record["answers"], **name}
