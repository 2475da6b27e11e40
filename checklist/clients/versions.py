"""Versions of the rules: which came before which, and what an older case is told."""

import re
from dataclasses import dataclass
from typing import Final

from checklist.clients.client import Client
from checklist.rules import EDITIONS, Edition, Verdict

_VERSION: Final = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of a case of older rules.

    ``then`` holds the verdicts that its own rules allowed, or None where we do not know those
    rules; ``now`` those of today's; ``since`` the versions that came after its own.
    """

    client: Client
    rules: str
    then: tuple[Verdict, ...] | None
    now: tuple[Verdict, ...]
    since: tuple[str, ...]


def migrate(client: Client, editions: tuple[Edition, ...] = EDITIONS) -> Migration | None:
    """Return the case under today's rules with what it was and is; None where it is current."""
    today = editions[-1]
    if parse_version(client.rules) == parse_version(today.version):
        return None
    theirs = next((one for one in editions if one.version == client.rules), None)
    since = tuple(one.version for one in editions[editions.index(theirs) + 1 :]) if theirs else ()
    return Migration(
        client=client.with_changes(rules=today.version, answers=dict(client.answers)),
        rules=client.rules,
        then=theirs.possible(client.record["answers"]) if theirs else None,
        now=today.possible(client.answers),
        since=since,
    )


def editions_from(version: object, editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    """Return the editions whose answers a case of this version must still be turned from."""
    versions = [edition.version for edition in editions]
    return editions[versions.index(version) : -1] if version in versions else ()


def parse_version(version: object) -> tuple[int, ...] | None:
    """Return the figures of a version such as 1.0, or None for anything else."""
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return tuple(map(int, match.groups())) if match else None
