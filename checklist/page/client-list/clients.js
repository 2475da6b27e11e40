/**
 * All clients: the list, side by side, in and out, and the way to erase everything.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ title: string, count: string, status: string, cells: string[] }} SignRow
 * @typedef {{ id: string, name: string, state: string, verdict: string, next: string,
 *   decision: string, signs: SignRow[] }} Row
 */
import { showDocument } from "../ui/documents.js";
import { focusOn, hide } from "../ui/focus.js";
import {
  create,
  debounce,
  download,
  fileName,
  fill,
  find,
  findInput,
  formatTime,
  fromTemplate,
  readSettings,
  setText,
} from "../ui/dom.js";
import { createPrinting } from "../ui/printing.js";
import { earlyStart } from "../python/early-start.js";
import { createPython } from "../python/python.js";
import { localTime, nameOf, newId, withField } from "../client/record.js";
import { firstControl, updateRows } from "../ui/keyed-list.js";
import { announce, clearAnnouncements, liveRegionOf } from "../ui/announce.js";
import { createStore } from "../store/store.js";
import { createUndoBar } from "../ui/undo-bar.js";

const FEWEST = 2;
const MOST = 4;
const TYPING_MS = 400;
const BETWEEN_DOWNLOADS_MS = 500; // a browser may drop one that another follows at once
const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };

const settings = readSettings();
const { texts, lang } = settings;
const root = find(document.body, "[data-clients]");
const store = createStore(settings.path);
const voice = liveRegionOf(root);
const undoBar = createUndoBar(root, texts.says);
const printing = createPrinting(root, settings.article, texts.says.differs);
const python = createPython({ settings, root, onStatus });
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
const list = find(root, '[data-list="clients"]');
const filter = findInput(root, '[data-field="filter"]');
const none = find(root, '[data-block="none"]');
const opener = find(root, '[data-action="import"]');
const tellFound = debounce(() => announce(slot("found"), found()), TYPING_MS);

/** @type {Map<string, ClientRecord>} */
let records = new Map();
/** @type {Set<string>} */
const picked = new Set();
/** @type {Set<unknown>} the clients that Python cannot read, when it was last asked */
let unread = new Set();
/** @type {ClientRecord[]} */
let arriving = [];
/** @type {import("../ui/documents.js").Document | null} */
let compared = null;
let listing = 0;

python.start();
earlyStart().startTheme();
refresh();
store.subscribe((ids) => {
  if (ids === null) {
    closeCompared(); // another tab has wiped everything: nothing of it is left, or brought back
    undoBar.close();
  }
  refresh();
});
addEventListener("pageshow", (event) => event.persisted && refresh());
// For browsers in which tabs do not hear each other. A page that is put aside in the middle of a
// transaction may keep others waiting, so nothing is read when it is hidden.
addEventListener("visibilitychange", () => document.hidden || refresh());
filter.addEventListener("input", () => {
  showFiltered();
  tellFound.call();
});
list.addEventListener("click", onListClick);
list.addEventListener("change", onPick);
on("retry", () => {
  focusOn(slot("engine")); // the button goes
  python.retry();
});
on("compare", compare);
on("print-compare", () => compared && printing.print(compared));
opener.addEventListener("click", () => findInput(root, '[data-field="file"]').click());
findInput(root, '[data-field="file"]').addEventListener("change", readFiles);
on("add-arriving", addArriving);
on("drop-arriving", () => closeArriving(opener));
on("wipe", askToWipe);
on("wipe-save", () => save("json"));
on("wipe-really", wipe);
on("wipe-cancel", () => dialog("wipe").close());
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
      announce(voice, words);
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
  const said = await python.ask({ do: "overview", records: light }).catch(() => null);
  if (said?.problems && mine === listing) {
    announce(slot("compare-help"), said.problems.join(" "));
  } else if (said && mine === listing) {
    unread = new Set(said.unread.map((/** @type {{ id: string }} */ { id }) => id));
    showRows(said.rows, said.unread);
    showDocument(find(root, '[data-document="diary"]'), said.diary, { article: settings.article });
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
      const text = JSON.stringify([row, records.get(row.id)?.changed]);
      return { id: row.id, text, make: () => rowFor(row) };
    }),
    ...unread.map((one) => {
      const id = String(one.id);
      const text = JSON.stringify([one, nameOfUnread(id)]);
      return { id, text, make: () => unreadFor(one) };
    }),
  ]);
  for (const id of picked) {
    if (!records.has(id)) {
      picked.delete(id);
    }
  }
  showPicked();
  showFiltered();
  setText(slot("found"), found());
}

