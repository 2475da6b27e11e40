"""The Content-Security-Policy in a page: its violations, and attempts to break it."""

from playwright.sync_api import Page

from tests.support.visitor import Visitor, until

WATCH = """
self.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`), true);
"""


def violations(page: Page) -> list[str]:
    """Return what the policy has blocked on the page so far."""
    found: list[str] = page.evaluate("violations")
    return found


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
"""What an attacker could try after injecting code; the policy must block it all."""


def try_to_break_in(visitor: Visitor) -> list[str]:
    """Return the attempts that succeeded; each has to be blocked at least."""
    page, worked = visitor.page, []
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    for name, script in BREAK_INS.items():
        before = len(violations(page))
        # The policy does not apply to a debugger's script, so a timer of the page runs it.
        page.evaluate(f"() => {{ self.broken = 0; setTimeout(() => {{ {script} }}); }}")
        until(page, f"broken || violations.length > {before}")
        if page.evaluate("broken"):
            worked.append(name)
    visitor.foreign.clear()  # attempts are expected here; they must get no response
    return worked + [url for url in answered if not url.startswith(visitor.site.address)]
