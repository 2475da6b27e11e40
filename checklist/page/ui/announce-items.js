/** Show sentences as a list, and announce them. */
import { announceIn } from "./announce.js";
import { find } from "./dom.js";
import { createItems } from "./parts.js";

/** @param {HTMLElement} root @param {string} name of the list @param {string[]} items */
export function announceItems(root, name, items) {
  find(root, `[data-list="${name}"]`).replaceChildren(...createItems(items));
  if (items.length > 0) {
    announceIn(root, items.join(" "));
  }
}
