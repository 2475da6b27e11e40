"""The same pages in plain Material: what readers would load without our additions."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.support.site_build import PROJECT

# Both sites have two languages, a search in each, and the same pages.
CONFIG: Final = """site_name: Plain
site_url: https://example.org/
theme:
  name: material
  language: ru
  font: false
  features: [navigation.footer, navigation.tabs, search.suggest, toc.follow]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
plugins:
  - search: { lang: [ru, en] }
  - i18n:
      docs_structure: folder
      languages:
        - { locale: ru, name: Русский, default: true }
        - { locale: en, name: English }
extra: { generator: false }
exclude_docs: cases.toml
"""
MARKER: Final = re.compile(r"^\[\[.*\]\]$", re.MULTILINE)


def build_plain(folder: Path) -> Path:
    """Build the plain site in a folder and return where it lies."""
    shutil.copytree(PROJECT / "docs", folder / "docs")
    for page in (folder / "docs").rglob("*.md"):
        page.write_text(MARKER.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "site"
