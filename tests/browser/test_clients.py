"""Several clients: kept apart, found again, put side by side, never lost."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from checklist.browser import handle
from checklist.clients.schema import FILE_NAME
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT, OPEN
from tests.support.clients_page import (
    HOSTILE,
    LINK,
    fill_storage,
    link_of,
    name_client,
    names,
    open_clients,
    open_panels,
    press,
    record,
    until_kept,
)
from tests.support.server import Site
from tests.support.visitor import PYTHON_MS, Arrive, Visitor, until

SHOWN = """(result) => {
  const copy = result.cloneNode(true);
  copy.querySelectorAll('[role="status"]').forEach((region) => region.remove());
  return copy.outerHTML;
}"""
"""The result as it is seen; what is said of it may still be on its way."""


def expect_announced(visitor: Visitor) -> None:
    """Wait until screen readers have been told the verdict that is shown."""
    texts = ("announcement", "title")
    said, shown = (f"document.querySelector('[data-slot={one}]').textContent" for one in texts)
    until(visitor.page, f"{said}.includes({shown})")


def expect_sheet_named(visitor: Visitor, name: str) -> None:
    """Wait until what the browser's own command prints has this name."""
    until(
        visitor.page,
        f"""() => {{
          dispatchEvent(new Event("beforeprint"));
          const {{ textContent }} = document.querySelector(".print-area");
          dispatchEvent(new Event("afterprint"));
          return textContent.includes({json.dumps(name)});
        }}""",
    )


def test_clients_are_kept_apart(visitor: Visitor) -> None:
    """A new client starts empty; going back brings the first one's answers, notes and name."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator("#note-knows_goal").fill("каждый раз другое")
    name_client(visitor, "Кофейня")
    press(visitor, "new-case")
    visitor.expect_verdict("empty")
    assert visitor.ticked() == {}
    visitor.tick(hit_wall="yes")
    visitor.expect_verdict("step_back")
    visitor.page.locator('[data-field="switch"]').select_option(label="Кофейня")
    expect(visitor.page.locator("#note-knows_goal")).to_have_value("каждый раз другое")
    assert visitor.ticked() == ADRIFT
    assert len(visitor.records()) == 2


def test_what_is_typed_for_one_client_stays_with_that_client(arrive: Arrive, site: Site) -> None:
    """The greeting and the recommendation are kept; a meeting and the link's choices are reset."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    page = visitor.page
    visitor.tick(**ADRIFT)
    name_client(visitor, "Alpha")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    letter = page.locator('[data-field="letter"]')
    for field, text in {"greet": "Mr Alpha", "better": "Olga", "sign": "Me"}.items():
        page.locator(f'[data-field="{field}"]').fill(text)
    expect(letter).to_have_value(re.compile("Mr Alpha.*Olga.*Me", re.DOTALL))
    page.locator('[data-field="meeting"]').fill("not added")
    page.locator('[data-field="link-name"]').check()
    until_kept(visitor, 'one.letter?.greet === "Mr Alpha" && one.letter.better === "Olga"')

    press(visitor, "new-case")
    visitor.tick(**ADRIFT)
    name_client(visitor, "Beta")
    expect(letter).to_have_value(re.compile("Me"))
    expect(letter).not_to_have_value(re.compile("Alpha|Olga"))
    for field in ("greet", "better", "meeting"):
        expect(page.locator(f'[data-field="{field}"]')).to_have_value("")
    expect(page.locator('[data-field="link-name"]')).not_to_be_checked()

    page.locator('[data-field="switch"]').select_option(label="Alpha")
    expect(page.locator('[data-field="greet"]')).to_have_value("Mr Alpha")
    expect(letter).to_have_value(re.compile("Mr Alpha.*Olga", re.DOTALL))


