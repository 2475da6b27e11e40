"""The entry point for the page's worker: a JSON request in, a JSON response out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from checklist.advice import KINDS, REASONS, advised, letter_kinds, refusal_reasons
from checklist.clients import (
    ClientError,
    checksum_of,
    migrate,
    parse_client,
    plan_import,
    read_client,
    read_clients,
    read_link,
    to_json,
    write_client,
    write_link,
)
from checklist.clients.fields import ESTIMATE
from checklist.clients.limits import (
    MAX_DEPTH,
    cut_at_depth,
    nesting_depth,
    parse_finite,
    strip_strings,
    truncate_problems,
)
from checklist.clients.shapes import Anything, Field, Group, ListOf, OneOf, Shape, Text
from checklist.rules import AnswersError, Problem, short_json
from checklist.texts import LANGUAGES, Texts, load
from checklist.texts.explanation import explain, explain_problem
from checklist.views.agenda import agenda
from checklist.views.comparison import MAX_COMPARED, MIN_COMPARED, comparison
from checklist.views.csv_file import to_csv
from checklist.views.documents import to_markdown
from checklist.views.history import history
from checklist.views.import_preview import describe_import
from checklist.views.letters import OPTION_NAMES, Options, letter, why_none
from checklist.views.losses import estimate, losses
from checklist.views.migration import describe_migration
from checklist.views.notices import advise
from checklist.views.overview import overview
from checklist.views.sheet import sheet
from checklist.views.wording import situation_of_client

type Request = Mapping[str, Any]
type Response = dict[str, Any]

_REQUEST_PLACE: Final = "request"
_SCORED: Final = ("answers", "checks", "stage")
"""The parts of a client that a score needs."""
_EXTRA_DEPTH: Final = 10
"""How much deeper than the records in it a request may be nested."""


@dataclass(frozen=True, slots=True)
class _Handler:
    """The function for one kind of request, and the fields that the request must have."""

    respond: Callable[[Request, Texts], Response]
    required: Group


def handle(request: str) -> str:
    """Return the JSON response to a JSON request; ``request`` must have ``lang``.

    ``do`` names one of ``_HANDLERS``, whose other fields stand there; without ``do`` a request
    is ``read`` if it has ``case``, else ``score``. For instance ``{"lang": "ru", "answers":
    {...}}`` gives ``{"result": …, "explanation": …}``. Invalid input gives
    ``{"problems": ["…", …]}``, a list of messages.
    """
    try:
        parsed = _parse(request)
    except ClientError as error:
        # The language is not known, so the messages are in all of them.
        messages = [line for lang in LANGUAGES for line in _messages(error.problems, load(lang))]
        return _replace_lone_surrogates(to_json({"problems": messages}))
    texts = load(parsed["lang"])
    try:
        response = _dispatch(parsed, texts)
    except (AnswersError, ClientError) as error:
        response = {"problems": _messages(error.problems, texts)}
    return _replace_lone_surrogates(to_json(response))


def _parse(request: str) -> Request:
    """Return the request as parsed JSON with finite numbers; raises ``ClientError``.

    A record that is nested too deeply to be parsed is cut. It then still exceeds ``MAX_DEPTH``,
    so that it is refused by itself and the other records of the request are handled.
    """
    is_deep = nesting_depth(strip_strings(request)) > MAX_DEPTH + _EXTRA_DEPTH
    text = cut_at_depth(request, MAX_DEPTH + _EXTRA_DEPTH) if is_deep else request
    try:
        parsed: Request = json.loads(text, parse_float=parse_finite, parse_constant=parse_finite)
    except ValueError:
        problem = Problem(
            _REQUEST_PLACE, "too_deep" if is_deep else "not_json", short_json(request)
        )
        raise ClientError([problem]) from None
    if problems := [*_REQUEST_SHAPE.problems(_REQUEST_PLACE, parsed)]:
        raise ClientError(problems)
    return parsed


def _dispatch(request: Request, texts: Texts) -> Response:
    do = request.get("do", "read" if "case" in request else "score")
    handler = _HANDLERS[do]
    if problems := [*handler.required.problems(_REQUEST_PLACE, request)]:
        raise ClientError(problems)
    return handler.respond(request, texts)


def _replace_lone_surrogates(text: str) -> str:
    """Return the text with a question mark for each lone surrogate, which UTF-8 cannot encode."""
    return text.encode(errors="replace").decode()


def _score(request: Request, texts: Texts) -> Response:
    known = {name: request[name] for name in _SCORED if name in request}
    situation = situation_of_client(parse_client(known))
    return {
        "result": advised(situation).as_dict(),
        "explanation": explain(situation.result, situation.answers, texts),
        "advice": advise(situation, texts),
    }


def _read(request: Request, _: Texts) -> Response:
    return {"answers": dict(read_client(request["case"]).answers)}


def _agenda(request: Request, _: Texts) -> Response:
    return {"document": agenda(parse_client(request["record"]), load(request["in"])).as_dict()}


def _history(request: Request, texts: Texts) -> Response:
    return {"document": history(parse_client(request["record"]), texts).as_dict()}


def _losses(request: Request, texts: Texts) -> Response:
    return {"document": losses(parse_client(request["record"]), texts).as_dict()}


def _estimate(request: Request, texts: Texts) -> Response:
    return {"text": estimate(request["figures"], texts)}


def _sheet(request: Request, texts: Texts) -> Response:
    return {"document": sheet(parse_client(request["record"]), texts).as_dict()}


def _letter(request: Request, _: Texts) -> Response:
    """Return the letter or the reason why there is none, and what fits.

    ``fitting`` is the kind that fits best, ``letters`` all that fit, best first; ``reasons`` are
    those that these answers give for a refusal, best first.
    """
    client, kind = parse_client(request["record"]), request["kind"]
    texts = load(request["in"])
    options = Options(**{name: request["options"].get(name, "") for name in OPTION_NAMES})
    text = letter(kind, client, texts, options)
    situation = situation_of_client(client)
    kinds = letter_kinds(situation)
    return {
        "text": text,
        "none": "" if text else why_none(kind, client, texts),
        "fitting": kinds[0],
        "letters": kinds,
        "reasons": refusal_reasons(situation),
    }


def _compare(request: Request, texts: Texts) -> Response:
    clients = [parse_client(record) for record in request["records"]]
    if not MIN_COMPARED <= len(clients) <= MAX_COMPARED:
        return {"problems": [texts("cli.how_many", count=len(clients))]}
    return {"document": comparison(clients, texts).as_dict()}


def _overview(request: Request, texts: Texts) -> Response:
    """Return a row for each valid client, and the problems of each invalid one."""
    clients, invalid = [], []
    for record in request["records"]:
        try:
            clients.append(parse_client(record))
        except ClientError as error:
            id_ = record.get("id") if isinstance(record, Mapping) else None
            invalid.append({"id": id_, "problems": _messages(error.problems, texts)})
    return {**overview(clients, texts), "unreadable": invalid}


def _link(request: Request, _: Texts) -> Response:
    client = parse_client(request["record"])
    return {"payload": write_link(client, name=request["name"], notes=request["notes"])}


def _open_link(request: Request, texts: Texts) -> Response:
    """Return the record, and the checksum by which the link is known again."""
    record = read_link(request["payload"]).record
    return {**_migrated(record, texts), "link": checksum_of(request["payload"])}


def _open(request: Request, texts: Texts) -> Response:
    return _migrated(request["record"], texts)


def _migrated(record: object, texts: Texts) -> Response:
    """Return the record, migrated to the current rules, and sentences on what that changes."""
    client = parse_client(record)
    migration = migrate(client)
    if migration is None:
        return {"record": write_client(client), "news": []}
    return {
        "record": write_client(migration.client),
        "news": describe_migration(migration, texts),
    }


def _export(request: Request, texts: Texts) -> Response:
    clients = [parse_client(record) for record in request["records"]]
    if request["as"] == "csv":
        return {"text": to_csv(clients, texts)}
    return {"text": "\n".join(to_markdown(sheet(client, texts)) for client in clients)}


def _import(request: Request, texts: Texts) -> Response:
    """Return a preview of the import, and the records to add if the visitor confirms it."""
    existing = {
        record["id"]: record
        for record in request["here"]
        if isinstance(record, Mapping) and isinstance(record.get("id"), str)
    }
    items = plan_import(read_clients(request["text"]), existing)
    records = [write_client(item.client) for item in items if item.kind != "same"]
    return {"lines": describe_import(items, texts), "records": records}


def _handler(
    respond: Callable[[Request, Texts], Response], required: Mapping[str, Shape]
) -> _Handler:
    fields = (Field(name, shape, required=True) for name, shape in required.items())
    return _Handler(respond, Group(tuple(fields)))


_RECORD: Final[Mapping[str, Shape]] = {"record": Anything()}
_RECORDS: Final[Mapping[str, Shape]] = {"records": ListOf(Anything())}
_LETTER_LANGUAGE: Final[Mapping[str, Shape]] = {"in": OneOf(LANGUAGES)}
_LETTER_OPTIONS: Final = Group(
    tuple(
        Field(name, OneOf(("", *REASONS)) if name == "reason" else Text()) for name in OPTION_NAMES
    )
)

_HANDLERS: Final[Mapping[str, _Handler]] = {
    "score": _handler(_score, {"answers": Anything()}),
    "read": _handler(_read, {"case": Text()}),
    "agenda": _handler(_agenda, {**_RECORD, **_LETTER_LANGUAGE}),
    "history": _handler(_history, _RECORD),
    "losses": _handler(_losses, _RECORD),
    "estimate": _handler(_estimate, {"figures": ESTIMATE}),
    "sheet": _handler(_sheet, _RECORD),
    "letter": _handler(
        _letter, {**_RECORD, **_LETTER_LANGUAGE, "kind": OneOf(KINDS), "options": _LETTER_OPTIONS}
    ),
    "compare": _handler(_compare, _RECORDS),
    "overview": _handler(_overview, _RECORDS),
    "link": _handler(_link, {**_RECORD, "name": Anything(), "notes": Anything()}),
    "open_link": _handler(_open_link, {"payload": Text()}),
    "open": _handler(_open, _RECORD),
    "export": _handler(_export, {**_RECORDS, "as": OneOf(("csv", "md"))}),
    "import": _handler(_import, {"text": Text(), "here": ListOf(Anything())}),
}
_REQUEST_SHAPE: Final = Group(
    (Field("lang", OneOf(LANGUAGES), required=True), Field("do", OneOf(tuple(_HANDLERS))))
)


def _messages(problems: tuple[Problem, ...], texts: Texts) -> list[str]:
    return [explain_problem(problem, texts) for problem in truncate_problems(problems)]
