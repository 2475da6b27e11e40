"""What stands beside the rule: checks, the stage of the work, notices, and the letters that fit.

Records and small predicates. The rule imports none of it, so nothing here can change a verdict.
"""

from checklist.advice.checks import CHECKS, STAGES, WEIGHTS, Check, Stage, Weight
from checklist.advice.letters import KINDS, kinds_at, letter_kinds
from checklist.advice.notices import Notice, notices, to_check_before_signing
from checklist.advice.questions import checks_to_ask, questions, topics
from checklist.advice.refusals import NO_REASON, REASONS, refusal_reasons
from checklist.advice.scoring import AdvisedResult, advised, score
from checklist.advice.situation import Situation, situation_of

__all__ = [
    "CHECKS",
    "KINDS",
    "NO_REASON",
    "REASONS",
    "STAGES",
    "WEIGHTS",
    "AdvisedResult",
    "Check",
    "Notice",
    "Situation",
    "Stage",
    "Weight",
    "advised",
    "checks_to_ask",
    "kinds_at",
    "letter_kinds",
    "notices",
    "questions",
    "refusal_reasons",
    "score",
    "situation_of",
    "to_check_before_signing",
    "topics",
]