def test_a_client_deleted_in_another_tab_leaves_this_one(arrive: Arrive, site: Site) -> None:
    """The page says so, and nothing of it is stored anew."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "Alpha")
    other = Visitor(visitor.page.context.new_page(), site, "en")
    open_clients(other)
    other.page.locator('[data-row="delete"]').click()
    visitor.expect_verdict("empty")
    expect(visitor.page.locator('[data-slot="opening"]')).to_have_text(
        load("en")("says.deleted_elsewhere")
    )
    visitor.tick(decides="no")
    visitor.expect_saved()
    assert [one["answers"] for one in visitor.records()] == [{"decides": "no"}]
    other.page.close()


def test_the_list_is_in_the_order_of_attention(visitor: Visitor) -> None:
    """Unsettled first, fewest questions on top; then settled; then decided."""
    fill_storage(
        visitor,
        [
            record("1", name="Решенный", answers=OPEN, outcome={"decision": "taken"}),
            record("2", name="Ясный", answers=ADRIFT),
            record("3", name="Пустой"),
            record("4", name="Почти ясный", answers=OPEN),
        ],
    )
    open_clients(visitor)
    expect(visitor.page.locator(".client__signs li").first).to_be_visible()
    assert names(visitor) == ["Почти ясный", "Пустой", "Ясный", "Решенный"]
    visitor.page.locator('[data-field="filter"]').fill("ясный")
    assert names(visitor) == ["Почти ясный", "Ясный"]


def test_rename_duplicate_delete_and_undo(visitor: Visitor) -> None:
    """Each does what it says, and what is deleted comes back whole with one press."""
    client = record("1", name="Альфа", answers=ADRIFT, notes={"decides": "?"}, later=[1])
    fill_storage(visitor, [client])
    open_clients(visitor)
    visitor.page.locator('[data-row="rename"]').click()
    visitor.page.locator('[data-dialog="rename"] input').fill("Б")
    visitor.page.locator('[data-dialog="rename"] button[value="ok"]').click()
    expect(visitor.page.locator('.client [data-slot="name"]')).to_have_text("Б")
    visitor.page.locator('[data-row="duplicate"]').click()
    expect(visitor.page.locator(".client")).to_have_count(2)
    before = visitor.records()
    assert [one["answers"] for one in before] == [ADRIFT, ADRIFT]
    visitor.page.locator('[data-row="delete"]').first.click()
    expect(visitor.page.locator(".client")).to_have_count(1)
    visitor.page.locator('[data-block="undo-bar"] button').click()
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert visitor.records() == before


def test_two_tabs_on_one_client_lose_no_answer(visitor: Visitor) -> None:
    """Answers given in turns, and at once, in two tabs are all there in both."""
    visitor.open_scored()
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url)
    expect(other.locator("#checklist-result")).to_have_attribute(
        "data-engine", "python", timeout=PYTHON_MS
    )
    click = "name => document.querySelector(`input[name=${name}][value=no]`).click()"
    facts = ["knows_goal", "decides", "trusts_opinion", "budget_ok", "quality_ok", "deadline_ok"]
    for index, fact in enumerate(facts):
        (visitor.page if index % 2 else other).evaluate(click, fact)
    visitor.page.evaluate(click, "compromises")
    other.evaluate(click, "participates")
    expected = dict.fromkeys([*facts, "compromises", "participates"], "no")
    for page in (visitor.page, other):
        for fact in expected:
            expect(page.locator(f'input[name="{fact}"][value="no"]')).to_be_checked()
    [kept] = visitor.records()
    assert kept["answers"] == expected
    other.close()


def test_undo_and_redo(visitor: Visitor) -> None:
    """Answers go back one by one, and forth; a new answer ends the way forth."""
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.tick(trusts_opinion="no")
    press(visitor, "undo")
    assert visitor.ticked() == {"knows_goal": "no"}
    press(visitor, "undo")
    assert visitor.ticked() == {}
    press(visitor, "redo")
    press(visitor, "redo")
    assert visitor.ticked() == ADRIFT
    visitor.expect_verdict("step_back")
    press(visitor, "undo")
    visitor.tick(trusts_opinion="yes")
    expect(visitor.page.locator('[data-action="redo"]')).to_have_attribute("aria-disabled", "true")


def test_history_says_which_answer_moved_the_verdict(arrive: Arrive, site: Site) -> None:
    """The log in the browser is what Python makes of it; a meeting stands between then and now."""
    visitor = arrive(site, "en", viewport={"width": 1280, "height": 900})
    visitor.page.clock.install(time="2026-11-23T10:00:00Z")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#history summary").click()
    visitor.page.locator('[data-field="meeting"]').fill("talked about the goal")
    press(visitor, "add-meeting")
    shown = visitor.page.locator('[data-document="history"]')
    # A jump of the clock while Python is at work would look like its silence.
    expect(shown).to_contain_text("talked about the goal")
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.clock.fast_forward(120_000)
    visitor.tick(knows_goal="yes")
    visitor.page.clock.fast_forward(1_000)
    texts = load("en")
    moved = texts(
        "history.moved",
        before=texts("verdicts.step_back.title"),
        after=texts("result.open.title", verdicts="").rstrip(),
    )
    expect(shown).to_contain_text(moved.partition("→")[0].strip())
    row = shown.locator("tr", has_text=texts("facts.knows_goal.question"))
    expect(row.locator("td").nth(0)).to_have_text(texts("page.no"))
    expect(row.locator("td").nth(1)).to_have_text(texts("page.yes"))


def test_compare_two_clients(arrive: Arrive, site: Site) -> None:
    """The table on the page is Python's, differences marked in words too; it fits a phone."""
    visitor = arrive(site, "en", viewport={"width": 360, "height": 740})
    clients = [record("1", name="A", answers=ADRIFT), record("2", name=HOSTILE, answers=OPEN)]
    fill_storage(visitor, clients)
    open_clients(visitor)
    boxes = visitor.page.locator(".client__pick")
    boxes.first.click()
    visitor.page.locator('[data-action="compare"]').click(force=True)  # it says that it cannot yet
    expect(visitor.page.locator('[data-slot="compare-help"]')).to_have_text(
        load("en")("says.compare_help")
    )
    boxes.last.click()
    press(visitor, "compare")
    order = visitor.page.locator(".client").evaluate_all("all => all.map((one) => one.dataset.id)")
    chosen = sorted(clients, key=lambda one: order.index(one["id"]))
    said = json.loads(handle(json.dumps({"lang": "en", "do": "compare", "records": chosen})))
    rows = visitor.page.locator('[data-document="compare"] tbody tr')
    [table] = said["document"]["blocks"]
    expect(rows).to_have_count(len(table["rows"]))
    for index, expected in enumerate(table["rows"]):
        row = rows.nth(index)
        assert row.locator("td").all_text_contents() == expected["cells"]
        assert (load("en")("says.differs") in row.inner_text()) == expected["differs"]
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visitor.page.title() != "broken"


