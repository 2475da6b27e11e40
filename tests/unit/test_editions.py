"""Editions of the rule: a client of an older one is migrated, with both verdicts and the reason."""

import hashlib
import json
from dataclasses import replace
from itertools import product

import pytest

from checklist.clients import ClientError, migrate, read_client
from checklist.rules import EDITIONS, FACTS, RULE, RULES_VERSION, Edition, Line, score
from checklist.rules.facts import Answer, Answers
from checklist.texts import LANGUAGES, load
from checklist.views.migration import describe_migration
from tests.support.sampling import count
from tests.support.site_build import PROJECT
from tests.support.states import sample_of_states

YES_OR_NO: tuple[Answer, ...] = ("yes", "no")
DIGESTS = {
    "1.0": "953eadc2c70a4527",
}
"""A digest of each edition's verdicts for all complete sets of answers. It never changes:
a change of the rule gets a new version, a new line here, and a line in the changelog."""

OLD = Edition(
    version="0.9",
    facts=("depends_on_client", "knows_aim", "trusts_opinion"),
    rule=(
        Line("no_aim", "step_back", lambda answers: answers["knows_aim"] == "no"),
        Line("otherwise", "work", lambda _: True),
    ),
    to_next=lambda answers: {
        {"knows_aim": "knows_goal"}.get(fact, fact): answer for fact, answer in answers.items()
    },
)
OUT_OF_SCOPE = Line(
    "out_of_scope", "out_of_scope", lambda answers: answers["depends_on_client"] == "no"
)
WITH_OLD = (OLD, *EDITIONS)


def digest(edition: Edition) -> str:
    """Return a digest of the edition's verdicts over every complete set of answers."""
    verdicts = [
        edition.possible(dict(zip(edition.facts, answers, strict=True)))[0]
        for answers in product(YES_OR_NO, repeat=len(edition.facts))
    ]
    return hashlib.sha256(" ".join([*edition.facts, *verdicts]).encode()).hexdigest()[:16]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.version)
def test_a_published_edition_never_changes(edition: Edition) -> None:
    """A changed rule without a new version would show wrong old verdicts."""
    assert digest(edition) == DIGESTS.get(edition.version), (
        f"The rule {edition.version} says something else than it did. Give the rule a new version: "
        "keep the old table as an edition, add the new digest here, say what has changed under "
        "`editions` in both texts, and add a line to CHANGELOG.md."
    )


