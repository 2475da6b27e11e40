"""Accessibility checks of a page: axe and our own, injected when they are needed."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.support.site_build import PROJECT
from tests.support.viewports import DESKTOP, NARROW, PHONE

SCHEMES: Final = {"ru": "dark", "en": "light"}
"""The scheme in which axe checks a language's pages; both languages have the same structure."""

OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules of axe whose result depends on the scheme of colours."""

OF_STYLES: Final = ("css-orientation-lock",)
"""The rule of axe for which every style sheet is fetched again."""

SLOW: Final = (*OF_COLOURS, *OF_STYLES, "target-size")
"""The rules of axe that take half of its time: our ``lowContrast`` and ``small`` are similar."""

_SCHEMES: Final = {"light": "default", "dark": "slate"}
_HAS_SCHEME: Final = "scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches"
_SET_SCHEME: Final = """name => {
  const { dataset } = document.body;
  if (dataset.mdColorScheme !== name) { dataset.mdColorScheme = name; }
}"""
_USUAL, _DOUBLE = 16, 32
_SOURCES: Final = {
    "axe": PROJECT / "node_modules" / "axe-core" / "axe.min.js",
    "probe": Path(__file__).with_name("probe.mjs"),
}

type Ask = Callable[..., list[str]]


@cache
def _source(name: str) -> str:
    return _SOURCES[name].read_text(encoding="utf-8")


def check(page: Page, question: str, *given: object) -> list[str]:
    """Return what one of the checks in ``probe.mjs`` finds wrong; nothing where it is all right.

    The checks are injected past the page's policy, which stays in force; axe, which is large, only
    where it is used.
    """
    for name in {"probe", question} & _SOURCES.keys():
        if page.evaluate(f"typeof {name}") == "undefined":
            page.evaluate(_source(name))
    wrong: list[str] = page.evaluate("([what, given]) => probe[what](...given)", [question, given])
    return wrong


def set_view(page: Page, size: dict[str, int], scheme: str = "light") -> None:
    """Set the window's size and the scheme of colours where they differ: each costs a layout.

    The scheme is set as the page's script sets it.
    """
    if page.viewport_size != size:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict of two numbers is one
    if not page.evaluate(_HAS_SCHEME, scheme):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # light or dark
    page.evaluate(_SET_SCHEME, _SCHEMES[scheme])


@contextmanager
def double_text(page: Page) -> Iterator[None]:
    """Set the browser's text size to 200 %."""
    tools = page.context.new_cdp_session(page)
    sizes = [
        {"fontSizes": {"standard": size, "fixed": size}, "forScripts": []}
        for size in (_USUAL, _DOUBLE)
    ]
    tools.send("Page.setFontSizes", sizes[1])
    try:
        yield
    finally:
        tools.send("Page.setFontSizes", sizes[0])
        tools.detach()


def problems(page: Page, where: str, scheme: str, without: Collection[str] = ()) -> list[str]:
    """Return what is wrong with a page as it is: rules, colours, narrow windows, large text.

    The light scheme is checked on a desktop with all rules of axe but those named in ``without``;
    the dark one on a phone with the rules about colours.
    """
    found: list[str] = []

    def look(how: str, *questions: str, given: tuple[object, ...] = ()) -> None:
        found.extend(
            f"{where}, {scheme}, {how}: {question}: {wrong}"
            for question in questions
            for wrong in check(page, question, *given)
        )

    set_view(page, DESKTOP, scheme)
    if scheme == "light":
        look("wide", "lowContrast", "moving")
        look("wide", "axe", given=(None, without))
    with double_text(page):
        look("wide, text twice as large", "wide", "crowded")
        set_view(page, PHONE, scheme)
        look("phone, text twice as large", "wide", "crowded")
    if scheme == "dark":
        look("phone", "lowContrast")
        if colours := [rule for rule in OF_COLOURS if rule not in without]:
            look("phone", "axe", given=(colours,))
    set_view(page, NARROW, scheme)
    look("narrow", "wide", "crowded")
    return found
