/** The page on privacy: whether the site is kept in this browser, and the way to remove it. */
import { find } from "./page.js";

const CACHES = "client-checklist-";

/**
 * @param {HTMLElement} block
 * @param {Promise<boolean>} asked whether the browser agreed to keep the site
 */
export async function showCopy(block, asked) {
  const line = find(block, '[data-slot="copy"]');
  const button = find(block, '[data-action="remove-copy"]');
  /** @param {"ready" | "refused" | "removed"} what */
  const say = (what) => {
    const words = /** @type {HTMLTemplateElement} */ (find(block, `[data-copy-says="${what}"]`));
    line.textContent = words.content.textContent;
    button.hidden = what !== "ready";
  };

  button.addEventListener("click", async () => {
    await removeCopy();
    say("removed");
  });
  if (navigator.serviceWorker?.controller) {
    say("ready");
  } else if (await asked) {
    await navigator.serviceWorker.ready;
    say("ready");
  } else {
    say("refused");
  }
}

/** Remove what the service worker keeps, and the service worker itself. */
async function removeCopy() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  const ours = registrations.filter(({ scope }) => document.baseURI.startsWith(scope));
  await Promise.all(ours.map((registration) => registration.unregister()));
  const keys = (await caches.keys()).filter((key) => key.startsWith(CACHES));
  await Promise.all(keys.map((key) => caches.delete(key)));
}
