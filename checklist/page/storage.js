/**
 * Where the clients are kept: in this browser's IndexedDB, or, where it refuses, in memory.
 *
 * A change is made inside one transaction on what lies there, so two tabs on the same client
 * never lose each other's answers.
 *
 * @typedef {import("./record.js").CaseRecord} CaseRecord
 */
import { deleteDB, openDB } from "idb";
import { forgetSnapshotsOf } from "./memo.js";
import { merged, newId } from "./record.js";

const DATABASE = "client-checklist";
const STORE = "cases";
const CHANNEL = "client-checklist";
const OPEN_AT_MOST_MS = 5_000;

export function createStorage() {
  /** @type {Map<string, CaseRecord | null>} what the browser did not take; null is erased */
  const memory = new Map();
  const channel = new BroadcastChannel(CHANNEL);
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  let opened = null;
  let kept = true;

  function database() {
    opened ??= withinTime(openWhole()).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  }

  /** A database that was made and not filled, as by a browser that ended meanwhile, is made anew. */
  async function openWhole() {
    const found = await openOne();
    if (found.objectStoreNames.contains(STORE)) {
      return found;
    }
    found.close();
    await deleteDB(DATABASE);
    return openOne();
  }

  function openOne() {
    return openDB(DATABASE, 1, {
      upgrade(db) {
        db.createObjectStore(STORE, { keyPath: "id" });
      },
      // Another tab wants to erase everything: make way, and open again when asked.
      blocking(_old, _new, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        opened = null;
      },
      terminated() {
        opened = null;
      },
    });
  }

  /** @param {string[]} ids clients that have changed */
  function tell(ids) {
    forgetSnapshotsOf(ids);
    channel.postMessage(ids);
  }

  /** @returns {Promise<boolean>} whether there may be anything to read: reading makes nothing */
  async function isThere() {
    if (opened || !indexedDB.databases) {
      return true;
    }
    const databases = await withinTime(indexedDB.databases());
    return databases.some(({ name }) => name === DATABASE);
  }

  /** @returns {Promise<CaseRecord[]>} */
  async function all() {
    /** @type {CaseRecord[]} */
    let stored = [];
    try {
      if (await isThere()) {
        stored = await (await database()).getAll(STORE);
      }
    } catch {
      kept = false;
    }
    const rest = stored.filter((record) => !memory.has(record.id));
    return [...rest, ...memory.values()].filter((record) => record !== null);
  }

  /** @param {string} id @returns {Promise<CaseRecord | undefined>} */
  async function get(id) {
    if (memory.has(id)) {
      return memory.get(id) ?? undefined;
    }
    try {
      return (await isThere()) ? await (await database()).get(STORE, id) : undefined;
    } catch {
      kept = false;
      return undefined;
    }
  }

  /**
   * Change one client, or make it.
   *
   * @param {string} id
   * @param {(stored: CaseRecord | undefined) => CaseRecord} change
   * @returns {Promise<CaseRecord>} as it is now
   */
  async function change(id, change) {
    /** @type {CaseRecord | undefined} */
    let changed;
    try {
      const transaction = (await database()).transaction(STORE, "readwrite");
      const stored = await transaction.store.get(id);
      changed = change(memory.get(id) ?? stored);
      await Promise.all([transaction.store.put(changed), transaction.done]);
      memory.delete(id);
      kept = true;
    } catch {
      changed ??= change(memory.get(id) ?? undefined);
      memory.set(id, changed);
      kept = false;
    }
    tell([id]);
    return changed;
  }

  /**
   * Save what had not got through when a page went; another tab may have been there since.
   *
   * @param {{ record: CaseRecord, saved?: CaseRecord }} left
   */
  function bringIn({ record, saved }) {
    return change(record.id, (there) => (there ? merged(saved, record, there) : record));
  }

  /** @param {CaseRecord[]} records put as they are */
  async function put(records) {
    try {
      const transaction = (await database()).transaction(STORE, "readwrite");
      await Promise.all([
        ...records.map((record) => transaction.store.put(record)),
        transaction.done,
      ]);
      records.forEach((record) => memory.delete(record.id));
      kept = true;
    } catch {
      records.forEach((record) => memory.set(record.id, record));
      kept = false;
    }
    tell(records.map((record) => record.id));
  }

  /**
   * Add clients beside those that are here: one whose mark is taken meanwhile gets another.
   *
   * @param {CaseRecord[]} records
   * @returns {Promise<CaseRecord[]>} as they were added
   */
  async function add(records) {
    const taken = new Set((await all()).map(({ id }) => id));
    const added = records.map((record) =>
      taken.has(record.id) ? { ...record, id: newId() } : record,
    );
    await put(added);
    return added;
  }

  /** @param {string[]} ids */
  async function remove(ids) {
    try {
      const transaction = (await database()).transaction(STORE, "readwrite");
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
      ids.forEach((id) => memory.delete(id));
    } catch {
      ids.forEach((id) => memory.set(id, null));
    }
    tell(ids);
  }

  return {
    all,
    get,
    change,
    bringIn,
    put,
    add,
    remove,

    /** @returns {boolean} whether the last change is safe in this browser */
    isKept: () => kept,

    /** Erase every client, and the database itself. */
    async wipe() {
      memory.clear();
      try {
        (await opened)?.close();
        opened = null;
        await withinTime(deleteDB(DATABASE));
      } catch {
        // Storage that is refused holds nothing to erase.
      }
      channel.postMessage(null);
    },

    /** @param {(ids: string[] | null) => void} onOtherTab null: all of them */
    watch(onOtherTab) {
      channel.addEventListener("message", ({ data }) => onOtherTab(data));
    },
  };
}

/**
 * A database that another tab blocks, or a browser that never answers, must not hold the page up.
 *
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function withinTime(promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error("the browser's storage does not answer")), OPEN_AT_MOST_MS);
    }),
  ]);
}
