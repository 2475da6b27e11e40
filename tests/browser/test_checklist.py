"""The checklist page: answers are saved, nothing jumps, links and languages work."""

import json
import re

import pytest
from playwright.sync_api import expect

from checklist.rules import FACTS, RULE, score
from checklist.texts import LANGUAGES, load
from tests.support.answers import ADRIFT
from tests.support.database import RECORDS, delete_database, read_state
from tests.support.server import Site
from tests.support.viewports import DESKTOP, PHONE
from tests.support.visitor import Arrive, Visitor, until, wait_for_paint

CASE = "client-checklist:case"
LONGER_THAN_A_PAUSE_MS = 1_000  # of a visitor, after which a change is announced
LEAST_SEEN_PX = 0.5  # browsers round scroll positions to parts of a pixel


def stored(visitor: Visitor, key: str) -> str | None:
    """Return the value of a key of the browser's local storage."""
    text: str | None = visitor.page.evaluate("key => localStorage.getItem(key)", key)
    return text


def test_an_empty_form_has_no_verdict(visitor: Visitor) -> None:
    """Every verdict is possible, and "don't know yet" is ticked everywhere."""
    visitor.open_scored()
    visitor.expect_verdict("empty")
    expect(visitor.result).to_have_attribute("data-settled", "false")
    expect(visitor.result).to_have_attribute("data-possible", "work clarify_first step_back")
    for fact in FACTS:
        expect(visitor.radio(fact.id, "unknown")).to_be_checked()
    assert visitor.ticked() == {}


def test_answers_are_kept_after_a_reload(visitor: Visitor) -> None:
    """Also a "don't know yet" that was ticked and not just left as it was."""
    visitor.open_scored()
    visitor.tick(knows_goal="unknown")
    assert visitor.ticked() == {"knows_goal": "unknown"}
    visitor.expect_verdict("empty")
    visitor.tick(**ADRIFT, decides="unknown")
    visitor.expect_verdict("step_back")
    visitor.reload()
    assert visitor.ticked() == {**ADRIFT, "decides": "unknown"}
    visitor.expect_engine("python")
    visitor.expect_verdict("step_back")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_the_language_switch_keeps_answers_place_and_fragment(
    arrive: Arrive, site: Site, viewport: dict[str, int]
) -> None:
    """The other language opens on the same page, at the same question, with the same answers."""
    visitor = arrive(site, viewport=viewport)
    visitor.open("checklist/#backseat")
    visitor.expect_engine("python")
    visitor.tick(decides="no")
    before = visitor.page.locator("#q-decides").bounding_box()
    visitor.page.locator(".md-select button").hover()
    visitor.page.locator('a[hreflang="en"]').click()
    visitor.page.wait_for_url("**/en/checklist/#backseat")
    assert visitor.ticked() == {"decides": "no"}
    after = visitor.page.locator("#q-decides").bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 120


def test_the_other_language_opens_at_the_same_question(visitor: Visitor) -> None:
    """Also where the address has no fragment."""
    visitor.open_scored()
    visitor.tick(decides="no")
    where = "document.querySelector('#q-decides').getBoundingClientRect().y"
    y = visitor.page.evaluate(
        f"""() => {{
          const y = {where};
          document.querySelector('a[hreflang="en"]').click();
          return y;
        }}"""
    )
    visitor.page.wait_for_url("**/en/checklist/")
    until(visitor.page, f"Math.abs({where} - {y}) < 120")