def test_the_editions_are_known_and_in_order() -> None:
    """Every edition has a digest and a line in the changelog; the last is the current rule."""
    versions = [edition.version for edition in EDITIONS]
    assert versions == list(DIGESTS)
    assert versions == sorted(versions, key=lambda one: [int(part) for part in one.split(".")])
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [one for one in versions if f"Rules {one}" not in changelog] == []
    last = EDITIONS[-1]
    assert (last.version, last.rule) == (RULES_VERSION, RULE)
    assert last.facts == tuple(fact.id for fact in FACTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_later_edition_has_a_reason(lang: str) -> None:
    """A visitor whose verdict changes can read what has changed in the rule."""
    for edition in EDITIONS[1:]:
        assert load(lang)(f"editions.v{edition.version.replace('.', '_')}")


@pytest.mark.soak
def test_an_edition_agrees_with_the_score() -> None:
    """Over every completion, the current rule gives the same verdicts."""
    for answers in sample_of_states(count(100, soak=5_000), "editions"):
        assert EDITIONS[-1].possible(answers) == score(answers).possible


@pytest.mark.parametrize(
    ("answers", "verdicts"),
    [
        ({}, ("work", "step_back")),
        ({"knows_aim": "no"}, ("step_back",)),
        ({"knows_aim": "yes"}, ("work",)),
        ({"knows_aim": "no", "depends_on_client": "unknown"}, ("step_back",)),
        ({"depends_on_client": "yes"}, ("work", "step_back")),
        ({"depends_on_client": "no"}, ("out_of_scope",)),
    ],
)
def test_the_possible_verdicts_of_an_edition(
    answers: dict[str, Answer], verdicts: tuple[str, ...]
) -> None:
    """Verdicts from the best on, then "out of scope"; the scope is "yes" unless it is "no"."""
    edition = replace(OLD, rule=(OUT_OF_SCOPE, *OLD.rule))
    assert edition.possible(answers) == verdicts


def test_an_unknown_scope_counts_as_yes() -> None:
    """Also in an edition that did not have that question."""
    met: list[Answer] = []

    def holds(answers: Answers) -> bool:
        met.append(answers["depends_on_client"])
        return True

    scopes: tuple[Answer, ...] = ("yes", "unknown", "no")
    edition = replace(OLD, facts=("depends_on_client",), rule=(Line("any", "work", holds),))
    for scope in scopes:
        edition.possible({"depends_on_client": scope})
    replace(edition, facts=("hit_wall",)).possible({"hit_wall": "no"})
    assert met == ["yes", "yes", "no", "yes"]


def test_answers_are_kept_unless_an_edition_changes_them() -> None:
    """The next edition gets a copy."""
    answers: dict[str, Answer] = {"decides": "no"}
    passed_on = EDITIONS[-1].to_next(answers)
    assert passed_on == answers
    assert passed_on is not answers


def old_file(**answers: str) -> str:
    """Return a case file of the old edition."""
    return json.dumps({"rules": "0.9", "id": "1", "later": [1], "answers": answers})


def test_a_client_of_an_old_edition_is_migrated() -> None:
    """Its answers are converted, both verdicts are given, and nothing is lost."""
    client = read_client(old_file(knows_aim="no", trusts_opinion="yes"), WITH_OLD)
    assert client.answers == {"knows_goal": "no", "trusts_opinion": "yes"}
    migration = migrate(client, WITH_OLD)
    assert migration
    assert migration.then == ("step_back",)
    assert migration.now == ("clarify_first", "step_back")
    assert migration.since == (RULES_VERSION,)
    assert migration.client.record == {
        "rules": RULES_VERSION,
        "id": "1",
        "later": [1],
        "answers": {"knows_goal": "no", "trusts_opinion": "yes"},
    }


@pytest.mark.parametrize("answer", ["yes", "no", "unknown"])
def test_every_state_of_an_old_edition_has_both_verdicts(answer: str) -> None:
    """None that the old edition allowed is refused."""
    migration = migrate(read_client(old_file(knows_aim=answer), WITH_OLD), WITH_OLD)
    assert migration
    assert migration.then == OLD.possible({"knows_aim": answer})  # type: ignore[dict-item]  # an answer


def test_a_fact_that_the_old_edition_did_not_have_is_named() -> None:
    """A client of an old edition cannot have an answer to a later question."""
    with pytest.raises(ClientError) as caught:
        read_client(old_file(knows_goal="no"), WITH_OLD)
    assert [(one.place, one.kind) for one in caught.value.problems] == [
        ("answers.knows_goal", "no_such_fact")
    ]


def test_a_client_of_the_current_edition_is_not_migrated() -> None:
    """Neither is one that names no version."""
    assert migrate(read_client('{"answers": {}}')) is None
    assert migrate(read_client('{"rules": "1.0", "answers": {}}')) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_client_of_unknown_rules_keeps_its_answers(lang: str) -> None:
    """The new verdict is given, and that the old one is unknown."""
    migration = migrate(read_client('{"rules": "0.5", "answers": {"hit_wall": "yes"}}'))
    assert migration
    assert (migration.then, migration.now) == (None, ("step_back",))
    assert migration.client.rules == RULES_VERSION
    words = " ".join(describe_migration(migration, load(lang)))
    assert "0.5" in words
    assert load(lang)("verdicts.step_back.title") in words
