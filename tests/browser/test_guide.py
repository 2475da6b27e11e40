"""The guide in a real browser: links into the article, print, narrow screens, stable layout."""

import re

import pytest
from playwright.sync_api import expect

from checklist.texts import LANGUAGES
from tests.support.server import Site
from tests.support.viewports import PHONE
from tests.support.visitor import Arrive, Visitor

A4 = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quotation_links_to_its_sentence(arrive: Arrive, site: Site, lang: str) -> None:
    """The link opens the article at the sentence, which is marked and in view."""
    visitor = arrive(site, lang)
    visitor.open("signs/adrift/")
    quotation = visitor.page.locator(".from-article").first
    words = quotation.locator("blockquote").inner_text()
    quotation.locator("a").click()
    visitor.page.wait_for_url("**/article/#from-adrift")
    target = visitor.page.locator("#from-adrift")
    assert target.inner_text() == words
    expect(target).to_be_in_viewport()
    plain = visitor.page.locator(".md-content p").first
    background = "one => getComputedStyle(one).backgroundColor"
    assert target.evaluate(background) != plain.evaluate(background)


def test_a_sign_opens_the_checklist_at_its_questions(visitor: Visitor) -> None:
    """The button on a sign's page leads to the heading of that sign's questions."""
    visitor.keep_python_out()
    for sign in ("adrift", "mismatch", "backseat", "wall"):
        visitor.open(f"signs/{sign}/")
        visitor.page.locator(".md-content a.md-button--primary").click()
        visitor.page.wait_for_url(f"**/checklist/#{sign}")
        expect(visitor.page.locator(f"h2#{sign}"), sign).to_be_in_viewport()


def test_a_worked_case_opens_in_the_checklist(arrive: Arrive, site: Site) -> None:
    """Its link carries the answers, and Python gives the verdict that is printed on the page."""
    visitor = arrive(site, "en")
    visitor.open("cases/")
    visitor.page.locator("#case-clinic-app > summary").click()
    visitor.page.locator("#case-clinic-app .worked a.md-button").click()
    visitor.page.wait_for_url("**/checklist/#c=*")
    visitor.expect_verdict_from_python("step_back")
    assert visitor.ticked()["participates"] == "yes"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_takes_three_pages(arrive: Arrive, site: Site, lang: str) -> None:
    """The questions, the rule and the notes, what stands beside the rule, on A4."""
    visitor = arrive(site, lang)
    visitor.open("paper/")
    pdf = visitor.page.pdf(prefer_css_page_size=True)
    assert len(A4.findall(pdf)) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_pages_print_on_white(arrive: Arrive, site: Site, scheme: str) -> None:
    """Headings, quotations and drawings are dark on white when printed from the dark scheme."""
    visitor = arrive(site, color_scheme=scheme)
    visitor.open("signs/adrift/")
    visitor.page.emulate_media(media="print")
    style = "(one, name) => getComputedStyle(one)[name]"
    for part in ("h1", "h2", ".from-article blockquote", ".drawing__word", ".clause"):
        colour = "fill" if part == ".drawing__word" else "color"
        shown = visitor.page.locator(f".md-content {part}").first.evaluate(style, colour)
        assert shown == "rgb(0, 0, 0)", part
    frame = visitor.page.locator(".drawing__box rect").first.evaluate(style, "fill")
    assert frame == "rgb(255, 255, 255)"


