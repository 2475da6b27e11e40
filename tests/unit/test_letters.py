"""Letters: complete for every client, in either language, and without other clients' names."""

import re

import pytest

from checklist.clients import Client
from checklist.rules import FACTS, SCORED, Answers
from checklist.rules.facts import Answer
from checklist.texts import LANGUAGES, load
from checklist.views.letters import KINDS, Options, fitting_kind, letter
from tests.support.sampling import count
from tests.support.states import sample_of_states

PRIVATE = "that dreadful Acme"
BAD = {fact.id: fact.bad for fact in FACTS if fact.scored}
BROKEN = re.compile(r"[{}]|  |\n\n\n|None|\bno_|_ok|^\s|\s$")


def write(kind: str, answers: Answers, lang: str = "en", **options: str) -> str:
    """Write a letter about a client with these answers."""
    return letter(
        kind, Client({"name": PRIVATE, "answers": answers}, answers), load(lang), Options(**options)
    )


@pytest.mark.soak
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_answers_make_a_broken_letter(kind: str, lang: str) -> None:
    """For any answers a letter is complete, or there is none."""
    texts = load(lang)
    assert texts(f"letters.{kind}.none")
    for answers in ({}, *sample_of_states(count(100, soak=2_000), f"letters {kind} {lang}")):
        text = write(kind, answers, lang)
        assert not BROKEN.search(text), text
        assert PRIVATE not in text
        if text and kind != "clauses":
            assert text.startswith(texts("letters.greet"))
            assert text.endswith(texts("letters.close"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "clauses"])
def test_a_letter_contains_the_options(kind: str) -> None:
    """The greeting and the signature are in their places."""
    text = write(kind, {"knows_goal": "yes", "deadline_ok": "no"}, greet=" Ann ", sign="Bob")
    assert text.startswith("Hello Ann,\n")
    assert text.endswith("\nBob")


def test_a_refusal_with_and_without_a_recommendation() -> None:
    """Without one it mentions the chance to find somebody else, as the article does."""
    chance = load("en")("letters.refusal.chance")
    assert "Carol" in write("refusal", {"hit_wall": "yes"}, better="Carol")
    assert chance not in write("refusal", {"hit_wall": "yes"}, better="Carol")
    assert chance in write("refusal", {"hit_wall": "yes"}, better="  ")


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
    for fact in ("quality_ok", "deadline_ok", "budget_ok"):
        assert (texts(f"letters.trade.{fact}.gap") in text) == (fact in gaps)
        for line in texts.lines(f"letters.trade.{fact}.options"):
            assert (line in text) == (fact in gaps)
        assert (texts(f"letters.trade.{fact}.name") in text.partition("it is:")[2][:60]) == (
            fact in fits
        )


@pytest.mark.soak
def test_one_clause_for_each_bad_answer() -> None:
    """And none for a good or missing one."""
    for answers in sample_of_states(count(100, soak=2_000), "clauses"):
        text = write("clauses", answers)
        for fact in SCORED:
            clause = load("en")(f"facts.{fact}.clause")
            assert (clause in text) == (answers[fact] == BAD[fact])


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
        ({"hit_wall": "yes"}, "refusal"),
        ({"knows_goal": "no", "trusts_opinion": "no"}, "refusal"),
        ({fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}, "clauses"),
        (
            {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
            | {"deadline_ok": "no"},
            "trade",
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
    """A letter says "we have come back to it twice" only then."""
    wall = load("en")("letters.questions.hit_wall")
    assert wall not in write("clarify", {})
    assert wall in write("clarify", {"hit_wall": "yes"})
