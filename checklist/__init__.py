"""Should I work with this client? One article's answer as a rule, a guide and a checklist."""

from checklist.advice import AdvisedResult, score
from checklist.rules import RULES_VERSION, AnswersError, Problem, Result

__all__ = ["RULES_VERSION", "AdvisedResult", "AnswersError", "Problem", "Result", "score"]
