"""What the theme's pages lack for those who use a keyboard or hear the page, put right."""

import re
from typing import Final

_SKIP: Final = re.compile(r'\s*<div data-md-component="skip">(.*?)</div>', re.DOTALL)
_BODY: Final = re.compile(r"<body [^>]*>")
_LABEL: Final = re.compile(
    r'<label (class="md-header__button md-icon") for="__(drawer|search)">(.*?)</label>', re.DOTALL
)
_SINGLE_KEYS: Final = {
    'case"f":case"s":case"/":': 'case"":',
    'case"p":case",":': 'case"":',
    'case"n":case".":': 'case"":',
}


def with_skip_link_first(html: str, *, words: str, target: str) -> str:
    """Return the page with the link past its head before all that can be reached.

    The theme writes none where there is no list of headings: that page gets one with these words
    to this id. Raises ``ValueError`` where the theme puts the link elsewhere.
    """
    links = _SKIP.findall(html)
    if len(links) != 1:
        raise ValueError(f"the page has {len(links)} places for the skip link; see access.py")
    link = links[0].strip() or f'<a href="#{target}" class="md-skip">{words}</a>'
    first = f'\n    <div data-md-component="skip">{link}</div>'
    return _BODY.sub(lambda body: body[0] + first, _SKIP.sub("", html), count=1)


def with_buttons(html: str, *, menu: str, search: str) -> str:
    """Return the page whose buttons for the list of pages and for the search are buttons.

    The theme's are labels of hidden switches: the mouse can press them, the keyboard cannot, and
    they have no names. ``overlays.js`` does the rest. Raises ``ValueError`` where the theme has
    others.
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


def without_single_keys(script: str) -> str:
    """Return the theme's script without its shortcuts of one letter.

    Who dictates, or strikes a key by chance, would be sent to another page: WCAG 2.1.4. Raises
    ``ValueError`` where the script names them in another way. What is changed already stays as it
    is.
    """
    for theirs, none in _SINGLE_KEYS.items():
        if theirs not in script and none not in script:
            raise ValueError(f"the theme's script no longer says {theirs}; see access.py")
        script = script.replace(theirs, none)
    return script
