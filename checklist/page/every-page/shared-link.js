/** The page for wrong addresses: offers the shared client of a link whose "#" was encoded. */
import { payloadInPath } from "../client/address.js";

export function offerSharedLink() {
  const payload = payloadInPath(location.pathname + location.search);
  for (const block of document.querySelectorAll("[data-shared-link]")) {
    if (payload !== null && block instanceof HTMLElement) {
      const link = /** @type {HTMLAnchorElement} */ (block.querySelector("a"));
      link.hash = `c=${payload}`;
      block.hidden = false;
    }
  }
}
