"""Preview images: size, reproducibility, margins, and that all text is drawn."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageColor

from checklist.site.assets.fonts import SCRIPTS, make_fonts, name_of
from checklist.site.render.previews import MARGIN, SIZE, Face, preview
from tests.support.site_build import PROJECT

PACKAGE = PROJECT / "node_modules" / "@fontsource" / "literata"
LONG = (
    "Заглавие длиннее любого на сайте: которому, однако, следует уместиться целиком, включая "
    "последние слова"
)
WORD = "Достопримечательностноориентированнейшего"
SENTENCE = "Sentence about a page, «кавычки», № 3 and figures: 59,049. " * 2


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Face, Face]:
    """The two weights of the font that pages load."""
    fonts = make_fonts(PACKAGE, tmp_path_factory.mktemp("fonts"))
    body, heading = (
        Face(*(fonts[name_of(script, weight)] for script in SCRIPTS)) for weight in (400, 600)
    )
    return body, heading


def drawn(title: str, faces: tuple[Face, Face], about: str = SENTENCE) -> bytes:
    """Return the preview of a page with this title."""
    body, heading = faces
    return preview(title, about, "Стоит ли работать?", body=body, heading=heading)


def opened(data: bytes) -> Image.Image:
    """Return an image in plain colours."""
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("title", ["Home", "Стена", LONG])
def test_a_preview_is_a_small_png_of_the_usual_size(title: str, faces: tuple[Face, Face]) -> None:
    """1200 by 630 pixels, as usual for Open Graph, and less than 40 kB."""
    data = drawn(title, faces)
    assert opened(data).size == SIZE == (1200, 630)
    assert data.startswith(b"\x89PNG")
    assert len(data) < 40_000


def test_the_same_words_give_the_same_bytes(faces: tuple[Face, Face]) -> None:
    """Builds are reproducible."""
    assert drawn(LONG, faces) == drawn(LONG, faces)


@pytest.mark.parametrize("title", ["Home", LONG, WORD])
def test_nothing_is_drawn_in_the_margins(title: str, faces: tuple[Face, Face]) -> None:
    """Only the line at the bottom reaches the edges."""
    image = opened(drawn(title, faces))
    paper = Image.new("RGB", SIZE, image.getpixel((4, 4)))
    box = ImageChops.difference(image, paper).crop((0, 0, SIZE[0], SIZE[1] - 20)).getbbox()
    assert box
    left, top, right, bottom = box
    assert left >= MARGIN - 4
    assert top >= MARGIN - 16
    assert right <= SIZE[0] - MARGIN + 4
    assert bottom <= SIZE[1] - 40


@pytest.mark.parametrize("word", ["Стена", "Wall", "№", "«да»", "Étienne", "59 049"])
def test_every_character_is_drawn(word: str, faces: tuple[Face, Face]) -> None:
    """Each additional character changes the image."""
    prefixes = {word[:end].rstrip() for end in range(len(word) + 1)}
    assert len({drawn(prefix, faces) for prefix in prefixes}) == len(prefixes)


@pytest.mark.parametrize(("title", "named"), [("漢", "漢"), (f"{LONG} " * 3, "too long")])
def test_a_text_that_cannot_be_drawn_is_an_error(
    title: str, named: str, faces: tuple[Face, Face]
) -> None:
    """A character that the font lacks, or a title that fits at no size."""
    with pytest.raises(ValueError, match=named):
        drawn(title, faces)


def test_a_sentence_that_is_too_long_ends_in_an_ellipsis(faces: tuple[Face, Face]) -> None:
    """Words after the last line have no other effect."""
    cut = drawn("Home", faces, SENTENCE * 3)
    assert cut == drawn("Home", faces, SENTENCE * 4)
    assert cut != drawn("Home", faces, SENTENCE)


@pytest.mark.parametrize("title", ["Home", "Стена", LONG])
def test_colours_are_the_same_on_every_preview(title: str, faces: tuple[Face, Face]) -> None:
    """Background, logo and the three verdicts are exact, whatever else is drawn."""
    image = opened(drawn(title, faces))
    places = [(4, 4), (96, 96), (200, 625), (600, 625), (1000, 625)]
    colours = [
        ImageColor.getrgb(c) for c in ("#f4f5f0", "#1f4d4a", "#005a73", "#805000", "#8f1d3f")
    ]
    assert [image.getpixel(place) for place in places] == colours


def test_each_page_has_a_preview_of_its_own(built: Path) -> None:
    """The image in its head exists, and no other page has the same one."""
    pages = list(built.rglob("index.html"))
    names = [
        html.split('property="og:image" content="')[1].split('"')[0].rpartition("/")[2]
        for html in (path.read_text(encoding="utf-8") for path in pages)
    ]
    assert len(set(names)) == len(pages)
    assert [name for name in names if not (built / "assets" / "previews" / name).is_file()] == []