def test_everything_can_be_taken_out(visitor: Visitor) -> None:
    """All clients go into one file of each kind."""
    fill_storage(visitor, [record("1", name="=1+1", answers=ADRIFT), record("2", name="Б")])
    open_clients(visitor)
    for kind, start in {"csv": "\ufeff", "md": "# ", "json": "{"}.items():
        with visitor.page.expect_download() as download:
            press(visitor, f"save-{kind}")
        text = download.value.path().read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "Б" in text, kind
        assert '"=1' not in text or kind == "json", kind


def test_out_and_in_again_on_another_device(arrive: Arrive, site: Site, tmp_path: Path) -> None:
    """A file taken in says what it brings, adds it, twice adds nothing, and can be undone."""
    visitor = arrive(site)
    clients = [record("1", name="Альфа", answers=ADRIFT, later={"x": [1]}), record("2", name="Б")]
    fill_storage(visitor, clients)
    open_clients(visitor)
    with visitor.page.expect_download() as download:
        press(visitor, "save-json")
    file = tmp_path / "clients.json"
    download.value.save_as(file)

    other = arrive(site)
    open_clients(other)
    other.page.locator('[data-field="file"]').set_input_files(file)
    expect(other.page.locator('[data-list="arriving"] li')).to_have_count(2)
    assert other.records() == []
    press(other, "add-arriving")
    expect(other.page.locator(".client")).to_have_count(2)
    assert other.records() == clients
    other.page.locator('[data-field="file"]').set_input_files(file)
    expect(other.page.locator('[data-list="arriving"]')).to_contain_text(
        load("ru")("import.same", name="Альфа")
    )
    expect(other.page.locator('[data-action="add-arriving"]')).to_be_hidden()
    press(other, "drop-arriving")
    other.page.locator('[data-block="undo-bar"] button').click()
    expect(other.page.locator(".client")).to_have_count(0)
    assert other.records() == []


