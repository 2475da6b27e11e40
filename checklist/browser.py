"""The one door the worker calls: JSON in, JSON out."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from checklist.cases import (
    CaseError,
    arrivals,
    case_of,
    migrate,
    read_case,
    read_cases,
    read_link,
    to_json,
    write_case,
    write_cases,
    write_link,
)
from checklist.rules import AnswersError, Problem, parse_answers, score
from checklist.texts import Texts, load
from checklist.texts.explanation import explain, explain_problem
from checklist.views.agenda import agenda
from checklist.views.arrivals import arrivals_in_words
from checklist.views.comparison import comparison
from checklist.views.csv_file import to_csv
from checklist.views.documents import to_markdown
from checklist.views.letters import Options, fitting, letter
from checklist.views.log import history
from checklist.views.losses import estimate, losses
from checklist.views.migration import migration_in_words
from checklist.views.overview import overview
from checklist.views.sheet import sheet

type Asked = Mapping[str, Any]
type Said = dict[str, Any]


def handle(request: str) -> str:
    """Answer one request of the page, in the language it names.

    ``{"lang": "ru", "answers": {...}}`` is answered with ``{"result": …, "explanation": …}``;
    ``{"lang": "ru", "case": "<text of a case file>"}`` with ``{"answers": {...}}``. For all
    else ``do`` names one of the functions below, and ``record`` or ``records`` hold the cases.
    Where the input is bad the answer is ``{"problems": ["…", …]}``.
    """
    asked: Asked = json.loads(request)
    texts = load(asked["lang"])
    do = asked.get("do", "read" if "case" in asked else "score")
    try:
        answer = _DOORS[do](asked, texts)
    except (AnswersError, CaseError) as error:
        answer = _problems(error.problems, texts)
    return _whole(to_json(answer))


def _whole(text: str) -> str:
    """The text with a question mark for each half of a character, which UTF-8 has no bytes for."""
    return text.encode(errors="replace").decode()


def _score(asked: Asked, texts: Texts) -> Said:
    answers = parse_answers(asked["answers"])
    result = score(answers)
    return {"result": result.as_dict(), "explanation": explain(result, answers, texts)}


def _read(asked: Asked, _: Texts) -> Said:
    return {"answers": dict(read_case(asked["case"]).answers)}


def _agenda(asked: Asked, _: Texts) -> Said:
    return {"document": agenda(case_of(asked["record"]), load(asked["in"])).as_dict()}


def _history(asked: Asked, texts: Texts) -> Said:
    return {"document": history(case_of(asked["record"]), texts).as_dict()}


def _losses(asked: Asked, texts: Texts) -> Said:
    return {"document": losses(case_of(asked["record"]), texts).as_dict()}


def _estimate(asked: Asked, texts: Texts) -> Said:
    return {"text": estimate(asked["figures"], texts)}


def _sheet(asked: Asked, texts: Texts) -> Said:
    return {"document": sheet(case_of(asked["record"]), texts).as_dict()}


def _letter(asked: Asked, _: Texts) -> Said:
    """The letter, why there is none where there is none, and which kind fits the verdict."""
    case, kind, words = case_of(asked["record"]), asked["kind"], load(asked["in"])
    text = letter(kind, case, words, Options(**asked["options"]))
    why_none = "" if text else words(f"letters.{kind}.none")
    return {"text": text, "none": why_none, "fitting": fitting(case)}


def _compare(asked: Asked, texts: Texts) -> Said:
    cases = [case_of(record) for record in asked["records"]]
    return {"document": comparison(cases, texts).as_dict()}


def _overview(asked: Asked, texts: Texts) -> Said:
    """A row for each client; one that cannot be read is named and does not hide the others."""
    cases, unread = [], []
    for record in asked["records"]:
        try:
            cases.append(case_of(record))
        except CaseError as error:
            said = _problems(error.problems, texts)
            unread.append({"id": record["id"], **said})
    return {**overview(cases, texts), "unread": unread}


def _link(asked: Asked, _: Texts) -> Said:
    case = case_of(asked["record"])
    return {"payload": write_link(case, name=asked["name"], notes=asked["notes"])}


def _open_link(asked: Asked, texts: Texts) -> Said:
    return _brought_up_to_date(read_link(asked["payload"]).record, texts)


def _open(asked: Asked, texts: Texts) -> Said:
    return _brought_up_to_date(asked["record"], texts)


def _brought_up_to_date(record: object, texts: Texts) -> Said:
    """The record under today's rules, and what that changes, where they are not its own."""
    case = case_of(record)
    migration = migrate(case)
    if migration is None:
        return {"record": write_case(case), "news": []}
    return {
        "record": write_case(migration.case),
        "news": migration_in_words(migration, texts),
    }


def _export(asked: Asked, texts: Texts) -> Said:
    cases = [case_of(record) for record in asked["records"]]
    match asked["as"]:
        case "json" if asked.get("one"):
            return {"text": to_json(write_case(cases[0]), indent=2)}
        case "json":
            return {"text": to_json(write_cases(cases), indent=2)}
        case "csv":
            return {"text": to_csv(cases, texts)}
        case _:
            return {"text": "\n".join(to_markdown(sheet(case, texts)) for case in cases)}


def _import(asked: Asked, texts: Texts) -> Said:
    """What the file holds, in words, and the records to add if the visitor agrees."""
    here = {record["id"]: record for record in asked["here"]}
    found = arrivals(read_cases(asked["text"]), here)
    return {
        "lines": arrivals_in_words(found, texts),
        "records": [write_case(one.case) for one in found if one.kind != "same"],
    }


_DOORS: Final[Mapping[str, Callable[[Asked, Texts], Said]]] = {
    "score": _score,
    "read": _read,
    "agenda": _agenda,
    "history": _history,
    "losses": _losses,
    "estimate": _estimate,
    "sheet": _sheet,
    "letter": _letter,
    "compare": _compare,
    "overview": _overview,
    "link": _link,
    "open_link": _open_link,
    "open": _open,
    "export": _export,
    "import": _import,
}


def _problems(problems: tuple[Problem, ...], texts: Texts) -> Said:
    return {"problems": [explain_problem(problem, texts) for problem in problems]}
