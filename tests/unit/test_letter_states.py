"""What letters and clauses say is true in each state in which they are offered."""

import re
from itertools import product
from typing import Final

import pytest

from checklist.advice import CHECKS, KINDS, REASONS, STAGES, kinds_at, letter_kinds, situation_of
from checklist.advice.checks import Stage
from checklist.clients import Client, parse_client
from checklist.rules import FACTS, Answers
from checklist.rules.facts import Answer
from checklist.texts import LANGUAGES, load
from checklist.views.letters import Options, letter, why_none
from checklist.views.result_text import in_text
from tests.support.answers import ADRIFT, GOOD

CONTRACT: Final = {
    "en": r"\bcontracts?\b",
    "ru": r"\bдоговор(?:а|у|ом|е)?\b",  # noqa: RUF001 - Russian
}
UNSIGNED: Final = {"yes": True, "no": False, "unknown": False, None: False}
"""The answers about a contract, None for no answer, with whether nothing is signed for certain."""
NO_STOP: Final[Answers] = {}
STOPS: Final[tuple[Answers, ...]] = ({"abusive": "yes"}, {"unlawful_or_harmful": "yes"})
GOING_ON: Final = {"start", "deposit", "trial", "hold", "pause", "change", "boundaries"}
PERIOD: Final = {
    "en": re.compile(r"within \[number\] (?:working )?days(?! of)"),
    "ru": re.compile(r"\[число\] (?:рабочих )?дней(?! (?:со дня|с того дня|молчания))"),  # noqa: RUF001 - Russian
}
"""A time limit that says nothing about its start."""


def client_with(checks: Answers, stage: Stage, answers: Answers | None = None) -> Client:
    """Return a client with these checks at this stage."""
    return parse_client({"answers": answers or {}, "checks": checks, "stage": stage})


def signing(answer: Answer | None) -> Answers:
    """Return the checks with this answer about a contract; late payment calls for most letters."""
    late: Answers = {"pays_late": "yes"}
    return {**late, "nothing_signed": answer} if answer else late


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("answer", UNSIGNED)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("clauses", "start")])
def test_no_letter_takes_a_contract_for_granted(
    kind: str, answer: Answer | None, lang: str
) -> None:
    """It speaks of what was agreed, whatever is signed; the e-mail of a start announces one."""
    texts = load(lang)
    for stage, reason in product((one for one in STAGES if kind in kinds_at(one)), REASONS):
        client = client_with(signing(answer), stage, {"deadline_ok": "no"})
        text = letter(kind, client, texts, Options(reason=reason))
        assert text
        assert not re.search(CONTRACT[lang], text, re.IGNORECASE), text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("answer", "is_unsigned"), UNSIGNED.items())
def test_clauses_amend_only_what_may_be_signed(
    answer: Answer | None, lang: str, *, is_unsigned: bool
) -> None:
    """Unless a contract is known to be signed, a line says what to do where none is."""
    texts = load(lang)
    text = letter("clauses", client_with(signing(answer), "begun"), texts)
    assert (texts("letters.clauses.amendment") in text) == (not is_unsigned)
    assert (texts("letters.clauses.unsure") in text) == (not is_unsigned and answer != "no")
    before = letter("clauses", client_with(signing(answer), "before"), texts)
    assert texts("letters.clauses.amendment") not in before


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("stop", STOPS, ids=str)
@pytest.mark.parametrize("answers", [{}, GOOD, ADRIFT, {"deadline_ok": "no"}])
def test_nothing_goes_on_after_a_reason_to_stop(
    answers: Answers, stop: Answers, stage: Stage
) -> None:
    """No letter that begins or continues the work fits, whatever else there is to settle."""
    for other in CHECKS:
        checks: Answers = {other.id: "yes", **stop}
        assert GOING_ON.isdisjoint(letter_kinds(situation_of(answers, checks, stage)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["pause", "boundaries", "change"])
def test_after_insults_no_hours_are_offered(kind: str, lang: str) -> None:
    """Neither where a letter does not fit nor in the text of the result."""
    texts = load(lang)
    checks: Answers = {"abusive": "yes", "pays_late": "yes", "goes_silent": "yes"}
    client = client_with(checks, "begun")
    why = why_none(kind, client, texts)
    assert why.startswith(texts("letters.stopped"))
    for shown in (why, in_text(situation_of({}, checks, "begun"), texts)):
        assert texts(f"letters.{kind}.title") not in shown
        assert texts("letters.ending.title") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_invoice_promises_no_work_after_a_reason_to_stop(lang: str) -> None:
    """Elsewhere it says that work in progress will stop."""
    texts = load(lang)
    for stops in (NO_STOP, *STOPS):
        text = letter("invoice", client_with({"pays_late": "yes", **stops}, "begun"), texts)
        assert (texts("letters.invoice.end_stopped") in text) == bool(stops)
        assert (texts("letters.invoice.end") in text) == (not stops)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_nobody_else_is_wished_for_work_that_is_wrong(reason: str, lang: str) -> None:
    """A refusal for conscience's sake, or of unlawful work, does not help to find somebody."""
    texts = load(lang)
    chance = texts("letters.refusal.chance")
    for checks in (NO_STOP, *STOPS):
        client = client_with(checks, "before")
        is_wrong = reason == "conscience" or "unlawful_or_harmful" in checks
        text = letter("refusal", client, texts, Options(reason=reason))
        assert (chance in text) == (not is_wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_time_limit_has_a_start(lang: str) -> None:
    """In clauses, and in what is agreed before the start."""
    texts = load(lang)
    keys = [
        *(f"facts.{fact.id}.clause" for fact in FACTS if fact.scored and fact.id != "hit_wall"),
        *(f"checks.{check.id}.clause" for check in CHECKS if check.is_about_client),
    ]
    sentences = [*map(texts, keys), texts.lines("letters.start.points")[3]]
    assert [one for one in sentences if PERIOD[lang].search(one)] == []