REFUSED: Final = {
    '{"answers": {"knows_goal": "maybe"}}': "answers.knows_goal",
    '{"format": "client-cases/1", "cases": [{"answers": {}}, {"ans': "1:58",
    '{"rules": "9.0", "answers": {}}': '"9.0"',
    "not JSON": "1:1",
    "[" * 10_000: "case",
}


def test_a_file_that_cannot_be_taken_in_changes_nothing(visitor: Visitor, tmp_path: Path) -> None:
    """The file, the place and the reason are named; what is here stays as it was."""
    clients = [record("1", name="Альфа", answers=ADRIFT)]
    fill_storage(visitor, clients)
    open_clients(visitor)
    said = visitor.page.locator('[data-list="arriving"]')
    for number, (content, named) in enumerate(REFUSED.items()):
        file = tmp_path / f"bad-{number}.json"
        file.write_text(content, encoding="utf-8")
        visitor.page.locator('[data-field="file"]').set_input_files(file)
        expect(said).to_contain_text(file.name)
        expect(said, content[:40]).to_contain_text(named)
        expect(visitor.page.locator('[data-action="add-arriving"]')).to_be_hidden()
        assert visitor.records() == clients, content[:40]


def test_wipe_says_what_goes_and_can_be_undone(visitor: Visitor) -> None:
    """Nothing of ours is left in the browser; until the page is left it can all come back."""
    clients = [record("1", name="Альфа", answers=ADRIFT), record("2", name="Б")]
    fill_storage(visitor, clients)
    open_clients(visitor)
    press(visitor, "wipe")
    dialog = visitor.page.locator('[data-dialog="wipe"]')
    expect(dialog).to_contain_text(load("ru")("says.wipe_clients", count=2))
    press(visitor, "wipe-cancel")
    assert visitor.records() == clients
    press(visitor, "wipe")
    press(visitor, "wipe-really")
    expect(visitor.page.locator(".client")).to_have_count(0)
    left = visitor.page.evaluate(
        "() => [Object.keys(localStorage), Object.keys(sessionStorage)].flat()"
    )
    assert left == []
    visitor.page.locator('[data-block="undo-bar"] button').click()
    expect(visitor.page.locator(".client")).to_have_count(2)
    assert visitor.records() == clients


def test_a_record_that_cannot_be_read_is_named_and_hides_no_other(visitor: Visitor) -> None:
    """The others are listed; the bad one is named, can be downloaded, and is not touched."""
    bad = record("1", name="Новый", rules="9.0")
    fill_storage(visitor, [bad, record("2", name="Б", answers=ADRIFT)])
    open_clients(visitor)
    expect(visitor.page.locator(".client--unread")).to_contain_text('"9.0"')
    expect(visitor.page.locator('.client[data-id="2"]')).to_have_attribute(
        "data-state", "step_back"
    )
    with visitor.page.expect_download() as download:
        visitor.page.locator('[data-row="download"]').click()
    assert json.loads(download.value.path().read_text(encoding="utf-8")) == bad
    visitor.open("checklist/#case=1")
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-block="notice"]')).to_contain_text('"9.0"')
    visitor.tick(decides="no")
    visitor.expect_saved()
    assert bad in visitor.records()


def test_the_schema_is_published(site: Site, visitor: Visitor) -> None:
    """The page of all clients links to the form of its files."""
    visitor.open("clients/")
    link = visitor.page.locator(f'a[href$="{FILE_NAME}"]')
    answer = visitor.page.request.get(str(link.evaluate("link => link.href")))
    assert answer.ok
    assert answer.json()["title"] == "client-case/1"
    assert site.requests


