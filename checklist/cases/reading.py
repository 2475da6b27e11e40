"""Reading case files: the one door by which a saved client enters."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from checklist.cases.case import COLLECTION_FORMAT, FORMAT, Case
from checklist.cases.shapes import problems_with_shapes
from checklist.cases.versions import editions_from, parse_version
from checklist.rules import (
    EDITIONS,
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

LARGEST: Final = 10_000_000
_DEEPEST: Final = 50
_HALF_A_CHARACTER: Final = re.compile(r"[\ud800-\udfff]")
_BRACKET_OR_STRING: Final = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]|\\.)*"')


class CaseError(ValueError):
    """A case that cannot be read; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        english = load("en")
        super().__init__("\n".join(explain_problem(problem, english) for problem in self.problems))


def read_case(text: str, editions: tuple[Edition, ...] = EDITIONS) -> Case:
    """Read a case file (``client-case/1``), or just ``{"answers": {...}}``.

    Answers of an older edition of the rules are brought up to today's facts. Raises
    ``CaseError`` with every problem at once: JSON that is damaged or cut short (the place is
    line:column), a key given twice, another format, rules newer than ours, a fact or an answer
    that does not exist, a known key of another shape.
    """
    repeated: list[Problem] = []
    return _case_of(_parse_json(text, repeated), editions, repeated)


def case_of(record: object) -> Case:
    """Return the case of a record that is JSON already; raises ``CaseError``."""
    return _case_of(record, EDITIONS)


def read_cases(text: str, editions: tuple[Edition, ...] = EDITIONS) -> tuple[Case, ...]:
    """Read a file of one case or of many (``client-cases/1``).

    Raises ``CaseError`` as ``read_case`` does; the places begin with ``cases[0].``.
    """
    repeated: list[Problem] = []
    raw = _parse_json(text, repeated)
    if not isinstance(raw, dict) or raw.get("format") != COLLECTION_FORMAT:
        return (_case_of(raw, editions, repeated),)
    if not isinstance(raw.get("cases"), list):
        raise CaseError([*repeated, Problem("cases", "not_a_list", shown(raw.get("cases")))])
    cases, problems = [], repeated
    for index, one in enumerate(raw["cases"]):
        try:
            cases.append(_case_of(one, editions))
        except CaseError as error:
            problems += [
                replace(problem, place=f"cases[{index}].{problem.place}")
                for problem in error.problems
            ]
    if problems:
        raise CaseError(problems)
    return tuple(cases)


def _case_of(raw: object, editions: tuple[Edition, ...], repeated: Iterable[Problem] = ()) -> Case:
    if not isinstance(raw, dict):
        raise CaseError([*repeated, Problem("case", "not_an_object", shown(raw))])
    problems = [*repeated, *_problems_with_format(raw), *_problems_with_rules(raw, editions)]
    answers: Answers = {}
    if "answers" not in raw:
        problems.append(Problem("answers", "missing", ""))
    else:
        try:
            answers = _todays(raw["answers"], raw.get("rules"), editions)
        except AnswersError as error:
            problems.extend(error.problems)
    problems.extend(problems_with_shapes(raw))
    if problems:
        raise CaseError(problems)
    return Case(raw, answers)


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


def _parse_json(text: str, repeated: list[Problem]) -> object:
    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                repeated.append(Problem(key, "repeated", shown(value)))
            found[key] = value
        return found

    def not_a_number(constant: str) -> None:
        repeated.append(Problem("case", "not_json", constant))

    if len(text) > LARGEST:
        raise CaseError([Problem("case", "too_large", str(len(text)))])
    if _is_too_deep(text):
        raise CaseError([Problem("case", "too_deep", "")])
    try:
        value = json.loads(text, object_pairs_hook=without_repeats, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        cut_short = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        place = f"{error.lineno}:{error.colno}"
        near = shown(text[max(0, error.pos - 10) : error.pos + 10])
        raise CaseError([Problem(place, "cut_short" if cut_short else "not_json", near)]) from None
    except ValueError:
        raise CaseError([Problem("case", "number_too_long", "")]) from None
    if _HALF_A_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
        repeated.append(Problem("case", "half_a_character", ""))
    return value


def _is_too_deep(text: str) -> bool:
    """Whether the brackets nest deeper than any case does.

    The parser calls itself that often, and in the browser the end of the stack ends Python.
    """
    depth = 0
    for match in _BRACKET_OR_STRING.finditer(text):
        depth += (match[0] in "[{") - (match[0] in "]}")
        if depth > _DEEPEST:
            return True
    return False


def _problems_with_format(raw: dict[str, Any]) -> Iterator[Problem]:
    if raw.get("format", FORMAT) != FORMAT:
        yield Problem("format", "other_format", shown(raw["format"]))


def _problems_with_rules(raw: dict[str, Any], editions: tuple[Edition, ...]) -> Iterator[Problem]:
    version = raw.get("rules", RULES_VERSION)
    parsed = parse_version(version)
    if parsed is None:
        yield Problem("rules", "not_a_version", shown(version))
    elif parsed > (parse_version(editions[-1].version) or ()):
        yield Problem("rules", "newer_rules", shown(version))
