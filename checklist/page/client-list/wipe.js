/** Wipes everything that this browser stores of the visitor's, after a confirmation. */
import { announceIn } from "../ui/announce.js";
import { find } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findSlot, onAction, setSlot } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {Record<string, string>} options.messages
 * @param {() => number} options.count of the clients
 * @param {(restore: (() => Promise<void>) | null) => Promise<void>} options.onWiped shows what is
 *   left; null if the browser refused to empty the database
 */
export function setUpWipe(root, { store, messages, count, onWiped }) {
  const dialog = /** @type {HTMLDialogElement} */ (find(root, 'dialog[data-dialog="wipe"]'));
  onAction(root, "wipe", async () => {
    setSlot(root, "wipe-clients", fill(messages.wipe_clients, { count: count() }));
    dialog.showModal();
    const unreadable = await store.unreadable(); // the database may be slow
    setSlot(root, "wipe-unreadable", unreadable === null ? "" : messages.wipe_unreadable);
    const backup = await store.backup();
    setSlot(
      root,
      "wipe-backup",
      backup ? fill(messages.wipe_backup, { file: backup.file.name }) : "",
    );
  });
  onAction(root, "wipe-cancel", () => dialog.close());
  onAction(root, "wipe-really", async () => {
    dialog.close();
    const restore = await store.wipe();
    await onWiped(restore);
    if (!restore) {
      findSlot(root, "keeping").hidden = false;
      setSlot(root, "keeping", messages.not_wiped);
      announceIn(root, messages.not_wiped);
    }
  });
}
