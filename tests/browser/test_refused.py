"""Parts of the browser that are missing, refuse or fail: everything else works without them."""

from collections.abc import Mapping
from typing import Final

import pytest
from playwright.sync_api import expect

from checklist.texts import load
from tests.support.clients_page import open_panels, press, until_listed
from tests.support.visitor import Visitor, until

REFUSE: Final = "() => { throw new DOMException('no', 'SecurityError'); }"
REJECT: Final = "() => Promise.reject(new DOMException('no', 'SecurityError'))"


def getter(owner: str, name: str, answer: str = f"({REFUSE})()") -> str:
    """Return a script that gives another value for a property, or refuses it."""
    return f"Object.defineProperty({owner}, '{name}', {{ get() {{ return {answer}; }} }});"


CHANNEL: Final = f"window.BroadcastChannel = function () {{ ({REFUSE})(); }};"
LOCKS: Final = f"LockManager.prototype.request = {REJECT};"
WORKERS: Final = getter("Navigator.prototype", "serviceWorker")
CACHES: Final = getter("window", "caches")
MISSING: Final[Mapping[str, str]] = {
    "no channel": CHANNEL,
    "no locks": getter("Navigator.prototype", "locks", "undefined"),
    "locks refused": LOCKS,
    "lasting storage refused": f"StorageManager.prototype.persist = {REFUSE};",
    "lasting storage rejected": f"StorageManager.prototype.persist = {REJECT};",
    "a question about lasting storage without an answer": (
        "StorageManager.prototype.persist = () => new Promise(() => {});"
    ),
    "service workers refused": WORKERS,
    "caches refused": CACHES,
    "databases not listed": f"IDBFactory.prototype.databases = {REJECT};",
    "history refused": f"History.prototype.replaceState = {REFUSE};",
    "no clipboard": getter("Navigator.prototype", "clipboard", "undefined"),
    "no idle callback": "window.requestIdleCallback = undefined;",
    "localStorage refused": getter("window", "localStorage"),
    "sessionStorage refused": getter("window", "sessionStorage"),
    "no localStorage": getter("window", "localStorage", "null"),
    "all but the database": "".join(
        [
            *(getter("window", name) for name in ("localStorage", "sessionStorage")),
            *(CHANNEL, LOCKS, WORKERS, CACHES),
        ]
    ),
}


@pytest.mark.parametrize("script", MISSING.values(), ids=MISSING)
def test_everything_works_without(visitor: Visitor, script: str) -> None:
    """A verdict, a name, a link, the next visit, the list of clients; no error on the way."""
    page = visitor.page
    page.add_init_script(script)
    visitor.open_scored()
    visitor.tick(knows_goal="no", trusts_opinion="no")
    visitor.expect_verdict("step_back")
    page.locator('[data-field="name"]').fill("Анна")
    visitor.expect_saved()
    open_panels(visitor, "share")
    press(visitor, "copy-link")
    expect(page.locator('[data-slot="link-copied"]')).to_have_text(load("ru")("messages.copied"))
    page.reload()
    visitor.expect_verdict("step_back")
    expect(page.locator('[data-field="name"]')).to_have_value("Анна")
    visitor.open("clients/")
    until_listed(page)
    expect(page.locator(".client")).to_have_count(1)
    visitor.open("privacy/")
    until(page, "document.querySelector('[data-slot=copy]').textContent.trim() !== ''")
