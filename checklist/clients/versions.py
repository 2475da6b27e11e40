"""Versions of the rules, and the migration of clients saved with older ones."""

import re
from dataclasses import dataclass
from typing import Final

from checklist.clients.client import Client
from checklist.rules import EDITIONS, Edition, Verdict

_VERSION: Final = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Migration:
    """The migration of a client from older rules.

    ``client`` is the migrated client and ``rules`` the version it had. ``then`` holds the
    possible verdicts by that version, or None if no such edition is known; ``now`` those by the
    current one. ``since`` holds the versions that followed ``rules``.
    """

    client: Client
    rules: str
    then: tuple[Verdict, ...] | None
    now: tuple[Verdict, ...]
    since: tuple[str, ...]


def migrate(client: Client, editions: tuple[Edition, ...] = EDITIONS) -> Migration | None:
    """Return the migration to the current rules; None if the client has them already."""
    current = editions[-1]
    if parse_version(client.rules) == parse_version(current.version):
        return None
    old = next((edition for edition in editions if edition.version == client.rules), None)
    since = tuple(one.version for one in editions[editions.index(old) + 1 :]) if old else ()
    return Migration(
        client=client.with_changes(rules=current.version, answers=dict(client.answers)),
        rules=client.rules,
        then=old.possible(client.record["answers"]) if old else None,
        now=current.possible(client.answers),
        since=since,
    )


def editions_to_migrate(version: object, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """Return the editions, oldest first, whose ``to_next`` migrates answers of this version.

    None for the current version and for one that has no edition.
    """
    versions = [edition.version for edition in editions]
    return editions[versions.index(version) : -1] if version in versions else ()


def parse_version(version: object) -> tuple[int, ...] | None:
    """Return (1, 0) for the version "1.0", or None for anything that is no version."""
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return tuple(map(int, match.groups())) if match else None
