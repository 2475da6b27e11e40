"""A client scored under older rules, on a page whose Python has those rules too."""

import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES, load
from tests.support.clients_page import fill_storage, record
from tests.support.server import Site
from tests.support.site_build import SOURCES
from tests.support.visitor import Arrive

WHY: Final = {"ru": "расхождение стало препятствием", "en": "a gap now stands in the way"}
START: Final = "EDITIONS: Final[tuple[Edition, ...]] = (\n"
OLDER: Final = """    Edition(
        version="0.9",
        facts=tuple(fact.id for fact in FACTS),
        rule=tuple(line for line in RULE if line.id != "gap"),
    ),
"""
"""In these rules a gap alone was no reason to clarify."""

ANSWER: Final = """import json, sys
from checklist.browser import handle
for line in sys.stdin:
    print(json.dumps(handle(json.loads(line))), flush=True)
"""
GAP: Final = {
    **dict.fromkeys(("knows_goal", "trusts_opinion", "quality_ok", "budget_ok"), "yes"),
    **dict.fromkeys(("compromises", "decides", "takes_responsibility", "participates"), "yes"),
    "deadline_ok": "no",
    "hit_wall": "no",
}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Answer a request with a copy of the package that has an older edition of the rules too."""
    folder = tmp_path_factory.mktemp("older")
    for room in ("rules", "advice", "clients", "texts", "views"):
        shutil.copytree(SOURCES / room, folder / "checklist" / room)
    for module in SOURCES.glob("*.py"):
        shutil.copy(module, folder / "checklist")
    editions = folder / "checklist" / "rules" / "editions.py"
    before = editions.read_text(encoding="utf-8")
    assert before.count(START) == 1
    editions.write_text(before.replace(START, START + OLDER), encoding="utf-8")
    for lang, why in WHY.items():
        with (folder / "checklist" / "texts" / f"{lang}.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[editions]\nv1_0 = "{why}"\n')
    with subprocess.Popen(
        [sys.executable, "-c", ANSWER],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as python:
        asks, answers = python.stdin, python.stdout
        assert asks
        assert answers

        def ask(request: str) -> str:
            asks.write(f"{json.dumps(request)}\n")
            asks.flush()
            answer: str = json.loads(answers.readline())
            return answer

        yield ask


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_verdicts_and_the_reason_are_shown(
    arrive: Arrive, site: Site, answer: Callable[[str], str], lang: str
) -> None:
    """The old verdict, the new one and what has changed; the client is updated."""
    site.answer = answer
    visitor = arrive(site, lang)
    fill_storage(visitor, [record("1", name="N", answers=GAP, rules="0.9", later=[1])])
    visitor.open("checklist/#case=1")
    texts = load(lang)
    news = visitor.page.locator('[data-list="news"]')
    then, now = (texts(f"verdicts.{one}.title") for one in ("work", "clarify_first"))
    expect(news).to_contain_text(texts("migration.then_now", then=then, now=now))
    expect(news).to_contain_text(WHY[lang])
    visitor.expect_verdict("clarify_first")
    visitor.expect_saved()
    [kept] = visitor.records()
    assert (kept["rules"], kept["answers"], kept["later"]) == ("1.0", GAP, [1])
    assert kept["log"][-1]["rules"] == "1.0"


def test_a_link_of_older_rules(arrive: Arrive, site: Site, answer: Callable[[str], str]) -> None:
    """It opens, and says that the rules have changed since."""
    site.answer = answer
    visitor = arrive(site)
    body = "1~0.9~-nn--------~"
    visitor.open(f"checklist/#c={body}~{zlib.crc32(body.encode()):08x}")
    visitor.expect_verdict_from_python("step_back")
    expect(visitor.page.locator('[data-list="news"]')).to_contain_text("1.0")
