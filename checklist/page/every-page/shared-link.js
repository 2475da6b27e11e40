/** A script of the page for wrong addresses: it offers the shared client of a link whose "#"
 * was encoded, or whose path is wrong. */
import { payloadInPath } from "../client/address.js";

const payload = payloadInPath(location.pathname + location.search + location.hash);
for (const block of document.querySelectorAll("[data-shared-link]")) {
  if (payload !== null && block instanceof HTMLElement) {
    const link = /** @type {HTMLAnchorElement} */ (block.querySelector("a"));
    link.hash = `c=${payload}`;
    block.hidden = false;
  }
}
