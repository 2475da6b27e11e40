"""Cases: one client each, as files, links and records of a browser hold them."""

from checklist.cases.case import COLLECTION_FORMAT, COURSES, DECISIONS, FORMAT, Case
from checklist.cases.history import Move, moves
from checklist.cases.imports import Arrival, arrivals
from checklist.cases.links import read_link, write_link
from checklist.cases.reading import CaseError, case_of, read_case, read_cases
from checklist.cases.versions import Migration, migrate
from checklist.cases.writing import to_json, write_case, write_cases, write_files

__all__ = [
    "COLLECTION_FORMAT",
    "COURSES",
    "DECISIONS",
    "FORMAT",
    "Arrival",
    "Case",
    "CaseError",
    "Migration",
    "Move",
    "arrivals",
    "case_of",
    "migrate",
    "moves",
    "read_case",
    "read_cases",
    "read_link",
    "to_json",
    "write_case",
    "write_cases",
    "write_files",
    "write_link",
]
