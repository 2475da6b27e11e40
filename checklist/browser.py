"""The entry point that the worker calls: a JSON request in, a JSON response out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.clients import (
    ClientError,
    arrivals,
    client_of,
    migrate,
    read_client,
    read_clients,
    read_link,
    to_json,
    write_client,
    write_files,
    write_link,
)
from checklist.clients.fields import ESTIMATE
from checklist.clients.limits import (
    DEEPEST,
    cut_at_depth,
    depth,
    finite,
    first_named,
    without_strings,
)
from checklist.clients.shapes import Anything, Field, Group, ListOf, OneOf, Shape, Text
from checklist.rules import AnswersError, Problem, parse_answers, score, shown
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import explain, explain_problem
from checklist.views.agenda import agenda
from checklist.views.arrivals import arrivals_in_words
from checklist.views.comparison import FEWEST, MOST, comparison
from checklist.views.csv_file import to_csv
from checklist.views.documents import to_markdown
from checklist.views.letters import KINDS, WISHES, Options, fitting, letter
from checklist.views.log import history
from checklist.views.losses import estimate, losses
from checklist.views.migration import migration_in_words
from checklist.views.overview import overview
from checklist.views.sheet import sheet

type Asked = Mapping[str, Any]
type Said = dict[str, Any]

_PLACE: Final = "request"
_AROUND: Final = 10
"""How much deeper a request may be than the records in it: more than any is."""


@dataclass(frozen=True, slots=True)
class _Handler:
    """What answers one kind of request, and what it needs of the request."""

    answer: Callable[[Asked, Texts], Said]
    needs: Group


def handle(request: str) -> str:
    """Answer one request of the page, in the language it names.

    ``{"lang": "ru", "answers": {...}}`` is answered with ``{"result": …, "explanation": …}``;
    ``{"lang": "ru", "case": "<text of a case file>"}`` with ``{"answers": {...}}``. For all
    else ``do`` names one of the functions below, and ``record`` or ``records`` hold the cases.
    Where the input is bad the answer is ``{"problems": ["…", …]}``.
    """
    try:
        asked = _parsed(request)
    except ClientError as error:
        # What cannot be read names no language.
        found = [line for lang in LANGUAGES for line in _problems(error.problems, load(lang))]
        return _whole(to_json({"problems": found}))
    texts = load(asked["lang"])
    try:
        answer = _answered(asked, texts)
    except (AnswersError, ClientError) as error:
        answer = {"problems": _problems(error.problems, texts)}
    return _whole(to_json(answer))


def _parsed(request: str) -> Asked:
    """The request as plain values that a browser has too; raises ``ClientError``.

    A record that is too deep to be parsed is cut, and is still too deep for whoever judges it: it
    is refused by itself, and stands in nobody's way.
    """
    is_deep = depth(without_strings(request)) > DEEPEST + _AROUND
    text = cut_at_depth(request, DEEPEST + _AROUND) if is_deep else request
    try:
        asked: Asked = json.loads(text, parse_float=finite, parse_constant=finite)
    except ValueError:
        problem = Problem(_PLACE, "too_deep" if is_deep else "not_json", shown(request))
        raise ClientError([problem]) from None
    if problems := [*_REQUEST.problems(_PLACE, asked)]:
        raise ClientError(problems)
    return asked


def _answered(asked: Asked, texts: Texts) -> Said:
    do = asked.get("do", "read" if "case" in asked else "score")
    handler = _HANDLERS[do]
    if problems := [*handler.needs.problems(_PLACE, asked)]:
        raise ClientError(problems)
    return handler.answer(asked, texts)


def _whole(text: str) -> str:
    """The text with a question mark for each half of a character, which UTF-8 has no bytes for."""
    return text.encode(errors="replace").decode()


def _score(asked: Asked, texts: Texts) -> Said:
    answers = parse_answers(asked["answers"])
    result = score(answers)
    return {"result": result.as_dict(), "explanation": explain(result, answers, texts)}


def _read(asked: Asked, _: Texts) -> Said:
    return {"answers": dict(read_client(asked["case"]).answers)}


def _agenda(asked: Asked, _: Texts) -> Said:
    return {"document": agenda(client_of(asked["record"]), load(asked["in"])).as_dict()}


def _history(asked: Asked, texts: Texts) -> Said:
    return {"document": history(client_of(asked["record"]), texts).as_dict()}


def _losses(asked: Asked, texts: Texts) -> Said:
    return {"document": losses(client_of(asked["record"]), texts).as_dict()}


def _estimate(asked: Asked, texts: Texts) -> Said:
    return {"text": estimate(asked["figures"], texts)}


def _sheet(asked: Asked, texts: Texts) -> Said:
    return {"document": sheet(client_of(asked["record"]), texts).as_dict()}


def _letter(asked: Asked, _: Texts) -> Said:
    """The letter, why there is none where there is none, and which kind fits the verdict."""
    client, kind, words = client_of(asked["record"]), asked["kind"], load(asked["in"])
    wishes = Options(**{wish: asked["options"].get(wish, "") for wish in WISHES})
    written = letter(kind, client, words, wishes)
    why_none = "" if written else words(f"letters.{kind}.none")
    return {"text": written, "none": why_none, "fitting": fitting(client)}


def _compare(asked: Asked, texts: Texts) -> Said:
    clients = [client_of(record) for record in asked["records"]]
    if not FEWEST <= len(clients) <= MOST:
        return {"problems": [texts("cli.how_many", count=len(clients))]}
    return {"document": comparison(clients, texts).as_dict()}


def _overview(asked: Asked, texts: Texts) -> Said:
    """A row for each client; one that cannot be read is named and does not hide the others."""
    clients, unread = [], []
    for record in asked["records"]:
        try:
            clients.append(client_of(record))
        except ClientError as error:
            id_ = record.get("id") if isinstance(record, Mapping) else None
            unread.append({"id": id_, "problems": _problems(error.problems, texts)})
    return {**overview(clients, texts), "unread": unread}


def _link(asked: Asked, _: Texts) -> Said:
    client = client_of(asked["record"])
    return {"payload": write_link(client, name=asked["name"], notes=asked["notes"])}


def _open_link(asked: Asked, texts: Texts) -> Said:
    return _brought_up_to_date(read_link(asked["payload"]).record, texts)


def _open(asked: Asked, texts: Texts) -> Said:
    return _brought_up_to_date(asked["record"], texts)


def _brought_up_to_date(record: object, texts: Texts) -> Said:
    """The record under today's rules, and what that changes, where they are not its own."""
    client = client_of(record)
    migration = migrate(client)
    if migration is None:
        return {"record": write_client(client), "news": []}
    return {
        "record": write_client(migration.client),
        "news": migration_in_words(migration, texts),
    }


