/**
 * The client that is open: what the page shows, and the way of each change into the store.
 *
 * A change is applied at once to what is shown; the store then applies it to what is stored, where
 * another tab may have been, and what comes of it is shown.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../client/record.js").Answer} Answer
 * @typedef {(record: ClientRecord, at: string) => ClientRecord} Change
 */
import { blank, hasContent, localTime, newId, withAnswers } from "../client/record.js";
import { isSame } from "../store/changes.js";

/**
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {string} options.rules
 * @param {() => void} options.onSaved after a change is stored, or is not
 * @param {() => void} options.onElsewhere after another tab changed this client
 * @param {() => void} options.onDeleted after another tab deleted it
 */
export function createOpenClient({ store, rules, onSaved, onElsewhere, onDeleted }) {
  let record = blank(rules);
  /** @type {Record<string, Answer | null>[]} */
  let undos = [];
  /** @type {Record<string, Answer | null>[]} */
  let redos = [];
  let borrowed = false;
  let isOpen = false;

  store.subscribe((ids) => ids?.includes(record.id) && follow());

  /** Merge what another tab has changed. */
  async function follow() {
    const { id } = record;
    const stored = await store.get(id);
    if (record.id === id && !borrowed && store.isReadable()) {
      take(stored);
    }
  }

  /** @param {ClientRecord | undefined} stored */
  function take(stored) {
    if (!stored) {
      if (hasContent(record)) {
        onDeleted();
      }
    } else if (!isSame(stored, record)) {
      record = stored;
      redos = [];
      store.setShown(record);
      onElsewhere();
    }
  }

  /** Before a client is open nothing is changed: start-python.js keeps what the visitor does until then.
   * @param {Change} change */
  async function edit(change) {
    if (!isOpen) {
      return;
    }
    let before = record;
    const changed = change(record, localTime(new Date()));
    if (!borrowed && isSame({ ...changed, changed: before.changed }, before)) {
      return;
    }
    record = changed;
    if (borrowed) {
      borrowed = false;
      record = { ...record, id: newId() };
      before = { ...blank(rules), id: record.id };
      store.setShown(record);
    }
    const { id } = record;
    const stored = await store.update(before, record);
    if (record.id === id && !borrowed) {
      take(stored);
    }
    onSaved();
  }

  /** @param {Record<string, Answer | null>} changes @returns {Record<string, Answer | null>} */
  function inverse(changes) {
    return Object.fromEntries(
      Object.keys(changes).map((fact) => [fact, record.answers[fact] ?? null]),
    );
  }

  /** @param {Record<string, Answer | null>} changes */
  function apply(changes) {
    return edit((there, at) => withAnswers(there, changes, at));
  }

  return {
    /** @returns {ClientRecord} */
    get record() {
      return record;
    },
    get canUndo() {
      return undos.length > 0;
    },
    get canRedo() {
      return redos.length > 0;
    },
    /** @returns {boolean} whether it came by a link and is not one of the visitor's own yet */
    get isBorrowed() {
      return borrowed;
    },

    edit,
    follow,

    /**
     * @param {ClientRecord} opened
     * @param {{ borrowed?: boolean }} [how] borrowed: not to be stored before the visitor says so
     */
    open(opened, how = {}) {
      isOpen = true;
      record = opened;
      borrowed = how.borrowed ?? false;
      if (!borrowed) {
        store.setShown(record);
      }
      undos = [];
      redos = [];
    },

    /** @param {Record<string, Answer | null>} changes */
    answer(changes) {
      const before = inverse(changes);
      if (Object.keys(changes).every((fact) => changes[fact] === before[fact])) {
        return Promise.resolve();
      }
      undos.push(before);
      redos = [];
      return apply(changes);
    },

    undo() {
      const changes = undos.pop();
      if (changes) {
        redos.push(inverse(changes));
        return apply(changes);
      }
    },

    redo() {
      const changes = redos.pop();
      if (changes) {
        undos.push(inverse(changes));
        return apply(changes);
      }
    },
  };
}
