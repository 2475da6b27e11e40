"""The one door the worker calls: JSON in, JSON out."""

import json
from typing import Any

from checklist.rules import AnswersError, parse_answers, score
from checklist.texts import load
from checklist.texts.explanation import explain, explain_problem


def handle(request: str) -> str:
    """Answer one request of the page.

    The request is ``{"lang": "ru"|"en", "answers": {...}}``; the answer is
    ``{"result": …, "explanation": …}``, or ``{"problems": ["…"]}`` in the visitor's language
    where the answers cannot be scored.
    """
    asked: dict[str, Any] = json.loads(request)
    texts = load(asked["lang"])
    try:
        answers = dict(parse_answers(asked["answers"]))
    except AnswersError as error:
        return to_json({"problems": [explain_problem(p, texts) for p in error.problems]})
    result = score(answers)
    return to_json(
        {"result": result.as_dict(), "explanation": explain(result, answers, texts)}
    )


def to_json(value: object) -> str:
    """Return compact JSON, the same bytes in every runtime."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
