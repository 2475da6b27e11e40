"""Checks and the stage in every interface: files, links, import, history, documents, letters."""

import csv
import io
import json
import re
from itertools import product
from typing import Any

import pytest

from checklist.advice import CHECKS, KINDS, REASONS, STAGES, letter_kinds, situation_of
from checklist.advice.checks import Stage
from checklist.browser import handle
from checklist.clients import (
    COLLECTION_FORMAT,
    Client,
    ClientError,
    migrate,
    parse_client,
    plan_import,
    read_client,
    read_clients,
    read_link,
    replay_log,
    write_client,
    write_link,
)
from checklist.rules import Answers
from checklist.site.render.checks import check_groups
from checklist.texts import LANGUAGES, load
from checklist.views.agenda import agenda
from checklist.views.comparison import comparison
from checklist.views.csv_file import to_csv
from checklist.views.documents import Document, to_text
from checklist.views.history import history
from checklist.views.import_preview import describe_import
from checklist.views.letters import Options, letter, why_none
from checklist.views.notices import advise
from checklist.views.result_text import in_text
from checklist.views.sheet import sheet
from checklist.views.wording import situation_of_client
from tests.support.answers import ADRIFT, AT, GOOD
from tests.support.beside import random_checks, sample_of_situations
from tests.support.entry_points import BAD_INPUT, NOTHING_TO_SAY, run_in_process
from tests.support.sampling import count, randomness
from tests.support.site_build import PROJECT

RECORDS = json.loads((PROJECT / "tests" / "golden" / "beside" / "records.json").read_text("utf-8"))
CHECKED: dict[str, Any] = {
    "id": "1",
    "name": "Anna",
    "answers": {"decides": "no"},
    "checks": {"pays_late": "yes", "goes_silent": "unknown", "no_room": "yes", "abusive": "no"},
    "stage": "begun",
}
BROKEN = re.compile(r"[{}]|  |\n\n\n|\bNone\b|\b[a-z]+_[a-z]+\b|^\s|\s$|\.\.|\( | \)|\[\]|\u00a0")
BLANK = re.compile(r"\[[^\[\]\n]+\]")


def client_with(checks: Answers, stage: str = "before", answers: Answers | None = None) -> Client:
    """Return a client with these checks at this stage."""
    return parse_client({"answers": answers or {}, "checks": checks, "stage": stage})


@pytest.mark.parametrize("record", RECORDS["valid"], ids=str)
def test_a_record_survives_every_interface(record: dict[str, Any]) -> None:
    """The same file is read by the page: tests/javascript/client/answers.test.mjs."""
    client = read_client(json.dumps(record))
    assert write_client(client) == record
    collection = {"format": COLLECTION_FORMAT, "cases": [write_client(client)]}
    [back] = read_clients(json.dumps(collection))
    assert (back.checks, back.stage) == (client.checks, client.stage)
    linked = read_link(write_link(client))
    assert (linked.answers, linked.checks, linked.stage) == (
        client.answers,
        client.checks,
        client.stage,
    )


@pytest.mark.parametrize("case", RECORDS["invalid"], ids=str)
def test_what_is_wrong_is_named(case: dict[str, Any]) -> None:
    """In a file, a record, a request and on the command line: place and kind."""
    text = json.dumps(case["record"])
    with pytest.raises(ClientError) as caught:
        read_client(text)
    assert [[one.place, one.kind] for one in caught.value.problems] == case["problems"]
    done = run_in_process(["score", "-"], text.encode())
    assert done.returncode == BAD_INPUT
    request = {"lang": "en", **case["record"]}
    problems = json.loads(handle(json.dumps(request)))["problems"]
    for line in (*problems, *done.stderr.splitlines()):
        assert line.partition(":")[0] in {place for place, _ in case["problems"]}
    assert len(problems) == len(done.stderr.splitlines()) == len(case["problems"])


