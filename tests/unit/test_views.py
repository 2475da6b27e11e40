"""Views: what the page shows of clients, with the sentences of the texts."""

import csv
import io
import json
import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.advice import CHECKS
from checklist.advice.questions import CONVERSATION_ORDER
from checklist.clients import Client, parse_client
from checklist.rules import FACTS, WALL, parse_answers, score
from checklist.texts import LANGUAGES, load
from checklist.texts.explanation import explain
from checklist.views.agenda import agenda
from checklist.views.comparison import comparison
from checklist.views.csv_file import escape_formula, to_csv
from checklist.views.documents import Document, Heading, Table, to_markdown
from checklist.views.losses import estimate, losses
from checklist.views.overview import overview
from checklist.views.sheet import sheet
from checklist.views.wording import name_of, result_of
from tests.support.answers import ADRIFT
from tests.support.sampling import count
from tests.support.states import sample_of_states

EN = load("en")
GAP = {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS} | {"budget_ok": "no"}
HIDDEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180f\u2800\u3164\ufe00\ufe0f\uffa0\ufff0\U000e0100"
"""Characters that are shown as nothing, though Unicode calls them letters or marks."""
FORMULA = "=+-@\t\r\n|%＝＋－＠﹦﹢﹣﹫−"  # noqa: RUF001 - the other signs are meant


def client_with(id_: str = "", **fields: object) -> Client:
    """Return a client whose record has these fields."""
    record = {"id": id_, "answers": {}, **fields}
    return Client(record, record["answers"])  # type: ignore[arg-type]  # a mapping of answers


def headings(document: Document) -> list[str]:
    """Return the texts of a document's headings."""
    return [block.text for block in document.blocks if isinstance(block, Heading)]


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("\u05d0\u200f", "\u05d0\u200f"),
        ("\u2067 \u2069", load("en")("cases.unnamed")),
    ],
)
def test_a_name_turns_nothing_around(name: str, shown: str) -> None:
    """Text in Hebrew or Arabic keeps its own marks."""
    assert name_of(parse_client({"name": name, "answers": {}}), load("en")) == shown


def test_only_answers_change_the_verdict() -> None:
    """Context, notes, reasons to go on, estimate and diary do not, in any state."""
    beside: dict[str, Any] = {
        "context": ["early", "culture", "age", "experience"],
        "notes": {"knows_goal": "no"},
        "staying": "of the money",
        "estimate": {"hours": 99, "rate": 1},
        "outcome": {"decision": "taken", "went": "badly"},
    }
    for answers in sample_of_states(count(200, soak=5_000), "beside"):
        assert result_of(client_with(answers=answers, **beside)) == score(answers)


@pytest.mark.soak
def test_what_would_change_a_verdict_is_only_for_the_better() -> None:
    """Each listed change is from a bad answer to a good one, and has something that can help."""
    bad = {fact.id: fact.bad for fact in FACTS}
    for answers in sample_of_states(count(200, soak=5_000), "better"):
        result = score(answers)
        explained = explain(result, answers, EN)
        listed = [[one["fact"] for one in each] for each in explained["change"]]
        assert all(answers[fact] == bad[fact] for each in listed for fact in each)
        assert listed == [
            [*each]
            for each in result.would_change
            if all(answers[fact] == bad[fact] for fact in each)
        ]
        assert all(one["remedy"] for each in explained["change"] for one in each)


@pytest.mark.soak
def test_what_to_clarify_is_apart_from_why_it_is_not_a_no() -> None:
    """Bad answers on one side, good ones on the other; other verdicts have reasons alone."""
    bad = {fact.id: fact.bad for fact in FACTS}
    for answers in sample_of_states(count(200, soak=5_000), "clarify"):
        result = score(answers)
        explained = explain(result, answers, EN)
        keeping = [one["fact"] for one in explained["not_no"]]
        if result.verdict != "clarify_first":
            assert keeping == []
            continue
        to_clarify = [one["fact"] for one in explained["because"][0]]
        assert to_clarify
        assert all(answers[fact] == bad[fact] for fact in to_clarify)
        assert keeping
        assert not any(answers[fact] == bad[fact] for fact in keeping)
        assert {*result.reasons[0]} <= {*to_clarify, *keeping}


