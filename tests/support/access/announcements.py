"""What a screen reader would announce: the texts that appear in a page's live regions."""

from typing import Final

from playwright.sync_api import Page

from tests.support.visitor import until

SOON_MS: Final = 2_000
"""Timers of the page that run longer are time limits and announce nothing."""

# The page's pending timers, requests to Python, and reads and writes of clients.
_COUNT: Final = """(() => {
  const begun = new Set();
  self.isBusy = () => begun.size > 0;
  const { setTimeout, clearTimeout } = self;
  self.setTimeout = (go, ms = 0, ...rest) => {
    const id = setTimeout((...given) => {
      try { go(...given); } finally { begun.delete(id); }
    }, ms, ...rest);
    if (ms <= SOON_MS) { begun.add(id); }
    return id;
  };
  self.clearTimeout = (id) => { begun.delete(id); clearTimeout(id); };
  self.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) =>
        setTimeout(() => begun.delete(`request ${data.id}`)));
      const fail = () => {
        for (const one of begun) { if (String(one).startsWith("request")) { begun.delete(one); } }
      };
      this.addEventListener("error", fail);
    }
    postMessage(message, ...rest) {
      begun.add(`request ${message.id}`);
      super.postMessage(message, ...rest);
    }
    terminate() {
      for (const one of begun) { if (String(one).startsWith("request")) { begun.delete(one); } }
      super.terminate();
    }
  };
  const { fetch } = self;
  self.fetch = async (...given) => {
    const one = {};
    begun.add(one);
    try { return await fetch(...given); } finally { setTimeout(() => begun.delete(one)); }
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...given) {
    const one = transaction.apply(this, given);
    begun.add(one);
    for (const end of ["complete", "abort"]) {
      one.addEventListener(end, () => setTimeout(() => begun.delete(one)));
    }
    return one;
  };
})()""".replace("SOON_MS", str(SOON_MS))
_GLANCES: Final = 3
# Screen readers often ignore a region that is added together with its text.
_LISTEN: Final = """(() => {
  self.spoken = [];
  const before = new Map();
  const look = () => {
    for (const region of document.querySelectorAll("[role=status], [aria-live], [role=alert]")) {
      const text = region.textContent.trim().replace(/[ \\t\\n]+/g, " ");
      const was = before.get(region);
      const isThere = region.checkVisibility();
      before.set(region, { text, isThere });
      if (was && text && (text !== was.text || !was.isThere)) {
        const isAnnounced = was.isThere && isThere;
        if (isAnnounced || isThere) {
          spoken.push(isAnnounced ? text : `not announced: ${text}`);
        }
      }
    }
  };
  new MutationObserver(look).observe(document,
    { subtree: true, childList: true, characterData: true, attributes: true });
})()"""


def listen(page: Page) -> None:
    """Record the live regions of every page that is opened from now on, from its start."""
    page.add_init_script(_COUNT)
    page.add_init_script(_LISTEN)


def announcements(page: Page) -> list[str]:
    """Return what was announced since the last call, once the page has nothing under way."""
    until(page, "spoken.length > 0")
    for _ in range(_GLANCES):  # one task may start another
        until(page, "!isBusy()")
    texts: list[str] = page.evaluate("() => spoken.splice(0)")
    return texts
