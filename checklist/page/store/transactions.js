/**
 * What one transaction reads or writes. Beside the rows of the clients the database holds six
 * single values: "epoch" is the last wipe, "open" the client that was opened last, "copied" what the
 * visitor last saved a copy of, "backup" the file that is kept up to date, "aside" the texts that
 * could not be read, and "moved" what was migrated from version 1.4.0.
 *
 * @typedef {import("./database.js").Stores} Stores
 * @typedef {import("./operations.js").Epoch} Epoch
 * @typedef {import("./operations.js").Mark} Mark
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {import("./operations.js").Row} Row
 * @typedef {import("./page-state.js").PageState} PageState
 * @typedef {{ at: number, changed: Record<string, string> }} Copy of all clients that the visitor
 *   saved: when, in milliseconds, and when each client in it had been changed
 * @typedef {{ file: any, unreadable: string[] }} Backup the handle of the file that is kept up to date,
 *   and the ids of the records that it lacks because they cannot be read
 */
import { isPlainObject } from "../client/record.js";
import { contains, FIRST_EPOCH, isMark, isRow } from "./operations.js";

/** @param {Stores} stores @returns {Promise<Epoch>} */
export async function readEpoch({ state }) {
  const stored = await state.get("epoch");
  return isMark(stored) ? stored : FIRST_EPOCH;
}

/** @param {Stores} stores @returns {Promise<Mark | undefined>} the client that was opened last */
export async function readOpened({ state }) {
  const stored = await state.get("open");
  return isMark(stored) ? stored : undefined;
}

/** @param {Stores} stores @param {string} id of the client that is open */
export function writeOpened({ state }, id) {
  return state.put({ id, at: Date.now() }, "open");
}

/** @param {Stores} stores @returns {Promise<Copy | null>} null if none was saved */
export async function readCopy({ state }) {
  const stored = await state.get("copied");
  const isCopy =
    isPlainObject(stored) && Number.isFinite(stored.at) && isPlainObject(stored.changed);
  return isCopy ? /** @type {any} */ (stored) : null;
}

/** @param {Stores} stores @param {Copy | null} copy null if none was saved */
export function writeCopy({ state }, copy) {
  return copy ? state.put(copy, "copied") : state.delete("copied");
}

/** @param {Stores} stores @returns {Promise<Backup | null>} null if no file was chosen */
export async function readBackup({ state }) {
  const stored = await state.get("backup");
  const isBackup = isPlainObject(stored) && stored.file && Array.isArray(stored.unreadable);
  return isBackup ? /** @type {any} */ (stored) : null;
}

/** @param {Stores} stores @param {Backup | null} backup null to forget the file */
export function writeBackup({ state }, backup) {
  return backup ? state.put(backup, "backup") : state.delete("backup");
}

/** @param {Stores} stores @returns {Promise<string[]>} */
export async function readUnreadable({ state }) {
  return textsOf(await state.get("aside"));
}

/** @param {Stores} stores @param {string[]} texts */
export async function addUnreadable(stores, texts) {
  if (texts.length > 0) {
    await stores.state.put([...(await readUnreadable(stores)), ...texts], "aside");
  }
}

/** @param {Stores} stores @param {{ id: string }[]} rows that cannot be read */
export async function moveUnreadableRows(stores, rows) {
  await Promise.all(rows.map(({ id }) => stores.clients.delete(id)));
  await addUnreadable(stores, rows.map(textOf));
}

/**
 * Apply pending operations to the stored rows. Unreadable values in their way are moved to the other
 * unreadable texts.
 *
 * @param {Stores} stores
 * @param {PageState} page
 * @param {Operation[]} operations
 * @param {string[]} texts that could not be read
 */
export async function writeOperations(stores, page, operations, texts) {
  const ids = idsOf(operations);
  page.setEpoch(await readEpoch(stores));
  const stored = await Promise.all(ids.map((id) => stores.clients.get(id)));
  /** @type {Map<string, Row | undefined>} */
  const rows = new Map(ids.map((id, index) => [id, rowOf(stored[index])]));
  operations.forEach((operation) => page.applyTo(rows, operation));
  await Promise.all([...rows.values()].map((row) => row && stores.clients.put(row)));
  const { shown } = page;
  if (shown && operations.some((one) => one.page === page.id && one.id === shown.id)) {
    await writeOpened(stores, shown.id);
  }
  const unreadable = stored.filter((row) => row && !isRow(row)).map(textOf);
  const values = await takeUnreadableValues(stores);
  await addUnreadable(stores, [...texts, ...unreadable, ...values]);
}

/** @param {Stores} stores @param {PageState} page @param {Operation[]} operations
 * @returns {Promise<boolean>} whether each is stored, or no longer applies */
export async function areStored({ clients }, page, operations) {
  const ids = idsOf(operations);
  const rows = await Promise.all(ids.map(async (id) => rowOf(await clients.get(id))));
  return operations.every((operation) => {
    const row = rows[ids.indexOf(operation.id)];
    return contains(row, operation) || page.apply(row, operation) === row;
  });
}

/** @param {Stores} stores @param {Epoch} wipe */
export async function wipeAll({ clients, state }, wipe) {
  const keys = ["open", "copied", "backup", "aside"];
  const deleted = [clients.clear(), ...keys.map((key) => state.delete(key))];
  await Promise.all([...deleted, state.put(wipe, "epoch")]);
}

/** @param {unknown} stored @returns {Row | undefined} undefined if it cannot be read */
export function rowOf(stored) {
  return isRow(stored) ? stored : undefined;
}

/** @param {unknown} stored @returns {string[]} */
export function textsOf(stored = []) {
  const isValid = Array.isArray(stored) && stored.every((text) => typeof text === "string");
  return isValid ? stored : [textOf(stored)];
}

/** @param {Stores} stores @returns {Promise<string[]>} the values that cannot be read, which are deleted */
async function takeUnreadableValues({ state }) {
  const texts = [];
  for (const key of ["epoch", "open"]) {
    const value = await state.get(key);
    if (value !== undefined && !isMark(value)) {
      texts.push(textOf({ [key]: value }));
      await state.delete(key);
    }
  }
  return texts;
}

/** @param {unknown} value @returns {string} */
function textOf(value) {
  return JSON.stringify(value);
}

/** @param {Operation[]} operations @returns {string[]} */
function idsOf(operations) {
  return [...new Set(operations.map(({ id }) => id))];
}
