/**
 * The write-ahead journal in `localStorage`, which can be written synchronously. Each page has one
 * entry: a snapshot of the client that it shows, and its pending operations. If the page ends
 * before they are committed, the next page finds the entry.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {{ at: number, epoch?: string | null, record: ClientRecord | null,
 *   pending: Operation[] }} Entry `record` is the snapshot; `epoch` is the last wipe that the page
 *   had read of
 * @typedef {{ page: string, text: string, entry: Entry | null }} StoredEntry `entry` is null if the
 *   text is invalid
 */
import { isPlainObject } from "../client/record.js";
import { attempt, isFramed } from "./guards.js";
import { FIRST_EPOCH, isOperation } from "./operations.js";

const PROBE = JSON.stringify({ at: 0, record: null, pending: [] }); // an entry without anything

export class Journal {
  #path;
  #prefix;

  /** @param {string} path of the site; other sites may be on the same host */
  constructor(path) {
    this.#path = path;
    this.#prefix = `client-checklist:${path}:`;
  }

  /** @returns {StoredEntry[]} the newest first */
  read() {
    return itemsWhere((key) => key.startsWith(this.#prefix))
      .map(([key, text]) => ({ page: key.slice(this.#prefix.length), text, entry: parse(text) }))
      .sort((one, other) => (other.entry?.at ?? 0) - (one.entry?.at ?? 0));
  }

  /**
   * @param {string | null} id of the client that this tab showed last, null if unknown
   * @returns {ClientRecord | null} the snapshot to show until the database answers
   */
  snapshot(id) {
    const snapshots = this.read().flatMap(({ entry }) => entry?.record ?? []);
    return (id === null ? snapshots[0] : snapshots.find((record) => record.id === id)) ?? null;
  }

  /** @param {string} page @param {Entry} entry an empty one is removed
   * @returns {boolean} whether it succeeded */
  write(page, entry) {
    const isEmpty = !entry.record && entry.pending.length === 0;
    return setItem(this.#prefix + page, isEmpty ? null : attempt(() => JSON.stringify(entry)));
  }

  /** @returns {boolean} whether an entry can be written and read */
  isWritable() {
    const key = `${this.#prefix}probe`;
    const isWritten = setItem(key, PROBE);
    setItem(key, null);
    return isWritten;
  }

  /** Remove an entry unless its page has written it again. @param {StoredEntry} stored */
  remove({ page, text }) {
    const key = this.#prefix + page;
    if (attempt(() => localStorage.getItem(key)) === text) {
      setItem(key, null);
    }
  }

  /**
   * Remove snapshots of clients that no longer exist. An entry with pending operations stays.
   *
   * @param {(id: string, epoch: string) => boolean} isGone
   */
  removeSnapshots(isGone) {
    for (const stored of this.read()) {
      const { record, pending, epoch } = stored.entry ?? {};
      if (record && pending?.length === 0 && isGone(record.id, epoch ?? FIRST_EPOCH.id)) {
        this.remove(stored);
      }
    }
  }

  /** Remove every entry, and the stored palette.
   * @returns {() => void} restores the palette */
  wipe() {
    const palettes = itemsWhere((key) => key.startsWith(this.#path) && key.endsWith("__palette"));
    const entries = itemsWhere((key) => key.startsWith(this.#prefix));
    [...palettes, ...entries].forEach(([key]) => setItem(key, null));
    return () => palettes.forEach(([key, text]) => setItem(key, text));
  }
}

/** @param {string} text @returns {Entry | null} */
function parse(text) {
  const entry = attempt(() => JSON.parse(text));
  const isValid =
    isPlainObject(entry) &&
    typeof entry.at === "number" &&
    (entry.record === null ||
      (isPlainObject(entry.record) && typeof entry.record.id === "string")) &&
    Array.isArray(entry.pending) &&
    entry.pending.every(isOperation);
  return isValid ? /** @type {any} */ (entry) : null;
}

/** @param {(key: string) => boolean} matches @returns {[string, string][]} */
function itemsWhere(matches) {
  const items = isFramed() ? [] : (attempt(() => Object.entries({ ...localStorage })) ?? []);
  return items.filter(([key]) => matches(key));
}

/**
 * @param {string} key
 * @param {string | null | undefined} text null removes the item; undefined if JSON could not be
 *   written, as for an object that is nested too deeply
 * @returns {boolean} whether it succeeded
 */
function setItem(key, text) {
  if (text === undefined || isFramed()) {
    return false;
  }
  attempt(() => (text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text)));
  return attempt(() => localStorage.getItem(key)) === text; // a browser may ignore the write
}
