"""When Python cannot be had: the message, the answers, the table, and the way to try again."""

import gzip
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from checklist.texts import LANGUAGES, load
from tests.bench.server import Line, hosted
from tests.browser.conftest import PYTHON_MS, Arrive, Visitor
from tests.server import Fault, Site, served

PATIENCE_MS = 8_000
IMAGE = "runtime/*/python.packed"
NO_IMAGE: dict[str, Fault] = {"python.packed": "missing"}
SLOW_LINE = 1_500_000  # bytes a second


def impatient(page: Page) -> None:
    """Make the page give up on silence soon, so that the test need not wait half a minute."""

    def shorten(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        for wait, instead in (("watchdog", PATIENCE_MS), ("silence", PATIENCE_MS // 4)):
            body, count = re.subn(rf'("{wait}": )\d+', rf"\g<1>{instead}", body)
            assert count == 1
        route.fulfill(response=answer, body=body)

    page.route("**/checklist/", shorten)


def expect_failure(visitor: Visitor, reason: str, file: str) -> None:
    """The page says what could not be had, keeps the answers and shows the way out."""
    texts = load(visitor.lang)
    said = texts(f"load.reason.{reason}", file="{file}")
    failure = visitor.page.locator('[data-slot="failure"]')
    for part in (file, *said.split("{file}")):
        expect(failure).to_contain_text(part.strip())
    assert visitor.ticked() == {"knows_goal": "no"}
    visitor.expect_engine("table")
    visitor.expect_verdict("open")
    expect(visitor.page.locator('[data-slot="meanwhile"]')).to_be_empty()
    expect(visitor.page.locator('.engine a[href="#rule"]')).to_be_attached()


def expect_recovery(visitor: Visitor) -> None:
    """One press, and the verdict is there."""
    visitor.page.locator('[data-action="retry"]').click()
    visitor.expect_engine("python")
    visitor.tick(trusts_opinion="no")
    visitor.expect_verdict("step_back")


def arrive_with_an_answer(arrive: Arrive, site: Site, lang: str) -> Visitor:
    """Bring a visitor who has answered one question before."""
    visitor = arrive(site, lang, viewport={"width": 1280, "height": 900})
    visitor.may_complain = True
    visitor.open()
    visitor.tick(knows_goal="no")
    return visitor


@pytest.mark.parametrize(
    ("file", "fault", "reason"),
    [
        ("pyodide.asm.wasm", "missing", "missing"),
        ("pyodide.asm.wasm", "wrong", "damaged"),
        ("pyodide.asm.wasm", "truncated", "damaged"),
        ("pyodide.asm.wasm", "silent", "timeout"),
        (".whl", "missing", "missing"),
        (".whl", "wrong", "damaged"),
        ("python_stdlib.zip", "missing", "missing"),
        ("python_stdlib.zip", "truncated", "damaged"),
        ("pyodide-lock.json", "missing", "missing"),
        ("pyodide.mjs", "missing", "missing"),
        ("pyodide.asm.js", "missing", "missing"),
        ("worker.js", "missing", "blocked"),
    ],
)
def test_a_file_that_fails_is_named_and_retried(
    arrive: Arrive, site: Site, file: str, fault: Fault, reason: str
) -> None:
    """Without an image, each file that fails is named, with a retry that works."""
    visitor = arrive_with_an_answer(arrive, site, "ru")
    site.faults |= NO_IMAGE | {file: fault}
    impatient(visitor.page)
    visitor.open()
    expect_failure(visitor, reason, "" if fault == "silent" else file)
    site.faults.clear()
    site.released.set()
    expect_recovery(visitor)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_workers(arrive: Arrive, site: Site, lang: str) -> None:
    """Where workers are not allowed the page says so, and works on once they are."""
    visitor = arrive_with_an_answer(arrive, site, lang)
    visitor.page.add_init_script("window.ItsWorker = Worker; delete window.Worker;")
    visitor.open()
    expect_failure(visitor, "blocked", "worker.js")
    visitor.page.evaluate("() => { window.Worker = window.ItsWorker; }")
    expect_recovery(visitor)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_webassembly(arrive: Arrive, site: Site, lang: str) -> None:
    """The table answers for good, the page says why, and nothing of Python is fetched."""
    visitor = arrive_with_an_answer(arrive, site, lang)
    site.requests.clear()
    with_worker_that(visitor, "delete globalThis.WebAssembly;")
    visitor.open()
    expect_failure(visitor, "no-wasm", "")
    visitor.tick(trusts_opinion="no")
    visitor.expect_verdict("step_back")
    visitor.expect_engine("table")
    assert [path for path in site.requests if "/runtime/" in path] == []


def test_a_wrong_answer_is_not_trusted(arrive: Arrive, site: Site) -> None:
    """A Python that fails the known question is never shown as the engine."""
    visitor = arrive_with_an_answer(arrive, site, "en")

    def falsify(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        known = '\\"settled\\":true'
        assert body.count(known) == 1
        route.fulfill(response=answer, body=body.replace(known, '\\"settled\\":false'))

    visitor.page.route("**/checklist/", falsify)
    visitor.open()
    expect(visitor.page.locator('[data-slot="failure"]')).to_have_text(
        load("en")("load.reason.wrong-answer"), timeout=PYTHON_MS
    )
    visitor.expect_engine("table")


def test_a_table_of_other_rules_is_refused(arrive: Arrive, site: Site) -> None:
    """Where the table is not of the page's rules, nothing is shown until Python answers."""
    visitor = arrive_with_an_answer(arrive, site, "en")

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


def test_loading_shows_how_far_it_is(arrive: Arrive, built: Path) -> None:
    """While the image is on its way the page says how much has come, of how much."""
    with hosted(built, Line(rate=SLOW_LINE)) as host:
        visitor = arrive(Site(host.address), "en")
        visitor.may_complain = True
        visitor.open()
        line = visitor.page.locator('[data-slot="engine"]')
        expect(line).to_have_text(re.compile(r"Loading Python: \d\.[1-9] of \d\.\d MB"))
        bar = visitor.page.locator('[data-slot="progress-bar"]')
        expect(bar).to_be_visible()
        assert 0 < bar.evaluate("bar => bar.value / bar.max") < 1
        expect(visitor.result).to_have_attribute("data-engine", "table")


def test_answers_given_while_loading_are_scored(arrive: Arrive, site: Site) -> None:
    """Nobody has to wait for Python to start ticking."""
    visitor = arrive(site, "en")
    visitor.open()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_engine("python")
    visitor.expect_verdict("step_back")


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("python.packed", "missing"),
        ("python.packed", "wrong"),
        ("python.packed", "truncated"),
        ("python.packed", "damaged"),
        ("python.packed", "silent"),
    ],
)
def test_without_the_image_python_starts_all_the_same(
    arrive: Arrive, site: Site, file: str, fault: Fault
) -> None:
    """The ordinary start takes over by itself; only the console is told."""
    site.faults[file] = fault
    visitor = arrive(site, "en")
    visitor.may_complain = fault == "missing"  # the browser itself says that it found nothing
    said = heard(visitor)
    impatient(visitor.page)
    visitor.open()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict_from_python("step_back")
    assert any("an ordinary start of Python" in line for line in said)
    expect(visitor.page.locator('[data-block="failed"]')).to_be_hidden()


def heard(visitor: Visitor) -> list[str]:
    """Return a list that fills with what is said in the console."""
    said: list[str] = []
    visitor.page.on("console", lambda line: said.append(line.text))
    return said


def with_image(built: Path, folder: Path, edit: Callable[[bytes], bytes]) -> Path:
    """Return a copy of the site with the image edited."""
    site = shutil.copytree(built, folder / "site")
    file = next(site.glob(IMAGE))
    file.write_bytes(gzip.compress(edit(gzip.decompress(file.read_bytes()))))
    return site


def expect_ordinary_start(arrive: Arrive, folder: Path, reason: str) -> None:
    """Python answers all the same; the console says why not by the image."""
    with served(folder) as site:
        visitor = arrive(site, "en")
        said = heard(visitor)
        visitor.open()
        visitor.expect_verdict_from_python("empty")
        assert any(reason in line for line in said)


@pytest.mark.parametrize("place", ["code", "data"])
def test_an_image_with_one_byte_changed_is_not_used(
    arrive: Arrive, built: Path, tmp_path: Path, place: str
) -> None:
    """Its digest is checked before it is run."""

    def damaged(image: bytes) -> bytes:
        at = {"code": image.index(b"\0\0\x0b\x03\0\0\x0b"), "data": len(image) - 1_000}[place]
        return image[:at] + bytes([image[at] ^ 1]) + image[at + 1 :]

    site = with_image(built, tmp_path, damaged)
    expect_ordinary_start(arrive, site, "an ordinary start of Python")


def test_an_image_of_another_version_is_not_used(
    arrive: Arrive, built: Path, tmp_path: Path
) -> None:
    """Whole, and of the digest that the page expects, but it does not know the known answer."""

    def aged(image: bytes) -> bytes:
        words = b"Better to step back"
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


def test_a_worker_that_never_answers_is_given_up(arrive: Arrive, site: Site) -> None:
    """Python is ready and then silent: the page says so, keeps the table, and tries again."""
    visitor = arrive_with_an_answer(arrive, site, "en")
    with_worker_that(
        visitor,
        """const { postMessage } = self;
        self.postMessage = (said) => said.type === "answer" || postMessage.call(self, said);""",
    )
    impatient(visitor.page)
    visitor.open()
    expect_failure(visitor, "timeout", "")
    visitor.page.context.unroute("**/worker.js")
    expect_recovery(visitor)


@pytest.mark.parametrize(
    "before",
    [
        """const { Memory } = WebAssembly;
        WebAssembly.Memory = function (description) {
          WebAssembly.Memory = Memory;
          throw new RangeError("could not allocate memory");
        };""",
        "delete globalThis.DecompressionStream;",
    ],
)
def test_a_browser_that_refuses_the_image(arrive: Arrive, site: Site, before: str) -> None:
    """Where the browser lacks what the image needs, Python starts in the ordinary way."""
    visitor = arrive(site, "en")
    with_worker_that(visitor, before)
    said = heard(visitor)
    visitor.open()
    visitor.expect_verdict_from_python("empty")
    assert any("an ordinary start of Python" in line for line in said)


def test_a_question_that_the_image_cannot_answer(arrive: Arrive, site: Site) -> None:
    """What the image lacks, an ordinary Python answers; the visitor only waits longer."""
    visitor = arrive(site, "en")
    with_worker_that(
        visitor,
        """const { encode } = TextEncoder.prototype;
        TextEncoder.prototype.encode = function (text) {
          if (String(text).includes('"hit_wall":"yes"') && !self.refused) {
            self.refused = true;
            throw new WebAssembly.RuntimeError("unreachable");
          }
          return encode.call(this, text);
        };""",
    )
    said = heard(visitor)
    visitor.open()
    visitor.expect_engine("python")
    visitor.tick(knows_goal="yes")
    assert not said
    visitor.tick(hit_wall="yes")
    visitor.expect_verdict("step_back")
    expect(visitor.page.locator('[data-list="because"] li')).to_have_count(1, timeout=PYTHON_MS)
    visitor.expect_engine("python")
    assert any("unreachable" in line for line in said)


def with_worker_that(visitor: Visitor, before: str) -> None:
    """Put something before the worker's own code."""

    def prefix(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{before}\n{answer.text()}")

    visitor.page.context.route("**/worker.js", prefix)
