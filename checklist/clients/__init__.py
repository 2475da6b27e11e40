"""Saved clients: reading, validating, migrating and writing them as files, links and records."""

from checklist.clients.client import COLLECTION_FORMAT, DECISIONS, FORMAT, PROJECT_RESULTS, Client
from checklist.clients.history import ReplayedEntry, replay_log
from checklist.clients.imports import ImportItem, plan_import
from checklist.clients.links import checksum_of, read_link, write_link
from checklist.clients.reading import ClientError, parse_client, read_client, read_clients
from checklist.clients.versions import Migration, migrate
from checklist.clients.writing import to_json, write_client

__all__ = [
    "COLLECTION_FORMAT",
    "DECISIONS",
    "FORMAT",
    "PROJECT_RESULTS",
    "Client",
    "ClientError",
    "ImportItem",
    "Migration",
    "ReplayedEntry",
    "checksum_of",
    "migrate",
    "parse_client",
    "plan_import",
    "read_client",
    "read_clients",
    "read_link",
    "replay_log",
    "to_json",
    "write_client",
    "write_link",
]
