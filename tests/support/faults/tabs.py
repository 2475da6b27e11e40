"""Faults by other tabs, clocks, interrupted writes and navigation."""

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import expect

from checklist.texts import LANGUAGES
from tests.support.faults.fault import BEFORE, Fault, Step, all_of, load_again, wait_for_python
from tests.support.faults.storage import with_record
from tests.support.pages import FOLDERS
from tests.support.visitor import PYTHON_MS, Visitor, until


def of_time_and_place() -> Iterator[Fault]:
    """Another tab, another time, another page or language."""
    both = {**BEFORE, "budget_ok": "no"}
    yield Fault("two tabs at once", another_tab, keeps=RACED)
    yield Fault("another tab after a write broke off", broken_off_in_two_tabs, keeps=RACED)
    yield Fault("reloaded in the middle of a write", broken_off, keeps=both)
    for name, hours in (("back", -48), ("ahead", 48)):
        cause = all_of(clock_moved(hours), broken_off)
        yield Fault(f"clock moved {name} in the middle of a write", cause, keeps=both)
    yield Fault("rules of before", all_of(with_record({"rules": "0.5"}), migration_is_shown))
    yield Fault("away and back", away_and_back)
    yield Fault("taken from the back-forward cache", from_the_cache)


def of_the_language() -> Iterator[Fault]:
    """The visitor switches the language while half of a file has arrived."""
    both = {**BEFORE, "budget_ok": "no"}
    for file in ("python.packed", "main.js"):
        cause = switching_while(file)
        yield Fault(f"language switched while {file} loads", cause, keeps=both)


def migration_is_shown(visitor: Visitor) -> None:
    """Wait until the page shows what the migration has changed."""
    expect(visitor.page.locator('[data-list="news"] li').first).to_be_visible()


RACED: Final = {**BEFORE, "budget_ok": "no", "quality_ok": "no"}
CLICK: Final = "name => document.querySelector(`input[name=${name}][value=no]`).click()"


def another_tab(visitor: Visitor) -> None:
    """Answer in two tabs at the same moment; the next answer follows at once."""
    wait_for_python(visitor)
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url)
    expect(other.locator("#checklist-result")).to_have_attribute(
        "data-engine", "python", timeout=PYTHON_MS
    )
    other.evaluate(CLICK, "budget_ok")
    visitor.page.evaluate(CLICK, "quality_ok")


def break_off(visitor: Visitor) -> None:
    """Answer, and close the page before the browser has stored it."""
    visitor.page.evaluate("() => { IDBObjectStore.prototype.get = () => new Promise(() => {}); }")
    visitor.tick(budget_ok="no")


def broken_off(visitor: Visitor) -> None:
    """Load the page again in the middle of a write."""
    wait_for_python(visitor)
    break_off(visitor)
    load_again(visitor)


def broken_off_in_two_tabs(visitor: Visitor) -> None:
    """The same, and another tab answers before this one has loaded."""
    wait_for_python(visitor)
    break_off(visitor)
    visitor.page.goto("about:blank")
    other = Visitor(visitor.page.context.new_page(), visitor.site, visitor.lang)
    other.open()
    other.tick(quality_ok="no")
    other.expect_saved()
    other.page.close()
    load_again(visitor)


def clock_moved(hours: int) -> Step:
    """Change the system's clock and answer."""

    def cause(visitor: Visitor) -> None:
        visitor.page.add_init_script(
            f"""{{ const now = Date.now;
            Date = class extends Date {{
              constructor(...given) {{
                super(...(given.length ? given : [now() + {hours * 3_600_000}]));
              }}
              static now() {{ return now() + {hours * 3_600_000}; }}
            }}; }}"""
        )
        wait_for_python(visitor)
        visitor.tick(budget_ok="no")

    return cause


def away_and_back(visitor: Visitor) -> None:
    """Go to another page by a link and come back with the browser's button."""
    wait_for_python(visitor)
    visitor.page.locator('.md-tabs a[href$="article/"], .md-tabs a[href*="article"]').first.click()
    visitor.page.wait_for_url("**/article/")
    visitor.page.go_back()


def from_the_cache(visitor: Visitor) -> None:
    """Have the browser report that the page comes from its back-forward cache."""
    wait_for_python(visitor)
    # Storing the open client's id in the history would count as the navigation that is expected.
    until(visitor.page, "Boolean(history.state?.client)")
    with visitor.page.expect_navigation(wait_until="commit"):
        visitor.page.evaluate(
            "() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); }"
        )


def switching_while(file: str) -> Step:
    """Switch the language while half of a file has arrived."""

    def cause(visitor: Visitor) -> None:
        visitor.site.faults[file] = "slow"
        load_again(visitor)
        visitor.tick(budget_ok="no")
        visitor.page.locator(".md-select button").hover()
        visitor.lang = next(lang for lang in LANGUAGES if lang != visitor.lang)
        visitor.page.locator(f'.md-select a[hreflang="{visitor.lang}"]').click(no_wait_after=True)
        visitor.page.wait_for_url(
            visitor.site.url(f"{FOLDERS[visitor.lang]}checklist/"), wait_until="commit"
        )

    return cause
