"""Markers: where a page asks for a part, and errors where the part does not exist."""

import pytest

from checklist.site.render.markers import Maker, MarkerError, fill_markers

MAKERS: dict[str, Maker] = {
    "plain": lambda: "<b>plain</b>",
    "words": lambda *words: "+".join(words),
    "one": lambda word: {"a": "A"}[word],
}


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<p>[[plain]]</p>", "<b>plain</b>"),
        ("<p>a</p><p>[[words x-1 signs.y]]</p>", "<p>a</p>x-1+signs.y"),
        ("<p>[[one a]]</p>\n<p>[[plain]]</p>", "A\n<b>plain</b>"),
        ("<p>[[plain]] in a sentence</p>", "<p>[[plain]] in a sentence</p>"),
        ("<p>nothing</p>", "<p>nothing</p>"),
    ],
)
def test_a_marker_alone_in_a_paragraph_is_filled(html: str, filled: str) -> None:
    """The paragraph is replaced by what the maker returns; other text stays as it is."""
    assert fill_markers(html, MAKERS) == filled


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>[[no]]</p>", ["[[no]]", "no such marker", "plain"]),
        ("<p>[[one b]]</p>", ["[[one b]]: there is no 'b'"]),
        ("<p>[[one]]</p>", ["[[one]]"]),
        ("<p>[[plain x]]</p><p>[[no]]</p>", ["[[plain x]]", "[[no]]"]),
    ],
)
def test_every_bad_marker_is_named(html: str, named: list[str]) -> None:
    """An unknown name, an unknown word, too few or too many: all at once."""
    with pytest.raises(MarkerError) as caught:
        fill_markers(html, MAKERS)
    assert [part for part in named if part not in str(caught.value)] == []
