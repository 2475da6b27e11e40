"""Faults, row by row: the page reports each, no answer is lost, and it recovers."""

import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from itertools import cycle
from pathlib import Path

import pytest
import zstandard
from playwright.sync_api import Browser, Route, StorageState, expect

from checklist.rules import score
from checklist.texts import LANGUAGES, load
from tests.support.clients_page import fill_storage, record, until_listed
from tests.support.faults import ALONE, SEQUENCES
from tests.support.faults.fault import BEFORE, MEANWHILE, Fault, Sequence, leave_no_fault
from tests.support.faults.storage import mend, wiped
from tests.support.metered_host import Line, hosted
from tests.support.server import Site, served
from tests.support.viewports import DESKTOP
from tests.support.visitor import PYTHON_MS, Arrive, Visitor

IMAGE = "runtime/*/python.packed"
SLOW_LINE = 1_500_000  # bytes a second
ALL = [(one, lang) for one, lang in zip((*SEQUENCES, *ALONE), cycle(LANGUAGES), strict=False)]


@pytest.fixture(scope="module")
def saved_state(browser: Browser, patient: Path) -> StorageState:
    """The browser storage of a visitor who has answered before."""
    with served(patient) as site, browser.new_context(service_workers="block") as context:
        visitor = Visitor(context.new_page(), site)
        visitor.keep_python_out()
        visitor.open()
        visitor.tick(**BEFORE)
        visitor.expect_saved()
        return context.storage_state(indexed_db=True)


def moved_to(site: Site, saved_state: StorageState) -> StorageState:
    """Return the same storage for a site at another address."""
    (one,) = saved_state["origins"]
    return {**saved_state, "origins": [{**one, "origin": site.address.rstrip("/")}]}


@pytest.mark.parametrize(("sequence", "lang"), ALL, ids=[one.name for one, _ in ALL])
def test_each_fault_is_reported_and_ends(
    arrive: Arrive, site: Site, saved_state: StorageState, sequence: Sequence, lang: str
) -> None:
    """The message is that of the row, no answer is lost, and the fault ends as the row says."""
    visitor = arrive(site, lang, viewport=DESKTOP, storage_state=moved_to(site, saved_state))
    visitor.may_complain = True
    site.python = sequence.python
    visitor.page.goto(site.url("licences.txt"))
    answers = BEFORE
    for fault in sequence.faults:
        try:
            answers = meet(visitor, fault, answers)
        except Exception as error:
            error.add_note(f"fault: {fault.name}")
            raise
    expect_answers_after_reload(visitor, answers)


def meet(visitor: Visitor, fault: Fault, before: dict[str, str]) -> dict[str, str]:
    """Cause one fault on a page with these answers; return the answers at its end."""
    kept = {**(before if fault.keeps is None else fault.keeps), **MEANWHILE}
    visitor.site.met.clear()
    fault.cause(visitor)
    faults = {*visitor.site.faults}
    untouched = visitor.records() if fault.keeps == {} else []
    visitor.tick(**MEANWHILE)
    expect_reported(visitor, fault)
    expect_answers(visitor, kept)

    fault.end(visitor)
    if fault.press:
        visitor.page.locator('[data-action="retry"]').click()
    visitor.expect_engine("python")
    assert faults <= visitor.site.met
    expect(visitor.page.locator('[data-block="failed"]')).to_be_hidden()
    expect_answers(visitor, kept)
    if fault.end not in (mend, wiped):  # a browser's storage is tried again with the next answer
        visitor.expect_saved()

    # The next fault starts with other answers, so that its own answer differs as well.
    wall = "yes" if before.get("hit_wall") == "no" else "no"
    afterwards = {**kept, "trusts_opinion": "yes", "hit_wall": wall}
    visitor.tick(trusts_opinion="yes", hit_wall=wall)
    visitor.expect_saved()
    expect_answers(visitor, afterwards)
    assert [one["answers"] for one in visitor.records()].count(afterwards) == 1
    assert [record for record in untouched if record not in visitor.records()] == []
    leave_no_fault(visitor)
    return afterwards


def expect_reported(visitor: Visitor, fault: Fault) -> None:
    """Check the page's message, or that there is none where the row has none."""
    page, key = visitor.page, fault.message or ""
    places = {
        "load": page.locator('[data-slot="failure"]'),
        "storage.not": page.locator('[data-slot="keeping"]'),
        "storage.damaged": page.locator('[data-slot="notice"]'),
    }
    texts = load(visitor.lang)
    for start, place in places.items():
        if key.startswith(start):
            message = texts(key, file="{file}") if start == "load" else texts(key)
            for part in (fault.file, *message.split("{file}")):
                expect(place).to_contain_text(part.strip(), timeout=PYTHON_MS)
            if start != "storage.not":
                expect(place).to_be_visible()
        else:
            expect(place).not_to_contain_text(texts("storage.not_saved"))
            if start != "storage.not":
                expect(place).to_be_hidden()


def expect_answers(visitor: Visitor, answers: dict[str, str]) -> None:
    """Check that the form has these answers and shows their verdict, whoever computed it."""
    for fact, answer in answers.items():
        expect(visitor.radio(fact, answer)).to_be_checked()
    visitor.expect_verdict(score(answers).verdict or "open")
    assert visitor.ticked() == answers


