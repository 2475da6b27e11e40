/**
 * The entry point of the page with all clients: the list, what is done with one of them, and the
 * way to erase everything.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./rows.js").Row} Row
 */
import { localTime, nameOf, newId, withField } from "../client/record.js";
import { createPython } from "../python/python.js";
import { Store } from "../store/store.js";
import { announce, liveRegionOf } from "../ui/announce.js";
import { showDocument } from "../ui/documents.js";
import { fill, find, findInput, formatTime, readSettings, setText } from "../ui/dom.js";
import { focusOn, hide } from "../ui/focus.js";
import { firstControl, updateRows } from "../ui/keyed-list.js";
import { createPrinting } from "../ui/printing.js";
import { createUndoBar } from "../ui/undo-bar.js";
import { createComparison } from "./comparison.js";
import { exportClients, exportRecord } from "./export.js";
import { createFilter } from "./filter.js";
import { createImport } from "./import.js";
import { clientRow, unreadRow } from "./rows.js";
import { createWipe } from "./wipe.js";

const settings = readSettings();
const { texts, lang } = settings;
const root = find(document.body, "[data-clients]");
const store = new Store(settings.path);
const liveRegion = liveRegionOf(root);
const undoBar = createUndoBar(root, texts.says);
const printing = createPrinting(root, settings.article, texts.says.differs);
const python = createPython({ settings, root, onStatus });
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
const list = find(root, '[data-list="clients"]');
const filter = createFilter(root, list, { lang, says: texts.says });
const none = find(root, '[data-block="none"]');
const opener = find(root, '[data-action="import"]');
const comparison = createComparison(root, { settings, python, print: printing.print });

/** @type {Map<string, ClientRecord>} */
let records = new Map();
/** @type {Set<unknown>} the clients that Python cannot read, when it was last asked */
let unread = new Set();
let listing = 0;

python.start();
refresh();
store.subscribe((ids) => {
  if (ids === null) {
    comparison.close(); // another tab has wiped everything: nothing is left, or brought back
    undoBar.close();
  }
  refresh();
});
addEventListener("pageshow", (event) => event.persisted && refresh());
// For browsers in which tabs do not hear each other. A page that is put aside in the middle of a
// transaction may keep others waiting, so nothing is read when it is hidden.
addEventListener("visibilitychange", () => document.hidden || refresh());
list.addEventListener("click", onListClick);
list.addEventListener("change", ({ target }) => {
  const box = /** @type {HTMLInputElement} */ (target);
  comparison.pick(String(box.closest("li")?.dataset.id), box.checked);
});
on("retry", () => {
  focusOn(slot("engine")); // the button goes
  python.retry();
});
on("compare", () => comparison.show(records));
createImport(root, { settings, python, list: () => store.list(), add });
createWipe(root, { store, says: texts.says, count: () => records.size, onWiped });
on("wipe-save", () => save("json"));
for (const kind of /** @type {const} */ (["json", "csv", "md"])) {
  on(`save-${kind}`, () => save(kind));
}
dialog("rename").addEventListener("close", rename);

/** @param {string} action @param {() => void} run */
function on(action, run) {
  find(root, `[data-action="${action}"]`).addEventListener("click", run);
}

/** @param {string} name */
function dialog(name) {
  return /** @type {HTMLDialogElement} */ (find(root, `dialog[data-dialog="${name}"]`));
}

/** @param {import("../python/python.js").EngineStatus} status */
function onStatus(status) {
  if (status === "ready") {
    refresh();
  }
}

// The list

/** Until Python is there the clients stand by name; then in the order of what needs attention. */
async function refresh() {
  listing += 1;
  const mine = listing;
  // A damaged record's id may be no text; on the page it is.
  records = new Map((await store.list()).map((record) => [String(record.id), record]));
  if (store.isStored()) {
    setText(slot("keeping"), texts.storage.saved);
  } else {
    const words = store.isJournaled() ? texts.storage.not_yet : texts.storage.not_saved;
    if (setText(slot("keeping"), words)) {
      announce(liveRegion, words);
    }
  }
  none.hidden = records.size > 0;
  if (records.size > 0) {
    find(root, '[data-block="some"]').hidden = false;
  } else {
    hide(find(root, '[data-block="some"]'), none);
  }
  if (!python.isReady) {
    showRows([...records.values()].map(rowBefore), []);
    return;
  }
  // The list needs neither notes nor logs, which may be long.
  const light = [...records.values()].map(({ notes: _, log: __, ...record }) => record);
  const response = await python.ask({ do: "overview", records: light }).catch(() => null);
  if (response?.problems && mine === listing) {
    announce(slot("compare-help"), response.problems.join(" "));
  } else if (response && mine === listing) {
    unread = new Set(response.unread.map((/** @type {{ id: string }} */ { id }) => id));
    showRows(response.rows, response.unread);
    showDocument(find(root, '[data-document="diary"]'), response.diary, {
      article: settings.article,
    });
  }
}

