/**
 * The store of the clients, through which a page reads and changes them.
 *
 * The database is the source of truth. An update goes through these steps:
 *
 * 1. The difference of the two records becomes a pending operation with a revision (the page and a
 *    number).
 * 2. The page's journal entry is written, synchronously.
 * 3. A transaction merges the pending operations into the stored rows, which keep the revisions: an
 *    operation is applied only once, even if another page finds it in an older journal.
 * 4. A second transaction reads the rows back. If they are complete, the operations are committed:
 *    they leave the journal, and a message tells other tabs, which then read the clients again.
 *
 * If the journal fails, an update is stored a moment later. If the database fails, the journal keeps
 * it; if both fail, the page's memory does. Without the channel other tabs read it when they are
 * shown again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 */
import { hasContent, newId } from "../client/record.js";
import { difference } from "./changes.js";
import { isFramed } from "./guards.js";
import { Journal } from "./journal.js";
import { removeLegacy } from "./legacy.js";
import { isRow } from "./operations.js";
import { PageState } from "./page-state.js";
import { Persistence } from "./persistence.js";
import {
  moveUnreadableRows,
  readBackup,
  readCopy,
  readOpened,
  readUnreadable,
  rowOf,
  writeBackup,
  writeCopy,
  wipeAll,
  writeOpened,
} from "./transactions.js";

export class Store {
  #page = new PageState();
  #journal;
  #persistence;
  /** @type {Set<(ids: string[] | null) => void>} */
  #subscribers = new Set();
  #onCommitted = () => {};

