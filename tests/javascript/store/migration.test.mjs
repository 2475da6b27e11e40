/** The migration from version 1.4.0. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NAME, STORES, byHand, openBrowser, record } from "../support/browser.mjs";
import { readLegacy } from "../../../checklist/page/store/legacy.js";

describe("the migration from 1.4.0", () => {
  const OLD = "client-checklist:";
  /** @param {any[]} records */
  const putOld = (...records) =>
    byHand("client-checklist", ["cases"], ({ cases }) =>
      records.map((one) => cases.put(one)).at(-1),
    );

  it("moves each client once, with its unsaved changes", async (t) => {
    const [a, b] = [record("a", { name: "A", answers: { pays: "no" } }), record("b")];
    const unsaved = {
      a: { saved: record("a", { name: "A" }), record: record("a", { name: "A2" }) },
      c: { record: record("c", { name: "C" }) },
      d: { record: 5 },
    };
    const browser = await openBrowser(t, {
      [`${OLD}last`]: "b",
      [`${OLD}snapshot`]: "{}",
      [`${OLD}unsaved`]: JSON.stringify(unsaved),
      [`${OLD}set-aside`]: "x\n\ny",
      [`${OLD}case`]: '{"answers": 5}',
    });
    await putOld(a, b);
    const page = browser.open();
    assert.deepEqual(await page.list(), [{ ...a, name: "A2" }, b, record("c", { name: "C" })]);
    assert.equal((await page.openedLast())?.id, "b");
    assert.equal(await page.unreadable(), 'x\n\ny\n\n{"record":5}\n\n{"answers": 5}');
    assert.deepEqual(browser.items(), {});
    const names = (await indexedDB.databases()).map(({ name }) => name);
    assert.deepEqual(names, [NAME]);
  });

  it("moves the single client of the first version", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}case`]: JSON.stringify(record("", { x: 1 })) });
    const page = browser.open();
    const [one] = await page.list();
    assert.deepEqual(one, record(one.id, { x: 1 }));
    assert.notEqual(one.id, "");
    assert.deepEqual(await page.openedLast(), one);
  });

  it("overwrites no client, and does not bring back a wiped one", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a", { name: "old" }));
    await byHand(NAME, STORES, ({ clients }) =>
      clients.put({ id: "a", record: record("a", { name: "new" }), revisions: {} }),
    );
    const page = browser.open();
    const names = (await page.list()).map(({ name }) => name);
    assert.deepEqual(names.sort(), ["new", "old"]);
    await page.wipe();
    await putOld(record("a", { name: "old" })); // as if its removal never reached the disk
    assert.deepEqual(await browser.open().list(), []);
  });

  it("moves what 1.4.0 has stored since", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a"));
    await browser.open().list();
    await putOld(record("a"), record("b"));
    assert.deepEqual(await browser.open().list(), [record("a"), record("b")]);
  });

  it("removes nothing that it could not read", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}set-aside`]: "x" });
    await putOld(record("a"));
    const { open } = indexedDB;
    const refusing = t.mock.method(indexedDB, "open", function (/** @type {any[]} */ ...all) {
      if (all[0] === "client-checklist") {
        throw new Error("refused");
      }
      return Reflect.apply(open, indexedDB, all);
    });
    assert.deepEqual(await browser.open().list(), []);
    refusing.mock.restore();
    const next = browser.open();
    assert.deepEqual(await next.list(), [record("a")]);
    assert.equal(await next.unreadable(), "x");
  });

  it("removes the items of localStorage, as a wipe does", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}snapshot`]: "{}", [`${OLD}last`]: "a" });
    await browser.open().list();
    assert.deepEqual(browser.items(), {});
    const page = browser.open();
    await page.list();
    browser.putBack({ [`${OLD}snapshot`]: "{}" });
    await page.wipe();
    assert.deepEqual(browser.items(), {});
  });

  it("works if the browser cannot list its databases", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a"));
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });

  it("removes nothing while the database fails", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}unsaved`]: "{" });
    const mend = browser.refuse();
    await browser.open().list();
    mend();
    assert.deepEqual(browser.items(), { [`${OLD}unsaved`]: "{" });
    assert.equal(await browser.open().unreadable(), "{");
  });

  it("does not delete the old database if it failed to open once", async (t) => {
    const unsaved = { c: { record: record("c") } };
    const browser = await openBrowser(t, { "client-checklist:unsaved": JSON.stringify(unsaved) });
    await byHand("client-checklist", ["cases"], ({ cases }) => cases.put(record("a")));
    await new Promise((done) => {
      const opening = indexedDB.open("client-checklist", 2);
      opening.onsuccess = () => done(opening.result.close());
    });
    const { open } = indexedDB;
    const failing = t.mock.method(
      indexedDB,
      "open",
      (/** @type {string} */ name, /** @type {number | undefined} */ version) =>
        // An older version than there is fails, as one does that the disk fails.
        open.call(indexedDB, name, name === "client-checklist" ? 1 : version),
    );
    await browser.open().list();
    failing.mock.restore();
    const ids = (await browser.open().list()).map(({ id }) => id);
    assert.deepEqual(ids, ["a", "c"]);
  });

  it("leaves no unhandled rejection if the browser cannot list its databases", async (t) => {
    await openBrowser(t);
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.equal(await readLegacy(), null);
  });
});
