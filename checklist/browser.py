"""The one door the worker calls: JSON in, JSON out."""

import json
from typing import Any

from checklist.cases import CaseError, read_case
from checklist.rules import AnswersError, Problem, parse_answers, score
from checklist.texts import Texts, load
from checklist.texts.explanation import explain, explain_problem


def handle(request: str) -> str:
    """Answer one request of the page, in the language it names.

    ``{"lang": "ru", "answers": {...}}`` is answered with ``{"result": …, "explanation": …}``;
    ``{"lang": "ru", "case": "<text of a case file>"}`` with ``{"answers": {...}}``. Where the
    input is bad the answer is ``{"problems": ["…", …]}``.
    """
    asked: dict[str, Any] = json.loads(request)
    texts = load(asked["lang"])
    try:
        answer = _read(asked["case"]) if "case" in asked else _score(asked["answers"], texts)
    except (AnswersError, CaseError) as error:
        answer = _problems(error.problems, texts)
    return to_json(answer)


def to_json(value: object) -> str:
    """Return compact JSON, the same bytes in every runtime."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _score(raw: object, texts: Texts) -> dict[str, Any]:
    answers = parse_answers(raw)
    result = score(answers)
    return {"result": result.as_dict(), "explanation": explain(result, answers, texts)}


def _read(text: str) -> dict[str, Any]:
    return {"answers": dict(read_case(text).answers)}


def _problems(problems: tuple[Problem, ...], texts: Texts) -> dict[str, Any]:
    return {"problems": [explain_problem(problem, texts) for problem in problems]}
