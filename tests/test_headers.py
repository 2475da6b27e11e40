"""The file of headers: what may be kept for ever is named by its contents."""

from pathlib import Path

import pytest

from checklist.site.headers import FILE_NAME, headers


@pytest.mark.parametrize("base", ["/", "/guide/"])
def test_patterns_begin_where_the_site_lies(base: str) -> None:
    """A site in a folder of its host is matched by whole paths."""
    patterns = [line for line in headers(base).splitlines() if not line.startswith(" ")]
    assert patterns == [f"{base}app/*", f"{base}runtime/*", f"{base}runtime/*.wasm"]


def test_only_what_its_name_vouches_for_is_kept_for_ever(built: Path) -> None:
    """The folders that hosts are told to keep hold one folder each, named by its contents."""
    assert "immutable" in (built / FILE_NAME).read_text(encoding="utf-8")
    for folder in ("app", "runtime"):
        (named,) = (built / folder).iterdir()
        assert len(named.name.rpartition("-")[2]) == 8


def test_the_folder_of_the_site_is_in_the_file(built_in_folder: Path) -> None:
    """It comes from SITE_URL."""
    assert "/guide/runtime/*\n" in (built_in_folder / FILE_NAME).read_text(encoding="utf-8")
