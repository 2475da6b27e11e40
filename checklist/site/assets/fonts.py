"""The site's font: Literata from npm, reduced to the characters that the two languages use."""

import shutil
from pathlib import Path
from typing import Final

from fontTools import subset

from checklist.site.files import content_name

WEIGHTS: Final = (400, 600)
"""The weights of body text and of headings; a first screen needs both."""
SCRIPTS: Final = ("latin", "cyrillic")
LICENCE: Final = "literata-licence.txt"

# ASCII, the quotes, dashes and symbols in our pages, and the letters of loan words in English.
_LATIN: Final = (
    "0020-007E,00A0,00A7,00A9,00AB,00B0,00B7,00BB,00C9,00D7,00E0-00FC,2009,2011,2013,2014,2018,2019,"
    "201C-201E,2022,2026,20AC,2190-2193,2212,2260,2264,2265"
)
_CYRILLIC: Final = "0300,0301,0400-045F,0490,0491,2116"
_CHARACTERS: Final = {"latin": _LATIN, "cyrillic": _CYRILLIC}
_FEATURES: Final = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]


class FontsError(RuntimeError):
    """Files of the font's npm package are missing."""


def make_fonts(package: Path, cache: Path) -> dict[str, Path]:
    """Return the font files that pages load, by the names they are published under.

    ``package`` is the folder of the npm package; each file is reduced once and kept in ``cache``.
    The licence must be published with the fonts, so it is included. Raises ``FontsError``.
    """
    sources = {
        name_of(script, weight): package / "files" / f"literata-{script}-{weight}-normal.woff2"
        for script in SCRIPTS
        for weight in WEIGHTS
    }
    missing = [str(path) for path in (*sources.values(), package / "LICENSE") if not path.is_file()]
    if missing:
        raise FontsError("missing files; run `npm ci` again:\n" + "\n".join(missing))
    made = cache / content_name([*sources.values(), Path(__file__)])
    for script in SCRIPTS:
        for weight in WEIGHTS:
            name = name_of(script, weight)
            if not (made / name).is_file():
                _reduce(sources[name], _CHARACTERS[script], made / name)
    shutil.copyfile(package / "LICENSE", made / LICENCE)
    return {name: made / name for name in (*sources, LICENCE)}


def name_of(script: str, weight: int) -> str:
    """Return the file name of the font for a writing system and a weight."""
    return f"literata-{script}-{weight}.woff2"


def _reduce(source: Path, characters: str, target: Path) -> None:
    """Write a font with only some characters; hinting has no visible effect on current screens."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=_FEATURES)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with subset.load_font(str(source), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(characters))
        subsetter.subset(font)
        subset.save_font(font, str(unfinished), options)
    unfinished.rename(target)