/** @param {ClientRecord} record @returns {Row} */
function rowBefore(record) {
  return {
    id: String(record.id),
    name: nameOf(record, texts.says.unnamed),
    state: "open",
    verdict: texts.load.waiting,
    next: "",
    decision: "",
    signs: [],
  };
}

/** @param {Row[]} rows @param {{ id: string, problems: string[] }[]} unread */
function showRows(rows, unread) {
  updateRows(list, [
    ...rows.map((row) => {
      const changed = records.get(row.id)?.changed;
      const more = {
        checklist: settings.checklist,
        pick: texts.says.pick,
        when: formatTime(dates, changed),
        isPicked: comparison.has(row.id),
      };
      const text = JSON.stringify([row, changed]);
      return { id: row.id, text, make: () => clientRow(row, more) };
    }),
    ...unread.map((one) => {
      const id = String(one.id);
      const name = nameOfUnread(id);
      const text = JSON.stringify([one, name]);
      return { id, text, make: () => unreadRow(name, one.problems) };
    }),
  ]);
  comparison.keep(records);
  filter.renew();
}

/** @param {string} id @returns {string} */
function nameOfUnread(id) {
  const name = records.get(id)?.name;
  return typeof name === "string" ? name : id;
}

/** @param {MouseEvent} event */
function onListClick(event) {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  const id = button?.closest("li")?.dataset.id;
  const record = id === undefined ? undefined : records.get(id);
  if (!button || !record) {
    return;
  }
  switch (button.dataset.row) {
    case "rename":
      askForName(record);
      break;
    case "duplicate":
      duplicate(record);
      break;
    case "delete":
      erase(record);
      break;
    case "download":
      exportRecord(record);
  }
}

/** @param {ClientRecord} record */
function askForName(record) {
  dialog("rename").dataset.id = record.id;
  findInput(dialog("rename"), "input").value = record.name ?? "";
  dialog("rename").returnValue = "";
  dialog("rename").showModal();
}

async function rename() {
  const { returnValue, dataset } = dialog("rename");
  const record = records.get(String(dataset.id));
  if (returnValue === "ok" && record) {
    const { value } = findInput(dialog("rename"), "input");
    const at = localTime(new Date());
    await store.update(record, withField(record, "name", value, at));
    await refresh();
    announce(liveRegion, fill(texts.says.renamed, { name: value || texts.says.unnamed }));
  }
}

/** @param {ClientRecord} record */
async function duplicate(record) {
  const name = fill(texts.says.copy_of, { name: nameOf(record, texts.says.unnamed) });
  await store.put([{ ...record, id: newId(), name, changed: localTime(new Date()) }]);
  await refresh();
  announce(liveRegion, fill(texts.says.duplicated, { name }));
}

/** @param {ClientRecord} record */
async function erase(record) {
  await store.remove([record.id]);
  await refresh();
  const name = nameOf(record, texts.says.unnamed);
  const undo = async () => {
    await store.put([record]);
    await refresh();
  };
  undoBar.offer(fill(texts.says.deleted, { name }), undo, () => rowOf(record.id));
}

/** @param {unknown} [id] @returns {HTMLElement} the way into a client's row, else into the list */
function rowOf(id) {
  const items = filter.shown();
  const item = items.find(({ dataset }) => dataset.id === String(id)) ?? items[0];
  return firstControl(item) ?? (records.size > 0 ? filter.field : none);
}

// Export and import

/** @param {"json" | "csv" | "md"} kind */
function save(kind) {
  const all = [...records.values()];
  const [whole, damaged] = [false, true].map((is) => all.filter(({ id }) => unread.has(id) === is));
  return exportClients({ whole, damaged }, kind, { python, limits: settings.file });
}

/** @param {ClientRecord[]} arriving @returns {Promise<HTMLElement>} the first one's row */
async function add(arriving) {
  const now = localTime(new Date());
  const taken = arriving.map((record) => ({ ...record, changed: record.changed ?? now }));
  const added = await store.add(taken);
  await refresh();
  const undo = async () => {
    await store.remove(added.map(({ id }) => id));
    await refresh();
  };
  undoBar.offer(fill(texts.says.added, { count: added.length }), undo, () => opener);
  return rowOf(added[0]?.id);
}

/** @param {(() => Promise<void>) | null} restore */
async function onWiped(restore) {
  if (restore) {
    comparison.close();
  }
  await refresh();
  if (restore) {
    const undo = async () => {
      await restore();
      await refresh();
    };
    undoBar.offer(texts.says.wiped, undo, () => rowOf());
  }
}

/** @param {string} name */
function slot(name) {
  return find(root, `[data-slot="${name}"]`);
}
