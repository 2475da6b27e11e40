/** A browser's storage for pages that share it: it can be refused, and put back as it was. */
import { setMaxListeners } from "node:events";
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { setGlobals, setStorages } from "./fakes.mjs";

/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord */

export const NAME = "client-checklist:/";
export const STORES = ["clients", "state"];

/** A message reaches the other tabs synchronously. */
class FakeChannel extends EventTarget {
  /** @type {FakeChannel[]} */
  static all = [];
  /** @param {string} name */
  constructor(name) {
    super();
    this.name = name;
    FakeChannel.all.push(this);
  }
  /** @param {unknown} data */
  postMessage(data) {
    for (const other of FakeChannel.all) {
      if (other !== this && other.name === this.name) {
        other.dispatchEvent(new MessageEvent("message", { data }));
      }
    }
  }
}

/** @param {TestContext} t @param {Record<string, string>} [local] */
export async function openBrowser(t, local = {}) {
  const { localStorage } = setStorages(t, local);
  const page = new EventTarget();
  setMaxListeners(0, page); // one for each store
  FakeChannel.all = [];
  setGlobals(t, {
    BroadcastChannel: FakeChannel,
    indexedDB: new IDBFactory(),
    addEventListener: page.addEventListener.bind(page),
  });
  const { Store } = await import("../../../checklist/page/store/store.js");
  const items = () => /** @type {Record<string, string>} */ ({ ...localStorage });
  return {
    localStorage,
    items,
    /** A page on the site. */
    open: (path = "/") => new Store(path),
    /** The visitor leaves the page. @param {boolean} persisted whether the browser keeps it in its
     * back-forward cache */
    leave: (persisted) => page.dispatchEvent(Object.assign(new Event("pagehide"), { persisted })),
    /** End every page at once. */
    kill() {
      FakeChannel.all = [];
    },
    /** Make `localStorage` what it was before: a browser writes it to disk late.
     * @param {Record<string, string>} before */
    putBack(before) {
      Object.keys(items()).forEach((key) => localStorage.removeItem(key));
      Object.entries(before).forEach(([key, text]) => localStorage.setItem(key, text));
    },
    /** A database that no page can use. @returns {() => void} ends it */
    refuse() {
      const open = t.mock.method(indexedDB, "open", () => {
        throw new Error("refused");
      });
      return () => open.mock.restore();
    },
  };
}

/** @param {string} id @param {object} [parts] @returns {ClientRecord} */
export function record(id, parts) {
  return { format: "client-case/1", rules: "7", id, answers: {}, ...parts };
}

/**
 * Read or write a database by hand.
 * @param {string} name @param {string[]} stores made where there are none
 * @param {(stores: Record<string, IDBObjectStore>) => IDBRequest | void} run
 * @returns {Promise<any>}
 */
export function byHand(name, stores, run) {
  return new Promise((done) => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => {
      for (const one of stores) {
        opening.result.createObjectStore(one, one === "state" ? {} : { keyPath: "id" });
      }
    };
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(stores, "readwrite");
      const entries = stores.map((one) => [one, transaction.objectStore(one)]);
      const request = run(Object.fromEntries(entries));
      transaction.oncomplete = () => {
        opening.result.close();
        done(request?.result);
      };
    };
  });
}

/** @param {object[]} rows of the database */
export const putRows = (...rows) =>
  byHand(NAME, STORES, ({ clients }) => {
    rows.forEach((row) => clients.put(row));
  });

/** @param {any} page @param {any} before @param {object} parts */
export const edit = (page, before, parts) => page.update(before, { ...before, ...parts });

/** @param {any} page @param {any} before @param {object} answers */
export const tick = (page, before, answers) =>
  edit(page, before, { answers: { ...before.answers, ...answers } });

/** @param {any} page */
export const answersOf = async (page, id = "a") => (await page.get(id))?.answers;

/** @param {any} page */
export const idsOf = async (page) =>
  (await page.list()).map((/** @type {{ id: string }} */ { id }) => id).sort();

/** An operation that renames client a. @param {object} [parts] @returns {any} */
export const renaming = (parts) => ({
  id: "a",
  page: "p",
  rules: "7",
  revision: 1,
  at: 1,
  epoch: "",
  change: [{ path: '["name"]', after: "A" }],
  ...parts,
});

/** @param {any[]} pending @param {number} [at] */
export const journalEntry = (pending, at = 1) => JSON.stringify({ at, record: null, pending });

/** Let every transaction fail, also of open connections. @param {TestContext} t
 * @returns {() => void} ends it */
export function refuseTransactions(t) {
  const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new Error("refused");
  });
  return () => begin.mock.restore();
}

/** @param {TestContext} t @returns {() => number} the number of writing transactions since */
export function countWrites(t) {
  const begin = t.mock.method(IDBDatabase.prototype, "transaction");
  return () => begin.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite").length;
}