def test_a_certain_refusal_without_a_certain_sign_says_so() -> None:
    """Whichever way the missing answers turn out, there is one."""
    either = {"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}
    for answers, is_said in ((either, True), (ADRIFT, False), ({WALL: "yes"}, False), ({}, False)):
        lead = explain(result_of(client_with(answers=answers)), answers, EN)["lead"]  # type: ignore[arg-type]  # answers
        assert (EN("losses.either") in lead) == is_said


@pytest.mark.parametrize("hit_wall", ["yes", "no", "unknown"])
@pytest.mark.parametrize(
    ("answers", "source"),
    [
        ({}, None),
        (ADRIFT, "adrift"),
        ({"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}, "first_signs"),
    ],
)
def test_a_refusal_quotes_the_wall_only_where_it_was_hit(
    answers: dict[str, str], source: str | None, hit_wall: str
) -> None:
    """Else the sign that is present, or the sentence that leads to the signs."""
    known = client_with(answers={**answers, WALL: hit_wall})
    explained = explain(result_of(known), parse_answers(known.answers), EN)
    quoted = explained["source"] and explained["source"]["id"]
    is_wall = hit_wall == "yes" and source in (None, "first_signs")
    assert quoted == ("step_back" if is_wall else source)


@pytest.mark.soak
def test_an_agenda_asks_what_still_matters() -> None:
    """Exactly the questions that can change the verdict, in the order of a conversation."""
    for answers in sample_of_states(count(200, soak=5_000), "agenda"):
        result = score(answers)
        if result.settled:
            continue
        questions = [
            text.partition(". ")[2] for text in headings(agenda(client_with(answers=answers), EN))
        ]
        facts = [fact for fact in CONVERSATION_ORDER if fact in result.ask_next]
        assert questions[:-1] == [EN(f"facts.{fact}.question") for fact in facts]
        assert sorted(facts) == sorted(result.ask_next)


def test_the_wall_is_in_the_agenda_only_where_it_was_hit() -> None:
    """In a first conversation nobody is stuck yet; it is asked about where nothing else is."""
    hit, ask = EN("agenda.wall"), EN(f"facts.{WALL}.ask")
    good = {fact.id: "no" if fact.bad == "yes" else "yes" for fact in FACTS}
    for answers, words in (({}, ""), ({WALL: "yes"}, hit), (good | {WALL: "unknown"}, ask)):
        shown = json.dumps(agenda(client_with(answers=answers), EN).as_dict(), ensure_ascii=False)
        assert [one for one in (hit, ask) if one in shown] == [words][: bool(words)]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_can_be_compared(count: int) -> None:
    """Fewer have nothing to be compared with, and more do not fit."""
    with pytest.raises(ValueError, match=str(count)):
        comparison([client_with()] * count, EN)


def test_a_comparison_marks_what_differs() -> None:
    """Each answer that differs and no other; "unknown" and a missing answer are the same."""
    one = client_with(name="A", answers={"knows_goal": "no", "decides": "unknown"})
    other = client_with(name="A", answers={"knows_goal": "yes", "budget_ok": "no"})
    [table] = comparison([one, other], EN).blocks
    assert isinstance(table, Table)
    assert table.columns == ("A (1)", "A (2)")
    questions = {EN(f"facts.{fact.id}.question"): fact.id for fact in FACTS}
    marked = {questions[row.label] for row in table.rows if row.label in questions and row.differs}
    assert marked == {"knows_goal", "budget_ok"}


def test_the_order_of_the_list_of_clients() -> None:
    """Undecided first, then unsettled, then the fewest questions, then the latest change."""
    clients = [
        client_with("decided", outcome={"decision": "taken"}),
        client_with("settled old", answers=ADRIFT, changed="2026-11-01T00:00:00+00:00"),
        client_with("settled new", answers=ADRIFT, changed="2026-11-01T02:30:00+03:00"),
        client_with("far"),
        client_with("near", answers={"knows_goal": "no"}),
        client_with("settled newest", answers=ADRIFT, changed="2026-11-01T00:30:00+00:00"),
    ]
    rows = overview(clients, EN)["rows"]
    assert [row["id"] for row in rows] == [
        "near",
        "far",
        "settled newest",
        "settled old",
        "settled new",
        "decided",
    ]


def test_a_row_of_the_list_names_what_matters_more_than_the_verdict() -> None:
    """At the stage where it does; any other notice is on the client's own page."""
    checks = {"pays_late": "yes", "no_room": "yes"}
    fields: dict[str, object] = {"answers": {**GAP, "budget_ok": "yes"}, "checks": checks}
    clients = [client_with("1", **fields), client_with("2", **fields, stage="begun")]
    rows = overview(clients, EN)["rows"]
    assert {row["id"]: (row["state"], row["next"], row["stops"]) for row in rows} == {
        "1": ("work", "", False),
        "2": ("work", EN("checks.pays_late.yes"), True),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_diary_counts_without_percentages(lang: str) -> None:
    """The visitor's own numbers by verdict."""
    clients = [
        client_with("1", answers=ADRIFT, outcome={"decision": "taken", "went": "badly"}),
        client_with("2", answers=ADRIFT, outcome={"decision": "taken", "went": "well"}),
        client_with("3", answers=ADRIFT, outcome={"decision": "declined"}),
        client_with("4", outcome={"decision": "declined", "went": "mixed"}),
        client_with("5", outcome={"went": "well"}),
        client_with("6", answers=GAP, outcome={"decision": "taken", "went": "mixed"}),
        client_with("7", answers={"depends_on_client": "no"}, outcome={"decision": "declined"}),
    ]
    document = overview(clients, load(lang))
    rows = {row["label"]: row["cells"] for row in document["diary"]["blocks"][1]["rows"]}
    assert rows == {
        load(lang)("verdicts.clarify_first.title"): ["1", "0", "0", "1", "0"],
        load(lang)("verdicts.step_back.title"): ["2", "1", "1", "0", "1"],
        load(lang)("verdicts.out_of_scope.title"): ["0", "1", "0", "0", "0"],
        load(lang)("diary.open"): ["0", "1", "0", "1", "0"],
    }
    assert "%" not in json.dumps(document)


@pytest.mark.parametrize("start", [*FORMULA, *(f"  {sign}" for sign in FORMULA)])
def test_a_cell_that_begins_like_a_formula_is_text(start: str) -> None:
    """An apostrophe before it makes it text in every spreadsheet program."""
    assert escape_formula(f"{start}1+1") == f"'{start}1+1"


INVISIBLE = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or chr(code) in HIDDEN
]


@pytest.mark.parametrize("sign", "=+-@")
def test_invisible_characters_hide_no_formula(sign: str) -> None:
    """A spreadsheet may drop them, and then the formula begins the cell."""
    for invisible in INVISIBLE:
        for cell in (f"{invisible}{sign}A1", f"{invisible} {invisible}{sign}A1"):
            assert escape_formula(cell)[0] == "'", ascii(cell)


@pytest.mark.parametrize(
    "phone",
    [
        *("+79161234567", "+7 916 123-45-67", "+7 (916) 123-45-67", "+7(916)123-45-67"),
        *("+44 20 7946 0958", "+1 (212) 555-0100", "+7\u00a0916\u00a0123\u00a045\u00a067"),
    ],
)
def test_a_phone_number_has_no_apostrophe(phone: str) -> None:
    """As no spreadsheet can calculate it; what it can calculate is text."""
    for separator in ",;":
        for cell in (phone, f" {phone} ", f"Anna; {phone}", f"{phone}\nafter six"):
            assert escape_formula(cell, separator) == cell


@pytest.mark.parametrize(
    "formula",
    [
        *("+7-916-123-45-67", "+7", "+1", "-79161234567", "+7 916 123-45-67+A1", "+79161234567%"),
        *("+7(916)123-45-67*2", "+7 916 123 45 67 SUM(A1)", "++7 916 123-45-67", "+7 916"),
    ],
)
def test_what_a_spreadsheet_could_calculate_is_text(formula: str) -> None:
    """Also if it resembles a phone number."""
    assert escape_formula(formula) == f"'{formula}"


@pytest.mark.parametrize(("lang", "separator"), [("ru", ";"), ("en", ",")])
def test_excel_opens_the_columns(lang: str, separator: str) -> None:
    """With the separator of the language's settings."""
    client = client_with(name="A, B; C", notes={"decides": "x,=1;=2"}, answers={"decides": "no"})
    text = to_csv([client], load(lang)).removeprefix("\ufeff")
    head, row = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    assert len(head) == len(row) == 5 + 2 * (len(FACTS) + 1 + len(CHECKS))
    assert row[0] == "A, B; C"
    other = {",": "x,=1;'=2", ";": "x,'=1;'=2"}[separator]
    assert other in row


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=20))
def test_no_cell_is_a_formula(name: str, note: str) -> None:
    """For any name of a client, and any notes."""
    text = to_csv([client_with(name=name, notes={"decides": note})], EN)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    for cell in rows[1]:
        assert not cell.lstrip(" \u00a0\ufeff\0").startswith(tuple(FORMULA))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("# Big", "\\# Big"),
        ("- item", "\\- item"),
        ("1. first", "1\\. first"),
        ("12) twelfth", "12\\) twelfth"),
        ("[a](javascript:b)", "\\[a\\](javascript:b)"),
        ("<script>", "\\<script\\>"),
        ("| x |", "\\| x \\|"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
    ],
)
def test_what_visitors_write_is_escaped_in_markdown(name: str, written: str) -> None:
    """It is text in the Markdown that others will open."""
    assert to_markdown(Document(name, ())) == f"# {written}\n"