/** @param {Row} row */
function rowFor(row) {
  const item = fromTemplate("client");
  item.dataset.state = row.state;
  const link = find(item, '[data-slot="name"]');
  setText(link, row.name);
  link.setAttribute("href", `${settings.checklist}#case=${encoded(row.id)}`);
  setText(find(item, '[data-slot="verdict"]'), row.verdict);
  setText(find(item, '[data-slot="next"]'), row.next);
  const when = formatTime(dates, records.get(row.id)?.changed);
  setText(find(item, '[data-slot="when"]'), [row.decision, when].filter(Boolean).join(" · "));
  find(item, '[data-list="signs"]').append(...row.signs.map(signFor));
  const box = findInput(item, "input");
  box.checked = picked.has(row.id);
  setText(find(item, '[data-slot="pick"]'), fill(texts.says.pick, { name: row.name }));
  nameButtons(item, row.name);
  return item;
}

/** Of many buttons with the same word each says whose it is.
 * @param {HTMLElement} item @param {string} name */
function nameButtons(item, name) {
  for (const button of item.querySelectorAll("button")) {
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  }
}

/** @param {string} text @returns {string} empty where half a character is in it */
function encoded(text) {
  try {
    return encodeURIComponent(text);
  } catch {
    return "";
  }
}

/** @param {SignRow} sign */
function signFor({ title, count, status, cells }) {
  const item = fromTemplate("client-sign");
  const shown = cells.map((state) => {
    const cell = create("i");
    cell.dataset.state = state;
    return cell;
  });
  find(item, ".meter").append(...shown);
  setText(find(item, '[data-slot="sign"]'), `${title}: ${count}, ${status}`);
  return item;
}

/** @param {{ id: string, problems: string[] }} unread */
function unreadFor({ id, problems }) {
  const item = fromTemplate("unread");
  const name = nameOfUnread(String(id));
  setText(find(item, '[data-slot="name"]'), name);
  nameButtons(item, name);
  find(item, "ul").append(...problems.map((problem) => create("li", problem)));
  return item;
}

/** @param {string} id @returns {string} */
function nameOfUnread(id) {
  const name = records.get(id)?.name;
  return typeof name === "string" ? name : id;
}

function showFiltered() {
  const wanted = filter.value.trim().toLocaleLowerCase(lang);
  for (const element of list.children) {
    const item = /** @type {HTMLElement} */ (element);
    const name = find(item, '[data-slot="name"]').textContent ?? "";
    if (name.toLocaleLowerCase(lang).includes(wanted)) {
      item.hidden = false;
    } else {
      hide(item, filter);
    }
  }
}

/** @returns {string} how many the filter leaves; empty where there is none */
function found() {
  const { length } = shownRows();
  if (filter.value.trim() === "") {
    return "";
  }
  return length === 0
    ? texts.says.none_found
    : fill(texts.says.found, { count: length, total: records.size });
}

function shownRows() {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  return items.filter((item) => !item.hidden);
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
      download(JSON.stringify(record, null, 2), fileName("json"), TYPES.json);
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
    announce(voice, fill(texts.says.renamed, { name: value || texts.says.unnamed }));
  }
}

