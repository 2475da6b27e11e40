"""Corrections of the theme for people who use a keyboard or a screen reader."""

import re
from typing import Final

_SKIP: Final = re.compile(r'\s*<div data-md-component="skip">(.*?)</div>', re.DOTALL)
_BODY: Final = re.compile(r"<body [^>]*>")
_LABEL: Final = re.compile(
    r'<label (class="md-header__button md-icon") for="__(drawer|search)">(.*?)</label>', re.DOTALL
)
_SHORTCUTS: Final = {
    'case"f":case"s":case"/":': 'case"":',
    'case"p":case",":': 'case"":',
    'case"n":case".":': 'case"":',
}


def with_skip_link_first(html: str, *, words: str, target: str) -> str:
    """Return the page with the skip link as its first focusable element.

    On a page without headings the theme writes no skip link; such a page gets one with the text
    ``words`` to the id ``target``. Raises ``ValueError`` if the theme's HTML has changed.
    """
    links = _SKIP.findall(html)
    if len(links) != 1:
        raise ValueError(f"the page has {len(links)} places for the skip link; see access.py")
    link = links[0].strip() or f'<a href="#{target}" class="md-skip">{words}</a>'
    first = f'\n    <div data-md-component="skip">{link}</div>'
    return _BODY.sub(lambda body: body[0] + first, _SKIP.sub("", html), count=1)


def with_buttons(html: str, *, menu: str, search: str) -> str:
    """Return the page with real buttons for the menu and the search.

    The theme uses labels of hidden checkboxes, which have no names and cannot be focused. The
    script ``overlays.js`` handles the buttons; ``menu`` and ``search`` are their names. Raises
    ``ValueError`` if the theme's HTML has changed.
    """
    names = {"drawer": menu, "search": search}
    named, count = _LABEL.subn(
        lambda label: (
            f'<button type="button" {label[1]} data-opens="__{label[2]}" aria-expanded="false" '
            f'aria-label="{names[label[2]]}">{label[3]}</button>'
        ),
        html,
    )
    if count != len(names):
        raise ValueError(f"the page has {count} such labels; see access.py")
    return named


def without_single_key_shortcuts(script: str) -> str:
    """Return the theme's script without its shortcuts of a single character (WCAG 2.1.4).

    Speech input or an accidental key press would open another page. A script that is corrected
    already is returned unchanged. Raises ``ValueError`` if the theme's script has changed.
    """
    for theirs, ours in _SHORTCUTS.items():
        if theirs not in script and ours not in script:
            raise ValueError(f"the theme's script no longer says {theirs}; see access.py")
        script = script.replace(theirs, ours)
    return script