def test_a_bad_check_is_named_like_a_fact() -> None:
    """With its place, its value, and what would be right."""
    given = json.dumps({"answers": {}, "checks": {"pays_late": "maybe"}})
    done = run_in_process(["score", "-", "--lang", "en"], given.encode())
    assert done.stderr.strip() == 'checks.pays_late: "maybe" is not one of yes, no, unknown'


def test_links_hold_every_check_and_are_read_as_before_without() -> None:
    """A link of answers alone is as short as it was; the optional part has a checksum too."""
    random = randomness("links")
    for stage in STAGES:
        for _ in range(50):
            client = client_with(random_checks(random), stage, {"hit_wall": "no"})
            link = write_link(client)
            assert re.fullmatch(r"2z1\.0z[ynux]{11}z[0-9a-v]*z[0-9a-f]{8}", link)
            back = read_link(link)
            assert (back.checks, back.stage) == (client.checks, client.stage)
            is_bare = not client.checks and stage == "before"
            assert ("zz" in link) == is_bare
    with pytest.raises(ClientError):
        read_link(f"{link[:20]}0{link[21:]}")


def test_an_import_compares_checks_and_stage() -> None:
    """A client that differs in them alone is a copy, and the questions are named."""
    client = parse_client(CHECKED)
    same = {"1": write_client(client)}
    assert [one.kind for one in plan_import([client], same)] == ["same"]
    other = {"1": {**write_client(client), "checks": {"pays_late": "no", "abusive": "no"}}}
    [copy] = plan_import([client], other)
    assert copy.differs == ("pays_late", "goes_silent", "no_room")
    [line] = describe_import([copy], load("en"))
    assert load("en")("checks.pays_late.question") in line
    begun = {"1": {**write_client(client), "stage": "before"}}
    assert [one.kind for one in plan_import([client], begun)] == ["copy"]


