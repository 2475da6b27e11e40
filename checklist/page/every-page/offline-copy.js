/** The page on privacy: whether the site is kept in this browser, and the way to remove it. */
import { cachePrefix, COMPLETE_MARK } from "../service-worker/cache-names.js";
import { hide } from "../ui/focus.js";
import { find, setText } from "../ui/dom.js";

/** @typedef {import("./offline.js").Outcome} Outcome */

/**
 * @param {HTMLElement} block
 * @param {string} worker the service worker's address
 * @param {Promise<Outcome>} outcome what comes of asking the browser to keep the site
 * @param {AbortController} removing to be aborted when the copy is removed
 */
export async function showCopy(block, worker, outcome, removing) {
  const root = new URL("./", worker).href;
  const line = find(block, '[data-slot="copy"]');
  const button = find(block, '[data-action="remove-copy"]');
  /** @param {Outcome} what */
  const say = async (what) => {
    const words = /** @type {HTMLTemplateElement} */ (find(block, `[data-copy-says="${what}"]`));
    setText(line, words.content.textContent);
    if ((await copiesOf(root)).length === 0) {
      hide(button, line);
    } else {
      button.hidden = false; // half a copy can be removed, too
    }
  };

  button.addEventListener("click", async () => {
    removing.abort();
    await remove(root);
    await say("removed");
  });
  const isServed = navigator.serviceWorker?.controller?.scriptURL === worker;
  if (isServed && (await isWhole(root))) {
    await say("ready");
  }
  const what = await outcome;
  if (!removing.signal.aborted) {
    await say((await isWhole(root)) ? "ready" : what);
  }
}

/** @param {string} root */
async function isWhole(root) {
  const keys = await copiesOf(root);
  const marks = await Promise.all(
    keys.map((cacheName) => caches.match(root + COMPLETE_MARK, { cacheName })),
  );
  return marks.some(Boolean);
}

/** Remove what the service worker keeps, and the service worker itself. @param {string} root */
async function remove(root) {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const ours = registrations.filter(({ scope }) => scope === root);
  await Promise.all(ours.map((registration) => registration.unregister()));
  await Promise.all((await copiesOf(root)).map((key) => caches.delete(key)));
}

/** @param {string} root @returns {Promise<string[]>} none where the browser's cache fails */
async function copiesOf(root) {
  try {
    return (await caches.keys()).filter((key) => key.startsWith(cachePrefix(root)));
  } catch {
    return [];
  }
}
