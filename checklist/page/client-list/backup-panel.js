/** The part of the page about the file that is kept up to date. */
import { Backup } from "../backup/backup.js";
import { canKeepFile } from "../backup/file-access.js";
import { focusOn } from "../ui/focus.js";
import { fill } from "../ui/format.js";
import { findBlock, findButton, onAction, setSlot } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {import("../ui/settings.js").Settings} options.settings
 * @param {() => void} options.onStatus after each attempt to write the file
 */
export function setUpBackup(root, { store, settings, onStatus }) {
  const { storage } = settings.texts;
  const messages = {
    none: "",
    current: storage.backup_current,
    ask: storage.backup_ask,
    failed: storage.backup_failed,
    too_large: storage.backup_too_large,
  };
  const choose = findButton(root, "backup-choose");
  const backup = new Backup({
    store,
    settings,
    onStatus(status, file) {
      setSlot(root, "backup", fill(messages[status], { file }));
      findButton(root, "backup-allow").hidden = status !== "ask";
      findButton(root, "backup-stop").hidden = status === "none";
      onStatus();
    },
  });
  findBlock(root, "backup").hidden = !canKeepFile();
  onAction(root, "backup-choose", () => backup.choose());
  onAction(root, "backup-allow", () => {
    focusOn(choose); // the button may be hidden
    backup.allow();
  });
  onAction(root, "backup-stop", () => {
    focusOn(choose);
    backup.stop();
  });
  backup.start();
  return backup;
}
