"""A client scored under older rules, in a site built with newer ones."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from checklist.texts import load
from tests.support.clients_page import fill_storage, record
from tests.support.server import Site, served
from tests.support.site_build import PROJECT, ROOT_URL, run_build
from tests.support.visitor import Arrive

REHEARSAL = "checklist/site/image/rehearsal.py"
LINE = 'Line("gap", "clarify_first", _gap),'
WHY = {"ru": "расхождение больше не мешает браться", "en": "a gap no longer stands in the way"}
EDITION = """EDITIONS: Final[tuple[Edition, ...]] = (
    Edition(
        version="1.0",
        facts=tuple(fact.id for fact in FACTS),
        rule=(
            *RULE[:-2],
            Line("gap", "clarify_first", lambda answers: "no" in (
                answers["quality_ok"], answers["deadline_ok"], answers["budget_ok"])),
            *RULE[-2:],
        ),
    ),
"""


@pytest.fixture(scope="module")
def newer_site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as it would be after a change of the rule: a gap alone is no reason to clarify.

    Its image of Python is made with a short rehearsal, which is enough for these visitors, and
    what does not depend on the rule comes from the cache that ``built`` has filled.
    """
    assert built.is_dir()
    project = tmp_path_factory.mktemp("newer") / "project"
    shutil.copytree(PROJECT / "checklist", project / "checklist")
    shutil.copytree(PROJECT / "docs", project / "docs")
    for name in ("mkdocs.yml", "pyproject.toml", "LICENSE", "package-lock.json"):
        shutil.copy(PROJECT / name, project)
    (project / "node_modules").symlink_to(PROJECT / "node_modules")
    edit(project / REHEARSAL, "_UNFORESEEN: Final = 3_000", "_UNFORESEEN: Final = 30")
    kept = shutil.ignore_patterns("0.*", "spelling")
    shutil.copytree(PROJECT / ".cache", project / ".cache", ignore=kept)
    rules, texts = project / "checklist" / "rules", project / "checklist" / "texts"
    edit(rules / "facts.py", 'RULES_VERSION: Final = "1.0"', 'RULES_VERSION: Final = "1.1"')
    edit(rules / "verdicts.py", LINE, "")
    told = "[museum-guide]\nverdict = "
    edit(project / "docs" / "cases.toml", f'{told}"clarify_first"', f'{told}"work"')
    edit(rules / "editions.py", "EDITIONS: Final[tuple[Edition, ...]] = (\n", EDITION)
    for lang, why in WHY.items():
        file = texts / f"{lang}.toml"
        file.write_text(f'{file.read_text("utf-8")}\n[editions]\nv1_1 = "{why}"\n', "utf-8")
        edit(file, re.search(r'\ngap = "[^"]+"', file.read_text("utf-8"))[0], "")  # type: ignore[index]  # it is there, or the test is wrong
    target = tmp_path_factory.mktemp("newer-site")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(project)
    try:
        done = run_build(project, target, ROOT_URL)
    finally:
        del os.environ["PYTHONPATH"]
        if before is not None:
            os.environ["PYTHONPATH"] = before
    assert done.returncode == 0, done.stdout + done.stderr
    with served(target) as site:
        yield site


def edit(file: Path, before: str, after: str) -> None:
    """Replace what stands in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file}: {before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_then_and_now_and_why(arrive: Arrive, newer_site: Site, lang: str) -> None:
    """The visitor is told both verdicts and what has changed; the case is kept, brought along."""
    answers = dict.fromkeys(
        (
            *("knows_goal", "trusts_opinion", "quality_ok", "budget_ok", "compromises"),
            *("decides", "takes_responsibility"),
        ),
        "yes",
    ) | {"deadline_ok": "no", "participates": "yes", "hit_wall": "no"}
    visitor = arrive(newer_site, lang)
    fill_storage(visitor, [record("1", name="N", answers=answers, later=[1])])
    visitor.open("checklist/#case=1")
    texts = load(lang)
    news = visitor.page.locator('[data-list="news"]')
    expect(news).to_contain_text(
        texts(
            "migration.then_now",
            then=texts("verdicts.clarify_first.title"),
            now=texts("verdicts.work.title"),
        ),
        timeout=30_000,
    )
    expect(news).to_contain_text(WHY[lang])
    visitor.expect_verdict("work")
    visitor.expect_saved()
    [kept] = visitor.records()
    assert (kept["rules"], kept["answers"], kept["later"]) == ("1.1", answers, [1])
    assert kept["log"][-1]["rules"] == "1.1"


def test_a_link_of_older_rules(arrive: Arrive, newer_site: Site) -> None:
    """It opens, and says that the rules have changed since."""
    visitor = arrive(newer_site)
    visitor.open("checklist/#c=1~1.0~-nn--------~~8cb22d65")
    visitor.expect_verdict_from_python("step_back")
    expect(visitor.page.locator('[data-list="news"]')).to_contain_text("1.1")
