"""The rule: facts, signs, verdicts, and how a set of answers is scored.

Pure functions. They read no clock and no file, need only the standard library and import nothing
else of this project, so the same modules run in CPython and in the visitor's browser (Pyodide).
"""

from checklist.rules.answers import AnswersError, Problem, is_answer, parse_answers, short_json
from checklist.rules.editions import EDITIONS, Edition
from checklist.rules.facts import ANSWERS, FACTS, RULES_VERSION, SCOPE, SCORED, WALL, Answers, Fact
from checklist.rules.plan import ask_next, expected_questions_left
from checklist.rules.scoring import Result, possible_verdicts, score
from checklist.rules.signs import SIGNS, Condition, Sign, SignScore, score_sign
from checklist.rules.verdicts import BEST_FIRST, RULE, Line, Verdict, verdict_of

__all__ = [
    "ANSWERS",
    "BEST_FIRST",
    "EDITIONS",
    "FACTS",
    "RULE",
    "RULES_VERSION",
    "SCOPE",
    "SCORED",
    "SIGNS",
    "WALL",
    "Answers",
    "AnswersError",
    "Condition",
    "Edition",
    "Fact",
    "Line",
    "Problem",
    "Result",
    "Sign",
    "SignScore",
    "Verdict",
    "ask_next",
    "expected_questions_left",
    "is_answer",
    "parse_answers",
    "possible_verdicts",
    "score",
    "score_sign",
    "short_json",
    "verdict_of",
]
