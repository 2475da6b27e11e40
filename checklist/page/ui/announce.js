/**
 * What is heard. A region speaks of what changes in it: the same words again would be silent, and
 * of words that follow at once only the last would be heard. So it is emptied first, and says in
 * one go what has come meanwhile.
 */
const GATHER_MS = 100;

/** @type {WeakMap<HTMLElement, string[]>} */
const waiting = new WeakMap();

/** @param {HTMLElement} region that is always on the page @param {string} text */
export function say(region, text) {
  const texts = waiting.get(region) ?? [];
  waiting.set(region, texts);
  if (texts.length === 0) {
    region.textContent = "";
    setTimeout(() => {
      region.textContent = texts.splice(0).join(" ");
    }, GATHER_MS);
  }
  if (!texts.includes(text)) {
    texts.push(text);
  }
}

/** @param {HTMLElement} region what it says no longer holds */
export function hush(region) {
  waiting.get(region)?.splice(0);
  region.textContent = "";
}

/** @param {ParentNode} root @returns {HTMLElement} the region for what has no place of its own */
export function voiceOf(root) {
  return /** @type {HTMLElement} */ (root.querySelector('[data-slot="said"]'));
}
