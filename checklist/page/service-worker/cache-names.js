/**
 * How copies of the site are named in the browser's cache: what the page that shows and removes
 * them, and the service worker that makes them, both know.
 */

/** A mark in a copy that has every file, under an address that none of them has. */
export const WHOLE = "?whole";

/**
 * What the names of a site's copies begin with. Other sites may lie beside it on the same host and
 * share its cache; no address has a "#" in its path, so no beginning is that of another's.
 *
 * @param {string} root the site's address
 */
export function beginningOf(root) {
  return `client-checklist-${new URL(root).pathname}#`;
}
