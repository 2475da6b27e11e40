/**
 * The open client: its record, its changes, and undo and redo of what is ticked.
 *
 * A change is shown at once. The store then merges it into the stored record, which another tab may
 * have changed, and the merged record is shown.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../client/ticks.js").TickChanges} TickChanges
 * @typedef {(record: ClientRecord, at: string) => ClientRecord} Change
 * @typedef {object} Options
 * @property {import("../store/store.js").Store} store
 * @property {string} rules the version of the rules
 * @property {() => void} onSaved after an attempt to store a change
 * @property {() => void} onWorthKeeping after the client got its first content of some worth
 * @property {() => void} onChangedElsewhere after another tab changed this client
 * @property {() => void} onDeleted after another tab deleted it
 */
import { blank, hasContent, isWorthKeeping, localTime } from "../client/record.js";
import { ticksOf, withTicks } from "../client/ticks.js";
import { isSame } from "../store/changes.js";

export class OpenClient {
  /** Replaced, never mutated. @type {ClientRecord} */
  record;
  /** Whether the client came by a link and is not the visitor's own yet. */
  isShared = false;
  #isOpen = false;
  #options;
  /** @type {TickChanges[]} */
  #undos = [];
  /** @type {TickChanges[]} */
  #redos = [];

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.record = blank(options.rules);
    options.store.subscribe((ids) => ids?.includes(this.record.id) && this.follow());
  }

  get canUndo() {
    return this.#undos.length > 0;
  }

  get canRedo() {
    return this.#redos.length > 0;
  }

  /** @param {ClientRecord} record @param {{ isShared?: boolean }} [how] */
  open(record, { isShared = false } = {}) {
    this.#isOpen = true;
    this.record = record;
    this.isShared = isShared;
    if (!isShared) {
      this.#options.store.setShown(record);
    }
    this.#undos = [];
    this.#redos = [];
  }

  /** Show what another tab has changed. */
  async follow() {
    const { store } = this.#options;
    const { id } = this.record;
    const stored = await store.get(id);
    if (this.record.id === id && !this.isShared && store.isReadable()) {
      this.#replace(stored);
    }
  }

  /** Change the client. Until one is open, the script in the head keeps the visitor's input.
   * @param {Change} change the first one makes a shared client the visitor's own */
  async edit(change) {
    if (!this.#isOpen) {
      return;
    }
    const { store, rules, onSaved, onWorthKeeping } = this.#options;
    let before = this.record;
    const after = change(before, localTime(new Date()));
    if (!this.isShared && isSame({ ...after, changed: before.changed }, before)) {
      return;
    }
    this.record = after;
    if (this.isShared) {
      this.isShared = false;
      before = blank(rules);
      this.record = { ...after, id: before.id };
      store.setShown(this.record);
    }
    const { id } = this.record;
    const isWorthMore = !isWorthKeeping(before) && isWorthKeeping(this.record);
    const stored = await store.update(before, this.record);
    if (this.record.id === id && !this.isShared) {
      this.#replace(stored);
    }
    onSaved();
    if (isWorthMore) {
      onWorthKeeping();
    }
  }

  /** @param {TickChanges} changes */
  async tick(changes) {
    if (withTicks(this.record, changes, "") !== this.record) {
      this.#undos.push(this.#inverse(changes));
      this.#redos = [];
      await this.#apply(changes);
    }
  }

  /** @returns {Promise<void> | undefined} undefined if there is nothing to undo */
  undo() {
    return this.#step(this.#undos, this.#redos);
  }

  /** @returns {Promise<void> | undefined} undefined if there is nothing to redo */
  redo() {
    return this.#step(this.#redos, this.#undos);
  }

  /** @param {TickChanges[]} from @param {TickChanges[]} to */
  #step(from, to) {
    const changes = from.pop();
    if (changes) {
      to.push(this.#inverse(changes));
      return this.#apply(changes);
    }
  }

  /** @param {TickChanges} changes @returns {TickChanges} */
  #inverse(changes) {
    const ticks = ticksOf(this.record);
    return Object.fromEntries(Object.keys(changes).map((name) => [name, ticks[name] ?? null]));
  }

  /** @param {TickChanges} changes */
  #apply(changes) {
    return this.edit((record, at) => withTicks(record, changes, at));
  }

  /** @param {ClientRecord | undefined} stored undefined if it was deleted */
  #replace(stored) {
    const { store, onChangedElsewhere, onDeleted } = this.#options;
    if (!stored) {
      if (hasContent(this.record)) {
        onDeleted();
      }
    } else if (!isSame(stored, this.record)) {
      this.record = stored;
      this.#redos = [];
      store.setShown(stored);
      onChangedElsewhere();
    }
  }
}