def test_a_link_opens_the_same_case_elsewhere(arrive: Arrive, site: Site) -> None:
    """Short, without name and notes; it opens unsaved beside one's own, and can be kept."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "Secret")
    link = link_of(visitor)
    assert len(link) < 300
    assert len(link.partition("#")[2]) < 60

    other = arrive(site, "en")
    other.open_scored()
    other.tick(hit_wall="no")
    other.expect_saved()
    other.page.goto(link)
    other.expect_verdict("step_back")
    assert other.ticked() == ADRIFT
    expect(other.page.locator('[data-field="name"]')).to_have_value("")
    assert len(other.records()) == 1
    press(other, "leave-borrowed")
    expect(other.radio("hit_wall", "no")).to_be_checked()
    other.page.goto(link)
    expect(other.radio("knows_goal", "no")).to_be_checked()
    press(other, "keep-borrowed")
    other.expect_saved()
    assert [one["answers"] for one in other.records()].count(ADRIFT) == 1
    assert len(other.records()) == 2
    assert "#c=" not in other.page.url


def test_a_link_with_name_and_notes(arrive: Arrive, site: Site) -> None:
    """They go along only where they were chosen."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(knows_goal="no")
    visitor.page.locator("#q-knows_goal .note summary").click()
    visitor.page.locator("#note-knows_goal").fill(HOSTILE)
    name_client(visitor, HOSTILE)
    link = link_of(visitor, "link-name", "link-notes")
    other = arrive(site, "en")
    other.page.goto(link)
    other.expect_engine("python")
    expect(other.page.locator('[data-field="name"]')).to_have_value(HOSTILE)
    expect(other.page.locator("#note-knows_goal")).to_have_value(HOSTILE)
    assert other.page.title() != "broken"


def test_an_answer_makes_a_linked_case_ones_own(visitor: Visitor) -> None:
    """Whoever goes on with it loses nothing, and a reload does not bring the link back."""
    visitor.open("checklist/#c=1~1.0~-nn--------~~" + "d1c7b3f2")
    visitor.expect_engine("python")
    expect(visitor.page.locator('[data-slot="borrowed"]')).to_contain_text("d1c7b3f2")
    assert visitor.ticked() == {}
    visitor.page.goto("about:blank")
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    visitor.tick(decides="no")
    visitor.expect_saved()
    visitor.page.reload()
    assert visitor.ticked() == {**ADRIFT, "decides": "no"}
    assert "#c=" not in visitor.page.url


def test_a_damaged_link_says_so_and_changes_nothing(visitor: Visitor) -> None:
    """One's own client is a press away, untouched; the page works on meanwhile."""
    visitor.open_scored()
    visitor.tick(hit_wall="no")
    visitor.expect_saved()
    before = visitor.records()
    address = visitor.page.url
    said = visitor.page.locator('[data-slot="borrowed"]')
    for payload in ("", "1~1.0~nonsense", "%E0%A4%A", "2~newer", "<script>"):
        visitor.page.goto(f"{address}#c={payload}")
        expect(said, payload).to_contain_text(re.compile("^Ссылка обрезана|^link:"))
        expect(visitor.page.locator('[data-action="keep-borrowed"]')).to_be_hidden()
        assert visitor.records() == before, payload
        press(visitor, "leave-borrowed")
        expect(visitor.radio("hit_wall", "no"), payload).to_be_checked()
        visitor.expect_verdict("open")
        expect(said).to_be_hidden()


def test_a_link_waits_for_python_and_keeps_what_is_answered(arrive: Arrive, site: Site) -> None:
    """Where Python cannot be had, answers given meanwhile are saved; a retry opens the link."""
    visitor = arrive(site)
    visitor.may_complain = True
    site.faults["worker.js"] = "missing"
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_engine("failed")
    expect(visitor.page.locator('[data-slot="borrowed"]')).to_have_text(load("ru")("says.opening"))
    site.faults.clear()
    press(visitor, "retry")
    visitor.expect_verdict_from_python("step_back")
    assert visitor.ticked() == ADRIFT


def test_the_browser_is_asked_to_persist_once_a_client_is_named(visitor: Visitor) -> None:
    """Before there is a name there is nothing that a person would miss."""
    visitor.page.add_init_script(
        "window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; };"
    )
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_saved()
    assert visitor.page.evaluate("asked") == 0
    name_client(visitor, "N")
    name_client(visitor, "NN")
    assert visitor.page.evaluate("asked") == 1


