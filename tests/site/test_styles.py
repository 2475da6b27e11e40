"""The style sheet of every page: what is used of the theme's styles, then our own."""

import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

import pytest

from checklist.site.publishing.styles import StylesError, publish_styles
from tests.support.site_build import PROJECT

NODE_MODULES = PROJECT / "node_modules"
LINK = re.compile(r'<link rel="stylesheet" href="[^"]*?(app/[^"]+|assets/[^"]+)">')
SCRIPT = "item.className = 'made-by-a-script';"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page and one script, with our styles and those of another page."""
    app = tmp_path / "site" / "app" / "1"
    app.mkdir(parents=True)
    (app / "site.css").write_text(".box{margin:0}.box{color:var(--ours)}:root{--ours:red}")
    (app / "checklist.css").write_text(".form{color:var( --theirs )}")
    (app / "main.js").write_text(SCRIPT)
    page = '<link rel="stylesheet" href="../app/1/site.css"><p class="box" data-kind="a">Words</p>'
    (tmp_path / "site" / "index.html").write_text(page)
    return tmp_path / "site"


def publish(site: Path, *theme: str) -> str:
    """Publish style sheets of a theme with our own and return the one that the page names."""
    paths = [site.parent / f"{number}.css" for number in range(len(theme))]
    for path, styles in zip(paths, theme, strict=True):
        path.write_text(styles)
    publish_styles(site, "app/1", paths, NODE_MODULES)
    name = re.search(r"\.\./(app/1/site-\w+\.css)", (site / "index.html").read_text())
    assert name
    return (site / name[1]).read_text()


@pytest.mark.parametrize(
    ("rule", "is_kept"),
    [
        (".box{top:0}", True),
        (".box .other{top:0}", False),
        (".other{top:0}", False),
        (".box,.other{top:0}", False),  # as one rule; `.box` stays
        (".made-by-a-script{top:0}", True),
        ("p::before{top:0}", True),
        ("table{top:0}", False),
        ("[data-kind=a]{top:0}", True),
        ("[data-kind=other]{top:0}", False),
        ("@media print{.box{top:0}}", True),
        ("@media print{.other{top:0}}", False),
        (":root{--theirs:1px}", True),
        (":root{--unused:1px}", False),
        ("@keyframes unused{to{top:0}}", False),
    ],
)
def test_a_rule_of_the_theme_is_kept_if_something_uses_it(
    site: Path, rule: str, *, is_kept: bool
) -> None:
    """A page, a script, or a style sheet of a kind of page."""
    assert (rule in publish(site, rule)) == is_kept


def test_our_styles_follow_those_of_the_theme(site: Path) -> None:
    """Of equally specific rules the later wins."""
    styles = publish(site, ".box{top:1px}/*# sourceMappingURL=a.map */", ".box{top:2px}")
    assert styles.startswith(".box{top:1px}.box{top:2px}.box{margin:0}")


def test_the_name_depends_on_the_contents(site: Path) -> None:
    """Browsers keep the file for a year."""
    other = Path(shutil.copytree(site, site.parent / "other" / "site"))
    publish(site, ".box{top:1px}")
    publish(other, ".box{top:2px}")
    (name,), (other_name,) = (
        [path.name for path in (one / "app" / "1").glob("site*")] for one in (site, other)
    )
    assert name != other_name


def test_our_styles_are_left_as_they_are(site: Path) -> None:
    """Of all kinds, also if nothing uses them."""
    ours = ".other{top:0}.box:is(:hover,:focus){top:0}:root{--unused:1px}"
    (site / "app" / "1" / "site.css").write_text(ours)
    assert publish(site, ".box{top:1px}").endswith(ours)


def test_the_theme_has_no_rule_that_would_be_lost() -> None:
    """PurgeCSS leaves out rules with only pseudo-classes in ``:is()`` or ``:where()``."""
    theme = Path(str(distribution("mkdocs-material").locate_file("material/templates/assets")))
    styles = [path.read_text(encoding="utf-8") for path in theme.rglob("*.min.css")]
    assert len(styles) == 2
    assert not re.search(r":(is|where)\(\s*:", "".join(styles))


def test_a_mistake_in_a_style_sheet_stops_the_build(site: Path) -> None:
    """It is told what is wrong."""
    with pytest.raises(StylesError, match="Unclosed block"):
        publish(site, ".box{")


def test_each_page_loads_the_style_sheet(built: Path) -> None:
    """And the checklist and the list of clients those of their kind."""
    for page in built.rglob("*.html"):
        found = LINK.findall(page.read_text(encoding="utf-8"))
        assert found, page
        kinds = [Path(path).name.partition("-")[0] for path in found]
        assert kinds in (["site"], ["site", "checklist.css"]), page
        assert all((built / path).is_file() for path in found), page


def test_each_custom_property_has_a_value(built: Path) -> None:
    """Unless a rule says what to use without one."""
    styles = "".join(path.read_text(encoding="utf-8") for path in built.glob("app/*/*.css"))
    used = set(re.findall(r"var\((--[\w-]+)\)", styles))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", styles)) == set()