def test_nothing_jumps_while_a_page_loads(arrive: Arrive, site: Site) -> None:
    """The font is loaded before the first paint, or is not used before the next page."""
    visitor = arrive(site, "ru", viewport=PHONE)
    visitor.page.add_init_script(
        """window.jumps = [];
        // A browser may paint between two parts of the header's line: a box there then shrinks.
        const isHeader = ({ node }) => node?.parentElement?.closest(".md-header");
        new PerformanceObserver((seen) => {
          for (const one of seen.getEntries()) {
            if (!one.hadRecentInput && !one.sources.every(isHeader)) jumps.push(one.value);
          }
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    for page in ("", "article/", "signs/adrift/", "cases/"):
        visitor.open(page)
        visitor.page.wait_for_load_state("networkidle")
        assert visitor.page.evaluate("jumps.reduce((sum, one) => sum + one, 0)") < 0.01, page


@pytest.mark.parametrize(
    ("lang", "page", "files"), [("ru", "article/", 4), ("en", "article/", 2), ("ru", "404.html", 4)]
)
def test_fonts_are_loaded_from_this_site(
    arrive: Arrive, site: Site, lang: str, page: str, files: int
) -> None:
    """A page uses only the fonts that it preloads."""
    visitor = arrive(site, lang)
    visitor.open(page)
    visitor.page.wait_for_load_state("networkidle")
    loaded = visitor.page.evaluate(
        """[...document.fonts].filter((font) => font.status === 'loaded').map((f) => f.family)
          .filter((family) => !family.includes("like Literata"))"""
    )
    assert set(loaded) == {"Literata"}
    assert len(loaded) == files


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_is_complete_without_scripts(arrive: Arrive, site: Site, lang: str) -> None:
    """Every part that the build makes is shown when JavaScript is off."""
    visitor = arrive(site, lang, java_script_enabled=False)
    for page, part in {
        "signs/mismatch/": ".condition",
        "cases/": ".case",
        "paper/": ".paper__rule",
        "aid/": "svg.drawing",
        "stepping-back/": ".letter",
        "questions/": ".sayings",
    }.items():
        visitor.open(page)
        expect(visitor.page.locator(part).first).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_visit_has_the_lines_of_the_next_one(arrive: Arrive, site: Site, lang: str) -> None:
    """The font of the system is as wide and as high as ours: nothing is laid out otherwise."""
    visitor = arrive(site, lang)
    visitor.open("article/")
    visitor.page.evaluate("document.fonts.ready")
    sizes = visitor.page.evaluate(
        """async (families) => {
          const paragraph = document.querySelector("article p");
          const line = document.body.appendChild(document.createElement("span"));
          line.textContent = paragraph.textContent;
          line.style.cssText = "position: absolute; white-space: nowrap; font-size: 200px";
          const measured = [];
          for (const family of families) {
            for (const weight of [400, 600]) {
              for (const one of family.split(",")) {
                const loading = document.fonts.load(`${weight} 20px ${one}`, line.textContent);
                await loading.catch(() => {}); // not every machine has every font
              }
              Object.assign(line.style, { fontFamily: family, fontWeight: weight });
              line.getBoundingClientRect(); // begins to load what the line still lacks
              await document.fonts.ready;
              await new Promise(requestAnimationFrame);
              measured.push([line.offsetWidth, line.offsetHeight]);
            }
          }
          return measured;
        }""",
        [
            "Literata",
            '"Times like Literata", "Noto Serif like Literata", "DejaVu Serif like Literata"',
        ],
    )
    ours, others = sizes[:2], sizes[2:]
    for (width, height), (other_width, other_height) in zip(ours, others, strict=True):
        assert other_width == pytest.approx(width, rel=0.03)
        assert other_height == pytest.approx(height, abs=2)


def test_main_buttons_have_one_colour(arrive: Arrive, site: Site) -> None:
    """On the home page and in the tools, in both schemes."""
    for scheme in ("light", "dark"):
        visitor = arrive(site, color_scheme=scheme)
        colours = set()
        for page, button in {"": ".md-button--primary", "clients/": "a.main-button"}.items():
            visitor.open(page)
            colours.add(
                visitor.page.locator(button).first.evaluate(
                    """(one) => {
                      const { backgroundColor, color } = getComputedStyle(one);
                      return `${color} on ${backgroundColor}`;
                    }"""
                )
            )
        assert len(colours) == 1, scheme


ALONE = """() => [...document.querySelectorAll("article a[href]")].filter((link) => {
  const { width, height } = link.getBoundingClientRect();
  let block = link;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  const length = ({ textContent }) => textContent.trim().length;
  const linked = [...block.querySelectorAll("a")].reduce((sum, one) => sum + length(one), 0);
  return width > 0 && height < 43.5 && block !== link && length(block) <= linked;
}).map((link) => link.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(
    "page", ["", "success/", "cases/", "signs/adrift/", "clients/", "checklist/"]
)
def test_links_that_stand_alone_are_large_enough(arrive: Arrive, site: Site, page: str) -> None:
    """44 px high on a phone; links within a sentence may be smaller."""
    visitor = arrive(site, viewport=PHONE)
    visitor.open(page)
    assert visitor.page.evaluate(ALONE) == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_worked_cases_are_found_on_a_phone(
    arrive: Arrive, site: Site, lang: str, *, scripts: bool
) -> None:
    """Folded, all take four screens; a choice shows those of one verdict or one sign."""
    visitor = arrive(site, lang, java_script_enabled=scripts, viewport=PHONE)
    visitor.open("cases/")
    page, choices = visitor.page, visitor.page.locator(".case-index label")
    counts = choices.locator(".case-index__count").all_inner_texts()
    assert page.locator("article").evaluate("one => one.offsetHeight") <= 4 * PHONE["height"]
    for choice, count in zip(choices.all(), counts, strict=True):
        choice.click()
        expect(page.locator(".case:visible")).to_have_count(int(count))
    assert len(set(counts)) > 3


def test_the_case_that_a_link_names_is_shown(arrive: Arrive, site: Site) -> None:
    """Opened, whatever was chosen before; also when the page is loaded."""
    visitor = arrive(site, "en", viewport=PHONE)
    visitor.open("cases/#bakery")
    page = visitor.page
    expect(page.locator("#case-bakery")).to_have_attribute("open", "")
    expect(page.locator("#bakery")).to_be_in_viewport()
    page.locator('[name="cases"][value="wall"]').check()
    expect(page.locator("#menu")).to_be_hidden()
    page.evaluate("location.hash = 'menu'")
    expect(page.locator("#menu")).to_be_in_viewport()
    expect(page.locator("#case-menu .worked")).to_be_visible()


def test_what_opens_in_a_worked_case_looks_like_a_link(arrive: Arrive, site: Site) -> None:
    """A triangle and the colour of a link, not of a heading."""
    visitor = arrive(site, java_script_enabled=False, viewport=PHONE)
    visitor.open("cases/")
    case = visitor.page.locator(".case").first
    case.locator("> summary").click()
    summary, link = case.locator(".worked summary"), case.locator("figcaption a")
    colours = [one.evaluate("one => getComputedStyle(one).color") for one in (summary, link)]
    assert colours[0] == colours[1]
    assert summary.evaluate("one => getComputedStyle(one).fontWeight") == "400"
    expect(case.locator("table")).to_be_hidden()
    summary.click()
    expect(case.locator("table")).to_be_visible()
