"""In each engine, where Python cannot be had: what is said, what is kept, and the way out."""

import shutil
from pathlib import Path

import pytest

from checklist.texts import load
from tests.engines.conftest import NO_COPY
from tests.engines.engine import Engine
from tests.engines.visitor import Visitor, visiting
from tests.server import Fault

NO_IMAGE: dict[str, Fault] = {"python.packed": "missing"}


def expect_failure(visitor: Visitor, reason: str, file: str = "") -> None:
    """The page says what could not be had; the answer is kept, and the table speaks for it."""
    said = load(visitor.lang)(f"load.reason.{reason}", file=file)
    visitor.expect_text('[data-slot="failure"]', said)
    visitor.expect_ticked(knows_goal="no")
    visitor.expect_engine("table")
    visitor.expect_verdict("open")


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
    visitor.tick(knows_goal="no")
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
