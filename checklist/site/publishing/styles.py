"""The style sheet of every page: what the site uses of the theme's styles, then our own.

The theme styles many things that no page has, more than half of its bytes. A rule of the theme
stays if each of its names occurs in a page or a script (https://purgecss.com). Ours all stay:
PurgeCSS would leave out those with ``:is(:hover, :focus)``, of which the theme has none.
"""

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from checklist.site.assets.bundle import OWN_STYLES
from checklist.site.files import content_name
from checklist.site.node import find_node

_TOOL: Final = Path(__file__).with_name("purge-styles.mjs")
_PURGE_CSS: Final = Path("purgecss", "lib", "purgecss.esm.js")
_USERS: Final = ("**/*.html", "app/*/*.js")
_USE_OF_PROPERTY: Final = re.compile(r"var\(\s*(--[\w-]+)")
_SOURCE_MAP: Final = re.compile(r"/\*# sourceMappingURL=.*?\*/")


class StylesError(RuntimeError):
    """No style sheet can be made; the message is that of PurgeCSS."""


def publish_styles(site: Path, app: str, theme: Iterable[Path], node_modules: Path) -> None:
    """Publish the style sheet in place of our own styles, and name it in all pages.

    ``site`` has all pages and scripts by now, ``app`` is the path of the bundle in it, ``theme``
    are the theme's style sheets in their order. The new name has a digest of the contents. Raises
    ``StylesError``.
    """
    own = site / app / OWN_STYLES
    ours = {path: path.read_text(encoding="utf-8") for path in (site / app).glob("*.css")}
    own.unlink()
    styles = "".join(path.read_text(encoding="utf-8") for path in theme)
    request = {
        "styles": _SOURCE_MAP.sub("", styles),
        "properties": sorted(set(_USE_OF_PROPERTY.findall("".join(ours.values())))),
        "files": [str(path) for pattern in _USERS for path in site.glob(pattern)],
    }
    done = subprocess.run(
        [find_node(), str(_TOOL), str(node_modules / _PURGE_CSS)],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise StylesError(f"{_TOOL.name}: the style sheet cannot be made:\n{done.stderr}")
    sheet = done.stdout + ours[own]
    name = f"site-{content_name([], sheet)}.css"
    (site / app / name).write_text(sheet, encoding="utf-8")
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace(f"{app}/{OWN_STYLES}", f"{app}/{name}"), encoding="utf-8")
