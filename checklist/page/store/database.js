/**
 * The connection to IndexedDB. One object store holds a row for each client, the other holds single
 * values. The first write creates the database. If the browser has closed the connection, the next
 * transaction opens it again.
 *
 * WebKit keeps a page that the visitor leaves, with its transactions, in the back-forward cache. One
 * that is not finished then locks the database for all pages until the browser is closed, so it is
 * aborted. The journal has what it would have written.
 *
 * @typedef {import("idb").IDBPObjectStore<unknown, string[], string, "readwrite">} ObjectStore
 * @typedef {{ clients: ObjectStore, state: ObjectStore }} Stores of one transaction
 */
import { deleteDB, openDB } from "idb";
import { attempt, isFramed, withTimeout } from "./guards.js";

const CLIENTS = "clients";
const STATE = "state";
const NAMES = [CLIENTS, STATE];
const OPEN_MS = 5_000;
const TRANSACTION_MS = 60_000; // enough for a thousand clients on a slow and busy device

export class Database {
  #name;
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  #connection = null;
  /** @type {Set<{ abort(): void }>} the transactions that are not finished */
  #running = new Set();

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
    addEventListener("pagehide", ({ persisted }) => persisted && this.#release());
  }

  /** @returns {Promise<boolean>} whether there may be something to read; opening would create it */
  async exists() {
    return this.#connection !== null || databaseExists(this.#name);
  }

  /** @template T @param {(stores: Stores) => Promise<T>} run @returns {Promise<T>} */
  read(run) {
    return this.#transact("readonly", run);
  }

  /** @template T @param {(stores: Stores) => Promise<T>} run @returns {Promise<T>} */
  write(run) {
    return this.#transact("readwrite", run);
  }

  /**
   * @template T
   * @param {"readonly" | "readwrite"} mode
   * @param {(stores: Stores) => Promise<T>} run awaits only requests of the transaction
   * @returns {Promise<T>} after the transaction is committed; rejects if it fails
   */
  async #transact(mode, run) {
    const transaction = await this.#begin(mode).catch((error) => {
      if (error.name !== "InvalidStateError") {
        throw error;
      }
      this.#connection = null; // the browser has closed it
      return this.#begin(mode);
    });
    const stores = /** @type {any} */ ({
      clients: transaction.objectStore(CLIENTS),
      state: transaction.objectStore(STATE),
    });
    this.#running.add(transaction);
    const running = run(stores).catch((error) => {
      attempt(() => transaction.abort()); // otherwise the requests made so far would be committed
      throw error;
    });
    const finished = Promise.all([running, transaction.done]);
    const [result] = await withTimeout(finished, TRANSACTION_MS).finally(() =>
      this.#running.delete(transaction),
    );
    return result;
  }

  /** Let other pages use the database while this one is in the back-forward cache. */
  #release() {
    this.#running.forEach((transaction) => attempt(() => transaction.abort()));
    this.#connection?.then(
      (database) => database.close(),
      () => {}, // whoever waits for the connection is told
    );
    this.#connection = null;
  }

  /** @param {"readonly" | "readwrite"} mode */
  async #begin(mode) {
    requireNoFrame();
    this.#connection ??= withTimeout(this.#openComplete(), OPEN_MS);
    this.#connection.catch(() => {
      this.#connection = null;
    });
    return (await this.#connection).transaction(NAMES, mode, { durability: "strict" });
  }

  /** A browser that is killed while it creates the database may leave it without object stores. */
  async #openComplete() {
    const opened = await this.#open();
    if (NAMES.every((name) => opened.objectStoreNames.contains(name))) {
      return opened;
    }
    opened.close();
    await deleteDB(this.#name);
    return this.#open();
  }

  #open() {
    const forget = () => {
      this.#connection = null;
    };
    return openDB(this.#name, 1, {
      upgrade(database) {
        database.createObjectStore(CLIENTS, { keyPath: "id" });
        database.createObjectStore(STATE);
      },
      blocking(_old, _new, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        forget();
      },
      terminated: forget,
    });
  }
}

/** @param {string} name @returns {Promise<boolean>} true if the browser cannot list databases */
export async function databaseExists(name) {
  requireNoFrame();
  try {
    const listed = await withTimeout(indexedDB.databases(), OPEN_MS);
    return listed.some((one) => one.name === name);
  } catch {
    return true;
  }
}

function requireNoFrame() {
  if (isFramed()) {
    throw new Error("the page is in a frame");
  }
}