def test_the_agenda_prints_in_either_language(arrive: Arrive, site: Site) -> None:
    """What is printed is the agenda alone, in the language that was chosen for it."""
    visitor = arrive(site)
    visitor.page.add_init_script("window.print = () => { window.printed = true; };")
    visitor.open_scored()
    visitor.page.locator("#agenda summary").click()
    sheet = visitor.page.locator(".print-area")
    for lang in LANGUAGES:
        visitor.page.evaluate("window.printed = false")
        visitor.page.locator('[data-field="agenda-lang"]').select_option(lang)
        expect(visitor.page.locator('[data-document="agenda"]')).to_contain_text(
            load(lang)("agenda.end_text")
        )
        press(visitor, "print-agenda")
        until(visitor.page, "window.printed")
        visitor.page.emulate_media(media="print")
        expect(sheet).to_contain_text(load(lang)("agenda.end_text"))
        expect(sheet).to_contain_text(load(lang)("facts.knows_goal.ask"))
        expect(visitor.page.locator("#q-decides")).to_be_hidden()
        visitor.page.emulate_media(media="screen")


def test_a_link_keeps_open_through_the_language_switch(visitor: Visitor) -> None:
    """The other language opens the same shared case."""
    visitor.open(f"checklist/#c={LINK}")
    visitor.expect_verdict_from_python("step_back")
    visitor.page.locator(".md-select button").hover()
    visitor.page.locator('a[hreflang="en"]').click()
    visitor.page.wait_for_url("**/en/checklist/#c=*")
    visitor.expect_verdict_from_python("step_back")


def letter(page: Page) -> str:
    """Return the text of the letter."""
    return page.locator('[data-field="letter"]').input_value()


