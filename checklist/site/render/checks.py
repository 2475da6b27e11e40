"""What stands beside the rule on the page of the checklist: the checks, and the work's stage."""

from dataclasses import dataclass
from typing import Final

from checklist.advice import CHECKS, STAGES, Check, Stage, Weight
from checklist.texts import Texts

_GROUPS: Final = (("client", True), ("mine", False))


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """One check as a radio group named ``check-<id>``, with yes, no and unknown.

    ``weights`` holds its weight at each stage, ``say`` is empty for what is about the visitor,
    ``heading`` is the id of the heading about it in the guide.
    """

    id: str
    question: str
    how_to_tell: str
    statement: str
    advice: str
    say: str
    weights: dict[Stage, Weight]
    heading: str


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The checks about the client, or those about the visitor."""

    id: str
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
            id=group,
            title=texts(f"how_to_tell.{group}"),
            checks=tuple(
                _question(check, texts) for check in CHECKS if check.is_about_client == is_client
            ),
        )
        for group, is_client in _GROUPS
    )


def stage_choices(texts: Texts) -> tuple[StageChoice, ...]:
    """Return the stages to choose from."""
    return tuple(StageChoice(stage, texts(f"how_to_tell.{stage}")) for stage in STAGES)


def _question(check: Check, texts: Texts) -> CheckQuestion:
    key = f"checks.{check.id}"
    return CheckQuestion(
        id=check.id,
        question=texts(f"{key}.question"),
        how_to_tell=texts(f"how_to_tell.{check.id}"),
        statement=texts(f"{key}.yes"),
        advice=texts(f"{key}.advice"),
        say=texts(f"{key}.say") if check.is_about_client else "",
        weights={stage: check.weight_at(stage) for stage in STAGES},
        heading=f"check-{check.id}",
    )
