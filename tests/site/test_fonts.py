"""The site's fonts: small files with every character that our pages use."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from checklist.site.assets.fonts import LICENCE, SCRIPTS, WEIGHTS, FontsError, make_fonts, name_of
from checklist.texts import LANGUAGES
from tests.support.site_build import PROJECT

PACKAGE = PROJECT / "node_modules" / "@fontsource" / "literata"
SYMBOLS = set("✓↳→≠")  # shown in other fonts, always beside a text with the same meaning
MAX_SIZE = 16_000


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The font files, made from the npm package into an empty cache."""
    return make_fonts(PACKAGE, tmp_path_factory.mktemp("fonts"))


def characters_of(path: Path) -> set[str]:
    """Return every character that a font has."""
    with TTFont(path) as font:
        return {chr(code) for code in font.getBestCmap()}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("weight", WEIGHTS)
def test_fonts_have_every_character_of_our_pages(
    fonts: dict[str, Path], weight: int, lang: str
) -> None:
    """Otherwise a browser would show it in another font."""
    available = set().union(*(characters_of(fonts[name_of(script, weight)]) for script in SCRIPTS))
    pages = PROJECT.glob(f"docs/{lang}/**/*.md")
    words = PROJECT / "checklist" / "texts" / f"{lang}.toml"
    used = set("".join(path.read_text(encoding="utf-8") for path in (*pages, words)))
    assert {letter for letter in used - available - SYMBOLS if letter.isprintable()} == set()


def test_files_are_small(fonts: dict[str, Path]) -> None:
    """A page loads two or four of them before its first paint."""
    sizes = {name: path.stat().st_size for name, path in fonts.items() if name != LICENCE}
    assert len(sizes) == len(SCRIPTS) * len(WEIGHTS)
    assert {name: size for name, size in sizes.items() if size > MAX_SIZE} == {}


def test_unicode_ranges_in_the_styles_match_the_files(fonts: dict[str, Path]) -> None:
    """The browser looks for a character in the file that has it."""
    sheet = PROJECT / "checklist" / "page" / "styles" / "site" / "fonts.css"
    css = sheet.read_text(encoding="utf-8")
    faces = re.findall(r'src: url\("([^"]+)"\).*?unicode-range: ([^;]+);', css, re.DOTALL)
    assert {name for name, _ in faces} == fonts.keys() - {LICENCE}
    for name, ranges in faces:
        spans = [span.removeprefix("U+").split("-") for span in ranges.split(", ")]
        declared = {
            chr(code) for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)
        }
        assert characters_of(fonts[name]) - declared == set(), name


def test_fonts_in_place_of_ours_have_its_height(fonts: dict[str, Path]) -> None:
    """Its ascent and descent, as a share of the size to which the other font is adjusted."""
    css = (PROJECT / "checklist/page/styles/site/fonts.css").read_text(encoding="utf-8")
    faces = re.findall(
        r"src:\s*local.*?ascent-override: ([\d.]+)%.*?descent-override: ([\d.]+)%"
        r".*?line-gap-override: 0%.*?size-adjust: ([\d.]+)%",
        css,
        re.DOTALL,
    )
    assert len(faces) == css.count("size-adjust:") > 0
    for weight in WEIGHTS:
        with TTFont(fonts[name_of("latin", weight)]) as font:
            head, size = font["hhea"], font["head"].unitsPerEm
        assert head.lineGap == 0
        for ascent, descent, adjusted in faces:
            scale = float(adjusted) / 100
            assert float(ascent) * scale == pytest.approx(100 * head.ascent / size, abs=0.1)
            assert float(descent) * scale == pytest.approx(-100 * head.descent / size, abs=0.1)


def test_the_licence_is_published_with_the_fonts(fonts: dict[str, Path]) -> None:
    """The SIL Open Font License requires it."""
    assert "SIL OPEN FONT LICENSE" in fonts[LICENCE].read_text(encoding="utf-8").upper()


def test_a_missing_package_says_what_to_do(tmp_path: Path) -> None:
    """Every missing file is named, with the command that fetches them."""
    with pytest.raises(FontsError, match="npm ci") as caught:
        make_fonts(tmp_path, tmp_path)
    assert "literata-cyrillic-600" in str(caught.value)
