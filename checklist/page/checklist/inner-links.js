/**
 * Links to a place on the page: they show it, and add no step to the history. The address stays, as
 * it may name a client.
 */
import { focusOn } from "../ui/focus.js";

/** @param {HTMLElement} root holds the links */
export function setUpInnerLinks(root) {
  root.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest('a[href^="#"]');
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const target = document.getElementById(link?.getAttribute("href")?.slice(1) ?? "");
    if (target && isPlain) {
      event.preventDefault();
      show(target);
    }
  });
}

/** @param {HTMLElement} target is scrolled into view and gets the focus */
function show(target) {
  for (let one = target.closest("details"); one; one = parentDetails(one)) {
    one.open = true;
  }
  focusOn(target);
  target.scrollIntoView();
}

/** @param {HTMLDetailsElement} details */
function parentDetails(details) {
  return details.parentElement?.closest("details") ?? null;
}
