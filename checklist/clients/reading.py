"""Reading and validating saved clients: JSON files and parsed records."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from checklist.clients.client import COLLECTION_FORMAT, FORMAT, Client
from checklist.clients.fields import CONTENT
from checklist.clients.limits import (
    MAX_CLIENTS,
    MAX_DEPTH,
    MAX_FILE_SIZE,
    MAX_PROBLEMS,
    amount_problems,
    exceeds_depth,
    parse_finite,
    size_problems,
    too_many,
    truncate_problems,
)
from checklist.clients.shapes import Version
from checklist.clients.versions import editions_to_migrate, parse_version
from checklist.clients.writing import to_json
from checklist.rules import (
    EDITIONS,
    FACTS,
    RULES_VERSION,
    Answers,
    AnswersError,
    Edition,
    Problem,
    parse_answers,
    short_json,
)
from checklist.texts import load
from checklist.texts.explanation import explain_problem

_LONE_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_MAY_BE_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


class ClientError(ValueError):
    """A file, link or record that cannot be read as a client.

    ``problems`` is a tuple of ``Problem``: the first hundred, then one of kind ``more`` if there
    are more.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = truncate_problems(problems)
        english = load("en")
        super().__init__("\n".join(explain_problem(problem, english) for problem in self.problems))


def read_client(text: str, editions: tuple[Edition, ...] = EDITIONS) -> Client:
    """Return the client of a case file's text (``client-case/1``), or of ``{"answers": {...}}``.

    Answers of an older edition of the rules are migrated. Raises ``ClientError`` with every
    problem at once: JSON that is invalid or cut short (the place is line:column), duplicate keys,
    another format, newer rules, unknown facts or answers, known fields with invalid values.
    """
    problems: list[Problem] = []
    return _parse_client(_parse_json(text, problems), editions, problems)


def parse_client(record: object) -> Client:
    """Return the client of a record, which is parsed JSON; raises ``ClientError``."""
    if exceeds_depth(record, MAX_DEPTH):
        raise ClientError([Problem("case", "too_deep", "")])
    return _parse_client(record, EDITIONS)


def read_clients(text: str, editions: tuple[Edition, ...] = EDITIONS) -> tuple[Client, ...]:
    """Return the clients of a file's text: one client, or a collection (``client-cases/1``).

    Raises ``ClientError`` as ``read_client`` does. In a collection the places of problems begin
    with ``cases[0].``, with the index of the client.
    """
    problems: list[Problem] = []
    raw = _parse_json(text, problems)
    if not isinstance(raw, dict) or raw.get("format") != COLLECTION_FORMAT:
        return (_parse_client(raw, editions, problems),)
    if not isinstance(raw.get("cases"), list):
        raise ClientError([*problems, Problem("cases", "not_a_list", short_json(raw.get("cases")))])
    if len(raw["cases"]) > MAX_CLIENTS:
        raise ClientError([*problems, too_many("cases", MAX_CLIENTS)])
    clients = []
    for index, one in enumerate(raw["cases"]):
        try:
            clients.append(_parse_client(one, editions))
        except ClientError as error:
            problems += [
                Problem(f"cases[{index}].{problem.place}", problem.kind, problem.value)
                for problem in error.problems
            ]
        if len(problems) > MAX_PROBLEMS:
            break
    if problems:
        raise ClientError(problems)
    return tuple(clients)


def _parse_client(
    raw: object, editions: tuple[Edition, ...], found: Iterable[Problem] = ()
) -> Client:
    """Return the client of parsed JSON; ``found`` holds the problems that parsing has found."""
    if not isinstance(raw, dict):
        raise ClientError([*found, Problem("case", "not_an_object", short_json(raw))])
    answers: Answers = {}
    problems = [*found, *_format_problems(raw), *_version_problems(raw, editions)]
    if "answers" not in raw:
        problems.append(Problem("answers", "missing", ""))
    else:
        try:
            answers = _migrate_answers(_limit_answers(raw["answers"]), raw.get("rules"), editions)
        except AnswersError as error:
            problems.extend(error.problems)
    problems.extend(islice(CONTENT.problems("", raw), MAX_PROBLEMS + 1))
    if problems:
        raise ClientError(problems)
    return Client(raw, answers)


