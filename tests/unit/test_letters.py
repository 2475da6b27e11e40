"""Letters: complete for every client, in either language, and without other clients' names."""

import re

import pytest

from checklist.advice import KINDS, kinds_at
from checklist.clients import Client
from checklist.rules import FACTS, SCORED, Answers
from checklist.rules.facts import Answer
from checklist.texts import LANGUAGES, load
from checklist.views.letters import Options, fitting_kind, letter
from tests.support.answers import ADRIFT
from tests.support.sampling import count
from tests.support.states import sample_of_states

WITH_LAWYER = {"start", "deposit", "trial", "ending", "pause", "invoice", "change"}
PRIVATE = "that dreadful Acme"
BACKSEAT: Answers = {"decides": "no", "takes_responsibility": "no", "participates": "yes"}
BAD = {fact.id: fact.bad for fact in FACTS if fact.scored}
BROKEN = re.compile(r"[{}]|  |\n\n\n|None|\bno_|_ok|^\s|\s$")


BEGUN = {"stage": "begun", "checks": {"pays_late": "yes"}}


def write(kind: str, answers: Answers, lang: str = "en", **options: str) -> str:
    """Write a letter about a client with these answers, at the stage that it is for."""
    beside = {} if kind in kinds_at("before") else BEGUN
    record = {"name": PRIVATE, "answers": answers, **beside}
    return letter(kind, Client(record, answers), load(lang), Options(**options))


def without_lawyer(text: str, kind: str, lang: str) -> str:
    """Return a letter without its last line, where that says what to ask a lawyer."""
    texts = load(lang)
    if kind not in WITH_LAWYER:
        return text
    line = texts("letters.lawyer", what=texts(f"letters.{kind}.lawyer"))
    assert text.endswith(f"\n\n{line}")
    return text.removesuffix(f"\n\n{line}")


@pytest.mark.soak
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_answers_make_a_broken_letter(kind: str, lang: str) -> None:
    """For any answers a letter is complete, or there is none."""
    texts = load(lang)
    for answers in ({}, *sample_of_states(count(100, soak=2_000), f"letters {kind} {lang}")):
        text = write(kind, answers, lang)
        assert not BROKEN.search(text), text
        assert PRIVATE not in text
        if text and kind != "clauses":
            subject = texts("letters.subject", subject=texts(f"letters.{kind}.subject"))
            assert text.startswith(f"{subject}\n\n{texts('letters.greet')}\n")
            assert without_lawyer(text, kind, lang).endswith(texts("letters.close"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "clauses"])
def test_a_letter_contains_the_options(kind: str) -> None:
    """The greeting and the signature are in their places."""
    text = write(kind, {"knows_goal": "yes", "deadline_ok": "no"}, greet=" Ann ", sign="Bob")
    assert text.split("\n\n")[1] == "Hello Ann,"
    assert without_lawyer(text, kind, "en").endswith("\nBob")


def test_a_refusal_with_and_without_a_recommendation() -> None:
    """Without one it mentions the chance to find somebody else, as the article does."""
    chance = load("en")("letters.refusal.chance")
    assert "Carol" in write("refusal", {"hit_wall": "yes"}, better="Carol")
    assert chance not in write("refusal", {"hit_wall": "yes"}, better="Carol")
    assert chance in write("refusal", {"hit_wall": "yes"}, better="  ")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (ADRIFT, "adrift"),
        ({**ADRIFT, "hit_wall": "yes"}, "wall"),
        ({**ADRIFT, **BACKSEAT}, "adrift"),
        (BACKSEAT, "backseat"),
        ({"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}, ""),
        ({"knows_goal": "yes"}, ""),
    ],
)
def test_a_refusal_has_one_reason_or_none(answers: Answers, reason: str) -> None:
    """The first line of the rule that is sure to hold; no invented reason where there is none."""
    text = write("refusal", answers)
    for one in ("adrift", "mismatch", "backseat", "wall"):
        assert (load("en")(f"letters.refusal.{one}") in text) == (one == reason)
    assert (load("en")("letters.refusal.plain") in text) == (not reason)


@pytest.mark.soak
def test_a_trade_needs_a_gap_and_readiness_to_compromise() -> None:
    """There is one exactly where sign 2 can be negotiated."""
    for answers in sample_of_states(count(200, soak=2_000), "trade"):
        gap = "no" in (answers[fact] for fact in ("quality_ok", "deadline_ok", "budget_ok"))
        negotiable = gap and answers["knows_goal"] != "no" and answers["compromises"] != "no"
        assert bool(write("trade", answers)) == negotiable


