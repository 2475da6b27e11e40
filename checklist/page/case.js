/**
 * The open client: what is on the page, what is saved, and how one becomes the other.
 *
 * Every change is applied at once to the page's own copy, then laid over what lies in the browser,
 * where another tab may have been.
 *
 * @typedef {import("./record.js").CaseRecord} CaseRecord
 * @typedef {import("./record.js").Answer} Answer
 * @typedef {(record: CaseRecord, at: string) => CaseRecord} Change
 */
import { keepSnapshot, rememberOpen } from "./memo.js";
import { blank, localTime, newId, withAnswers } from "./record.js";

/**
 * @param {object} options
 * @param {ReturnType<import("./storage.js").createStorage>} options.storage
 * @param {string} options.rules
 * @param {() => void} options.onSaved after a change lies in the browser, or does not
 * @param {() => void} options.onElsewhere after another tab changed this client
 */
export function createOpenCase({ storage, rules, onSaved, onElsewhere }) {
  let record = blank(rules);
  /** @type {Record<string, Answer | null>[]} */
  let undos = [];
  /** @type {Record<string, Answer | null>[]} */
  let redos = [];
  let writing = 0;
  let borrowed = false;
  let behind = false;
  let isOpen = false;

  storage.watch((ids) => {
    if (ids?.includes(record.id)) {
      follow();
    }
  });

  /** Take in what another tab has changed; while a change of our own is under way it waits. */
  async function follow() {
    behind = true;
    if (writing > 0) {
      return;
    }
    const { id } = record;
    const stored = await storage.get(id);
    if (writing > 0 || record.id !== id) {
      return;
    }
    behind = false;
    if (stored) {
      record = stored;
      storage.know(record);
      keepSnapshot(record);
      redos = [];
      onElsewhere();
    }
  }

  /** Before a client is open nothing is changed: early.js keeps what the visitor does until then.
   * @param {Change} change */
  async function edit(change) {
    if (!isOpen) {
      return;
    }
    const at = localTime(new Date());
    const before = record;
    record = change(record, at);
    if (record === before) {
      return;
    }
    if (borrowed) {
      borrowed = false;
      record = { ...record, id: newId() };
    }
    rememberOpen(record.id);
    keepSnapshot(record);
    const mine = record;
    writing += 1;
    const stored = await storage.save(mine);
    writing -= 1;
    if (writing === 0 && record === mine) {
      keepSnapshot(stored);
      if (JSON.stringify(stored) !== JSON.stringify(mine)) {
        record = stored;
        storage.know(stored);
        onElsewhere();
      }
    }
    onSaved();
    if (behind) {
      follow();
    }
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
    /** @returns {CaseRecord} */
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

    /**
     * @param {CaseRecord} opened
     * @param {{ borrowed?: boolean, saved?: CaseRecord }} [how] borrowed: not to be saved before
     *   the visitor says so; saved: what lies in the browser of it, where that is something else
     */
    open(opened, how = {}) {
      isOpen = true;
      record = opened;
      borrowed = how.borrowed ?? false;
      if (!borrowed) {
        storage.know(how.saved ?? opened);
        rememberOpen(record.id);
        keepSnapshot(record);
      }
      behind = false;
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
