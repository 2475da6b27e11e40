"""What stands beside the rule on the page of the checklist: the checks, and the work's stage."""

from dataclasses import dataclass

from checklist.advice import CHECKS, STAGES, WEIGHTS, Check, Stage, Weight
from checklist.texts import Texts


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One check with yes, no and unknown.

    ``heading`` is the name of its radio group, and the id of the heading about it in the guide.
    ``stops`` are the stages at which a "yes" is a reason to stop; ``text`` and ``advice`` are then
    what the page says of it before Python has loaded.
    """

    id: str
    question: str
    how_to_tell: str
    heading: str
    text: str
    advice: str
    stops: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The checks of one weight, that of the stage before the work."""

    weight: Weight
    title: str
    checks: tuple[CheckQuestion, ...]


@dataclass(frozen=True, slots=True)
class StageChoice:
    """One stage of the work, a radio button named ``stage``; the first one is the default."""

    id: Stage
    label: str


def check_groups(texts: Texts) -> tuple[CheckGroup, ...]:
    """Return the groups of checks for the form."""
    return tuple(
        CheckGroup(
            weight=weight,
            title=texts(f"how_to_tell.{weight}"),
            checks=tuple(_question(check, texts) for check in CHECKS if check.weight == weight),
        )
        for weight in WEIGHTS
    )


def stage_choices(texts: Texts) -> tuple[StageChoice, ...]:
    """Return the stages to choose from."""
    return tuple(StageChoice(stage, texts(f"how_to_tell.{stage}")) for stage in STAGES)


def _question(check: Check, texts: Texts) -> CheckQuestion:
    return CheckQuestion(
        id=check.id,
        question=texts(f"checks.{check.id}.question"),
        how_to_tell=texts(f"how_to_tell.{check.id}"),
        heading=f"check-{check.id}",
        text=texts(f"checks.{check.id}.yes"),
        advice=texts(f"checks.{check.id}.advice"),
        stops=tuple(stage for stage in STAGES if check.weight_at(stage) == "stop"),
    )