/** @param {ClientRecord} record */
async function duplicate(record) {
  const name = fill(texts.says.copy_of, { name: nameOf(record, texts.says.unnamed) });
  await store.put([{ ...record, id: newId(), name, changed: localTime(new Date()) }]);
  await refresh();
  announce(voice, fill(texts.says.duplicated, { name }));
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
  const items = shownRows();
  const item = items.find(({ dataset }) => dataset.id === String(id)) ?? items[0];
  return firstControl(item) ?? (records.size > 0 ? filter : none);
}

// Side by side

/** @param {Event} event */
function onPick(event) {
  const box = /** @type {HTMLInputElement} */ (event.target);
  const id = String(box.closest("li")?.dataset.id);
  if (box.checked) {
    picked.add(id);
  } else {
    picked.delete(id);
  }
  showPicked();
}

function showPicked() {
  const enough = picked.size >= FEWEST && picked.size <= MOST;
  find(root, '[data-action="compare"]').setAttribute("aria-disabled", String(!enough));
  setText(slot("picked"), fill(texts.says.picked, { count: picked.size }));
}

async function compare() {
  if (picked.size < FEWEST || picked.size > MOST) {
    announce(slot("compare-help"), texts.says.compare_help);
    return;
  }
  clearAnnouncements(slot("compare-help"));
  const chosen = [...picked].map((id) => records.get(id));
  const answer = await python.askWhenReady({ do: "compare", records: chosen });
  if (answer.problems) {
    announce(slot("compare-help"), answer.problems.join(" "));
    return;
  }
  compared = answer.document;
  const section = find(root, '[data-block="compare"]');
  section.hidden = false;
  showDocument(find(root, '[data-document="compare"]'), answer.document, {
    article: settings.article,
    differs: texts.says.differs,
  });
  find(section, "h2").focus();
}

function closeCompared() {
  picked.clear();
  compared = null;
  find(root, '[data-block="compare"]').hidden = true;
  find(root, '[data-document="compare"]').replaceChildren();
}

// In and out

/** @param {keyof typeof TYPES} kind */
async function save(kind) {
  const all = [...records.values()];
  const [whole, damaged] = [false, true].map((is) => all.filter(({ id }) => unread.has(id) === is));
  try {
    const said = await python.ask({ do: "export", records: whole, as: kind });
    if (said.problems) {
      throw new Error(said.problems.join("\n"));
    }
    await saveFiles([said.text, ...(said.more ?? [])], kind, "client-cases");
  } catch {
    // Without Python the records go out as they lie here.
    await saveFiles(filesOf(whole), "json", "client-cases");
  }
  // A damaged record in a file makes the whole file one that cannot be imported.
  if (damaged.length > 0) {
    await saveFiles(filesOf(damaged), "json", "client-cases-unread");
  }
}

/** @param {string[]} files @param {keyof typeof TYPES} kind @param {string} name */
async function saveFiles(files, kind, name) {
  for (const [index, text] of files.entries()) {
    const part = files.length > 1 ? `-${index + 1}-of-${files.length}` : "";
    download(text, fileName(kind, name + part), TYPES[kind]);
    await new Promise((go) => setTimeout(go, BETWEEN_DOWNLOADS_MS));
  }
}

/** @param {ClientRecord[]} all @returns {string[]} as many files as it takes for each to be imported */
function filesOf(all) {
  const text = JSON.stringify({ format: "client-cases/1", cases: all }, null, 2);
  const { largest, most_clients, most_parts } = settings.file;
  const parts = text.match(/[,[\]{}]/g)?.length ?? 0;
  const fits = new Blob([text]).size <= largest && parts <= most_parts;
  if (all.length < 2 || (all.length <= most_clients && fits)) {
    return [text];
  }
  const middle = all.length >> 1;
  return [...filesOf(all.slice(0, middle)), ...filesOf(all.slice(middle))];
}

/** Read one file, or the parts of an export; what is refused of one adds nothing of it.
 * @param {Event} event */
