/**
 * The names of precaches, shared by the service worker and the page that removes them.
 */

/** The key of the entry that marks a complete precache. No file has this address. */
export const COMPLETE_MARK = "?whole";

/**
 * The prefix of a site's precaches. Sites on the same origin share the Cache API. As a path cannot
 * contain "#", no site's prefix begins with that of another.
 *
 * @param {string} root the site's URL
 */
export function cachePrefix(root) {
  return `client-checklist-${new URL(root).pathname}#`;
}
