/**
 * The stored row of a client, and the effect of an operation on it: pure functions.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./changes.js").Part} Part
 * @typedef {{ id: string, record: ClientRecord | null, revisions: Record<string, number> }} Row
 *   without a record it is the tombstone of a deleted client; `revisions` maps each page that
 *   changed the client to the revision of its last operation
 * @typedef {{ id: string, at: number }} Mark an id, and the time in milliseconds
 * @typedef {Mark} Epoch the last wipe
 * @typedef {{ id: string, page: string, revision: number, at: number, epoch: string | null,
 *   rules: string, change?: Part[], record?: ClientRecord }} Operation on the client `id`: an update
 *   if it has a change, a put if it has a record, else a deletion. `epoch` is null if the page had
 *   not read the epoch yet
 */
import { FORMAT, isPlainObject } from "../client/record.js";
import { merge } from "./changes.js";
import { attempt } from "./guards.js";

/** The epoch of a database that was never wiped. */
export const FIRST_EPOCH = { id: "", at: 0 };

const MAX_REVISIONS = 40; // of a row; the journals of older pages were replayed long ago

/** @param {unknown} value @returns {value is Row} */
export function isRow(value) {
  return (
    isPlainObject(value) &&
    isPlainObject(value.revisions) &&
    (value.record === null || (isPlainObject(value.record) && value.record.id === value.id))
  );
}

/** @param {unknown} value @returns {value is Mark} */
export function isMark(value) {
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
  const keys = attempt(() => JSON.parse(String(path)));
  return Array.isArray(keys) && keys.length > 0 && keys.slice(0, 2).every(isText);
}

/** @param {Row | undefined} row @param {Operation} operation
 * @returns {boolean} whether the operation was applied to the row */
export function contains(row, { page, revision }) {
  return revision <= (row?.revisions[page] ?? 0);
}

/**
 * @param {Row | undefined} row undefined if the client was never stored
 * @param {Operation} operation
 * @param {Epoch} epoch the database's
 * @param {object} context
 * @param {string} context.page the page that applies the operation
 * @param {boolean} [context.isRetry] whether a transaction with the operation failed; another page
 *   may have changed the same parts since
 * @param {ClientRecord} [context.known] the client as this page knows it, in case the database lost
 *   it
 * @returns {Row | undefined} the same row if the operation does not apply: the row contains it, the
 *   client was deleted, or everything was wiped after it
 */
export function applyOperation(row, operation, epoch, { page, isRetry, known }) {
  const { id, change, rules } = operation;
  const isOwn = operation.page === page;
  // What this page puts or deletes now is intended, even if it does not know of a wipe yet.
  const isValid = isAfterWipe(operation, epoch) || (isOwn && !change);
  if (contains(row, operation) || !isValid) {
    return row;
  }
  const revisions = withRevision(row?.revisions ?? {}, operation);
  if (!change) {
    const record = operation.record ? { ...operation.record, id } : null;
    // Another page's put would overwrite later changes, unless it undoes that page's deletion.
    const isUndo = row?.record === null && operation.page in row.revisions;
    return record && row && !isOwn && !isUndo ? row : { id, record, revisions };
  }
  if (row) {
    return row.record
      ? { id, record: merge(row.record, change, isOwn && !isRetry), revisions }
      : row;
  }
  /** @type {ClientRecord} */
  const blank = { format: FORMAT, rules, id, answers: {} };
  return { id, record: (isOwn && known) || merge(blank, change), revisions };
}

/** @param {Operation} operation @param {Epoch} epoch @returns {boolean} */
function isAfterWipe(operation, epoch) {
  const isLater = operation.epoch === null && operation.at > epoch.at;
  return epoch.at === FIRST_EPOCH.at || operation.epoch === epoch.id || isLater;
}

/** @param {Row["revisions"]} revisions @param {Operation} operation @returns {Row["revisions"]} */
export function withRevision(revisions, { page, revision }) {
  const others = Object.entries(revisions).filter(([one]) => one !== page);
  return Object.fromEntries([...others.slice(1 - MAX_REVISIONS), [page, revision]]);
}
