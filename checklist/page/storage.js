/**
 * Where the clients are kept: in this browser's IndexedDB.
 *
 * What is to be saved is first put down as unsaved, where it outlives this page, and stays so until
 * the database has it. There it is laid over what lies there, inside one transaction: so two tabs
 * on the same client never lose each other's answers, nor does a page that could not read it.
 *
 * @typedef {import("./record.js").CaseRecord} CaseRecord
 * @typedef {import("./memo.js").Unsaved} Unsaved
 */
import { deleteDB, openDB } from "idb";
import * as memo from "./memo.js";
import { canBeMerged, merged, newId } from "./record.js";

const DATABASE = "client-checklist";
const STORE = "cases";
const CHANNEL = "client-checklist";
const OPEN_AT_MOST_MS = 5_000;

export function createStorage() {
  /** @type {Map<string, Unsaved | null>} what this page has changed, or found left by one that is
   *   gone, and the database may not have; null is erased */
  const unsaved = new Map(memo.unsaved());
  const found = new Set(unsaved.keys());
  /** @type {Map<string, CaseRecord>} what this page's changes are made to, once it is in */
  const known = new Map();
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }) => {
    if (data === null) {
      unsaved.clear(); // everything is erased
      known.clear();
      return;
    }
    // Its page is not gone: it knows better what has become of it.
    /** @type {string[]} */ (data).forEach((id) => found.delete(id) && unsaved.delete(id));
  });
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  let opened = null;
  let isReadable = true;

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
    memo.forgetSnapshotsOf(ids);
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

  /**
   * @template T
   * @param {(database: import("idb").IDBPDatabase) => Promise<T>} ask
   * @returns {Promise<T | undefined>} nothing where there is nothing, or the browser refuses
   */
  async function read(ask) {
    try {
      const found = (await isThere()) ? await ask(await database()) : undefined;
      isReadable = true;
      return found;
    } catch {
      isReadable = false;
      return undefined;
    }
  }

  /** @returns {Promise<CaseRecord[]>} */
  async function all() {
    /** @type {CaseRecord[]} */
    const stored = (await read((there) => there.getAll(STORE))) ?? [];
    const records = new Map(stored.map((record) => [record.id, record]));
    for (const [id, one] of unsaved) {
      const now = asItWillBe(records.get(id), one);
      if (now) {
        records.set(id, now);
      } else {
        records.delete(id);
      }
    }
    return [...records.values()];
  }

  /** @param {string} id @returns {Promise<CaseRecord | undefined>} */
  async function get(id) {
    const stored = await read((there) => there.get(STORE, id));
    return asItWillBe(stored, unsaved.get(id));
  }

  /** @param {[string, Unsaved | null][]} changes */
  function putDown(changes) {
    for (const [id, one] of changes) {
      unsaved.set(id, one);
      found.delete(id);
    }
    memo.keepUnsaved(new Map(changes));
  }

  /**
   * Save a client as the visitor has made it.
   *
   * @param {CaseRecord} record
   * @returns {Promise<CaseRecord>} as it is now
   */
  async function save(record) {
    const { id } = record;
    const before = unsaved.get(id);
    putDown([[id, { record, saved: before ? before.saved : known.get(id) }]]);
    const now = await bringIn(id);
    if (now) {
      await settle();
    }
    tell([id]);
    return now ?? record;
  }

  /** Bring in what did not get through before, also on pages that are gone. */
  async function settle() {
    for (const id of [...unsaved.keys()]) {
      if (!(await bringIn(id)) && unsaved.has(id)) {
        return; // nor will the others get through
      }
    }
  }

  /**
   * @param {string} id of a client with something unsaved
   * @returns {Promise<CaseRecord | undefined>} as it is now; nothing where it is erased, or where
   *   the browser refuses
   */
  async function bringIn(id) {
    try {
      const transaction = (await database()).transaction(STORE, "readwrite");
      const { store } = transaction;
      const stored = await store.get(id);
      const one = unsaved.get(id);
      if (one === undefined) {
        return stored; // a write before this one took it along
      }
      const whole = asItWillBe(stored, one);
      // What lies there damaged stays as it is; what was to be laid over it stands beside it.
      const now = one && whole === stored ? { ...one.record, id: newId() } : whole;
      await Promise.all([now ? store.put(now) : store.delete(id), transaction.done]);
      isReadable = true;
      isIn(id, one);
      return now;
    } catch {
      return undefined;
    }
  }

  /** @param {string} id @param {Unsaved | null} one what the database has now */
  function isIn(id, one) {
    if (one) {
      known.set(id, one.record);
    }
    const later = unsaved.get(id);
    if (later && one && later !== one) {
      putDown([[id, Object.assign(later, { saved: one.record })]]);
      return;
    }
    unsaved.delete(id);
    const there = memo.unsaved().get(id); // another tab may have changed it meanwhile
    if (JSON.stringify(there) === JSON.stringify(one ?? undefined)) {
      memo.keepUnsaved(new Map([[id, null]]));
    }
  }

  /** @param {CaseRecord[]} records put as they are */
  async function put(records) {
    try {
      const transaction = (await database()).transaction(STORE, "readwrite");
      await Promise.all([
        ...records.map((record) => transaction.store.put(record)),
        transaction.done,
      ]);
      isReadable = true;
      records.forEach(({ id }) => unsaved.delete(id));
    } catch {
      putDown(records.map((record) => [record.id, { record }]));
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
      ids.forEach((id) => unsaved.delete(id));
      memo.keepUnsaved(new Map(ids.map((id) => [id, null])));
    } catch {
      putDown(ids.map((id) => [id, null]));
    }
    tell(ids);
  }

  return {
    all,
    get,

    /** What a client was before the visitor changes it.
     * @param {CaseRecord} record as it lies there, for all that is known */
    know(record) {
      known.set(record.id, record);
    },

    save,
    settle,
    put,
    add,
    remove,

    /** @returns {boolean} whether the database answers, and has all that was changed here */
    isKept: () => isReadable && unsaved.size === 0,

    /** Erase every client, and the database itself. */
    async wipe() {
      unsaved.clear();
      known.clear();
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
 * A client as it will be once what is unsaved of it is in.
 *
 * @param {CaseRecord | undefined} stored
 * @param {Unsaved | null | undefined} one null is erased
 * @returns {CaseRecord | undefined}
 */
function asItWillBe(stored, one) {
  if (!one) {
    return one === null ? undefined : stored;
  }
  if (stored && !canBeMerged(stored)) {
    return stored;
  }
  // In most cases nobody else has been there.
  const isAlone = !stored || JSON.stringify(stored) === JSON.stringify(one.saved);
  return isAlone ? one.record : merged(one.saved, one.record, stored);
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
