"""The worked cases: each states the rule's verdict, and together they show what is difficult."""

import re
from collections import Counter
from pathlib import Path

import pytest

from checklist import score
from checklist.advice import notices, situation_of
from checklist.rules import SIGNS
from checklist.site.render.case_index import fold_cases, render_case_index
from checklist.site.render.worked_cases import OPEN, WorkedCaseError, read_worked_cases
from checklist.texts import LANGUAGES, load
from tests.support.site_build import PROJECT

DOCS = PROJECT / "docs"
CASES = read_worked_cases(DOCS / "cases.toml")


def written(folder: Path, text: str) -> Path:
    """Write a file of worked cases and return its path."""
    path = folder / "cases.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[a\n", ["cases.toml", "line 1"]),
        (
            '[a]\nverdict = "work"\nanswers = { knows_goal = "no", trusts_opinion = "no" }',
            ["cases.toml: a", "“work”", "“step_back”"],
        ),
        ('[a]\nverdict = "work"\nanswers = { knows_goal = "no" }', ["a", "“open”"]),
        ('[a]\nanswers = { hit_wall = "yes" }', ["a", "“step_back”"]),
        ('[a]\nverdict = "open"\nanswers = { goal = "no", decides = "maybe" }', ["goal", "maybe"]),
        ('[a]\nverdict = "open"', ["a: answers"]),
        ('[a]\nverdict = "open"\nanswers = {}\nname = 1', ["a: name"]),
        (
            '[a]\nverdict = "work"\nanswers = {}\n[b]\nverdict = "work"\nanswers = {}',
            ["a: states", "b: states"],
        ),
    ],
)
def test_a_case_that_states_another_verdict_is_refused(
    tmp_path: Path, text: str, named: list[str]
) -> None:
    """Every case with a bad record or a wrong verdict is named, with both verdicts."""
    with pytest.raises(WorkedCaseError) as caught:
        read_worked_cases(written(tmp_path, text))
    assert [part for part in named if part not in str(caught.value)] == []


def test_there_are_at_least_twelve() -> None:
    """With each verdict among them, and an open one."""
    assert len(CASES) >= 12
    verdicts = {case.verdict for case in CASES.values()}
    assert verdicts == {"work", "clarify_first", "step_back", "out_of_scope", OPEN}


def test_each_sign_and_the_wall_has_a_case_of_its_own() -> None:
    """For each sign a case that has only that one; for the wall a case without signs."""
    present = [
        {sign.id for sign in score(case.answers).signs if sign.status == "present"}
        for case in CASES.values()
    ]
    assert [sign.id for sign in SIGNS if {sign.id} not in present] == []
    walls = [
        signs
        for case, signs in zip(CASES.values(), present, strict=True)
        if case.answers.get("hit_wall") == "yes"
    ]
    assert set() in walls


def test_the_difficult_cases_are_there() -> None:
    """Half a sign, a gap to negotiate, active but decisive, nothing known, out of scope."""
    tricky = {
        "half a sign": {"knows_goal": "no", "trusts_opinion": "yes"},
        "the other half": {"knows_goal": "yes", "trusts_opinion": "no"},
        "room to give": {"compromises": "yes", "budget_ok": "no"},
        "active and decisive": {
            "participates": "yes",
            "decides": "yes",
            "takes_responsibility": "yes",
        },
        "not the case": {"depends_on_client": "no"},
    }
    answers = [case.answers for case in CASES.values()]
    assert [
        name
        for name, wanted in tricky.items()
        if not any(wanted.items() <= dict(given).items() for given in answers)
    ] == []
    assert any(set(given.values()) <= {"unknown"} for given in answers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_case_is_folded_and_in_its_lists(lang: str) -> None:
    """In the list of its verdict and in one for each sign; the choice has their lengths."""
    page = "<p>Lead</p>" + "".join(f'<h2 id="{id_}">About</h2><p>{id_}</p>' for id_ in CASES)
    folded = fold_cases(page, CASES)
    found = re.findall(
        r'<details class="case" id="case-(.+?)" data-lists="(.+?)">\s*<summary><h2 id="\1">'
        r"About</h2></summary>\s*<p>\1</p></details>",
        folded,
    )
    lists = {id_: names.split() for id_, names in found}
    for id_, case in CASES.items():
        present = {sign.id for sign in score(case.answers).signs if sign.status == "present"}
        wall = {"wall"} if case.answers.get("hit_wall") == "yes" else set()
        assert set(lists[id_]) == {case.verdict} | present | wall
    lengths = Counter(name for names in lists.values() for name in names)
    index = render_case_index(load(lang), CASES)
    counts = re.findall(r'value="(\w+)".*?count">(\d+)<', index)
    assert {name: int(count) for name, count in counts} == {"all": len(CASES), **lengths}
    with pytest.raises(LookupError, match=next(iter(CASES))):
        fold_cases("", CASES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_have_headings_of_their_own(lang: str) -> None:
    """No two pages have the same one."""
    pages = [*(DOCS / lang).rglob("*.md")]
    headings = [
        re.findall(r"^# (.+?) \{", page.read_text(encoding="utf-8"), re.MULTILINE) for page in pages
    ]
    assert [len(one) for one in headings] == [1] * len(pages)
    assert len({one[0] for one in headings}) == len(pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_case_is_told_once(lang: str) -> None:
    """Each has a heading with its id and its marker, in the file's order; none is missing."""
    page = (DOCS / lang / "cases.md").read_text(encoding="utf-8")
    assert re.findall(r"^\[\[case (\S+)\]\]$", page, re.MULTILINE) == list(CASES)
    assert re.findall(r"^## .*\{#(\S+)\}$", page, re.MULTILINE) == list(CASES)


def test_cases_show_what_stands_beside_the_rule() -> None:
    """Each weight has a case, and a good client and running work are among them."""
    found = {
        id_: notices(situation_of(case.answers, case.client.checks, case.client.stage))
        for id_, case in CASES.items()
    }
    assert {one.weight for each in found.values() for one in each} == {"stop", "settle", "mine"}
    assert [one.weight for one in found["second-invoice"]] == ["stop"]
    assert [one.check.id for one in found["slimming-tea"]] == [
        "unlawful_or_harmful",
        "need_the_money",
    ]
    assert found["voice-messages"] == ()
    assert sum(case.client.stage == "begun" for case in CASES.values()) >= 3
