"""In each engine, where Python cannot be had: what is said, what is kept, and the way out."""

import re
import shutil
from pathlib import Path

import pytest

from checklist.texts import load
from tests.support.database import PUT
from tests.support.engines.engine import Engine
from tests.support.engines.start import NO_COPY
from tests.support.engines.visitor import Visitor, visiting
from tests.support.faults import (
    ASKED,
    DIES,
    FAILS_TO_ANSWER,
    FULL,
    LIES,
    NEVER_ANSWERS,
    NO_MEMORY,
    WATCHDOG_MS,
)
from tests.support.server import Fault

NO_IMAGE: dict[str, Fault] = {"python.packed": "missing"}
BEFORE = {"knows_goal": "no"}
MEANWHILE = {"trusts_opinion": "no"}
WORKER = "app/*/worker.js"
PAGE = "checklist/index.html"
FAILURE = '[data-slot="failure"]'


def expect_failure(visitor: Visitor, reason: str, file: str = "Python", **more: str) -> None:
    """The page says what could not be had; the answers are kept, and the table speaks for them."""
    said = load(visitor.lang)(f"load.reason.{reason}", file=file)
    visitor.expect_text(FAILURE, said)
    visitor.expect_ticked(**BEFORE, **more)
    visitor.expect_engine("table")
    visitor.expect_verdict("step_back" if more else "open")


def expect_recovery(visitor: Visitor) -> None:
    """One press, and Python is there."""
    visitor.press('[data-action="retry"]')
    visitor.expect_verdict_from_python("open")
    visitor.tick(trusts_opinion="no")
    visitor.expect_verdict("step_back")


def crippled(built: Path, folder: Path, file: str, script: str) -> Path:
    """Return a copy of the site in which a script runs before those of a page or a worker."""
    site = shutil.copytree(built, folder / "site")
    (site / "crippling.js").write_text(script, encoding="utf-8")
    [path] = site.glob(file)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = text.replace("<script", '<script src="/crippling.js"></script><script', 1)
    else:
        text = f"{script}\n{text}"
    path.write_text(text, encoding="utf-8")
    return site


def arrive_with_an_answer(visitor: Visitor) -> None:
    """Answer a question, and come back."""
    visitor.site.faults |= NO_COPY
    visitor.open()
    visitor.tick(**BEFORE)
    visitor.expect_saved()
    visitor.open()


@pytest.mark.parametrize(
    ("lang", "file", "fault", "reason"),
    [
        ("ru", "worker.js", "missing", "blocked"),
        ("en", "pyodide.asm.wasm", "missing", "missing"),
        ("ru", "pyodide.asm.wasm", "truncated", "damaged"),
    ],
)
def test_a_file_that_fails_is_named_and_retried(
    visitor: Visitor, file: str, fault: Fault, reason: str
) -> None:
    """Without an image, the file that fails is named, with a retry that works."""
    arrive_with_an_answer(visitor)
    visitor.site.faults |= NO_IMAGE | {file: fault}
    visitor.open()
    expect_failure(visitor, reason, file)
    visitor.site.faults = dict(NO_COPY)
    expect_recovery(visitor)


def test_a_browser_without_workers(engine: Engine, built: Path, tmp_path: Path) -> None:
    """The page says so, and works on once they are allowed."""
    script = "window.ItsWorker = Worker; delete window.Worker;"
    site = crippled(built, tmp_path, "en/checklist/index.html", script)
    with visiting(engine, site, "en") as visitor:
        arrive_with_an_answer(visitor)
        expect_failure(visitor, "blocked", "worker.js")
        visitor.run("window.Worker = window.ItsWorker;")
        expect_recovery(visitor)


