"""Reading case files: the one door by which a saved client enters."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from checklist.clients.client import COLLECTION_FORMAT, FORMAT, Client
from checklist.clients.fields import CONTENT
from checklist.clients.limits import (
    DEEPEST,
    LARGEST,
    MOST_CLIENTS,
    MOST_NAMED,
    finite,
    first_named,
    nests_deeper,
    problems_with_amounts,
    problems_with_size,
    too_many,
)
from checklist.clients.shapes import Version
from checklist.clients.versions import editions_from, parse_version
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
    shown,
)
from checklist.texts import load
from checklist.texts.explanation import explain_problem

_HALF_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff]")
_MAY_BE_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


class ClientError(ValueError):
    """A case that cannot be read.

    ``problems`` holds everything that is wrong with it; of very many the first, and that there
    are more.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = first_named(problems)
        english = load("en")
        super().__init__("\n".join(explain_problem(problem, english) for problem in self.problems))


def read_client(text: str, editions: tuple[Edition, ...] = EDITIONS) -> Client:
    """Read a case file (``client-case/1``), or just ``{"answers": {...}}``.

    Answers of an older edition of the rules are brought up to today's facts. Raises
    ``ClientError`` with every problem at once: JSON that is damaged or cut short (the place is
    line:column), a key given twice, another format, rules newer than ours, a fact or an answer
    that does not exist, a known key of another shape.
    """
    repeated: list[Problem] = []
    return _client_of(_parse_json(text, repeated), editions, repeated)


def client_of(record: object) -> Client:
    """Return the case of a record that is JSON already; raises ``ClientError``."""
    if nests_deeper(record, DEEPEST):
        raise ClientError([Problem("case", "too_deep", "")])
    return _client_of(record, EDITIONS)


def read_clients(text: str, editions: tuple[Edition, ...] = EDITIONS) -> tuple[Client, ...]:
    """Read a file of one case or of many (``client-cases/1``).

    Raises ``ClientError`` as ``read_client`` does; the places begin with ``cases[0].``.
    """
    repeated: list[Problem] = []
    raw = _parse_json(text, repeated)
    if not isinstance(raw, dict) or raw.get("format") != COLLECTION_FORMAT:
        return (_client_of(raw, editions, repeated),)
    if not isinstance(raw.get("cases"), list):
        raise ClientError([*repeated, Problem("cases", "not_a_list", shown(raw.get("cases")))])
    clients, problems = [], repeated
    if len(raw["cases"]) > MOST_CLIENTS:
        raise ClientError([*repeated, too_many("cases", MOST_CLIENTS)])
    for index, one in enumerate(raw["cases"]):
        try:
            clients.append(_client_of(one, editions))
        except ClientError as error:
            problems += [
                replace(problem, place=f"cases[{index}].{problem.place}")
                for problem in error.problems
            ]
        if len(problems) > MOST_NAMED:
            break
    if problems:
        raise ClientError(problems)
    return tuple(clients)


def _client_of(
    raw: object, editions: tuple[Edition, ...], repeated: Iterable[Problem] = ()
) -> Client:
    if not isinstance(raw, dict):
        raise ClientError([*repeated, Problem("case", "not_an_object", shown(raw))])
    answers: Answers = {}
    problems = [*repeated, *_problems_with_format(raw), *_problems_with_rules(raw, editions)]
    if "answers" not in raw:
        problems.append(Problem("answers", "missing", ""))
    else:
        try:
            answers = _todays(_first(raw["answers"]), raw.get("rules"), editions)
        except AnswersError as error:
            problems.extend(error.problems)
    problems.extend(islice(CONTENT.problems("", raw), MOST_NAMED + 1))
    if problems:
        raise ClientError(problems)
    return Client(raw, answers)


def _first(answers: object) -> object:
    """As they are; of more than there can be, enough to name what is wrong."""
    if isinstance(answers, Mapping) and len(answers) > MOST_NAMED:
        return dict(islice(answers.items(), MOST_NAMED + len(FACTS) + 1))
    return answers


def _todays(raw: object, version: object, editions: tuple[Edition, ...]) -> Answers:
    """The answers in terms of today's facts; an older edition's must be right in its own."""
    since = editions_from(version, editions)
    if since and isinstance(raw, Mapping):
        for edition in since:
            problems = [
                Problem(f"answers.{key}", "no_such_fact", shown(value))
                for key, value in raw.items()
                if key not in edition.facts
            ]
            if problems:
                raise AnswersError(problems)
            raw = edition.to_next(raw)
    parsed = parse_answers(raw)
    return {fact: parsed[fact] for fact in raw} if isinstance(raw, Mapping) else parsed


def _parse_json(text: str, problems: list[Problem]) -> object:
    """Return the value; what is wrong with it goes to ``problems``, or is raised."""
    if too_much := [*problems_with_size(text, "case", LARGEST)]:
        raise ClientError(too_much)
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _without_repeats(pairs, problems),
            parse_constant=lambda word: _add(problems, Problem("case", "not_json", word)),
            parse_float=finite,
        )
    except json.JSONDecodeError as error:
        raise ClientError([_not_json(error)]) from None
    except ValueError:
        raise ClientError([Problem("case", "number_too_long", "")]) from None
    if _MAY_BE_HALF.search(text) and _HALF_A_CHARACTER.search(to_json(value)):
        problems.append(Problem("case", "half_a_character", ""))
    problems.extend(islice(problems_with_amounts(value), MOST_NAMED + 1))
    return value


def _without_repeats(pairs: list[tuple[str, Any]], problems: list[Problem]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, value in pairs:
            if len(problems) > MOST_NAMED:
                break
            if key in seen:
                problems.append(Problem(key, "repeated", shown(value)))
            seen.add(key)
    return found


def _add(problems: list[Problem], problem: Problem) -> None:
    """Add a problem, unless there are more than will be named."""
    if len(problems) <= MOST_NAMED:
        problems.append(problem)


def _not_json(error: json.JSONDecodeError) -> Problem:
    cut_short = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
    error = _at_its_comma(error)
    near = shown(error.doc[max(0, error.pos - 10) : error.pos + 10])
    place = f"{error.lineno}:{error.colno}"
    return Problem(place, "cut_short" if cut_short else "not_json", near)


def _at_its_comma(error: json.JSONDecodeError) -> json.JSONDecodeError:
    """Python 3.12 points behind a comma too many, later ones at it: all are to say the same."""
    before = error.doc[: error.pos].rstrip(" \t\n\r")
    wanted = {"}": "Expecting property name", "]": "Expecting value"}
    closing = error.doc[error.pos : error.pos + 1]
    if before.endswith(",") and closing in wanted and error.msg.startswith(wanted[closing]):
        return json.JSONDecodeError(error.msg, error.doc, len(before) - 1)
    return error


def _problems_with_format(raw: dict[str, Any]) -> Iterator[Problem]:
    if raw.get("format", FORMAT) != FORMAT:
        yield Problem("format", "other_format", shown(raw["format"]))


def _problems_with_rules(raw: dict[str, Any], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    version = raw.get("rules", RULES_VERSION)
    yield from Version().problems("rules", version)
    if (parse_version(version) or ()) > (parse_version(editions[-1].version) or ()):
        yield Problem("rules", "newer_rules", shown(version))
