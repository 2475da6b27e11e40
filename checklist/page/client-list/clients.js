/**
 * The entry point of the page with all clients: connects the list, the comparison, the export, the
 * import and the wipe.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { localTime, nameOf, newId, withField } from "../client/record.js";
import { Python } from "../python/python.js";
import { Store } from "../store/store.js";
import { announceIn } from "../ui/announce.js";
import { find, findInput } from "../ui/dom.js";
import { readSettings } from "../ui/settings.js";
import { fill } from "../ui/format.js";
import { findBlock, findButton, findSlot, onAction } from "../ui/parts.js";
import { focusOn } from "../ui/focus.js";
import { createPrinting } from "../ui/printing.js";
import { createUndoBar } from "../ui/undo-bar.js";
import { setUpBackup } from "./backup-panel.js";
import { ClientList } from "./client-list.js";
import { Comparison } from "./comparison.js";
import { createExport, exportRecord } from "./export.js";
import { setUpImport } from "./import.js";
import { createLastCopy } from "./last-copy.js";
import { closeMenuOf, setUpMenus } from "./row-menu.js";
import { setUpWipe } from "./wipe.js";

/** @type {import("../ui/settings.js").ClientListSettings} */
const settings = readSettings();
const { messages } = settings.texts;
const root = find(document.body, "[data-clients]");
const store = new Store(settings.path);
const undoBar = createUndoBar(root, messages);
const { print } = createPrinting(root, settings.article, messages.differs);
const renaming = /** @type {HTMLDialogElement} */ (find(root, 'dialog[data-dialog="rename"]'));
const python = new Python({
  settings,
  root,
  onStatus(status) {
    // Here only Python's progress and failure are shown, not that it is ready.
    findSlot(root, "engine").classList.toggle("visually-hidden", status === "ready");
    if (status === "ready" || status === "failed") {
      list.refresh();
    }
  },
});
const comparison = new Comparison(root, { settings, python, print });
const lastCopy = createLastCopy(root, {
  store,
  settings,
  isBackupInterrupted: () => backup.isInterrupted,
});
const backup = setUpBackup(root, {
  store,
  settings,
  onStatus: () => lastCopy.show([...list.records.values()]),
});
const list = new ClientList(root, { settings, store, python, comparison, lastCopy, backup });

findBlock(root, "shared-host").hidden = settings.path === "/";
python.start();
list.refresh();
store.subscribe((ids) => {
  if (ids === null) {
    comparison.clear(); // another tab has wiped everything
    undoBar.close();
    backup.write();
  }
  list.refresh();
});
addEventListener("pageshow", (event) => event.persisted && list.refresh());
// For browsers without messages between tabs. Nothing is read while the page is hidden: a page that
// the browser freezes in the middle of a transaction blocks other tabs.
addEventListener("visibilitychange", () => document.hidden || list.refresh());
setUpMenus(list.element);
list.element.addEventListener("click", onListClick);
list.element.addEventListener("change", ({ target }) => {
  const box = /** @type {HTMLInputElement} */ (target);
  const id = String(box.closest("li")?.dataset.id);
  if (box.matches(".client__pick > input") && list.records.has(id)) {
    comparison.pick(id, box.checked);
  }
});
renaming.addEventListener("close", rename);
onAction(root, "retry", () => {
  focusOn(findSlot(root, "engine")); // the button is hidden
  python.retry();
});
onAction(root, "compare", () => comparison.show(list.records));
const exporting = createExport(
  () => ({ readable: list.recordsThatAre(false), unreadable: list.recordsThatAre(true) }),
  { python, limits: settings.limits, region: findSlot(root, "file-saved"), messages },
);
onAction(root, "wipe-save", saveCopy);
onAction(root, "save-json", saveCopy);
onAction(root, "save-csv", exporting.csv);
onAction(root, "save-md", exporting.md);
setUpImport(root, { settings, python, list: () => store.list() }, add);
setUpWipe(root, { store, messages, count: () => list.records.size, onWiped });

/** Save all clients in a file, and remember when. */
async function saveCopy() {
  const records = [...list.records.values()];
  await exporting.json();
  await store.rememberCopy(records);
  lastCopy.show(records);
}

/** @param {Event} event */
function onListClick({ target }) {
  // Other buttons may have been put into the page by browser extensions.
  const button = /** @type {HTMLElement} */ (target).closest("button[data-row]");
  const row = /** @type {HTMLElement | null | undefined} */ (button?.closest("li.client"));
  const record = list.records.get(String(row?.dataset.id));
  if (button instanceof HTMLElement && record) {
    closeMenuOf(button);
    const save = () => exportRecord(record, settings.limits);
    const actions = { rename: askForName, duplicate, delete: deleteClient, download: save };
    actions[/** @type {keyof typeof actions} */ (button.dataset.row)](record);
  }
}

/** @param {ClientRecord} record */
function askForName(record) {
  renaming.dataset.id = record.id;
  findInput(renaming, "input").value = record.name ?? "";
  renaming.returnValue = "";
  renaming.showModal();
}

async function rename() {
  const record = list.records.get(String(renaming.dataset.id));
  if (renaming.returnValue === "ok" && record) {
    const { value } = findInput(renaming, "input");
    await store.update(record, withField(record, "name", value, localTime(new Date())));
    await list.refresh();
    announceIn(root, fill(messages.renamed, { name: value || messages.unnamed }));
  }
}

/** @param {ClientRecord} record */
async function duplicate(record) {
  const name = fill(messages.copy_of, { name: nameOf(record, messages.unnamed) });
  await store.put([{ ...record, id: newId(), name, changed: localTime(new Date()) }]);
  await list.refresh();
  announceIn(root, fill(messages.duplicated, { name }));
}

/** @param {ClientRecord} record */
async function deleteClient(record) {
  await store.delete([record.id]);
  await list.refresh();
  const restore = () => store.put([record]);
  offerUndo(
    messages.deleted,
    restore,
    () => list.focusTarget(record.id),
    nameOf(record, messages.unnamed),
  );
}

/** @param {ClientRecord[]} records @returns {Promise<HTMLElement>} where to move the focus */
async function add(records) {
  const now = localTime(new Date());
  const added = await store.add(
    records.map((record) => ({ ...record, changed: record.changed ?? now })),
  );
  await list.refresh();
  offerUndo(
    fill(messages.added, { count: added.length }),
    () => store.delete(added.map(({ id }) => id)),
    () => findButton(root, "import"),
  );
  return list.focusTarget(added[0]?.id);
}

/** @param {(() => Promise<void>) | null} restore */
async function onWiped(restore) {
  if (restore) {
    comparison.clear();
    backup.write();
  }
  await list.refresh();
  if (restore) {
    offerUndo(messages.wiped, restore, () => list.focusTarget());
  }
}

/** @param {string} text @param {() => Promise<unknown>} undo @param {() => HTMLElement} focusTarget
 * @param {string} [name] of a client, for `{name}` in the text */
function offerUndo(text, undo, focusTarget, name) {
  const undoAndRefresh = async () => {
    await undo();
    await list.refresh();
  };
  comparison.close(); // it shows clients as they were, and the bar would cover it
  undoBar.offer(text, undoAndRefresh, focusTarget, name);
}
