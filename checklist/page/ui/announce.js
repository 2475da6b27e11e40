/**
 * Announcements in live regions.
 *
 * A screen reader announces a region only when its text changes, and only the last of several quick
 * changes. So the region is cleared first, and the texts of a short period are set together.
 */
const DELAY_MS = 100;

/** @type {WeakMap<HTMLElement, string[]>} */
const pending = new WeakMap();

/** @param {HTMLElement} region a live region that is always in the page @param {string} text */
export function announce(region, text) {
  const texts = pending.get(region) ?? [];
  pending.set(region, texts);
  if (texts.length === 0) {
    region.textContent = "";
    setTimeout(() => {
      if (texts.length > 0) {
        region.textContent = texts.splice(0).join(" ");
      }
    }, DELAY_MS);
  }
  if (!texts.includes(text)) {
    texts.push(text);
  }
}

/** Clear a region, and drop what it has not announced yet. @param {HTMLElement} region */
export function clearAnnouncements(region) {
  pending.get(region)?.splice(0);
  region.textContent = "";
}

/** @param {ParentNode} root @returns {HTMLElement} the general live region */
export function liveRegionOf(root) {
  return /** @type {HTMLElement} */ (root.querySelector('[data-slot="said"]'));
}

/** Announce a text in the general live region. @param {ParentNode} root @param {string} text */
export function announceIn(root, text) {
  announce(liveRegionOf(root), text);
}