async function readFiles(event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const files = [...(field.files ?? [])];
  if (files.length === 0) {
    return;
  }
  showArriving([texts.says.reading], []);
  /** @type {string[]} */
  const lines = [];
  /** @type {ClientRecord[]} */
  const found = [];
  for (const file of files) {
    const read = await readFile(file, found);
    lines.push(...read.lines);
    found.push(...read.records);
  }
  showArriving(lines, found);
  field.value = "";
}

/** What is not UTF-8 is refused as it is on the command line: read all the same, it would be damaged.
 * @param {File} file
 * @param {ClientRecord[]} found in the files before it
 * @returns {Promise<{ lines: string[], records: ClientRecord[] }>} */
async function readFile(file, found) {
  const { name, size } = file;
  const refused = (/** @type {string} */ line) => ({ lines: [line], records: [] });
  if (size > settings.file.largest) {
    return refused(fill(settings.file.too_large, { name }));
  }
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) {
    return refused(fill(settings.file.unreadable, { name }));
  }
  try {
    return await readText(name, new TextDecoder("utf-8", { fatal: true }).decode(bytes), found);
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
    return refused(fill(settings.file.not_text, { name, byte: firstBadByte(bytes) }));
  }
}

/** @param {ArrayBuffer} bytes @returns {number} the offset of the first byte that is not UTF-8 */
function firstBadByte(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(text.slice(0, text.indexOf("\ufffd"))).length;
}

/** @param {string} name @param {string} text @param {ClientRecord[]} found in the files before it */
async function readText(name, text, found) {
  // Only a client that the file names can be the same; with all of them the request would be long.
  const here = [...(await store.list()), ...found].filter(({ id }) => {
    const first = String(id).replace(/-\d+$/, "");
    return first === settings.file.without_id || !/^[\w-]+$/.test(first) || text.includes(first);
  });
  const said = await python.askWhenReady({ do: "import", text, here });
  const refused = said.problems && [fill(texts.says.refused, { name }), ...said.problems];
  return { lines: refused ?? said.lines, records: said.records ?? [] };
}

/** @param {string[]} lines @param {ClientRecord[]} found */
function showArriving(lines, found) {
  arriving = found;
  find(root, '[data-block="arriving"]').hidden = false;
  find(root, '[data-list="arriving"]').replaceChildren(...lines.map((line) => create("li", line)));
  find(root, '[data-action="add-arriving"]').hidden = found.length === 0;
  announce(voice, lines.join(" "));
}

async function addArriving() {
  const now = localTime(new Date());
  const taken = arriving.map((record) => ({ ...record, changed: record.changed ?? now }));
  arriving = []; // pressed twice, it adds once
  if (taken.length === 0) {
    return;
  }
  const added = await store.add(taken);
  await refresh();
  closeArriving(rowOf(added[0]?.id));
  const undo = async () => {
    await store.remove(added.map(({ id }) => id));
    await refresh();
  };
  undoBar.offer(fill(texts.says.added, { count: added.length }), undo, () => opener);
}

/** @param {HTMLElement} next where the focus goes */
function closeArriving(next) {
  arriving = [];
  hide(find(root, '[data-block="arriving"]'), next);
}

// Erasing everything

async function askToWipe() {
  setText(slot("wipe-clients"), fill(texts.says.wipe_clients, { count: records.size }));
  dialog("wipe").showModal();
  const aside = await store.setAside(); // the database may take its time
  setText(slot("wipe-aside"), aside === null ? "" : texts.says.wipe_aside);
}

async function wipe() {
  dialog("wipe").close();
  const restore = await store.wipe();
  if (restore) {
    closeCompared();
  }
  await refresh();
  if (!restore) {
    setText(slot("keeping"), texts.says.not_wiped);
    announce(voice, texts.says.not_wiped);
    return;
  }
  const undo = async () => {
    await restore();
    await refresh();
  };
  undoBar.offer(texts.says.wiped, undo, () => rowOf());
}

/** @param {string} name */
function slot(name) {
  return find(root, `[data-slot="${name}"]`);
}
