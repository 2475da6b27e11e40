import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byHand, openBrowser } from "../support/browser.mjs";
import { Database, databaseExists } from "../../../checklist/page/store/database.js";

const NAME = "name";
const STORES = ["clients", "state"];

/** @param {import("node:test").TestContext} t */
async function open(t) {
  await openBrowser(t);
  const database = new Database(NAME);
  const put = (/** @type {string} */ value) =>
    database.write(({ state }) => state.put(value, "key"));
  const get = () => database.read(({ state }) => state.get("key"));
  return { database, put, get };
}

/** Fail the next transactions. @param {import("node:test").TestContext} t @param {string} name */
function refuse(t, name) {
  return t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new DOMException("refused", name);
  });
}

describe("the database", () => {
  it("has a store for the clients, under their ids, and one for the rest", async (t) => {
    const { put } = await open(t);
    await put("value");
    const stored = await byHand(NAME, STORES, ({ clients, state }) => {
      clients.put({ id: "a" });
      assert.deepEqual([clients.keyPath, state.keyPath], ["id", null]);
      return state.get("key");
    });
    assert.equal(stored, "value");
  });

  it("is there once it is written to", async (t) => {
    const { database, put } = await open(t);
    assert.equal(await database.exists(), false);
    await put("value");
    assert.equal(await database.exists(), true);
    assert.equal(await new Database(NAME).exists(), true);
    assert.equal(await new Database("other").exists(), false);
  });

  it("that is open is there, whatever the browser lists", async (t) => {
    const { database, put } = await open(t);
    await put("value");
    t.mock.method(indexedDB, "databases", async () => []);
    assert.equal(await database.exists(), true);
  });

  it("may be there where the browser does not list any", async (t) => {
    await openBrowser(t);
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.equal(await databaseExists("never made"), true);
  });

  for (const [what, stores] of /** @type {[string, string[]][]} */ ([
    ["has none of its stores", ["other"]],
    ["has one of its stores", ["clients"]],
    ["has the other one of its stores", ["state"]],
  ])) {
    it(`that ${what} is made anew`, async (t) => {
      const { put, get } = await open(t);
      await byHand(NAME, stores, () => {});
      await put("value");
      assert.equal(await get(), "value");
    });
  }

  it("writes nothing of a transaction that fails half-way", async (t) => {
    const { database, put, get } = await open(t);
    await put("before");
    const failing = database.write(async ({ state }) => {
      await state.put("half", "key");
      throw new Error("half-way");
    });
    await assert.rejects(failing, /half-way/);
    assert.equal(await get(), "before");
  });

  it("is not written by what only reads", async (t) => {
    const { database, put } = await open(t);
    await put("before");
    const writing = database.read(({ state }) => state.put("x", "key"));
    await assert.rejects(writing, { name: "ReadOnlyError" });
  });
});

describe("a connection to the database", () => {
  it("is one for all transactions", async (t) => {
    const { put, get } = await open(t);
    const opening = t.mock.method(indexedDB, "open");
    await put("value");
    await get();
    assert.equal(opening.mock.callCount(), 1);
  });

  it("that the browser has closed is opened again", async (t) => {
    const { put, get } = await open(t);
    const begin = t.mock.method(IDBDatabase.prototype, "transaction");
    await put("value");
    /** @type {any} */ (begin.mock.calls[0].this).close();
    assert.equal(await get(), "value");
  });

  it("that refuses for another reason is not tried twice", async (t) => {
    const { put } = await open(t);
    await put("value");
    const begin = refuse(t, "UnknownError");
    await assert.rejects(put("other"), { name: "UnknownError" });
    assert.equal(begin.mock.callCount(), 1);
  });

  it("that is closed again and again is an error", async (t) => {
    const { put } = await open(t);
    await put("before");
    const begin = refuse(t, "InvalidStateError");
    await assert.rejects(put("value"), { name: "InvalidStateError" });
    assert.equal(begin.mock.callCount(), 2);
  });

  it("that could not be opened is tried again with the next transaction", async (t) => {
    const { put, get } = await open(t);
    const opening = t.mock.method(indexedDB, "open", () => {
      throw new Error("refused");
    });
    await assert.rejects(put("value"), /refused/);
    opening.mock.restore();
    await put("value");
    assert.equal(await get(), "value");
  });

  it("gives way to a page that deletes the database, and is opened again", async (t) => {
    const { put, get } = await open(t);
    const begin = t.mock.method(IDBDatabase.prototype, "transaction");
    await put("value");
    const connection = /** @type {any} */ (begin.mock.calls[0].this);
    let isBlocked = false;
    await new Promise((done) => {
      const deleting = indexedDB.deleteDatabase(NAME);
      deleting.onblocked = () => {
        isBlocked = true;
        connection.close();
      };
      deleting.onsuccess = done;
    });
    assert.equal(isBlocked, false);
    assert.equal(await get(), undefined);
    await put("again");
    assert.equal(await get(), "again");
  });
});