def test_letters_in_either_language(visitor: Visitor) -> None:
    """The fitting one is chosen; wishes go in; one's own words are never lost."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    name_client(visitor, "Ужасный клиент")
    visitor.page.locator("#letters summary").click()
    expect(visitor.page.locator('[data-field="kind"]')).to_have_value("refusal")
    field = visitor.page.locator('[data-field="letter"]')
    expect(field).to_have_value(re.compile(r"^Тема: .*\s+Здравствуйте!"))
    visitor.page.locator('[data-field="letter-lang"]').select_option("en")
    visitor.page.locator('[data-field="better"]').fill("Ann")
    expect(field).to_have_value(re.compile(r"^Subject: .*Hello,.*Ann", re.DOTALL))
    assert "Ужасный" not in letter(visitor.page)
    field.fill("My own words")
    visitor.tick(hit_wall="yes")
    expect(visitor.page.locator('[data-block="letter-stale"]')).to_be_visible()
    assert letter(visitor.page) == "My own words"
    until_kept(visitor, "one.letter?.text === 'My own words'")
    visitor.reload()
    expect(field).to_have_value("My own words")
    visitor.expect_engine("python")
    visitor.page.locator("#letters summary").click()
    press(visitor, "rewrite")
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    visitor.page.locator('[data-block="undo-bar"] button').click()
    assert letter(visitor.page) == "My own words"
    visitor.page.locator('[data-field="kind"]').select_option("clarify")
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    visitor.page.locator('[data-block="undo-bar"] button').first.click()
    expect(visitor.page.locator('[data-field="kind"]')).to_have_value("refusal")
    assert letter(visitor.page) == "My own words"
    press(visitor, "new-case")
    expect(field).not_to_have_value("My own words")
    visitor.page.locator('[data-field="switch"]').select_option(label="Ужасный клиент")
    expect(field).to_have_value("My own words")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_panels_and_list_fit_the_narrowest_phone(arrive: Arrive, site: Site, lang: str) -> None:
    """With everything open nothing scrolls sideways, and a finger can hit what can be pressed."""
    visitor = arrive(site, lang, viewport={"width": 320, "height": 640})
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    name_client(visitor, "W" * 60)
    open_panels(visitor)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    small = """targets => targets
      .filter((target) => target.getBoundingClientRect().height < 44)
      .map((target) => target.outerHTML.slice(0, 120))"""
    fields = "select, textarea, input:not([type=radio], [type=checkbox])"
    pressed = f".checklist :is(button, summary, .check, {fields}):visible"
    assert visitor.page.locator(pressed).evaluate_all(small) == []
    open_clients(visitor)
    expect(visitor.page.locator(".client__signs li").first).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    pressed = ".checklist :is(button, .check, .client__head a):visible"
    assert visitor.page.locator(pressed).evaluate_all(small) == []


def test_a_letter_is_copied_with_one_press(arrive: Arrive, site: Site) -> None:
    """What stands in the field goes to the clipboard, and the page says so."""
    visitor = arrive(site, "en", permissions=["clipboard-read", "clipboard-write"])
    visitor.open_scored()
    visitor.tick(hit_wall="yes")
    visitor.page.locator("#letters summary").click()
    field = visitor.page.locator('[data-field="letter"]')
    expect(field).to_have_value(re.compile("^Subject: .*\n\nHello,"))
    field.fill("Mine")
    press(visitor, "copy-letter")
    expect(visitor.page.locator('[data-slot="copied"]')).to_have_text(load("en")("says.copied"))
    assert visitor.page.evaluate("navigator.clipboard.readText()") == "Mine"


def test_context_shows_the_articles_answer_and_moves_nothing(arrive: Arrive, site: Site) -> None:
    """Ticking what is also true brings the advice and leaves the verdict."""
    visitor = arrive(site, "ru")
    visitor.open_scored()
    visitor.tick(**OPEN)
    visitor.expect_saved()
    expect_announced(visitor)
    expect(visitor.page.locator('[data-block="ask"]')).to_be_visible()
    before = visitor.result.evaluate(SHOWN)
    for note in ("early", "culture", "age", "experience"):
        advice = visitor.page.get_by_text(load("ru")(f"context.{note}.advice"))
        expect(advice).to_be_hidden()
        visitor.page.locator(f'[data-context="{note}"]').check()
        expect(advice).to_be_visible()
    until_kept(visitor, "one.context?.length === 4")
    assert visitor.result.evaluate(SHOWN) == before
    visitor.reload()
    expect(visitor.page.locator('[data-context="age"]')).to_be_checked()


def test_decision_reasons_and_estimate_are_kept(arrive: Arrive, site: Site) -> None:
    """They are there after a reload, in the diary, and leave the verdict alone."""
    visitor = arrive(site, "en")
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator("#losses summary").click()
    visitor.page.locator('[data-field="staying"]').fill("I like the trade")
    visitor.page.locator('[data-field="hours"]').fill("5")
    visitor.page.locator('[data-field="weeks"]').fill("4")
    expect(visitor.page.locator('[data-slot="estimate"]')).to_have_text("At risk: 20 hours.")
    visitor.page.locator("#history summary").click()
    visitor.page.locator('[data-field="decision"]').select_option("taken")
    visitor.page.locator('[data-field="went"]').select_option("badly")
    until_kept(visitor, "one.staying && one.estimate?.weeks && one.outcome?.went === 'badly'")
    visitor.expect_verdict("step_back")
    visitor.reload()
    expect(visitor.page.locator('[data-field="staying"]')).to_have_value("I like the trade")
    expect(visitor.page.locator('[data-field="hours"]')).to_have_value("5")
    expect(visitor.page.locator('[data-field="went"]')).to_have_value("badly")
    open_clients(visitor)
    diary = visitor.page.locator('[data-document="diary"]')
    expect(diary).to_contain_text("went badly")
    assert "%" not in diary.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_prints_one_clean_sheet(
    arrive: Arrive, site: Site, tmp_path: Path, lang: str
) -> None:
    """Printing the checklist gives the client on one A4 page, not the form."""
    visitor = arrive(site, lang)
    visitor.open_scored()
    visitor.tick(**ADRIFT, decides="no", takes_responsibility="no", participates="yes")
    visitor.expect_verdict("step_back")
    name_client(visitor, "Acme")
    expect_sheet_named(visitor, "Acme")
    target = tmp_path / "sheet.pdf"
    visitor.page.pdf(path=target, format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", target.read_bytes())) == 1
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    sheet = visitor.page.locator(".print-area")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(load(lang)("verdicts.step_back.title"))
    expect(visitor.page.locator("#q-decides")).to_be_hidden()
    expect(visitor.page.locator(".md-header")).to_be_hidden()


def test_a_thousand_clients_are_all_there(visitor: Visitor) -> None:
    """The list holds them all, and one can be found by name."""
    fill_storage(
        visitor, [record(f"{n:04}", name=f"Клиент {n:04}", answers=ADRIFT) for n in range(1_000)]
    )
    open_clients(visitor)
    expect(visitor.page.locator(".client")).to_have_count(1_000)
    visitor.page.locator('[data-field="filter"]').fill("0999")
    expect(visitor.page.locator('.client:visible [data-slot="name"]')).to_have_text("Клиент 0999")
