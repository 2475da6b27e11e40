/** The way to erase everything that this browser keeps of the visitor's, with a way back. */
import { announce, liveRegionOf } from "../ui/announce.js";
import { fill, find, setText } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {Record<string, string>} options.says
 * @param {() => number} options.count of the clients
 * @param {(restore: (() => Promise<void>) | null) => Promise<void>} options.onWiped shows what is
 *   left; null where the browser did not let everything be erased
 */
export function createWipe(root, { store, says, count, onWiped }) {
  const dialog = /** @type {HTMLDialogElement} */ (find(root, 'dialog[data-dialog="wipe"]'));

  /** @param {string} action @param {() => void} run */
  function on(action, run) {
    find(root, `[data-action="${action}"]`).addEventListener("click", run);
  }

  on("wipe", async () => {
    setText(find(root, '[data-slot="wipe-clients"]'), fill(says.wipe_clients, { count: count() }));
    dialog.showModal();
    const aside = await store.quarantined(); // the database may take its time
    setText(find(root, '[data-slot="wipe-aside"]'), aside === null ? "" : says.wipe_aside);
  });
  on("wipe-cancel", () => dialog.close());
  on("wipe-really", async () => {
    dialog.close();
    const restore = await store.wipe();
    await onWiped(restore);
    if (!restore) {
      setText(find(root, '[data-slot="keeping"]'), says.not_wiped);
      announce(liveRegionOf(root), says.not_wiped);
    }
  });
}