  /** @param {string} path of the site; other sites may be on the same host */
  constructor(path) {
    this.#journal = new Journal(path);
    this.#persistence = new Persistence(
      `client-checklist:${path}`,
      this.#page,
      this.#journal,
      (ids) => this.#subscribers.forEach((call) => call(ids)),
      () => this.#onCommitted(),
    );
  }

  /** @param {string} id @returns {Promise<ClientRecord | undefined>} */
  async get(id) {
    await this.#persistence.ready;
    const stored = await this.#persistence.read(({ clients }) => clients.get(id));
    return this.#page.read(id, rowOf(stored));
  }

  /** @returns {Promise<ClientRecord[]>} */
  async list() {
    await this.#persistence.ready;
    const stored = (await this.#persistence.read(({ clients }) => clients.getAll())) ?? [];
    const unreadable = stored.filter((row) => !isRow(row));
    if (unreadable.length > 0) {
      await this.#persistence.write((stores) => moveUnreadableRows(stores, unreadable));
    }
    const rows = new Map(stored.filter(isRow).map((row) => [row.id, row]));
    if (this.#persistence.isReadable) {
      const { epoch } = this.#page;
      this.#journal.removeSnapshots((id, known) =>
        rows.has(id) ? !rows.get(id)?.record : known !== epoch.id,
      );
    }
    const ids = new Set([...rows.keys(), ...this.#page.pending.map(({ id }) => id)]);
    return [...ids].flatMap((id) => this.#page.read(id, rows.get(id)) ?? []);
  }

  /** @param {ClientRecord[]} records replace those with the same ids
   * @returns {Promise<boolean>} whether they are committed */
  put(records) {
    return this.#persistence.submit(records.map((record) => ({ id: record.id, record })));
  }

  /** Add clients. One whose id exists gets another id.
   * @param {ClientRecord[]} records @returns {Promise<ClientRecord[]>} as they were added */
  async add(records) {
    const existing = new Set((await this.list()).map(({ id }) => id));
    const added = records.map((one) => (existing.has(one.id) ? { ...one, id: newId() } : one));
    await this.put(added);
    return added;
  }

  /**
   * Merge the difference of two versions of a client into the stored version.
   *
   * @param {ClientRecord} before
   * @param {ClientRecord} after
   * @returns {Promise<ClientRecord | undefined>} the stored version; undefined if it was deleted
   */
  async update(before, after) {
    const { id, rules } = after;
    const page = this.#page;
    page.shown = page.shown && after;
    if (page.known.has(id)) {
      page.known.set(id, after);
    }
    const requests = [{ id, rules, change: difference(before, after) }];
    let isCommitted = await this.#persistence.submit(requests);
    let record = await this.get(id);
    if (!record && isCommitted && !hasContent(before)) {
      // A new client, begun before this page read of a wipe, which dropped the operation.
      isCommitted = await this.#persistence.submit(requests);
      record = await this.get(id);
    }
    return record ?? (isCommitted && this.#persistence.isReadable ? undefined : after);
  }

  /** @param {string[]} ids @returns {Promise<boolean>} whether the deletions are committed */
  delete(ids) {
    ids.forEach((id) => this.#page.known.delete(id));
    this.#journal.removeSnapshots((id) => ids.includes(id));
    return this.#persistence.submit(ids.map((id) => ({ id })));
  }

  /**
   * Delete every client and all other data of the visitor.
   *
   * @returns {Promise<(() => Promise<void>) | null>} undoes it; null if the database could not be
   *   emptied
   */
  async wipe() {
    const [records, text] = [await this.list(), await this.unreadable()];
    const [copy, backup] = [await this.lastCopy(), await this.backup()];
    const epoch = this.#page.createEpoch();
    const isWiped = await this.#persistence.write((stores) => wipeAll(stores, epoch));
    if (!isWiped && globalThis.indexedDB) {
      return null;
    }
    await removeLegacy().catch(() => {});
    const restoreSettings = this.#journal.wipe();
    this.#persistence.announceWipe(epoch);
    return async () => {
      await this.put(records);
      await this.replaceUnreadable(text);
      await this.setLastCopy(copy ?? null);
      await this.setBackup(backup ?? null);
      restoreSettings();
    };
  }

  /** @returns {Promise<string | null>} the texts that could not be read, separated by empty lines */
  async unreadable() {
    await this.#persistence.ready;
    const stored = (await this.#persistence.read(readUnreadable)) ?? [];
    return [...stored, ...this.#page.unreadable].join("\n\n") || null;
  }

  /** @param {string | null} text replaces what could not be read; null deletes it */
  async replaceUnreadable(text) {
    this.#page.unreadable = [];
    await this.#persistence.write(({ state }) => state.put(text === null ? [] : [text], "aside"));
  }

  /** @returns {Promise<import("./transactions.js").Copy | null | undefined>} what the visitor last
   *   saved of all clients; null if nothing, undefined if that is unknown */
  async lastCopy() {
    await this.#persistence.ready;
    return this.#persistence.read(readCopy);
  }

  /** @param {ClientRecord[]} records of which the visitor has a copy now: all clients */
  async rememberCopy(records) {
    const changed = records.map((record) => [record.id, String(record.changed)]);
    await this.setLastCopy({ at: Date.now(), changed: Object.fromEntries(changed) });
  }

  /** @param {import("./transactions.js").Copy | null} copy */
  async setLastCopy(copy) {
    await this.#persistence.write((stores) => writeCopy(stores, copy));
  }

  /** @returns {Promise<import("./transactions.js").Backup | null | undefined>} the file that is kept
   *   up to date; null if there is none, undefined if that is unknown */
  async backup() {
    await this.#persistence.ready;
    return this.#persistence.read(readBackup);
  }

  /** @param {import("./transactions.js").Backup | null} backup null to forget the file */
  async setBackup(backup) {
    await this.#persistence.write((stores) => writeBackup(stores, backup));
  }

  /** @param {ClientRecord} record the client that this page shows now */
  async setShown(record) {
    const { id } = record;
    this.#page.shown = record;
    this.#persistence.replaceSnapshots();
    // A client that is not stored yet is marked as opened by its first update.
    const opened = this.#page.known.has(id) ? await this.#persistence.read(readOpened) : { id };
    if (this.#persistence.isReadable && opened?.id !== id && this.#page.shown === record) {
      await this.#persistence.write((stores) => writeOpened(stores, id));
    }
  }

  /** Write the snapshot for the next page, even if another tab has removed it. */
  saveSnapshot() {
    this.#persistence.writeJournal();
  }

  /** @param {string | null} id of the client that this tab showed last, null if unknown
   * @returns {ClientRecord | null} the snapshot to show until the database answers */
  snapshot(id) {
    return this.#journal.snapshot(id);
  }

  /** @returns {Promise<ClientRecord | undefined>} the client that was opened last, if it was opened
   *   after the newest snapshot: a browser that is killed may lose the snapshots */
  async openedAfterSnapshot() {
    await this.#persistence.ready;
    const opened = await this.#persistence.read(readOpened);
    return opened && opened.at > this.#page.snapshotAt ? this.get(opened.id) : undefined;
  }

  /** @returns {Promise<ClientRecord | undefined>} the client that was opened last, undefined if it
   *   was deleted; if that is unknown, the client that was changed last */
  async openedLast() {
    const opened = await this.#persistence.read(readOpened);
    if (opened) {
      return this.get(opened.id);
    }
    const time = (/** @type {ClientRecord} */ { changed }) => Date.parse(String(changed)) || 0;
    return (await this.list()).sort((one, other) => time(other) - time(one))[0];
  }

  /** @returns {boolean} whether every operation is committed */
  isStored() {
    return this.#persistence.isReadable && this.#page.pending.length === 0;
  }

  /** @returns {boolean} whether the journal holds the pending operations */
  isJournaled() {
    return this.#persistence.isJournaled;
  }

  /** @param {Record<string, string>} storage the texts @returns {string} why not all is stored */
  whyNotStored({ framed, not_yet, not_saved }) {
    if (isFramed()) {
      return framed;
    }
    // A page that has stored nothing yet does not know whether it could.
    return this.isJournaled() && this.#journal.isWritable() ? not_yet : not_saved;
  }

  /** @returns {boolean} whether the last transaction succeeded */
  isReadable() {
    return this.#persistence.isReadable;
  }

  /** @param {(ids: string[] | null) => void} call with the clients that another tab changed; null
   *   after a wipe */
  subscribe(call) {
    this.#subscribers.add(call);
  }

  /** @param {() => void} call after this page committed a change */
  onCommitted(call) {
    this.#onCommitted = call;
  }
}