def _limit_answers(answers: object) -> object:
    """Return the answers; of too many, only as many as can be reported."""
    if isinstance(answers, Mapping) and len(answers) > MAX_PROBLEMS:
        return dict(islice(answers.items(), MAX_PROBLEMS + len(FACTS) + 1))
    return answers


def _migrate_answers(raw: object, version: object, editions: tuple[Edition, ...]) -> Answers:
    """Return the answers, migrated to the current edition.

    Raises ``AnswersError``, also for facts that the answers' own edition does not have.
    """
    since = editions_to_migrate(version, editions)
    if since and isinstance(raw, Mapping):
        for edition in since:
            problems = [
                Problem(f"answers.{key}", "no_such_fact", short_json(value))
                for key, value in raw.items()
                if key not in edition.facts
            ]
            if problems:
                raise AnswersError(problems)
            raw = edition.to_next(raw)
    parsed = parse_answers(raw)
    return {fact: parsed[fact] for fact in raw} if isinstance(raw, Mapping) else parsed


def _parse_json(text: str, problems: list[Problem]) -> object:
    """Return the value of a JSON text, and append the problems of its content to ``problems``.

    Raises ``ClientError`` if the text is too large or is not JSON.
    """
    if oversize := [*size_problems(text, "case", MAX_FILE_SIZE)]:
        raise ClientError(oversize)
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object_of(pairs, problems),
            parse_constant=lambda word: _add_up_to_limit(
                problems, Problem("case", "not_json", word)
            ),
            parse_float=parse_finite,
        )
    except json.JSONDecodeError as error:
        raise ClientError([_syntax_problem(error)]) from None
    except ValueError:
        raise ClientError([Problem("case", "number_too_long", "")]) from None
    if _MAY_BE_SURROGATE.search(text) and _LONE_SURROGATE.search(to_json(value)):
        problems.append(Problem("case", "half_a_character", ""))
    problems.extend(islice(amount_problems(value), MAX_PROBLEMS + 1))
    return value


def _object_of(pairs: list[tuple[str, Any]], problems: list[Problem]) -> dict[str, Any]:
    """Return the object of these keys and values, and append its duplicate keys to ``problems``."""
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        seen: set[str] = set()
        for key, value in pairs:
            if len(problems) > MAX_PROBLEMS:
                break
            if key in seen:
                problems.append(Problem(key, "repeated", short_json(value)))
            seen.add(key)
    return parsed


def _add_up_to_limit(problems: list[Problem], problem: Problem) -> None:
    """Append a problem, unless there are more already than are reported."""
    if len(problems) <= MAX_PROBLEMS:
        problems.append(problem)


def _syntax_problem(error: json.JSONDecodeError) -> Problem:
    cut_short = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
    error = _at_trailing_comma(error)
    near = short_json(error.doc[max(0, error.pos - 10) : error.pos + 10])
    place = f"{error.lineno}:{error.colno}"
    return Problem(place, "cut_short" if cut_short else "not_json", near)


def _at_trailing_comma(error: json.JSONDecodeError) -> json.JSONDecodeError:
    """Return the error with the position of a trailing comma, as Python 3.13 and later report it.

    Python 3.12 reports the position of the bracket behind the comma.
    """
    before = error.doc[: error.pos].rstrip(" \t\n\r")
    messages = {"}": "Expecting property name", "]": "Expecting value"}
    closing = error.doc[error.pos : error.pos + 1]
    if before.endswith(",") and closing in messages and error.msg.startswith(messages[closing]):
        return json.JSONDecodeError(error.msg, error.doc, len(before) - 1)
    return error


def _format_problems(raw: dict[str, Any]) -> Iterator[Problem]:
    if raw.get("format", FORMAT) != FORMAT:
        yield Problem("format", "other_format", short_json(raw["format"]))


def _version_problems(raw: dict[str, Any], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    version = raw.get("rules", RULES_VERSION)
    yield from Version().problems("rules", version)
    if (parse_version(version) or ()) > (parse_version(editions[-1].version) or ()):
        yield Problem("rules", "newer_rules", short_json(version))
