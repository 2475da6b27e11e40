"""Should I work with this client? One article's answer as a rule, a guide and a checklist."""

from checklist.rules import RULES_VERSION, AnswersError, Problem, Result, score

__all__ = ["RULES_VERSION", "AnswersError", "Problem", "Result", "score"]
