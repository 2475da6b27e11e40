/**
 * Migration from version 1.4.0 and earlier, whose names for stored data had no path of the site.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./database.js").Database} Database
 * @typedef {import("./database.js").Stores} Stores
 * @typedef {{ records: ClientRecord[], unreadable: string[], open: string | null }} Legacy `open` is
 *   the id of the client that was open last
 */
import { deleteDB, openDB } from "idb";
import { blank, FORMAT, isPlainObject, newId } from "../client/record.js";
import { difference, isSame, merge } from "./changes.js";
import { databaseExists } from "./database.js";
import { attempt, withTimeout } from "./guards.js";
import { FIRST_EPOCH } from "./operations.js";
import { addUnreadable, textsOf } from "./transactions.js";

const DATABASE = "client-checklist";
const CLIENTS = "cases";
const KEYS = ["last", "snapshot", "unsaved", "case", "set-aside"];
const OPEN_MS = 5_000;

/** Move all data into the database, then remove it. @param {Database} database
 * @returns {Promise<void>} rejects if something could not be read or written */
export async function migrateLegacy(database) {
  const legacy = await readLegacy();
  if (!legacy) {
    return;
  }
  if (legacy.records.length + legacy.unreadable.length > 0) {
    await database.write((stores) => writeLegacy(stores, legacy));
  }
  await removeLegacy();
}

/**
 * Each version of a record is migrated once: if the old database could not be deleted, a client
 * that was deleted or wiped since must not come back.
 *
 * @param {Stores} stores
 * @param {Legacy} legacy
 */
async function writeLegacy(stores, legacy) {
  const { clients, state } = stores;
  const moved = new Set(textsOf(await state.get("moved")));
  for (const record of legacy.records) {
    const version = JSON.stringify([record.id, record.changed]);
    const row = await clients.get(record.id);
    if (!moved.has(version) && row?.record !== null && !isSame(row?.record, record)) {
      const id = row ? newId() : record.id;
      await clients.put({ id, record: { ...record, id }, revisions: {} });
    }
    moved.add(version);
  }
  await addUnreadable(stores, legacy.unreadable);
  await state.put([...moved], "moved");
  if (legacy.open && !(await state.get("open"))) {
    await state.put({ id: legacy.open, at: FIRST_EPOCH.at }, "open");
  }
}

/** @returns {Promise<Legacy | null>} null if there is none; rejects if it could not be read */
export async function readLegacy() {
  const stored = (await databaseExists(DATABASE)) ? await readDatabase() : [];
  const texts = KEYS.map((key) => attempt(() => localStorage.getItem(`client-checklist:${key}`)));
  const [last, , unsaved, single, aside] = texts;
  if (stored.length === 0 && texts.every((text) => !text)) {
    return null;
  }
  const records = new Map(stored.map((record) => [record.id, record]));
  const unreadable = (aside ?? "").split("\n\n").filter(Boolean);
  let open = last ?? null;

  const changes = attempt(() => JSON.parse(unsaved || "{}"));
  for (const [id, change] of isPlainObject(changes) ? Object.entries(changes) : []) {
    const { record: after, saved } = /** @type {any} */ (isPlainObject(change) ? change : {});
    if (isPlainObject(after) && isPlainObject(after.answers)) {
      const current = /** @type {ClientRecord} */ (/** @type {unknown} */ (after));
      const before = saved ?? { ...blank(current.rules), id };
      const other = records.get(id);
      records.set(id, other ? merge(other, difference(before, current)) : { ...current, id });
    } else {
      unreadable.push(JSON.stringify(change));
    }
  }
  if (unsaved && !isPlainObject(changes)) {
    unreadable.push(unsaved);
  }

  const record = attempt(() => JSON.parse(single ?? ""));
  if (isPlainObject(record) && record.format === FORMAT && isPlainObject(record.answers)) {
    open = typeof record.id === "string" && record.id ? record.id : newId();
    records.set(open, /** @type {ClientRecord} */ ({ ...record, id: open }));
  } else if (single) {
    unreadable.push(single);
  }
  return { records: [...records.values()], unreadable, open };
}

/** @returns {Promise<void>} */
export async function removeLegacy() {
  for (const key of KEYS) {
    attempt(() => localStorage.removeItem(`client-checklist:${key}`));
  }
  attempt(() => sessionStorage.removeItem("client-checklist:last"));
  if (await databaseExists(DATABASE)) {
    await withTimeout(deleteDB(DATABASE), OPEN_MS).catch(() => {}); // the next visit tries again
  }
}

/** @returns {Promise<ClientRecord[]>} */
async function readDatabase() {
  const opening = openDB(DATABASE, undefined, {
    upgrade(_db, _old, _new, transaction) {
      transaction.done.catch(() => {});
      transaction.abort(); // it does not exist: do not create it
    },
  });
  const database = await withTimeout(opening, OPEN_MS).catch((error) => {
    if (error.name === "AbortError") {
      return null;
    }
    throw error;
  });
  const hasClients = database?.objectStoreNames.contains(CLIENTS);
  const found = hasClients ? await database?.getAll(CLIENTS) : [];
  database?.close();
  return found ?? [];
}
