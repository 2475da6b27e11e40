/** Reading and updating clients. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  NAME,
  STORES,
  answersOf,
  byHand,
  edit,
  idsOf,
  openBrowser,
  record,
  refuseTransactions,
  tick,
} from "../support/browser.mjs";
import { setGlobals, settled } from "../support/fakes.mjs";

describe("a client", () => {
  it("is read without creating a database", async (t) => {
    const page = (await openBrowser(t)).open();
    assert.deepEqual(await page.list(), []);
    assert.equal(await page.get("a"), undefined);
    assert.equal(await page.openedLast(), undefined);
    assert.equal(await page.unreadable(), null);
    assert.deepEqual(await indexedDB.databases(), []);
    assert.equal(page.isStored(), true);
  });

  it("is stored by its first update, which leaves the journal empty", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const now = await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(now, record("a", { answers: { pays: "no" } }));
    assert.equal(page.isStored(), true);
    assert.deepEqual(browser.items(), {});
    assert.deepEqual(await browser.open().list(), [now]);
  });

  it("is in the journal before the database has it", async (t) => {
    const browser = await openBrowser(t);
    tick(browser.open(), record("a"), { pays: "no" });
    const [text] = Object.values(browser.items());
    assert.equal(JSON.parse(text).pending[0].change[0].after, "no");
  });

  it("belongs to the path of its site", async (t) => {
    const browser = await openBrowser(t);
    await tick(browser.open("/preview/"), record("a"), { pays: "no" });
    const page = browser.open("/");
    assert.deepEqual(await page.list(), []);
    page.setShown(record("b"));
    assert.equal(browser.open("/preview/").snapshot(null), null);
    assert.equal(browser.open("/").snapshot(null)?.id, "b");
  });

  it("is reported as not stored if it is not read back as written", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("a")]);
    /** @this {IDBObjectStore} @param {any} row */
    function lose(row) {
      return this.get(row.id ?? "none"); // as if it were written
    }
    t.mock.method(IDBObjectStore.prototype, "put", lose);
    await tick(page, record("a"), { pays: "no" });
    assert.equal(page.isStored(), false);
    assert.deepEqual(await answersOf(page), { pays: "no" });
  });

  it("is written with strict durability", async (t) => {
    const page = (await openBrowser(t)).open();
    const begin = t.mock.method(IDBDatabase.prototype, "transaction");
    await tick(page, record("a"), { pays: "no" });
    const writes = begin.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite");
    assert.deepEqual(
      writes.map((call) => call.arguments[2]),
      [{ durability: "strict" }],
    );
  });

  it("is stored even if the browser has closed the connection", async (t) => {
    const page = (await openBrowser(t)).open();
    const first = await tick(page, record("a"), { pays: "no" });
    const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
      begin.mock.restore();
      throw new DOMException("closed", "InvalidStateError");
    });
    await tick(page, first, { asks: "yes" });
    assert.equal(page.isStored(), true);
  });

  it("gets another id if its id exists when it is added", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("a", { name: "A" })]);
    const [added] = await page.add([record("a", { name: "B" })]);
    assert.notEqual(added.id, "a");
    assert.deepEqual((await page.list()).map(({ name }) => name).sort(), ["A", "B"]);
  });
});

describe("an update", () => {
  it("is stored if it is made during another write", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const { put } = IDBObjectStore.prototype;
    /** @type {Promise<boolean> | undefined} */
    let second;
    /** @this {IDBObjectStore} @param {[any, any?]} parts */
    function putMeanwhile(...parts) {
      second ??= page.put([record("b")]);
      return put.apply(this, parts);
    }
    t.mock.method(IDBObjectStore.prototype, "put", putMeanwhile);
    assert.equal(await page.put([record("a")]), true);
    assert.equal(await second, true);
    assert.deepEqual(await idsOf(browser.open()), ["a", "b"]);
  });

  it("returns the client if the database fails right after the commit", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("a")]);
    const { transaction } = IDBDatabase.prototype;
    let rest = 2; // it is written, and read back
    t.mock.method(
      IDBDatabase.prototype,
      "transaction",
      /** @this {IDBDatabase} @param {[any, any]} parts */ function (...parts) {
        rest -= 1;
        if (rest < 0) {
          throw new Error("refused");
        }
        return transaction.apply(this, parts);
      },
    );
    const now = await edit(page, record("a"), { name: "A" });
    assert.equal(now?.name, "A");
  });

  it("writes only the row and which client is open", async (t) => {
    const page = (await openBrowser(t)).open();
    page.setShown(record("a"));
    await edit(page, record("a"), { name: "A" });
    const keys = await byHand(NAME, STORES, ({ state }) => state.getAllKeys());
    assert.deepEqual(keys, ["open"]);
  });
});

describe("a client that the database lost", () => {
  const anna = record("a", { name: "Anna" });

  it("is stored completely by the next update of a page that has read it", async (t) => {
    const page = (await openBrowser(t)).open();
    const first = await page.update(record("a"), record("a", { name: "Anna" }));
    await byHand(NAME, STORES, ({ clients }) => clients.clear());
    assert.equal((await tick(page, first, { pays: "no" }))?.name, "Anna");
  });

  it("is stored completely by the next update of a page that shows it", async (t) => {
    const page = (await openBrowser(t)).open();
    page.setShown(anna);
    await edit(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), { ...anna, staying: "because" });
  });

  it("in a wipe is stored with the later changes only", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([anna]);
    await browser.open().wipe();
    const page = browser.open();
    await page.list();
    page.setShown(anna);
    await edit(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), record("a", { staying: "because" }));
  });

  it("is stored with the later changes only if the page had deleted it", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([anna]);
    await page.list();
    await page.delete(["a"]);
    await byHand(NAME, STORES, ({ clients }) => clients.clear());
    await edit(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), record("a", { staying: "because" }));
  });
});

describe("the state of the store", () => {
  it("is readable until a transaction fails", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([record("a")]);
    const page = browser.open();
    assert.equal(page.isReadable(), true);
    const mend = refuseTransactions(t);
    await page.get("a");
    assert.deepEqual([page.isReadable(), page.isStored()], [false, false]);
    mend();
    await page.get("a");
    assert.deepEqual([page.isReadable(), page.isStored()], [true, true]);
  });

  it("is not readable after a failed write", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("b")]);
    refuseTransactions(t);
    assert.equal(await page.put([record("a")]), false);
    assert.equal(page.isReadable(), false);
  });

  it("is not readable if the migration from 1.4.0 fails", async (t) => {
    const browser = await openBrowser(t, { "client-checklist:unsaved": "{" });
    browser.refuse();
    const page = browser.open();
    await settled();
    assert.equal(page.isReadable(), false);
  });

  it("is stored if there is nothing to store", async (t) => {
    const page = (await openBrowser(t)).open();
    assert.equal(await page.put([]), true);
  });

  it("is stored after another page has committed its operations", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("b")]);
    const mend = refuseTransactions(t);
    await edit(page, record("a"), { name: "A" });
    assert.equal(page.isStored(), false);
    mend();
    await browser.open().list();
    await page.get("a");
    assert.equal(page.isStored(), true);
  });

  it("is journaled until the journal fails", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    assert.equal(page.isJournaled(), true);
    await edit(page, record("a"), { name: "A" });
    assert.equal(page.isJournaled(), true);
    setGlobals(t, { localStorage: undefined });
    await edit(page, record("a"), { name: "B" });
    assert.equal(page.isJournaled(), false);
  });
});