def test_start_over_can_be_undone(visitor: Visitor) -> None:
    """Clearing takes one press, and so does undoing it."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.page.locator('[data-action="start-over"]').click()
    visitor.expect_verdict("empty")
    assert visitor.ticked() == {}
    visitor.page.locator('[data-action="undo"]').click()
    visitor.expect_verdict("step_back")
    assert visitor.ticked() == ADRIFT
    visitor.reload()
    assert visitor.ticked() == ADRIFT


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_a_tick_scrolls_nothing(arrive: Arrive, site: Site, viewport: dict[str, int]) -> None:
    """The question stays where it is while the result changes."""
    visitor = arrive(site, viewport=viewport)
    visitor.open_scored()
    for fact, answer in {"decides": "no", "takes_responsibility": "no", "knows_goal": "no"}.items():
        label = visitor.radio(fact, answer).locator("xpath=..")
        label.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
        before = label.bounding_box()
        label.click()
        visitor.expect_verdict(score(visitor.ticked()).verdict or "open")
        wait_for_paint(visitor.page)
        after = label.bounding_box()
        assert before
        assert after
        assert abs(after["x"] - before["x"]) < LEAST_SEEN_PX
        assert abs(after["y"] - before["y"]) < LEAST_SEEN_PX


def test_a_change_is_announced_once(visitor: Visitor) -> None:
    """One sentence for each change, though arrow keys pass over several answers."""
    visitor.page.clock.install(time="2026-11-23T10:00:00Z")
    visitor.open_scored()
    visitor.page.clock.pause_at("2026-11-23T10:09:00Z")  # no limit of ten minutes is over
    visitor.page.evaluate(
        """() => {
          window.announced = [];
          const region = document.querySelector('[data-slot="announcement"]');
          new MutationObserver(() => window.announced.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    visitor.radio("hit_wall", "unknown").focus()
    for key in ("ArrowUp", "ArrowUp"):
        visitor.page.keyboard.press(key)
    visitor.expect_verdict("step_back")
    visitor.page.clock.run_for(LONGER_THAN_A_PAUSE_MS)
    assert visitor.page.evaluate("window.announced") == [
        load("ru")("messages.announce", title=load("ru")("verdicts.step_back.title"))
    ]


def test_questions_that_no_longer_matter_are_marked_not_hidden(visitor: Visitor) -> None:
    """They can still be read and answered."""
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    question = visitor.page.locator("#q-compromises")
    expect(question.locator('[data-mark="irrelevant"]')).to_be_visible()
    visitor.tick(compromises="no")
    expect(question.locator('[data-mark="irrelevant"]')).to_be_hidden()
    visitor.expect_verdict("step_back")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_links_to_its_sentence_in_the_article(
    arrive: Arrive, site: Site, lang: str
) -> None:
    """The target of the link is the quoted phrase."""
    visitor = arrive(site, lang)
    visitor.keep_python_out()
    visitor.open()
    links = visitor.page.locator(".how__source a").evaluate_all(
        "links => links.map((link) => [link.href, link.textContent.trim()])"
    )
    assert len(links) == len(FACTS)
    visitor.open("article/")
    for href, phrase in links:
        article, _, fragment = href.partition("#")
        assert article == visitor.page.url
        expect(visitor.page.locator(f"#{fragment}")).to_have_text(phrase)


HEAD = '{"format": "client-case/1", "rules": "1.0", '
DAMAGED: tuple[tuple[str, dict[str, str], list[str]], ...] = (
    (
        HEAD + '"answers": {"knows_goal": "maybe", "decides": "no"}}',
        {"decides": "no"},
        ["answers.knows_goal", '"maybe"'],
    ),
    (
        HEAD + '"answers": {"__proto__": "no", "decides": "no"}}',
        {"decides": "no"},
        ["answers.__proto__"],
    ),
    ('{"rules": "9.0", "answers": {"decides": "no"}}', {}, ["rules", '"9.0"']),
    ('{"format": "client-case/1", "answ', {}, ["1:"]),
)


def is_kept(visitor: Visitor, text: str) -> bool:
    """Return whether a record is among the clients, or its text among the unreadable ones."""
    stored: list[str] = visitor.page.evaluate(
        f"""async () => {{
          {RECORDS}
          return (await records()).map((record) => JSON.stringify(record.answers));
        }}"""
    )
    compact = text.replace(": ", ":").replace(", ", ",")
    return read_state(visitor.page, "aside") == [text] or any(one in compact for one in stored)


def test_a_damaged_record_is_reported_and_kept(visitor: Visitor) -> None:
    """The valid answers are in the form, the damaged place is named, and the record is kept."""
    notice = visitor.page.locator('[data-block="notice"]')
    for text, kept, named in DAMAGED:
        visitor.page.goto(visitor.site.url("licences.txt"))
        delete_database(visitor.page)
        visitor.page.evaluate(
            """([key, text]) => {
              localStorage.clear();
              sessionStorage.clear();
              localStorage.setItem(key, text);
            }""",
            [CASE, text],
        )
        visitor.open_scored()
        for part in named:
            expect(notice, text).to_contain_text(part)
        assert visitor.ticked() == kept, text
        visitor.tick(hit_wall="no")
        visitor.expect_saved()
        assert is_kept(visitor, text), text
    with visitor.page.expect_download() as download:
        visitor.page.locator('[data-action="download-unreadable"]').click()
    assert download.value.path().read_text(encoding="utf-8") == text
    visitor.reload()
    assert visitor.ticked() == {**kept, "hit_wall": "no"}
    expect(notice).to_be_visible()


def test_a_client_of_the_first_version_is_migrated(visitor: Visitor) -> None:
    """It becomes a client, keys that this version does not know included."""
    record = {"format": "client-case/1", "rules": "1.0", "name": "N", "later": [1], "answers": {}}
    visitor.page.goto(visitor.site.url("licences.txt"))
    visitor.page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [CASE, json.dumps(record)]
    )
    visitor.open_scored()
    visitor.tick(decides="no")
    visitor.expect_saved()
    [kept] = visitor.records()
    assert {key: kept[key] for key in record} == {**record, "answers": {"decides": "no"}}
    assert stored(visitor, CASE) is None


def test_another_tab_shows_the_same_answers(visitor: Visitor) -> None:
    """Two tabs on the same client show the same."""
    visitor.open_scored()
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url)
    expect(other.locator("#checklist-result")).to_have_attribute("data-engine", "python")
    visitor.tick(**ADRIFT)
    expect(other.locator("#checklist-result")).to_have_attribute("data-verdict", "step_back")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_without_javascript(arrive: Arrive, site: Site, lang: str) -> None:
    """It has all questions, their explanations and the rule as a table, and no dead controls."""
    visitor = arrive(site, lang, java_script_enabled=False)
    visitor.open()
    texts, page = load(lang), visitor.page
    visitor.open_assumption()
    for fact in FACTS:
        question = page.locator(f"#q-{fact.id}")
        expect(question.locator("legend")).to_have_text(texts(f"facts.{fact.id}.question"))
        question.locator(".how:not(.note) summary").click()
        expect(question.locator("blockquote")).to_have_text(texts(f"facts.{fact.id}.ask"))
        expect(question.locator("blockquote")).to_be_visible()
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_have_text(texts("page.without_script"))
    rows = page.locator(".rule tbody tr")
    expect(rows).to_have_count(len(RULE))
    for index, line in enumerate(RULE):
        expect(rows.nth(index)).to_contain_text(texts(f"verdicts.{line.verdict}.title"))
    expect(page.locator(":is([data-needs-script], [data-scripted]):visible")).to_have_count(0)
    expect(visitor.result).to_have_attribute("data-engine", "none")


def test_the_site_works_in_a_folder(arrive: Arrive, site_in_folder: Site) -> None:
    """Under /guide/ every page, the language switch and Python work as at the root."""
    visitor = arrive(site_in_folder)
    visitor.open_scored()
    visitor.tick(**ADRIFT)
    visitor.expect_verdict("step_back")
    visitor.page.locator(".md-select button").hover()
    visitor.page.locator('a[hreflang="en"]').click()
    expect(visitor.page).to_have_url(re.compile("/guide/en/checklist/$"))
    visitor.expect_engine("python")
    visitor.expect_verdict("step_back")
    assert all(path.startswith("/guide/") for path in site_in_folder.requests)