def test_a_browser_without_webassembly(engine: Engine, built: Path, tmp_path: Path) -> None:
    """The page says so, the table answers for good, and nothing of Python is fetched."""
    site = crippled(built, tmp_path, "app/*/worker.js", "delete globalThis.WebAssembly;")
    with visiting(engine, site, "ru") as visitor:
        arrive_with_an_answer(visitor)
        expect_failure(visitor, "no-wasm")
        visitor.tick(trusts_opinion="no")
        visitor.expect_verdict("step_back")
        visitor.expect_engine("table")
        assert [path for path in visitor.site.requests if "/runtime/" in path] == []


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        pytest.param(NEVER_ANSWERS, "timeout", id="never answers"),
        pytest.param(DIES, "timeout", id="is killed while scoring"),
        pytest.param(FULL, "memory", id="has no memory"),
        pytest.param(FAILS_TO_ANSWER % (ASKED, NO_MEMORY), "memory", id="runs out of memory"),
        pytest.param(FAILS_TO_ANSWER % (ASKED, 'Error("broken")'), "python", id="breaks"),
        pytest.param(LIES, "wrong-answer", id="answers wrongly"),
    ],
)
def test_a_worker_that_fails_is_told_and_retried(
    engine: Engine, built: Path, tmp_path: Path, script: str, reason: str
) -> None:
    """As it starts or at work: what was answered meanwhile is kept, and one press brings Python."""
    site = crippled(built, tmp_path, WORKER, script)
    if reason == "timeout":
        page = site / PAGE
        impatient = re.sub(r'("watchdog": )\d+', rf"\g<1>{WATCHDOG_MS}", page.read_text("utf-8"))
        page.write_text(impatient, encoding="utf-8")
    with visiting(engine, site, "ru") as visitor:
        arrive_with_an_answer(visitor)
        visitor.tick(**MEANWHILE)
        expect_failure(visitor, reason, **MEANWHILE)
        visitor.expect_saved()
        [worker] = site.glob(WORKER)
        worker.write_bytes((built / worker.relative_to(site)).read_bytes())
        visitor.press('[data-action="retry"]')
        visitor.expect_verdict_from_python("step_back")


def test_a_damaged_image_is_not_run(visitor: Visitor) -> None:
    """Python starts in the ordinary way, and the visitor need not know."""
    arrive_with_an_answer(visitor)
    visitor.site.faults["python.packed"] = "damaged"
    visitor.open()
    visitor.expect_verdict_from_python("open")
    visitor.expect_text(FAILURE, "")
    assert any(path.endswith("pyodide.asm.wasm") for path in visitor.site.requests)


def test_a_network_that_is_lost(visitor: Visitor) -> None:
    """Once the page is there and Python is not: said, and got over with a press."""
    arrive_with_an_answer(visitor)
    visitor.site.faults["python.packed"] = "silent"
    visitor.open()
    visitor.expect_verdict("open")
    visitor.site.is_gone = True
    visitor.site.released.set()
    visitor.expect("said(css) !== ''", True, css=FAILURE)
    [file] = re.findall(r"\w\S+\.\w+", str(visitor.see("said(css)", css=FAILURE)))
    expect_failure(visitor, "missing", file)
    visitor.site.repair()
    visitor.site.faults |= NO_COPY
    expect_recovery(visitor)


@pytest.mark.parametrize(
    ("method", "error"),
    [
        pytest.param("IDBDatabase.prototype.transaction", "SecurityError", id="refused"),
        pytest.param("IDBObjectStore.prototype.put", "QuotaExceededError", id="full"),
    ],
)
def test_a_storage_that_refuses(visitor: Visitor, method: str, error: str) -> None:
    """It is said that nothing is saved; the next answer that can be brings the others along."""
    visitor.open()
    visitor.tick(**BEFORE)
    visitor.expect_saved()
    refuse = "function () { throw new DOMException('no', error); }"
    visitor.run(f"globalThis.works = {method}; {method} = {refuse};", error=error)
    visitor.tick(**MEANWHILE)
    not_saved = load(visitor.lang)("storage.not_saved")
    visitor.expect_text('[data-slot="keeping"]', not_saved)
    visitor.expect_ticked(**BEFORE, **MEANWHILE)
    visitor.expect_verdict_from_python("step_back")
    visitor.run(f"{method} = works;")
    visitor.tick(hit_wall="no")
    visitor.expect_saved()


def test_a_record_that_is_damaged(visitor: Visitor) -> None:
    """It is said, with what is wrong; the page works on, and the record stays as it lies there."""
    arrive_with_an_answer(visitor)
    # A page that WebKit puts aside in the middle of reading would keep others from writing.
    visitor.expect_verdict_from_python("open")
    visitor.expect_saved()
    visitor.open("article/")
    damaged = visitor.run(
        PUT
        + """const [record] = await records();
        const damaged = { ...record, answers: ["no"] };
        for (const storage of [localStorage, sessionStorage]) {
          storage.removeItem("client-checklist:snapshot");
        }
        await put([damaged]);
        return damaged;"""
    )
    visitor.open()
    visitor.expect_text('[data-slot="notice"]', load(visitor.lang)("storage.damaged_all"))
    visitor.expect_engine("python")
    visitor.tick(**MEANWHILE)
    visitor.expect_saved()
    assert damaged in visitor.see("await records()")