@pytest.mark.parametrize(
    ("answers", "signs"),
    [
        ({}, []),
        ({"knows_goal": "no"}, []),
        (ADRIFT, ["adrift"]),
        ({"hit_wall": "yes"}, ["wall"]),
        ({**ADRIFT, "hit_wall": "yes"}, ["adrift", "wall"]),
        ({"knows_goal": "yes", "budget_ok": "no", "compromises": "no"}, ["mismatch"]),
        ({"decides": "no", "takes_responsibility": "no", "participates": "yes"}, ["backseat"]),
        ({**ADRIFT, "depends_on_client": "no"}, []),
    ],
)
def test_losses_are_those_of_the_sign(answers: dict[str, str], signs: list[str]) -> None:
    """Without a sign there are none; each sign has its own sentence, and the article's four."""
    text = json.dumps(losses(client_with(answers=answers), EN).as_dict(), ensure_ascii=False)
    for sign in ("adrift", "mismatch", "backseat", "wall"):
        assert (EN(f"losses.{sign}") in text) == (sign in signs)
    assert (EN("losses.stress.source") in text) == bool(signs)


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({}, "open"),
        ({"knows_goal": "no"}, "open"),
        ({"depends_on_client": "no"}, "none"),
        ({"trusts_opinion": "no", "deadline_ok": "no", "compromises": "no"}, "either"),
    ],
)
def test_losses_without_a_definite_sign(answers: dict[str, str], key: str) -> None:
    """Too early, nothing to lose, or a certain verdict with several possible signs."""
    first = losses(client_with(answers=answers), EN).as_dict()["blocks"][0]
    assert first["text"] == EN(f"losses.{key}")


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({}, ""),
        ({"rate": 5}, ""),
        ({"hours": 0, "weeks": 9}, ""),
        ({"hours": 1e308, "weeks": 1e308}, ""),
        ({"hours": 1, "rate": 1e308}, "At risk: 1\N{NO-BREAK SPACE}hour."),
        ({"hours": 1}, "At risk: 1\N{NO-BREAK SPACE}hour."),
        ({"hours": 2.5, "weeks": 4}, "At risk: 10\N{NO-BREAK SPACE}hours."),
        (
            {"hours": 10, "weeks": 200, "rate": 50},
            "At risk: 2,000\N{NO-BREAK SPACE}hours, or 100,000 at your rate.",
        ),
    ],
)
def test_the_estimate_is_a_sentence_or_nothing(figures: dict[str, float], sentence: str) -> None:
    """A missing figure is not made up."""
    assert estimate(figures, EN) == sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_has_the_whole_client(lang: str) -> None:
    """Verdict, every answer, notes, decision and the reason to go on."""
    client = client_with(
        name="N",
        answers=ADRIFT,
        notes={"decides": "seen"},
        staying="of the trade",
        outcome={"decision": "taken", "went": "badly", "words": "never again"},
    )
    text = to_markdown(sheet(client, load(lang)))
    for part in ("N", "seen", "of the trade", "never again", load(lang)("outcome.taken")):
        assert part in text
    for fact in FACTS:
        assert " ".join(load(lang)(f"facts.{fact.id}.question").split()) in text
    assert "{" not in text
