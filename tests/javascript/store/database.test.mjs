import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byHand, openBrowser } from "../support/browser.mjs";
import { Database, databaseExists } from "../../../checklist/page/store/database.js";

const NAME = "name";
const STORES = ["clients", "state"];

/** @param {import("node:test").TestContext} t */
async function open(t) {
  const { leave } = await openBrowser(t);
  const database = new Database(NAME);
  const put = (/** @type {string} */ value) =>
    database.write(({ state }) => state.put(value, "key"));
  const get = () => database.read(({ state }) => state.get("key"));
  return { database, put, get, leave };
}

/** Fail the next transactions. @param {import("node:test").TestContext} t @param {string} name */
function refuse(t, name) {
  return t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new DOMException("refused", name);
  });
}

describe("the database", () => {
  it("has an object store for clients by id, and one for single values", async (t) => {
    const { put } = await open(t);
    await put("value");
    const stored = await byHand(NAME, STORES, ({ clients, state }) => {
      clients.put({ id: "a" });
      assert.deepEqual([clients.keyPath, state.keyPath], ["id", null]);
      return state.get("key");
    });
    assert.equal(stored, "value");
  });

  it("exists after the first write", async (t) => {
    const { database, put } = await open(t);
    assert.equal(await database.exists(), false);
    await put("value");
    assert.equal(await database.exists(), true);
    assert.equal(await new Database(NAME).exists(), true);
    assert.equal(await new Database("other").exists(), false);
  });

  it("exists while it is open, whatever the browser lists", async (t) => {
    const { database, put } = await open(t);
    await put("value");
    t.mock.method(indexedDB, "databases", async () => []);
    assert.equal(await database.exists(), true);
  });

  it("is taken to exist if the browser cannot list databases", async (t) => {
    await openBrowser(t);
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.equal(await databaseExists("never made"), true);
  });

  for (const [what, stores] of /** @type {[string, string[]][]} */ ([
    ["no object store of its own", ["other"]],
    ["only the clients", ["clients"]],
    ["only the single values", ["state"]],
  ])) {
    it(`is created again if it has ${what}`, async (t) => {
      const { put, get } = await open(t);
      await byHand(NAME, stores, () => {});
      await put("value");
      assert.equal(await get(), "value");
    });
  }

  it("is not changed by a transaction that fails half-way", async (t) => {
    const { database, put, get } = await open(t);
    await put("before");
    const failing = database.write(async ({ state }) => {
      await state.put("half", "key");
      throw new Error("half-way");
    });
    await assert.rejects(failing, /half-way/);
    assert.equal(await get(), "before");
  });

  it("cannot be written in a transaction that reads", async (t) => {
    const { database, put } = await open(t);
    await put("before");
    const writing = database.read(({ state }) => state.put("x", "key"));
    await assert.rejects(writing, { name: "ReadOnlyError" });
  });
});

describe("a page that is left in a transaction", () => {
  /** @param {Database} database @param {() => void} onBegun */
  const readForever = (database, onBegun) =>
    database.read(async ({ state }) => {
      for (;;) {
        await state.get("key");
        onBegun();
      }
    });

  it("locks no other page out of the database, if the browser keeps it", async (t) => {
    const { database, put, leave } = await open(t);
    await put("before");
    const reading = new Promise((_, reject) => {
      readForever(database, () => leave(true)).catch(reject);
    });
    await assert.rejects(reading, (/** @type {Error} */ error) => !/answer/.test(error.message));
    const other = new Database(NAME);
    await other.write(({ state }) => state.put("after", "key"));
    assert.equal(await other.read(({ state }) => state.get("key")), "after");
  });

  it("may finish it, if the browser does not keep the page", async (t) => {
    const { database, put, get, leave } = await open(t);
    await put("before");
    const writing = put("after");
    await database.exists();
    leave(false);
    await writing;
    assert.equal(await get(), "after");
  });

  it("opens the connection again when the visitor comes back", async (t) => {
    const { put, get, leave } = await open(t);
    await put("value");
    leave(true);
    assert.equal(await get(), "value");
  });
});

describe("the connection", () => {
  it("is opened once for all transactions", async (t) => {
    const { put, get } = await open(t);
    const opening = t.mock.method(indexedDB, "open");
    await put("value");
    await get();
    assert.equal(opening.mock.callCount(), 1);
  });

  it("is opened again if the browser has closed it", async (t) => {
    const { put, get } = await open(t);
    const begin = t.mock.method(IDBDatabase.prototype, "transaction");
    await put("value");
    /** @type {any} */ (begin.mock.calls[0].this).close();
    assert.equal(await get(), "value");
  });

  it("is not opened again if a transaction fails for another reason", async (t) => {
    const { put } = await open(t);
    await put("value");
    const begin = refuse(t, "UnknownError");
    await assert.rejects(put("other"), { name: "UnknownError" });
    assert.equal(begin.mock.callCount(), 1);
  });

  it("is opened again only once for a transaction", async (t) => {
    const { put } = await open(t);
    await put("before");
    const begin = refuse(t, "InvalidStateError");
    await assert.rejects(put("value"), { name: "InvalidStateError" });
    assert.equal(begin.mock.callCount(), 2);
  });

  it("is opened by the next transaction if it could not be opened", async (t) => {
    const { put, get } = await open(t);
    const opening = t.mock.method(indexedDB, "open", () => {
      throw new Error("refused");
    });
    await assert.rejects(put("value"), /refused/);
    opening.mock.restore();
    await put("value");
    assert.equal(await get(), "value");
  });

  it("is closed if a page deletes the database, and opened again later", async (t) => {
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
