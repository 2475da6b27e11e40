/**
 * The import of clients from files: it shows what is in the files, and adds the clients when the
 * visitor confirms.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./read-files.js").Found} Found
 */
import { announceItems } from "../ui/announce-items.js";
import { findBlock, findButton, findField, onAction } from "../ui/parts.js";
import { hide } from "../ui/focus.js";
import { readFiles } from "./read-files.js";

/**
 * @param {HTMLElement} root
 * @param {import("./read-files.js").Context} context
 * @param {(records: ClientRecord[]) => Promise<HTMLElement>} add returns where to move the focus
 */
export function setUpImport(root, context, add) {
  const field = findField(root, "file");
  const block = findBlock(root, "import-preview");
  /** @type {ClientRecord[]} */
  let found = [];

  onAction(root, "import", () => field.click());
  field.addEventListener("change", async () => {
    const files = [...(field.files ?? [])];
    if (files.length > 0) {
      show({ lines: [context.settings.texts.messages.reading], records: [] });
      show(await readFiles(files, context));
      field.value = "";
    }
  });
  onAction(root, "import-add", async () => {
    const records = found;
    found = []; // a second click must not add them twice
    if (records.length > 0) {
      close(await add(records));
    }
  });
  onAction(root, "import-cancel", () => close(findButton(root, "import")));

  /** @param {Found} found */
  function show({ lines, records }) {
    found = records;
    block.hidden = false;
    findButton(root, "import-add").hidden = records.length === 0;
    announceItems(root, "import-preview", lines);
  }

  /** @param {HTMLElement} focusTarget */
  function close(focusTarget) {
    found = [];
    hide(block, focusTarget);
  }
}
