"""The Content-Security-Policy: every page lives under it, and it stops what does not belong."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from checklist.texts import LANGUAGES
from tests.browser.conftest import Arrive, Visitor
from tests.browser.test_offline import arrive_and_stay
from tests.server import Site
from tests.test_site import PAGES

WATCH = """
self.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`), true);
"""


def violations(page: Page) -> list[str]:
    """Return what the policy has forbidden on the page so far."""
    found: list[str] = page.evaluate("violations")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_is_in_the_way_of_its_policy(
    arrive: Arrive, site: Site, built: Path, lang: str
) -> None:
    """Every page of every kind, with search, palette and menu used: nothing is refused."""
    visitor = arrive(site, lang, viewport={"width": 400, "height": 800})
    page = visitor.page
    page.add_init_script(WATCH)
    for path in PAGES:
        visitor.open(path)
        page.locator('.md-header [data-opens="__drawer"]').click()
        page.keyboard.press("Escape")
        page.locator('[data-opens="__search"]').click()
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], path
    page.locator(".md-search__input").press_sequentially("Python")
    page.locator(".md-search-result__link").first.wait_for()
    assert violations(page) == []
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert violations(page) == []
    for page_file in built.rglob("*.html"):
        text = page_file.read_text(encoding="utf-8")
        assert text.index("Content-Security-Policy") < text.index("<script"), page_file
        assert " style=" not in text
        assert "<style" not in text


def test_a_wrong_address_has_a_policy_too(arrive: Arrive, site: Site) -> None:
    """The page for it stands at any depth."""
    visitor = arrive(site, "en")
    visitor.may_complain = True  # of the status, which is 404
    visitor.page.add_init_script(WATCH)
    visitor.open("no/such/page/")
    assert violations(visitor.page) == []
    assert try_to_break_in(visitor) == []


BREAK_INS = {
    "an inline script": "const s = document.createElement('script'); s.textContent = 'broken=1';"
    "document.body.append(s);",
    "a handler": "const d = document.createElement('div');"
    "d.innerHTML = '<img src=x onerror=broken=1>'; document.body.append(d);",
    "eval": "try { eval('broken=1') } catch {}",
    "a function made of text": "try { new Function('broken=1')() } catch {}",
    "a timer with text": "try { setTimeout('broken=1') } catch {}",
    "a javascript link": "const a = document.createElement('a'); a.href = 'javascript:broken=1';"
    "document.body.append(a); a.click();",
    "a script from data": "const s = document.createElement('script');"
    "s.src = 'data:text/javascript,broken=1'; document.body.append(s);",
    "a script from elsewhere": "const s = document.createElement('script');"
    "s.src = 'https://example.com/x.js'; document.body.append(s);",
    "a request elsewhere": "fetch('https://example.com/').then(() => { broken = 1 }, () => {});",
    "a beacon": "if (navigator.sendBeacon('https://example.com/')) setTimeout(() => {}, 0);",
    "an image from elsewhere": "new Image().src = 'https://example.com/x.png';",
    "a style": "const s = document.createElement('style'); s.textContent = 'body{--broken:1}';"
    "document.head.append(s); if (getComputedStyle(document.body).getPropertyValue('--broken'))"
    "broken = 1;",
    "a frame": "const f = document.createElement('iframe'); f.src = 'https://example.com/';"
    "document.body.append(f);",
    "a base": "const b = document.createElement('base'); b.href = 'https://example.com/';"
    "document.head.prepend(b); if (document.baseURI.includes('example.com')) broken = 1;",
    "a form": "const f = document.createElement('form'); f.action = 'https://example.com/';"
    "document.body.append(f); f.submit();",
    "wasm": "try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));"
    "broken = 1 } catch {}",
    "a worker from text": "try { new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))"
    ".onmessage = () => { broken = 1 } } catch {}",
}
"""What a hole in our own code would let someone try, and what must come of it: nothing."""


def try_to_break_in(visitor: Visitor) -> list[str]:
    """Return the break-ins that worked, or that the browser did not even refuse."""
    page, worked = visitor.page, []
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    for name, script in BREAK_INS.items():
        before = len(violations(page))
        # A debugger may do what the page may not, so it leaves the doing to the page.
        page.evaluate(f"() => {{ self.broken = 0; setTimeout(() => {{ {script} }}); }}")
        page.wait_for_timeout(50)
        if page.evaluate("broken") or len(violations(page)) == before:
            worked.append(name)
    visitor.foreign.clear()  # asked for, refused: what matters is that nobody was reached
    return worked + [url for url in answered if not url.startswith(visitor.site.address)]


@pytest.mark.parametrize("path", ["", "checklist/", "clients/", "privacy/"])
def test_what_does_not_belong_is_refused(arrive: Arrive, site: Site, path: str) -> None:
    """Even if something of a visitor's were taken for markup, it could do nothing."""
    visitor = arrive(site, "en")
    visitor.may_complain = True
    visitor.page.add_init_script(WATCH)
    visitor.open(path)
    assert try_to_break_in(visitor) == []


def test_the_policy_holds_without_a_network_too(arrive: Arrive, site: Site) -> None:
    """A page that the service worker brings is the same page."""
    visitor: Visitor = arrive_and_stay(arrive, site)
    visitor.page.add_init_script(WATCH)
    visitor.open("checklist/")
    visitor.expect_engine("python")
    assert violations(visitor.page) == []
    assert try_to_break_in(visitor) == []
