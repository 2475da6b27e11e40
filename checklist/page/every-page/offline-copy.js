/** The privacy page: shows whether the site is precached, and can remove the precache. */
import { cachePrefix, COMPLETE_MARK } from "../service-worker/cache-names.js";
import { hide } from "../ui/focus.js";
import { find, setText } from "../ui/dom.js";
import { serviceWorkers } from "./service-workers.js";

/** @typedef {import("./offline.js").Outcome} Outcome */

/**
 * @param {HTMLElement} block
 * @param {string} worker the service worker's URL
 * @param {Promise<Outcome>} outcome of the installation
 * @param {AbortController} removal aborted when the visitor removes the precache
 */
export async function showOfflineCopy(block, worker, outcome, removal) {
  const root = new URL("./", worker).href;
  const line = find(block, '[data-slot="copy"]');
  const button = find(block, '[data-action="remove-copy"]');
  /** @param {Outcome} shown */
  const show = async (shown) => {
    const text = /** @type {HTMLTemplateElement} */ (find(block, `[data-copy-message="${shown}"]`));
    setText(line, text.content.textContent);
    if ((await precachesOf(root)).length === 0) {
      hide(button, line);
    } else {
      button.hidden = false; // also for an incomplete precache
    }
  };

  button.addEventListener("click", async () => {
    removal.abort();
    await remove(root);
    await show("removed");
  });
  const isServed = serviceWorkers()?.controller?.scriptURL === worker;
  if (isServed && (await isComplete(root))) {
    await show("ready");
  }
  const result = await outcome;
  if (!removal.signal.aborted) {
    await show((await isComplete(root)) ? "ready" : result);
  }
}

/** @param {string} root */
async function isComplete(root) {
  const keys = await precachesOf(root);
  const marks = await Promise.all(
    keys.map((cacheName) => caches.match(root + COMPLETE_MARK, { cacheName })),
  );
  return marks.some(Boolean);
}

/** Delete the precaches and unregister the service worker. @param {string} root */
async function remove(root) {
  const registrations = (await serviceWorkers()?.getRegistrations()) ?? [];
  const ours = registrations.filter(({ scope }) => scope === root);
  await Promise.all(ours.map((registration) => registration.unregister()));
  await Promise.all((await precachesOf(root)).map((key) => caches.delete(key)));
}

/** @param {string} root @returns {Promise<string[]>} empty if the Cache API fails */
async function precachesOf(root) {
  try {
    return (await caches.keys()).filter((key) => key.startsWith(cachePrefix(root)));
  } catch {
    return [];
  }
}