def expect_answers_after_reload(visitor: Visitor, answers: dict[str, str]) -> None:
    """The page shows them when it is loaded again, and the browser has one client with them."""
    visitor.keep_python_out()  # it has done its part
    visitor.page.reload(wait_until="commit")
    expect_answers(visitor, answers)
    visitor.expect_saved()
    assert [one["answers"] for one in visitor.records()].count(answers) == 1


def test_a_missing_module_on_the_page_of_all_clients(arrive: Arrive, site: Site) -> None:
    """It is named, and one press on the retry button brings the list."""
    visitor = arrive(site, "ru")
    visitor.may_complain = True
    fill_storage(visitor, [record("1", answers=BEFORE)])
    site.faults["/clients.js"] = "missing"
    visitor.open("clients/")
    expect(visitor.page.locator('[data-slot="failure"]')).to_have_text(
        load("ru")("load.reason.missing", file="clients.js")
    )
    site.repair()
    visitor.page.locator('[data-action="retry"]').click()
    until_listed(visitor.page)
    expect(visitor.page.locator('[data-block="failed"]')).to_be_hidden()


def test_a_verdict_table_of_other_rules_is_not_used(arrive: Arrive, site: Site) -> None:
    """No verdict is shown until Python answers."""
    visitor = arrive(site, "en")
    visitor.may_complain = True

    def age(route: Route) -> None:
        answer = route.fetch()
        body, ours = answer.text(), '"rules": "1.0"}, "texts"'
        assert body.count(ours) == 1
        route.fulfill(response=answer, body=body.replace(ours, '"rules": "0.9"}, "texts"'))

    site.faults["worker.js"] = "missing"
    visitor.page.route("**/checklist/", age)
    visitor.open()
    visitor.expect_engine("failed")
    expect(visitor.page.locator('[data-slot="title"]')).to_have_text(load("en")("load.failed"))
    site.faults.clear()
    visitor.page.locator('[data-action="retry"]').click()
    visitor.expect_engine("python")


def test_loading_shows_its_progress(arrive: Arrive, built: Path) -> None:
    """While the image is loading the page says how many bytes of how many have arrived."""
    with hosted(built, Line(rate=SLOW_LINE)) as host:
        visitor = arrive(Site(host.address), "en")
        visitor.may_complain = True
        visitor.open()
        line = visitor.page.locator('[data-slot="engine"]')
        expect(line).to_have_text(re.compile(r"Loading Python: \d\.[1-9]\sof\s\d\.\d\sMB"))
        bar = visitor.page.locator('[data-slot="progress-bar"]')
        expect(bar).to_be_visible()
        assert 0 < bar.evaluate("bar => bar.value / bar.max") < 1
        expect(visitor.result).to_have_attribute("data-engine", "table")


def console_of(visitor: Visitor) -> list[str]:
    """Return a list to which the texts of the browser's console are added."""
    lines: list[str] = []
    visitor.page.on("console", lambda line: lines.append(line.text))
    return lines


def with_image(built: Path, folder: Path, edit: Callable[[bytes], bytes]) -> Path:
    """Return a copy of the site with the image edited."""
    site = shutil.copytree(built, folder / "site")
    file = next(site.glob(IMAGE))
    file.write_bytes(zstandard.compress(edit(zstandard.decompress(file.read_bytes()))))
    return site


def expect_ordinary_start(arrive: Arrive, folder: Path, reason: str) -> None:
    """Check that Python answers, and that the console says why the image was not used."""
    with served(folder) as site:
        visitor = arrive(site, "en")
        lines = console_of(visitor)
        visitor.open()
        visitor.expect_verdict_from_python("empty")
        assert any(reason in line for line in lines)


@pytest.mark.parametrize("place", ["code", "data"])
def test_an_image_with_one_byte_changed_is_not_used(
    arrive: Arrive, built: Path, tmp_path: Path, place: str
) -> None:
    """Its digest is checked before it runs."""

    def damaged(image: bytes) -> bytes:
        at = {"code": image.index(b"\0\0\x0b\x03\0\0\x0b"), "data": len(image) - 1_000}[place]
        return image[:at] + bytes([image[at] ^ 1]) + image[at + 1 :]

    site = with_image(built, tmp_path, damaged)
    expect_ordinary_start(arrive, site, "an ordinary start of Python")


def test_an_image_of_another_version_is_not_used(
    arrive: Arrive, built: Path, tmp_path: Path
) -> None:
    """It is complete and has the expected digest, but fails the self-test."""

    def aged(image: bytes) -> bytes:
        words = b"Better to say no"
        assert words in image
        return image.replace(words, words.swapcase())

    site = with_image(built, tmp_path, aged)
    page = site / "en" / "checklist" / "index.html"
    text = page.read_text(encoding="utf-8")
    for find in (lambda one: one.stat().st_size, lambda one: sha256(one.read_bytes()).hexdigest()):
        was, now = (str(find(next(where.glob(IMAGE)))) for where in (built, site))
        assert text.count(was) == 1
        text = text.replace(was, now)
    page.write_text(text, encoding="utf-8")
    expect_ordinary_start(arrive, site, "wrong-answer")