@pytest.mark.parametrize(
    ("gaps", "fits"),
    [
        (["deadline_ok"], []),
        (["budget_ok"], ["quality_ok"]),
        (["quality_ok"], ["deadline_ok", "budget_ok"]),
        (["quality_ok", "deadline_ok", "budget_ok"], []),
    ],
)
def test_a_trade_names_the_gaps_and_the_ways_out(gaps: list[str], fits: list[str]) -> None:
    """Each gap with its own; nothing about unknown facts."""
    texts = load("en")
    text = write("trade", {**dict.fromkeys(gaps, "no"), **dict.fromkeys(fits, "yes")})
    terms, _, suiting = text.split("\n\n")[3].partition(". ")
    for fact in ("quality_ok", "deadline_ok", "budget_ok"):
        name = texts(f"letters.trade.{fact}.name")
        assert (name in terms) == (fact in gaps)
        assert (name in suiting) == (fact in fits)
        for line in texts.lines(f"letters.trade.{fact}.options"):
            assert (line in text) == (fact in gaps)


@pytest.mark.soak
def test_one_clause_for_each_bad_answer() -> None:
    """And none for a good or missing one, before what every contract needs."""
    texts = load("en")
    for answers in sample_of_states(count(100, soak=2_000), "clauses"):
        called_for, lead, rest = write("clauses", answers).partition(texts("letters.clauses.rest"))
        bad = [fact for fact in SCORED if answers[fact] == BAD[fact]]
        assert bool(lead) == bool(bad)
        for fact in SCORED:
            clause = texts(f"facts.{fact}.clause")
            assert (clause in called_for and bool(lead)) == (fact in bad)
            assert (called_for + rest).count(clause) <= 1


@pytest.mark.parametrize("decides", ["yes", "no", "unknown"])
@pytest.mark.parametrize("answers_for", ["yes", "no", "unknown"])
def test_a_decision_maker_is_asked_for_unless_there_is_one(
    decides: Answer, answers_for: Answer
) -> None:
    """Who decides and takes responsibility needs no such letter."""
    answers: Answers = {"decides": decides, "takes_responsibility": answers_for}
    letter = write("decider", answers)
    assert bool(letter) == ({decides, answers_for} != {"yes"})
    for fact, answer in answers.items():
        asks = load("en")(f"letters.decider.{fact}") in letter
        assert asks == (answer != "yes"), fact


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, "clarify"),
        ({"depends_on_client": "no"}, "start"),
        ({"hit_wall": "yes"}, "refusal"),
        ({"knows_goal": "no", "trusts_opinion": "no"}, "refusal"),
        ({fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}, "start"),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"deadline_ok": "no"},
            "trade",
        ),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"deadline_ok": "no", "hit_wall": "unknown"},
            "trade",
        ),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"hit_wall": "unknown"},
            "clarify",
        ),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"decides": "no", "takes_responsibility": "no"},
            "decider",
        ),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"takes_responsibility": "no", "participates": "yes"},
            "decider",
        ),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"knows_goal": "no"},
            "clarify",
        ),
    ],
)
def test_the_verdict_suggests_a_letter(answers: Answers, kind: str) -> None:
    """The page offers this one first."""
    assert fitting_kind(Client({"answers": answers}, answers)) == kind


def test_the_wall_is_mentioned_only_where_it_was_hit() -> None:
    """It is asked about where nothing else is open."""
    wall, question = load("en")("letters.clarify.wall"), load("en")("letters.questions.hit_wall")
    good: Answers = {fact: "no" if BAD[fact] == "yes" else "yes" for fact in SCORED}
    assert wall not in write("clarify", {})
    assert question not in write("clarify", {})
    assert question in write("clarify", {**good, "hit_wall": "unknown"})
    hit = write("clarify", {"hit_wall": "yes"})
    assert wall in hit
    assert "1." not in hit


@pytest.mark.soak
def test_at_most_five_questions_are_asked() -> None:
    """While the verdict is open, those that settle it soonest; for any answers."""
    for answers in sample_of_states(count(100, soak=2_000), "five"):
        assert "6. " not in write("clarify", answers)
    assert "5. " in write("clarify", {})


def test_a_budget_that_does_not_suit_is_not_asked_for_again() -> None:
    """What could be left out is asked instead."""
    text = write("clarify", {"budget_ok": "no", "hit_wall": "yes"})
    assert load("en")("letters.questions.budget_no") in text
    assert load("en")("letters.questions.budget_ok") not in text
