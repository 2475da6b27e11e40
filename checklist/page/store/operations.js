/**
 * What the database holds of a client, and what an operation makes of it: pure functions.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./changes.js").Part} Part
 * @typedef {{ id: string, record: ClientRecord | null, revisions: Record<string, number> }} Row
 *   `record` is null once the client is deleted (a tombstone); `revisions` has for each page that
 *   changed the client the number of its last operation
 * @typedef {{ id: string, at: number }} Epoch the last wipe, at so many milliseconds since 1970; in
 *   the same form the database has the client that was opened last
 * @typedef {{ id: string, page: string, revision: number, at: number, epoch: string | null,
 *   rules: string, change?: Part[], record?: ClientRecord }} Operation a change; a record to be put;
 *   else a deletion. `epoch` is null where the page had not read it yet
 */
import { FORMAT, isPlainObject } from "../client/record.js";
import { applied } from "./changes.js";

/** The epoch of a database in which nothing was ever wiped. */
export const FIRST = { id: "", at: 0 };

const PAGES_KEPT = 40; // of a row's revisions; journals of older pages are long replayed

/** @param {unknown} value @returns {value is Row} */
export function isRow(value) {
  return (
    isPlainObject(value) &&
    isPlainObject(value.revisions) &&
    (value.record === null || (isPlainObject(value.record) && value.record.id === value.id))
  );
}

/** @param {unknown} value @returns {value is Epoch} */
export function isEpoch(value) {
  return isPlainObject(value) && typeof value.id === "string" && Number.isFinite(value.at);
}

/** @param {unknown} value @returns {value is Operation} */
export function isOperation(value) {
  if (!isPlainObject(value)) {
    return false;
  }
  const { id, page, rules, revision, at, change = [], record = {} } = value;
  return (
    [id, page, rules].every(isText) &&
    [revision, at].every(Number.isFinite) &&
    Array.isArray(change) &&
    change.every((part) => isPlainObject(part) && isPath(part.path)) &&
    isPlainObject(record)
  );
}

/** @param {unknown} value @returns {boolean} */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} path @returns {boolean} */
function isPath(path) {
  try {
    const keys = JSON.parse(String(path));
    return Array.isArray(keys) && keys.length > 0 && keys.slice(0, 2).every(isText);
  } catch {
    return false;
  }
}

/** @param {Row | undefined} row @param {Operation} operation @returns {boolean} */
export function contains(row, { page, revision }) {
  return revision <= (row?.revisions[page] ?? 0);
}

/**
 * @param {Row | undefined} row nothing where the client was never stored
 * @param {Operation} operation
 * @param {Epoch} epoch the database's
 * @param {{ page: string, isRetried?: boolean, seen?: ClientRecord }} reader the page that applies it;
 *   whether it has tried before, so that others may have changed the same since; the client as the
 *   page shows it, for a database that lost it meanwhile
 * @returns {Row | undefined} the row itself where the operation is not to be applied: the row
 *   contains it, the client was deleted, or everything was wiped after it
 */
export function afterOperation(row, operation, epoch, { page, isRetried, seen }) {
  const { id, change, rules } = operation;
  const isOwn = operation.page === page;
  // What this page deletes or adds now is meant so, whatever was wiped before.
  if (contains(row, operation) || !(isOf(epoch, operation) || (isOwn && !change))) {
    return row;
  }
  const revisions = withRevision(row?.revisions ?? {}, operation);
  if (!change) {
    const record = operation.record ? { ...operation.record, id } : null;
    // A copy from a journal would overwrite what has happened to the client since; but a deletion
    // is taken back by the page that made it.
    const isTakenBack = row?.record === null && operation.page in row.revisions;
    return record && row && !isOwn && !isTakenBack ? row : { id, record, revisions };
  }
  if (row) {
    return row.record
      ? { id, record: applied(row.record, change, isOwn && !isRetried), revisions }
      : row;
  }
  /** @type {ClientRecord} */
  const blank = { format: FORMAT, rules, id, answers: {} };
  return { id, record: (isOwn && seen) || applied(blank, change), revisions };
}

/** @param {Epoch} epoch @param {Operation} operation @returns {boolean} */
function isOf(epoch, operation) {
  const isLater = operation.epoch === null && operation.at > epoch.at;
  return epoch.at === FIRST.at || operation.epoch === epoch.id || isLater;
}

/** @param {Row["revisions"]} revisions @param {Operation} operation @returns {Row["revisions"]} */
export function withRevision(revisions, { page, revision }) {
  const others = Object.entries(revisions).filter(([one]) => one !== page);
  return Object.fromEntries([...others.slice(1 - PAGES_KEPT), [page, revision]]);
}
