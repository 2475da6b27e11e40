/**
 * What one page holds in memory: the pending operations, and the clients and the epoch as it last
 * saw them. It accesses no storage.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./changes.js").Part} Part
 * @typedef {import("./journal.js").StoredEntry} StoredEntry
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {import("./operations.js").Row} Row
 * @typedef {{ id: string, rules?: string, record?: ClientRecord, change?: Part[] }} Request for an
 *   operation
 */
import { canBeMerged, newId } from "../client/record.js";
import { applyOperation, contains, FIRST_EPOCH, withRevision } from "./operations.js";

export class PageState {
  id = newId();
  epoch = FIRST_EPOCH;
  /** @type {ClientRecord | null} the client that the page shows */
  shown = null;
  /** @type {Map<string, ClientRecord>} clients as the page has read or changed them */
  known = new Map();
  /** @type {Operation[]} operations that may not be committed, of earlier pages too */
  pending = [];
  /** @type {string[]} journal entries that could not be parsed and are not in the database yet */
  unreadable = [];
  /** When an earlier page left the newest snapshot. */
  snapshotAt = 0;
  #isEpochRead = false;
  #revision = 0;
  /** @type {WeakSet<Operation>} operations whose transaction failed */
  #failed = new WeakSet();

  /** Take over what earlier pages left. The clock may have been set back, so the operations of one
   * page are sorted by revision. @param {StoredEntry[]} entries */
  adopt(entries) {
    this.pending = entries
      .map(({ entry }) => entry?.pending ?? [])
      .sort(([one], [other]) => (one?.at ?? 0) - (other?.at ?? 0))
      .flatMap((own) => own.sort((one, other) => one.revision - other.revision));
    this.unreadable = entries.filter(({ entry }) => !entry).map(({ text }) => text);
    this.snapshotAt = entries.find(({ entry }) => entry?.record)?.entry?.at ?? 0;
  }

  /** @returns {Operation[]} the page's own pending operations */
  get ownPending() {
    return this.pending.filter(({ page }) => page === this.id);
  }

  /** @param {typeof this.epoch} epoch as the database has it */
  setEpoch(epoch) {
    this.epoch = epoch;
    this.#isEpochRead = true;
  }

  /** @param {Request[]} requests @returns {Operation[]} now pending */
  addOperations(requests) {
    const operations = requests.map((request) => ({
      rules: "",
      ...request,
      page: this.id,
      revision: (this.#revision += 1),
      at: Date.now(),
      epoch: this.#isEpochRead ? this.epoch.id : null,
    }));
    this.pending.push(...operations);
    return operations;
  }

  /** @returns {typeof this.epoch} a wipe by this page */
  createEpoch() {
    this.#revision += 1;
    return { id: `${this.id}:${this.#revision}`, at: Date.now() };
  }

  /**
   * @param {string} id
   * @param {Row | undefined} row as the database has it
   * @returns {ClientRecord | undefined} with the pending operations; undefined if there is none
   */
  read(id, row) {
    // Another page may have committed operations that it found in this page's journal.
    this.pending = this.pending.filter((one) => one.id !== id || !contains(row, one));
    const operations = this.pending.filter((one) => one.id === id);
    const record = operations.reduce((before, one) => this.apply(before, one), row)?.record;
    if (record) {
      this.known.set(id, record);
    }
    return record ?? undefined;
  }

  /** @param {Row | undefined} row @param {Operation} operation @returns {Row | undefined} */
  apply(row, operation) {
    const { id } = operation;
    const isNeverWiped = this.epoch.at === FIRST_EPOCH.at;
    const shown = this.shown?.id === id && isNeverWiped ? this.shown : undefined;
    return applyOperation(row, operation, this.epoch, {
      page: this.id,
      isRetry: this.#failed.has(operation),
      known: this.known.get(id) ?? shown,
    });
  }

  /**
   * A damaged record stays as it is: an update of it becomes a client of its own.
   *
   * @param {Map<string, Row | undefined>} rows are changed
   * @param {Operation} operation
   */
  applyTo(rows, operation) {
    const row = rows.get(operation.id);
    if (!operation.change || !row?.record || canBeMerged(row.record)) {
      rows.set(operation.id, this.apply(row, operation));
    } else if (!contains(row, operation)) {
      const id = newId();
      rows.set(id, this.apply(undefined, { ...operation, id }));
      rows.set(operation.id, { ...row, revisions: withRevision(row.revisions, operation) });
    }
  }

  /** @param {Operation[]} operations @param {string[]} texts of unreadable entries, in the database now */
  commit(operations, texts) {
    this.pending = this.pending.filter((one) => !operations.includes(one));
    this.unreadable = this.unreadable.filter((text) => !texts.includes(text));
  }

  /** @param {Operation[]} operations stay pending */
  fail(operations) {
    operations.forEach((one) => this.#failed.add(one));
  }

  /** Nothing from before a wipe may be stored again. @param {typeof this.epoch} epoch */
  wipe(epoch) {
    this.pending = [];
    this.unreadable = [];
    this.shown = null;
    this.known.clear();
    this.setEpoch(epoch);
  }
}