def _export(asked: Asked, texts: Texts) -> Said:
    clients = [client_of(record) for record in asked["records"]]
    match asked["as"]:
        case "json" if asked.get("one") and clients:
            return {"text": to_json(write_client(clients[0]), indent=2)}
        case "json":
            text, *more = write_files(clients)
            return {"text": text, **({"more": more} if more else {})}
        case "csv":
            return {"text": to_csv(clients, texts)}
        case _:
            return {"text": "\n".join(to_markdown(sheet(client, texts)) for client in clients)}


def _import(asked: Asked, texts: Texts) -> Said:
    """What the file holds, in words, and the records to add if the visitor agrees."""
    here = {
        record["id"]: record
        for record in asked["here"]
        if isinstance(record, Mapping) and isinstance(record.get("id"), str)
    }
    found = arrivals(read_clients(asked["text"]), here)
    records = [write_client(one.client) for one in found if one.kind != "same"]
    return {"lines": arrivals_in_words(found, texts), "records": records}


def _handler(answer: Callable[[Asked, Texts], Said], needs: Mapping[str, Shape]) -> _Handler:
    return _Handler(answer, Group(tuple(Field(*need, required=True) for need in needs.items())))


_ANY: Final[Mapping[str, Shape]] = {"record": Anything()}
_MANY: Final[Mapping[str, Shape]] = {"records": ListOf(Anything())}
_IN: Final[Mapping[str, Shape]] = {"in": OneOf(LANGUAGES)}
_WISHES: Final = Group(tuple(Field(wish, Text()) for wish in WISHES))

_HANDLERS: Final[Mapping[str, _Handler]] = {
    "score": _handler(_score, {"answers": Anything()}),
    "read": _handler(_read, {"case": Text()}),
    "agenda": _handler(_agenda, {**_ANY, **_IN}),
    "history": _handler(_history, _ANY),
    "losses": _handler(_losses, _ANY),
    "estimate": _handler(_estimate, {"figures": ESTIMATE}),
    "sheet": _handler(_sheet, _ANY),
    "letter": _handler(_letter, {**_ANY, **_IN, "kind": OneOf(KINDS), "options": _WISHES}),
    "compare": _handler(_compare, _MANY),
    "overview": _handler(_overview, _MANY),
    "link": _handler(_link, {**_ANY, "name": Anything(), "notes": Anything()}),
    "open_link": _handler(_open_link, {"payload": Text()}),
    "open": _handler(_open, _ANY),
    "export": _handler(_export, {**_MANY, "as": OneOf(("json", "csv", "md"))}),
    "import": _handler(_import, {"text": Text(), "here": ListOf(Anything())}),
}
_REQUEST: Final = Group(
    (Field("lang", OneOf(LANGUAGES), required=True), Field("do", OneOf(tuple(_HANDLERS))))
)


def _problems(problems: tuple[Problem, ...], texts: Texts) -> list[str]:
    return [explain_problem(problem, texts) for problem in first_named(problems)]
