/**
 * What version 1.4.0 and those before it stored, under names without the site's path: it is moved
 * once into the database of today.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { deleteDB, openDB } from "idb";
import { blank, FORMAT, isPlainObject, newId } from "../client/record.js";
import { applied, difference } from "./changes.js";
import { isThere, withinTime } from "./database.js";
import { attempt } from "./journal.js";

const DATABASE = "client-checklist";
const CLIENTS = "cases";
const KEYS = ["last", "snapshot", "unsaved", "case", "set-aside"];
const OPEN_MS = 5_000;

/** @returns {Promise<{ records: ClientRecord[], aside: string[], open: string | null } | null>} nothing
 *   where nothing of it is left; `aside` is what could not be understood; rejects where the browser
 *   does not let it be read */
export async function readLegacy() {
  const stored = (await isThere(DATABASE)) ? await readDatabase() : [];
  const texts = KEYS.map((key) => attempt(() => localStorage.getItem(`client-checklist:${key}`)));
  const [last, , unsaved, single, setAside] = texts;
  if (stored.length === 0 && texts.every((text) => !text)) {
    return null;
  }
  const records = new Map(stored.map((record) => [record.id, record]));
  const aside = (setAside ?? "").split("\n\n").filter(Boolean);
  let open = last ?? null;

  const changes = attempt(() => JSON.parse(unsaved || "{}"));
  for (const [id, change] of isPlainObject(changes) ? Object.entries(changes) : []) {
    const { record: now, saved } = /** @type {any} */ (isPlainObject(change) ? change : {});
    if (isPlainObject(now) && isPlainObject(now.answers)) {
      const after = /** @type {ClientRecord} */ (/** @type {unknown} */ (now));
      const base = saved ?? { ...blank(after.rules), id };
      const theirs = records.get(id);
      records.set(id, theirs ? applied(theirs, difference(base, after)) : { ...after, id });
    } else {
      aside.push(JSON.stringify(change));
    }
  }
  if (unsaved && !isPlainObject(changes)) {
    aside.push(unsaved);
  }

  const record = attempt(() => JSON.parse(single ?? ""));
  if (isPlainObject(record) && record.format === FORMAT && isPlainObject(record.answers)) {
    open = typeof record.id === "string" && record.id ? record.id : newId();
    records.set(open, /** @type {ClientRecord} */ ({ ...record, id: open }));
  } else if (single) {
    aside.push(single);
  }
  return { records: [...records.values()], aside, open };
}

/** @returns {Promise<void>} */
export async function removeLegacy() {
  for (const key of KEYS) {
    attempt(() => localStorage.removeItem(`client-checklist:${key}`));
  }
  attempt(() => sessionStorage.removeItem("client-checklist:last"));
  if (await isThere(DATABASE)) {
    await withinTime(deleteDB(DATABASE), OPEN_MS).catch(() => {}); // the next visit tries again
  }
}

/** @returns {Promise<ClientRecord[]>} */
async function readDatabase() {
  const opening = openDB(DATABASE, undefined, {
    upgrade(_db, _old, _new, transaction) {
      transaction.done.catch(() => {});
      transaction.abort(); // there is none: make none
    },
  });
  const database = await withinTime(opening, OPEN_MS).catch((error) => {
    if (error.name === "AbortError") {
      return null;
    }
    throw error;
  });
  const isFilled = database?.objectStoreNames.contains(CLIENTS);
  const found = isFilled ? await database?.getAll(CLIENTS) : [];
  database?.close();
  return found ?? [];
}