def test_a_migration_keeps_them() -> None:
    """They belong to no edition of the rules."""
    migration = migrate(parse_client({**CHECKED, "rules": "0.5"}))
    assert migration
    assert migration.client.record["checks"] == CHECKED["checks"]
    assert migration.client.stage == "begun"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_history_says_what_changed(lang: str) -> None:
    """Checks and stage in the log, and checks in then and now."""
    texts = load(lang)
    log = [
        {"at": AT, "checks": {"pays_late": [None, "no"], "no_such": [None, "yes"]}},
        {"at": AT, "meeting": "m"},
        {"at": AT, "checks": {"pays_late": ["no", "yes"]}},
        {"at": AT, "stage": "begun"},
        {"at": AT, "stage": "later"},
        {"at": AT, "note": "pays_late", "text": "by a month"},
    ]
    client = parse_client({**CHECKED, "log": log})
    before = [one.checks_before.get("pays_late") for one in replay_log(client)]
    assert before == [None, "no", "no", "yes", "yes", "yes"]
    shown = to_text(history(client, texts))
    question = texts("checks.pays_late.question")
    assert shown.count(question) == 4
    assert texts("notices.begun") in shown
    assert "no_such" not in shown
    assert "by a month" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_of_the_table_has_stage_checks_and_notices(lang: str) -> None:
    """Columns for all of them, at the end, whatever is answered; what was written at checks too."""
    texts = load(lang)
    noted = parse_client({**CHECKED, "notes": {"pays_late": "by a month"}})
    rows = list(
        csv.reader(
            io.StringIO(to_csv([noted, parse_client({"answers": {}})], texts)[1:]),
            delimiter={"ru": ";", "en": ","}[lang],
        )
    )
    size = 2 + 2 * len(CHECKS)
    questions = [texts(f"checks.{check.id}.question") for check in CHECKS]
    assert rows[0][-size:] == [
        texts("notices.stage"),
        *questions,
        texts("notices.title"),
        *(texts("sheet.note_on", question=one) for one in questions),
    ]
    shown = dict(zip(rows[0], rows[1], strict=True))
    assert shown[texts("notices.stage")] == texts("notices.begun")
    for check, answer in CHECKED["checks"].items():
        assert shown[texts(f"checks.{check}.question")] == texts(f"page.{answer}")
    late, full = (texts(f"checks.{check}.yes") for check in ("pays_late", "no_room"))
    assert shown[texts("notices.title")] == f"{late}; {full}"
    on_late = texts("sheet.note_on", question=texts("checks.pays_late.question"))
    assert shown[on_late] == "by a month"
    no_answers = [texts("cases.no_answer")] * len(CHECKS)
    assert rows[2][-size:] == [texts("notices.before"), *no_answers, *[""] * (1 + len(CHECKS))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_agenda_asks_about_them(lang: str) -> None:
    """What is true or not known; not what is about the visitor, nor whether somebody is abusive."""
    texts = load(lang)
    checks = {**CHECKED["checks"], "abusive": "unknown"}
    shown = to_text(agenda(client_with(checks, answers=GOOD), texts))
    listed = [check.id for check in CHECKS if texts(f"checks.{check.id}.question").upper() in shown]
    assert listed == ["pays_late", "goes_silent"]
    assert texts("checks.pays_late.say") in shown
    assert texts("agenda.nothing") in shown
    assert texts("notices.title") not in to_text(agenda(client_with({}), texts))


def written(document: Document) -> str:
    """Return all that a document says, as JSON."""
    return json.dumps(document.as_dict(), ensure_ascii=False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_has_notices_and_answers(lang: str) -> None:
    """What calls for a stop stands above the verdict's advice; nothing where nothing is said."""
    texts = load(lang)
    client = parse_client(CHECKED | {"answers": ADRIFT, "notes": {"pays_late": "by a month"}})
    shown = written(sheet(client, texts))
    assert shown.index(texts("checks.pays_late.yes")) < shown.index(
        texts("verdicts.step_back.lead")
    )
    assert shown.index(texts("checks.no_room.yes")) > shown.index(texts("verdicts.step_back.lead"))
    assert "by a month" in shown
    # The heading of a stop says by itself that it is not the article's.
    assert shown.count(texts("notices.lead")) == 1
    assert texts("notices.begun") in shown
    bare = written(sheet(client_with({}), texts))
    assert texts("notices.title") not in bare
    assert texts("notices.answers") not in bare
    assert texts("notices.signing") in written(sheet(client_with({}, answers=GOOD), texts))


def test_a_comparison_shows_them_where_there_are_any() -> None:
    """Reasons to stop below the verdict; then stage, other notices, and each check answered."""
    texts = load("en")
    bare, checked = client_with({}), parse_client(CHECKED)
    rows = {row["label"]: row for row in rows_of(comparison([bare, checked], texts).as_dict())}
    assert list(rows)[1] == texts("notices.stop")
    assert rows[texts("notices.stop")]["cells"] == ["", texts("checks.pays_late.yes")]
    assert rows[texts("notices.stage")]["differs"]
    assert rows[texts("notices.title")]["cells"] == ["", texts("checks.no_room.yes")]
    assert rows[texts("checks.goes_silent.question")]["differs"] is False
    assert texts("checks.middleman.question") not in rows
    rows = {row["label"]: row for row in rows_of(comparison([bare, bare], texts).as_dict())}
    assert texts("notices.stage") not in rows
    assert texts("notices.title") not in rows


def rows_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a document's table."""
    [table] = document["blocks"]
    rows: list[dict[str, Any]] = table["rows"]
    return rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_of_a_result(lang: str) -> None:
    """A stop above the verdict's advice; what to check before signing, with what is settled."""
    texts = load(lang)
    checks: Answers = {"abusive": "yes", "nothing_signed": "no", "bad_history": "yes"}
    shown = in_text(situation_of_client(client_with(checks, answers=GOOD)), texts)
    stop, lead = texts("checks.abusive.yes"), texts("verdicts.work.lead")
    assert shown.index(texts("verdicts.work.title")) < shown.index(stop) < shown.index(lead)
    assert shown.index(lead) < shown.index(texts("checks.bad_history.yes"))
    for check, state in (
        ("nothing_signed", "settled"),
        ("bad_history", "to_settle"),
        ("nothing_upfront", "to_check"),
    ):
        assert f"{texts(f'checks.{check}.no')} ({texts(f'notices.{state}')})" in shown


@pytest.mark.parametrize(
    ("checks", "answers", "has_title", "has_lead"),
    [
        ({}, ADRIFT, False, False),
        ({"abusive": "yes"}, ADRIFT, False, False),
        ({"no_room": "yes"}, ADRIFT, True, True),
        ({}, GOOD, True, False),
        ({"abusive": "yes"}, GOOD, True, False),
    ],
)
def test_no_heading_stands_over_nothing(
    checks: Answers, answers: Answers, *, has_title: bool, has_lead: bool
) -> None:
    """A reason to stop has its own place; the lead is about the other notices."""
    texts = load("en")
    shown = in_text(situation_of_client(client_with(checks, answers=answers)), texts)
    lines = shown.splitlines()
    assert (texts("notices.title") in lines) == has_title
    assert (texts("notices.lead") in lines) == has_lead


def test_the_advice_that_the_page_gets() -> None:
    """Notices with their words, what to check before signing, and the letters that fit."""
    request = {"lang": "en", "answers": GOOD, "checks": CHECKED["checks"], "stage": "begun"}
    response = json.loads(handle(json.dumps(request)))
    advice = response["advice"]
    assert [{"id": one["id"], "weight": one["weight"]} for one in advice["notices"]] == response[
        "result"
    ]["notices"]
    assert [one["kind"] for one in advice["letters"]] == response["result"]["letters"]
    assert all(one["text"] and one["advice"] and one["weight_text"] for one in advice["notices"])
    assert [bool(one["say"]) for one in advice["notices"]] == [True, False]
    assert advice["signing"]
    assert advice == advise(situation_of_client(parse_client(request)), load("en"))


@pytest.mark.soak
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_letter_is_broken(lang: str) -> None:
    """Over a sample of states, checks and stages: there is one exactly where its kind fits."""
    texts = load(lang)
    random = randomness(f"letters {lang}")
    for situation in sample_of_situations(count(150, soak=10_000), f"broken {lang}"):
        record = {"answers": situation.answers, "checks": situation.checks}
        client = parse_client({**record, "stage": situation.stage})
        fitting = letter_kinds(situation)
        for kind in KINDS:
            options = Options(reason=random.choice(("", *REASONS)))
            text = letter(kind, client, texts, options)
            assert bool(text) == (kind in fitting)
            shown = text or why_none(kind, client, texts)
            assert not BROKEN.search(shown), shown
            assert shown.count("[") == len(BLANK.findall(shown)), shown
            assert all(part.strip() for part in text.split("\n\n")) or not text
            if not text:
                assert texts(f"letters.{fitting[0]}.title") in shown


@pytest.mark.parametrize(("kind", "lang"), [*product(KINDS, LANGUAGES)])
def test_what_a_lawyer_should_see(kind: str, lang: str) -> None:
    """Where money or an ending is at stake a line says what to ask; elsewhere there is none."""
    texts = load(lang)
    checks: Answers = {"pays_late": "yes"}
    texts_written = [
        letter(kind, client_with(checks, stage, {"deadline_ok": "no"}), texts) for stage in STAGES
    ]
    asks = any("юрист" in text or "lawyer" in text for text in texts_written)
    assert asks == (kind not in {"refusal", "clarify", "trade", "decider", "hold", "boundaries"})


def test_a_letter_of_another_stage_names_those_that_fit() -> None:
    """On the command line too: nothing on standard output, the reason on standard error."""
    texts = load("en")
    done = run_in_process(["letter", "ending", "-", "--lang", "en"], b'{"answers": {}}')
    assert (done.returncode, done.stdout) == (NOTHING_TO_SAY, "")
    assert done.stderr.startswith(texts("letters.begun"))
    assert texts("letters.clarify.title") in done.stderr
    begun = client_with({}, "begun")
    assert why_none("refusal", begun, texts).startswith(texts("letters.before"))
    assert why_none("pause", begun, texts).startswith(texts("letters.pause.none"))
    stopped = client_with({"abusive": "yes"})
    assert why_none("start", stopped, texts).startswith(texts("letters.stopped"))
    # A pause says that the work will go on.
    unlawful = client_with({"unlawful_or_harmful": "yes", "pays_late": "yes"}, "begun")
    assert why_none("pause", unlawful, texts).startswith(texts("letters.stopped"))
    assert letter("invoice", unlawful, texts)


@pytest.mark.parametrize("reason", [one for one in REASONS if one != "none"])
def test_a_refusal_gives_the_reason_that_was_chosen(reason: str) -> None:
    """That one and no other; "none" gives none."""
    texts = load("en")
    client = client_with({"no_room": "yes", "nothing_upfront": "yes"})
    text = letter("refusal", client, texts, Options(reason=reason))
    found = [one for one in REASONS if one != "none" and texts(f"letters.refusal.{one}") in text]
    assert found == [reason]
    assert texts("letters.refusal.money") in letter("refusal", client, texts)
    plain = letter("refusal", client, texts, Options(reason="none"))
    assert texts("letters.refusal.plain") in plain


def test_letters_say_what_the_checks_call_for() -> None:
    """A pause until paid or until an answer, an invoice that waits for nobody, a civil ending."""
    texts = load("en")

    def write(kind: str, *checks: str) -> str:
        return letter(kind, client_with(dict.fromkeys(checks, "yes"), "begun"), texts)

    both = write("pause", "pays_late", "goes_silent")
    for line in ("unpaid", "waiting", "points_both"):
        assert texts(f"letters.pause.{line}") in both
    assert texts("letters.pause.points_unpaid") in write("pause", "pays_late")
    assert texts("letters.pause.waiting") in write("pause", "goes_silent")
    assert write("pause") == write("invoice", "goes_silent") == ""
    # Being paid only when somebody else pays is a term of payment: nothing is overdue by itself.
    assert write("pause", "paid_when_paid") == write("invoice", "paid_when_paid") == ""
    assert texts("letters.pause.waiting") in write("pause", "paid_when_paid", "goes_silent")
    assert texts("checks.paid_when_paid.clause") in write("clauses", "paid_when_paid")
    independent = texts("letters.invoice.independent")
    assert independent in write("invoice", "pays_late", "paid_when_paid")
    assert independent not in write("invoice", "pays_late")
    civil = texts("letters.ending.civil")
    assert civil in write("ending", "abusive")
    assert civil not in write("ending")
    assert texts("letters.decider.middleman") in write("decider", "middleman")
    assert texts("letters.decider.veto") in write("decider")
    clauses = write("clauses", "bad_history", "pays_late")
    assert f"\n\n1. {texts('checks.pays_late.clause')}" in clauses
    assert clauses.count(texts("checks.pays_late.clause")) == 1
    assert texts("checks.bad_history.clause") in clauses


@pytest.mark.parametrize("lang", LANGUAGES)
def test_clauses_amend_a_contract_once_work_has_begun(lang: str) -> None:
    """Not before, and not where nothing is signed."""
    texts = load(lang)
    amendment = texts("letters.clauses.amendment")
    assert letter("clauses", client_with({}, "begun"), texts).startswith(f"{amendment}\n\n")
    for client in (client_with({}), client_with({"nothing_signed": "yes"}, "begun")):
        assert amendment not in letter("clauses", client, texts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_the_form_has_the_reasons_to_stop_as_python_gives_them(lang: str, stage: Stage) -> None:
    """The page shows them before Python has loaded: the same checks, in the same words."""
    texts = load(lang)
    situation = situation_of({}, {check.id: "yes" for check in CHECKS}, stage)
    given = [
        (notice["id"], notice["text"], notice["advice"])
        for notice in advise(situation, texts)["notices"]
        if notice["weight"] == "stop"
    ]
    questions = [question for group in check_groups(texts) for question in group.checks]
    assert given == [(one.id, one.text, one.advice) for one in questions if stage in one.stops]
    assert given
