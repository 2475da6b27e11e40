"""Cases: one client each, as files, links and records of a browser hold them."""

from checklist.clients.client import COLLECTION_FORMAT, COURSES, DECISIONS, FORMAT, Client
from checklist.clients.history import Move, moves
from checklist.clients.imports import Arrival, arrivals
from checklist.clients.links import read_link, write_link
from checklist.clients.reading import ClientError, client_of, read_client, read_clients
from checklist.clients.versions import Migration, migrate
from checklist.clients.writing import to_json, write_client, write_clients, write_files

__all__ = [
    "COLLECTION_FORMAT",
    "COURSES",
    "DECISIONS",
    "FORMAT",
    "Arrival",
    "Client",
    "ClientError",
    "Migration",
    "Move",
    "arrivals",
    "client_of",
    "migrate",
    "moves",
    "read_client",
    "read_clients",
    "read_link",
    "to_json",
    "write_client",
    "write_clients",
    "write_files",
    "write_link",
]
