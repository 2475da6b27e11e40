"""What a screen reader would have said of a page: the words that come into its live regions."""

from typing import Final

from playwright.sync_api import Page

from tests.support.visitor import until

QUIET_MS: Final = 800  # longer than the page waits before it speaks
# A region that is not on the page yet, or comes together with its words, is often not read out.
_LISTEN: Final = """(() => {
  self.spoken = [];
  const before = new Map();
  const look = () => {
    for (const region of document.querySelectorAll("[role=status], [aria-live], [role=alert]")) {
      const text = region.textContent.trim().replace(/\\s+/g, " ");
      const was = before.get(region);
      const isThere = region.checkVisibility();
      before.set(region, { text, isThere });
      if (was && text && (text !== was.text || !was.isThere)) {
        const isHeard = was.isThere && isThere;
        if (isHeard || isThere) {
          spoken.push(isHeard ? text : `not heard: ${text}`);
        }
      }
    }
  };
  new MutationObserver(look).observe(document,
    { subtree: true, childList: true, characterData: true, attributes: true });
})()"""


def listen(page: Page) -> None:
    """Listen to every page that is opened from now on, from its first word."""
    page.add_init_script(_LISTEN)


def heard(page: Page) -> list[str]:
    """Return what has been said since this was asked last: something, then nothing for a while."""
    until(page, "spoken.length > 0")
    page.wait_for_timeout(QUIET_MS)
    said: list[str] = page.evaluate("() => spoken.splice(0)")
    return said
