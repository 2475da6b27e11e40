"""What a visitor did in a browser that was then killed, and what of it must be there afterwards."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

NAME: Final = "name"
OPENED: Final = "opened"
ERASED: Final = "erased"
SECOND: Final = 1.0
"""What was done so long before the end is not to be lost."""


@dataclass(frozen=True)
class Deed:
    """What the visitor did to a client: gave an answer or a name, opened or erased it.

    ``value`` is the answer or the name; none is an answer that was taken back.
    """

    client: str
    what: str
    value: str | None
    at: float


@dataclass
class Diary:
    """What the visitor did, in turn.

    The page has said of the first ``reported`` deeds that they are stored. ``erased`` are clients
    that are gone since before the first of them.
    """

    deeds: list[Deed] = field(default_factory=list)
    reported: int = 0
    erased: set[str] = field(default_factory=set)
    killed_at: float = 0

    def note(self, client: str, what: str, value: str | None = "") -> None:
        """Note what was done just now."""
        self.deeds.append(Deed(client, what, value, time.monotonic()))

    def report(self) -> None:
        """Note that all of it is stored."""
        self.reported = len(self.deeds)

    def end(self) -> bool:
        """Note that the browser ends now; tell whether age alone makes a promise of anything."""
        self.killed_at = time.monotonic()
        return self.promised > self.reported

    @property
    def promised(self) -> int:
        """How many of the deeds must have outlived the browser."""
        old = [n for n, deed in enumerate(self.deeds, 1) if deed.at <= self.killed_at - SECOND]
        return max([self.reported, *old])

    def clients(self) -> list[str]:
        """Return the clients of whom anything is stored, the oldest first."""
        stored = [deed.client for deed in self.deeds if deed.what not in {OPENED, ERASED}]
        erased = {deed.client for deed in self.deeds if deed.what == ERASED}
        return [one for one in dict.fromkeys(stored) if one not in erased]

    def everybody(self) -> set[str]:
        """Return all clients that there ever were."""
        return self.erased | {deed.client for deed in self.deeds}

    def faults(self, found: Mapping[str, Mapping[str, Any]], shown: str) -> list[str]:
        """Return what is wrong with the clients that were found, and with the one that is shown."""
        unknown = [f"{one} is nobody's" for one in found if one not in self.everybody()]
        back = [f"{one} is back" for one in found if one in self.erased]
        return [
            *unknown,
            *back,
            *self._faults_of_clients(found),
            *self._faults_of_shown(found, shown),
        ]

    def continue_with(self, found: Mapping[str, Mapping[str, Any]], shown: str) -> None:
        """Begin anew with what was found; the page may show a client that is not stored yet."""
        self.erased = self.everybody() - found.keys() - {shown}
        self.deeds = []
        for client, record in found.items():
            self.note(client, OPENED)
            for what, value in _parts(record).items():
                self.note(client, what, value)
        self.note(shown, OPENED)
        self.report()

    def _faults_of_clients(self, found: Mapping[str, Mapping[str, Any]]) -> list[str]:
        faults = []
        for client in {deed.client for deed in self.deeds}:
            erased = self._allowed(client, ERASED)
            given = {deed.what for deed in self.deeds if deed.client == client} - {OPENED, ERASED}
            promised = [what for what in given if None not in self._allowed(client, what)]
            if client not in found:
                if erased == {None} and promised:
                    faults.append(f"{client} is lost")
                continue
            if None not in erased:
                faults.append(f"{client} is back")
            parts = _parts(found[client])
            faults += [
                f"{client}: {what} is {parts.get(what)}"
                for what in given | parts.keys()
                if parts.get(what) not in self._allowed(client, what)
            ]
        return faults

    def _faults_of_shown(self, found: Collection[str], shown: str) -> list[str]:
        """The client opened or changed last is shown, or a later one that was not promised.

        Where that client is gone, or nothing was ever stored of it, any other may be.
        """
        opened = [
            (index < self.promised, deed.client)
            for index, deed in enumerate(self.deeds)
            if deed.what != ERASED
        ]
        last = [client for is_promised, client in opened if is_promised][-1:]
        later = [client for is_promised, client in opened if not is_promised]
        is_right = not last or last[0] not in found or shown in {*last, *later}
        return [] if is_right else [f"{shown} is shown, and not one of {[*last, *later]}"]

    def _allowed(self, client: str, what: str) -> set[str | None]:
        """Return what may be found: the newest that was promised, or what came after it."""
        given = [
            (index < self.promised, deed.value)
            for index, deed in enumerate(self.deeds)
            if (deed.client, deed.what) == (client, what)
        ]
        newest = [value for is_promised, value in given if is_promised]
        later = [value for is_promised, value in given if not is_promised]
        return {*(newest[-1:] or [None]), *later}


def _parts(record: Mapping[str, Any]) -> dict[str, str]:
    name = {NAME: record["name"]} if "name" in record else {}
    return {**record["answers"], **name}
