"""The built pages against the HTML standard."""

import subprocess
from pathlib import Path

import pytest

from checklist.site.node import find_node
from checklist.site.theme import with_valid_markup
from tests.support.site_build import PROJECT

VALIDATOR = PROJECT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
CONFIG = PROJECT / "tests" / "support" / "htmlvalidate.mjs"


def problems(folder: Path) -> str:
    """Return what is wrong with the pages below a folder, a line for each; empty if nothing."""
    options = ("--config", str(CONFIG), "--formatter", "text")
    done = subprocess.run(
        [find_node(), str(VALIDATOR), *options, str(folder / "**" / "*.html")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_every_page_is_valid(built: Path) -> None:
    """No page of ours has markup that the standard forbids."""
    assert problems(built) == ""


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p><div>a</div></p>", "close-order"),
        ('<p id="a">a</p><p id="a">b</p>', "no-dup-id"),
        ('<input type="checkbox" autocomplete="off">', "valid-autocomplete"),
        ("<ul><li>a</li><p>b</p></ul>", "element-permitted-content"),
    ],
)
def test_bad_markup_is_found(tmp_path: Path, body: str, rule: str) -> None:
    """What the standard forbids is named."""
    page = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert rule in problems(tmp_path)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (
            '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">',
            '<input class="md-toggle" type="checkbox" id="__drawer">',
        ),
        ('<label for="a" tabindex="">', '<label for="a">'),
        (
            '<button class="md-header__button" aria-label="L">',
            '<button type="button" class="md-header__button" aria-label="L">',
        ),
        ('<button type="reset" class="b">', '<button type="reset" class="b">'),
    ],
)
def test_what_the_theme_writes_wrong_is_put_right(theirs: str, ours: str) -> None:
    """Only that, and nothing beside it."""
    assert with_valid_markup(theirs) == ours
