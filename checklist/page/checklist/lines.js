/** Lists of sentences that are shown and announced. */
import { announce, liveRegionOf } from "../ui/announce.js";
import { create, find } from "../ui/dom.js";

/** @param {HTMLElement} root @param {string} name of the list @param {string[]} lines */
export function announceLines(root, name, lines) {
  find(root, `[data-list="${name}"]`).replaceChildren(...lines.map((line) => create("li", line)));
  if (lines.length > 0) {
    announce(liveRegionOf(root), lines.join(" "));
  }
}
