"""The built pages against the HTML standard."""

import subprocess
from pathlib import Path

import pytest

from checklist.site.node import find_node
from tests.support.site_build import PROJECT

VALIDATOR = PROJECT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
CONFIG = PROJECT / "tests" / "support" / "htmlvalidate.mjs"


PAGE = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{}</body></html>'
INVALID = {
    "close-order": "<p><div>a</div></p>",
    "no-dup-id": '<p id="a">a</p><p id="a">b</p>',
    "valid-autocomplete": '<input type="checkbox" autocomplete="off">',
    "element-permitted-content": "<ul><li>a</li><p>b</p></ul>",
}
"""Invalid markup, by the validator's rule."""


@pytest.fixture(scope="module")
def problems(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of the validator's report on the built pages and on invalid ones."""
    invalid = tmp_path_factory.mktemp("invalid")
    for rule, body in INVALID.items():
        (invalid / f"{rule}.html").write_text(PAGE.format(body), encoding="utf-8")
    options = ("--config", str(CONFIG), "--formatter", "text")
    done = subprocess.run(
        [find_node(), str(VALIDATOR), *options, *(f"{one}/**/*.html" for one in (built, invalid))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout.splitlines()


def test_every_page_is_valid(problems: list[str], built: Path) -> None:
    """The validator reports no problem."""
    assert [line for line in problems if str(built) in line] == []


@pytest.mark.parametrize("rule", INVALID)
def test_invalid_markup_is_reported(problems: list[str], rule: str) -> None:
    """With the name of the rule."""
    messages = [line.partition(f"{rule}.html:")[2] for line in problems]
    assert any(rule in words for words in messages)
