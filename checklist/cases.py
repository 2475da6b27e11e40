"""Case files: the one door by which a saved client enters."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from checklist.rules import RULES_VERSION, Answers, AnswersError, Problem, parse_answers, shown
from checklist.texts import load
from checklist.texts.explanation import explain_problem

FORMAT: Final = "client-case/1"
_DEEPEST: Final = 50
_BRACKET_OR_STRING: Final = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]|\\.)*"')
_VERSION: Final = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


class CaseError(ValueError):
    """A case that cannot be read; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        english = load("en")
        super().__init__("\n".join(explain_problem(problem, english) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One client.

    ``answers`` holds what was given, ``unknown`` included; ``other`` the rest of the file's keys
    as they came, so that writing it back loses nothing.
    """

    answers: Answers
    rules: str = RULES_VERSION
    other: dict[str, Any] = field(default_factory=dict)


def read_case(text: str) -> Case:
    """Read a case file (``client-case/1``), or just ``{"answers": {...}}``.

    Raises ``CaseError`` with every problem at once: JSON that is damaged or cut short (the
    place is line:column), a key given twice, another format, rules newer than ours, a fact or
    an answer that does not exist.
    """
    repeated: list[Problem] = []
    raw = _parse_json(text, repeated)
    if not isinstance(raw, dict):
        raise CaseError([Problem("case", "not_an_object", shown(raw))])
    problems = [*repeated, *_problems_with_format(raw), *_problems_with_rules(raw)]
    if "answers" not in raw:
        problems.append(Problem("answers", "missing", ""))
    else:
        try:
            parse_answers(raw["answers"])
        except AnswersError as error:
            problems.extend(error.problems)
    if problems:
        raise CaseError(problems)
    other = {key: value for key, value in raw.items() if key not in ("answers", "rules")}
    return Case(answers=raw["answers"], rules=raw.get("rules", RULES_VERSION), other=other)


def _parse_json(text: str, repeated: list[Problem]) -> object:
    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                repeated.append(Problem(key, "repeated", shown(value)))
            found[key] = value
        return found

    if _depth(text) > _DEEPEST:
        raise CaseError([Problem("case", "too_deep", "")])
    try:
        return json.loads(text, object_pairs_hook=without_repeats)
    except json.JSONDecodeError as error:
        cut_short = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        place = f"{error.lineno}:{error.colno}"
        near = shown(text[max(0, error.pos - 10) : error.pos + 10])
        raise CaseError([Problem(place, "cut_short" if cut_short else "not_json", near)]) from None
    except ValueError:
        raise CaseError([Problem("case", "number_too_long", "")]) from None


def _depth(text: str) -> int:
    """How deep the brackets nest.

    The parser calls itself that often, and in the browser the end of the stack ends Python.
    """
    deepest = depth = 0
    for match in _BRACKET_OR_STRING.finditer(text):
        depth += (match[0] in "[{") - (match[0] in "]}")
        deepest = max(deepest, depth)
    return deepest


def _problems_with_format(raw: dict[str, Any]) -> list[Problem]:
    if raw.get("format", FORMAT) == FORMAT:
        return []
    return [Problem("format", "other_format", shown(raw["format"]))]


def _problems_with_rules(raw: dict[str, Any]) -> list[Problem]:
    version = raw.get("rules", RULES_VERSION)
    parsed = _version(version)
    if parsed is None:
        return [Problem("rules", "not_a_version", shown(version))]
    if parsed > (_version(RULES_VERSION) or ()):
        return [Problem("rules", "newer_rules", shown(version))]
    return []


def _version(version: object) -> tuple[int, ...] | None:
    match = _VERSION.fullmatch(version) if isinstance(version, str) else None
    return tuple(map(int, match.groups())) if match else None
