"""All corrections of the theme's pages and files, in the order in which they are applied."""

from collections.abc import Callable
from pathlib import Path

from checklist.site.material.access import (
    with_buttons,
    with_skip_link_first,
    without_single_key_shortcuts,
)
from checklist.site.material.search import split_search_index, with_word_forms
from checklist.site.material.theme import (
    unused_search_files,
    with_deferred_script,
    with_first_paint_state,
    with_lazy_search,
    with_palette_stored_if_chosen,
    with_valid_markup,
    without_alternate_links,
    without_foreign_hosts,
    without_sitemap_probes,
)
from checklist.texts import Texts


def corrected_page(html: str, texts: Texts, *, skip_target: str, has_python: bool) -> str:
    """Return a page of the theme with its head, buttons, skip link and script corrected.

    ``skip_target`` is the id that the skip link leads to on a page without headings. Raises
    ``ValueError`` where the theme's HTML is not as expected.
    """
    valid = with_first_paint_state(with_valid_markup(without_alternate_links(html)))
    buttons = with_buttons(valid, menu=texts("site.menu"), search=texts("site.search"))
    usable = with_skip_link_first(buttons, words=texts("site.skip"), target=skip_target)
    return with_deferred_script(usable, run_by_page=has_python)


def correct_files(site: Path) -> None:
    """Correct the theme's files in the folder of the built site.

    Raises ``ValueError`` where the theme's scripts are not as expected.
    """
    split_search_index(site)
    # Its bytes depend on the machine's zlib; hosts compress sitemap.xml themselves.
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    scripts = site / "assets" / "javascripts"
    for path in unused_search_files(scripts / "lunr"):
        path.unlink()
    for script in scripts.glob("bundle.*.js"):
        _rewrite(script, _corrected_script)
    for worker in scripts.glob("workers/search.*.js"):
        _rewrite(worker, with_word_forms)


def _corrected_script(script: str) -> str:
    corrected = with_palette_stored_if_chosen(
        with_lazy_search(without_single_key_shortcuts(script))
    )
    return without_sitemap_probes(without_foreign_hosts(corrected))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
