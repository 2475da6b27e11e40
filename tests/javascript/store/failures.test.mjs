/** Parts of the browser that are missing or fail. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openBrowser, record, tick } from "../support/browser.mjs";
import { setGlobals } from "../support/fakes.mjs";

const refused = () => {
  throw new Error("refused");
};

describe("clients", () => {
  for (const [what, globals] of /** @type {[string, any][]} */ ([
    ["the channel", { BroadcastChannel: undefined }],
    ["permission for the channel", { BroadcastChannel: refused }],
    ["localStorage and sessionStorage", { localStorage: undefined, sessionStorage: undefined }],
    [
      "permission for localStorage",
      { localStorage: { getItem: refused, setItem: refused, removeItem: refused } },
    ],
  ])) {
    it(`are stored without ${what}`, async (t) => {
      const browser = await openBrowser(t);
      setGlobals(t, globals);
      const page = browser.open();
      const first = await tick(page, record("a"), { pays: "no" });
      assert.equal(page.isStored(), true);
      page.setShown(first);
      const next = browser.open();
      assert.deepEqual(await next.openedLast(), first);
      assert.notEqual(await next.wipe(), null);
      assert.deepEqual(await browser.open().list(), []);
    });
  }

  for (const [what, databases] of /** @type {[string, any][]} */ ([
    ["cannot list its databases", undefined],
    ["refuses to list its databases", refused],
    ["fails to list its databases", () => Promise.reject(new Error("refused"))],
  ])) {
    it(`are stored and read if the browser ${what}`, async (t) => {
      const browser = await openBrowser(t);
      Object.defineProperty(indexedDB, "databases", { value: databases, configurable: true });
      const first = await tick(browser.open(), record("a"), { pays: "no" });
      const next = browser.open();
      assert.deepEqual(await next.list(), [first]);
      assert.equal(next.isStored(), true);
    });
  }

  for (const [what, globals] of /** @type {[string, any][]} */ ([
    ["is missing", { indexedDB: undefined }],
    ["does not open", { indexedDB: { open: refused, databases: async () => [] } }],
    ["fails in every call", { indexedDB: { open: refused, databases: refused } }],
  ])) {
    it(`are kept in the journal if the database ${what}`, async (t) => {
      const browser = await openBrowser(t);
      setGlobals(t, globals);
      const page = browser.open();
      const first = await tick(page, record("a"), { pays: "no" });
      assert.equal(page.isStored(), false);
      assert.deepEqual(await page.get("a"), first);
      await page.put([record("b")]);
      await page.delete(["b"]);
      const next = browser.open();
      assert.deepEqual(await next.list(), [first]);
      assert.equal(next.isStored(), false);
      assert.equal(next.isJournaled(), true);
      const isGone = globals.indexedDB === undefined;
      assert.equal((await next.wipe()) !== null, isGone, "a database that fails cannot be wiped");
      assert.deepEqual(await browser.open().list(), isGone ? [] : [first]);
    });
  }

  for (const [what, localStorage] of /** @type {[string, any][]} */ ([
    ["is missing", undefined],
    ["refuses every call", { getItem: refused, setItem: refused, removeItem: refused }],
    ["is full", { getItem: () => null, setItem: refused, removeItem() {} }],
    ["stores nothing", { getItem: () => null, setItem() {}, removeItem() {} }],
  ])) {
    it(`are not said to be kept without a database where localStorage ${what}`, async (t) => {
      const browser = await openBrowser(t);
      setGlobals(t, { indexedDB: undefined, localStorage });
      const page = browser.open();
      await page.list();
      assert.equal(page.whyNotStored({ not_yet: "kept", not_saved: "lost" }), "lost");
    });
  }

  it("are said to be kept without a database where localStorage works", async (t) => {
    const browser = await openBrowser(t);
    setGlobals(t, { indexedDB: undefined });
    const page = browser.open();
    await page.list();
    assert.equal(page.whyNotStored({ not_yet: "kept", not_saved: "lost" }), "kept");
    assert.deepEqual(Object.keys({ ...localStorage }), []);
  });

  it("are kept in memory without the journal and the database", async (t) => {
    const browser = await openBrowser(t);
    setGlobals(t, { indexedDB: undefined, localStorage: undefined });
    const page = browser.open();
    const first = await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(await page.list(), [first]);
    assert.equal(page.isStored(), false);
  });
});
