"""Drawings: well-formed, with a text for screen readers, and nothing outside their frames."""

import xml.etree.ElementTree as ET

import pytest

from checklist.rules import RULE, SIGNS
from checklist.site.render.drawings import Caption, Outcome, chain
from checklist.site.render.guide import Places, guide_makers
from checklist.texts import LANGUAGES, load

NAMES = (*(sign.id for sign in SIGNS), "wall", "rule", "way")
PLACES = Places(source=lambda id_: f"#{id_}", checklist="checklist/")
LETTER = 8.6  # more than a character's real width at these font sizes


def drawn(name: str, lang: str) -> ET.Element:
    """Return one drawing of the guide, parsed."""
    svg: str = guide_makers(load(lang), PLACES, {})["drawing"](name)
    return ET.fromstring(svg)  # noqa: S314 - our own


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_has_a_name_and_a_description(name: str, lang: str) -> None:
    """A screen reader reads it as one picture with a title and a sentence."""
    svg = drawn(name, lang)
    assert svg.get("role") == "img"
    ids = {element.get("id"): element.text for element in svg if element.get("id")}
    assert all(ids[id_] for id_ in str(svg.get("aria-labelledby")).split())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_words_stay_inside_their_boxes(name: str, lang: str) -> None:
    """Each line is narrower than its frame, and each frame is inside the picture."""
    svg = drawn(name, lang)
    width, height = (float(value) for value in str(svg.get("viewBox")).split()[2:])
    boxes = [group for group in svg.iter("g") if group.find("rect") is not None]
    assert len(boxes) > 1
    for box in boxes:
        frame = box.find("rect")
        assert frame is not None
        x, y, wide, high = (float(frame.get(key, "")) for key in ("x", "y", "width", "height"))
        assert 0 <= x < x + wide <= width
        assert 0 <= y < y + high <= height
        for line in box.findall("text"):
            assert len(line.text or "") * LETTER < wide, line.text
            assert y < float(line.get("y", "")) < y + high


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rule_is_drawn_line_by_line(lang: str) -> None:
    """One question for each line but the last, and a verdict for every line."""
    svg = drawn("rule", lang)
    boxes = [group.get("data-verdict") for group in svg.iter("g")]
    verdicts = [verdict for verdict in boxes if verdict]
    assert verdicts == [line.verdict for line in RULE]
    assert len(boxes) == 2 * len(RULE) - 1


def test_texts_are_escaped() -> None:
    """Markup in a text stays text."""
    svg = chain(Caption("x", "<t>", "&"), ["a < b"], "&", Outcome("work", "<ok>"))
    texts = [element.text for element in ET.fromstring(svg).iter("text")]  # noqa: S314 - our own
    assert texts == ["a < b", "<ok>"]
