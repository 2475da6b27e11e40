/**
 * The database: one object store for the clients, one for what there is once. It is made by the
 * first write, opened again where the browser has closed it, and never waited for without a limit.
 *
 * @typedef {import("idb").IDBPTransaction<unknown, string[], "readwrite">} Transaction
 */
import { deleteDB, openDB } from "idb";
import { attempt } from "./journal.js";

export const CLIENTS = "clients";
export const STATE = "state";
const STORES = [CLIENTS, STATE];
const OPEN_MS = 5_000;
const TRANSACTION_MS = 60_000; // a thousand clients on a slow and busy device take their time

/** @param {string} name */
export function createDatabase(name) {
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  let opened = null;
  const close = () => {
    opened = null;
  };

  function open() {
    return openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore(CLIENTS, { keyPath: "id" });
        db.createObjectStore(STATE);
      },
      blocking(_old, _new, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        close();
      },
      terminated: close,
    });
  }

  /** A browser that ends while it makes a database may leave one without its stores. */
  async function openComplete() {
    const found = await open();
    if (STORES.every((one) => found.objectStoreNames.contains(one))) {
      return found;
    }
    found.close();
    await deleteDB(name);
    return open();
  }

  /** @param {"readonly" | "readwrite"} mode */
  async function begin(mode) {
    opened ??= withinTime(openComplete(), OPEN_MS);
    opened.catch(close);
    const begun = (await opened).transaction(STORES, mode, { durability: "strict" });
    return /** @type {Transaction} */ (begun);
  }

  /**
   * @template T
   * @param {"readonly" | "readwrite"} mode
   * @param {(transaction: Transaction) => Promise<T>} run waits for nothing but the transaction
   * @returns {Promise<T>} once the transaction is complete; rejects where the browser refuses
   */
  async function transact(mode, run) {
    const transaction = await begin(mode).catch((error) => {
      if (error.name !== "InvalidStateError") {
        throw error;
      }
      close(); // the browser has closed the connection
      return begin(mode);
    });
    const running = run(transaction).catch((error) => {
      attempt(() => transaction.abort()); // half of it must not be written
      throw error;
    });
    const [result] = await withinTime(Promise.all([running, transaction.done]), TRANSACTION_MS);
    return result;
  }

  return {
    /** @returns {Promise<boolean>} whether there may be anything to read: reading makes nothing */
    exists: async () => opened !== null || isThere(name),
    /** @template T @param {(transaction: Transaction) => Promise<T>} run */
    read: (run) => transact("readonly", run),
    /** @template T @param {(transaction: Transaction) => Promise<T>} run */
    write: (run) => transact("readwrite", run),
  };
}

/** @param {string} name @returns {Promise<boolean>} true too where the browser does not tell */
export async function isThere(name) {
  const found = await withinTime(indexedDB.databases?.() ?? Promise.resolve([{ name }]), OPEN_MS);
  return found.some((one) => one.name === name);
}

/**
 * A database that another tab blocks, or a browser that never answers, must not hold the page up.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limit in milliseconds
 * @returns {Promise<T>}
 */
export function withinTime(promise, limit) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the browser's storage does not answer")), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
