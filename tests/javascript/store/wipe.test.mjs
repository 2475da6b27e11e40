/** Deletions and wipes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  NAME,
  STORES,
  byHand,
  edit,
  idsOf,
  openBrowser,
  record,
  refuseTransactions,
  renaming,
  tick,
} from "../support/browser.mjs";
import { until } from "../support/fakes.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

describe("a deletion", () => {
  it("removes the snapshots of the client, and no other journal entries", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a"), record("b")]);
    const entries = {
      [`${NAME}:p`]: JSON.stringify({ at: 1, record: record("a"), pending: [] }),
      [`${NAME}:q`]: JSON.stringify({ at: 1, record: record("b"), pending: [] }),
      [`${NAME}:r`]: JSON.stringify({ at: 1, record: record("a"), pending: [renaming()] }),
      [`${NAME}:s`]: JSON.stringify({ at: 1, record: null, pending: [renaming()] }),
      [`${NAME}:x`]: "{",
    };
    browser.putBack(entries);
    assert.equal(await page.delete(["a"]), true);
    const { [`${NAME}:p`]: _, ...others } = entries;
    assert.deepEqual(browser.items(), others);
  });

  it("is not reverted by an older journal after the browser was killed", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.setShown(record("a"));
    await page.put([record("a"), record("b")]);
    tick(page, record("a"), { pays: "no" });
    const before = browser.items();
    await until(() => page.isStored());
    assert.equal(await browser.open().delete(["a"]), true);
    browser.kill();
    browser.putBack(before);
    const next = browser.open();
    assert.deepEqual(
      (await next.list()).map(({ id }) => id),
      ["b"],
    );
    assert.equal(await next.get("a"), undefined);
    assert.equal(await next.openedLast(), undefined);
  });
});

describe("a wipe", () => {
  it("is not reverted by an older journal after the browser was killed", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.setShown(record("a"));
    await page.update(record("a"), record("a", { name: "Anna" }));
    tick(page, record("a", { name: "Anna" }), { pays: "no" });
    const before = browser.items();
    await until(() => page.isStored());
    assert.notEqual(await browser.open().wipe(), null);
    browser.kill();
    browser.putBack(before);
    const next = browser.open();
    assert.deepEqual(await next.list(), []);
    assert.equal(await next.get("a"), undefined);
    assert.equal(await next.openedLast(), undefined);
    assert.deepEqual(await byHand(NAME, STORES, ({ clients }) => clients.getAll()), []);
  });

  it("is not reverted by a journal that had read no epoch", async (t) => {
    const browser = await openBrowser(t);
    tick(browser.open(), record("a"), { pays: "no" });
    const before = browser.items();
    await browser.open().wipe();
    browser.kill();
    browser.putBack(before);
    assert.deepEqual(await browser.open().list(), []);
  });

  it("deletes nothing if the database fails", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const first = await tick(page, record("a"), { pays: "no" });
    page.setShown(first);
    const before = browser.items();
    t.mock.method(IDBObjectStore.prototype, "clear", () => {
      throw new Error("refused");
    });
    assert.equal(await page.wipe(), null);
    assert.deepEqual(browser.items(), before);
    assert.deepEqual(await page.list(), [first]);
    await page.delete(["a"]);
    assert.deepEqual(await page.list(), []);
  });

  it("can be undone, as can a deletion", async (t) => {
    const page = (await openBrowser(t, { "/.__palette": "dark" })).open();
    const clients = [record("a", { name: "A" }), record("b")];
    await page.put(clients);
    await page.delete(["a"]);
    assert.deepEqual(await page.add([clients[0]]), [clients[0]]);
    const restore = await page.wipe();
    assert.deepEqual(await page.list(), []);
    await restore?.();
    assert.deepEqual(await page.list(), clients);
    assert.equal(localStorage.getItem("/.__palette"), "dark");
  });

  it("deletes what could not be read and forgets which client was open", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    const page = browser.open();
    await edit(page, record("a"), { name: "A" });
    await page.wipe();
    assert.equal(await page.unreadable(), null);
    const next = browser.open();
    assert.equal(await next.unreadable(), null);
    await next.put([record("b")]);
    assert.equal((await next.openedLast())?.id, "b");
  });

  it("restores what could not be read when it is undone", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    const page = browser.open();
    await page.put([record("a")]);
    const restore = await page.wipe();
    await restore?.();
    assert.equal(await page.unreadable(), "{");
    assert.equal(await browser.open().unreadable(), "{");
  });

  for (const isWiper of [false, true]) {
    const who = isWiper ? "the page that wiped" : "a page that has read of it";
    it(`does not drop later operations of ${who} if the clock was set back`, async (t) => {
      const browser = await openBrowser(t);
      const now = t.mock.method(Date, "now", () => 1_000);
      const wiper = browser.open();
      await wiper.wipe();
      const page = isWiper ? wiper : browser.open();
      if (!isWiper) {
        await page.list();
      }
      now.mock.mockImplementation(() => 500);
      const mend = refuseTransactions(t);
      await page.put([record("a")]);
      browser.kill();
      mend();
      assert.deepEqual(await idsOf(browser.open()), ["a"]);
    });
  }
});

describe("after a failed wipe", () => {
  /** @param {TestContext} t */
  async function refusedWipe(t) {
    const browser = await openBrowser(t);
    const [page, other] = [browser.open(), browser.open()];
    await page.put([record("a")]);
    await page.wipe();
    await page.put([record("b")]);
    const mend = refuseTransactions(t);
    assert.equal(await page.wipe(), null);
    return { browser, page, other, mend };
  }

  it("a later update is stored", async (t) => {
    const { browser, page, mend } = await refusedWipe(t);
    mend();
    const now = await tick(page, record("c"), { pays: "no" });
    assert.deepEqual(now?.answers, { pays: "no" });
    assert.deepEqual((await browser.open().get("c"))?.answers, { pays: "no" });
  });

  it("an update by another tab is stored", async (t) => {
    const { browser, other, mend } = await refusedWipe(t);
    await tick(other, record("b"), { pays: "no" });
    mend();
    assert.deepEqual((await browser.open().get("b"))?.answers, { pays: "no" });
  });
});

describe("the last copy", () => {
  const copy = { at: 7, changed: { a: "2026-11-20T10:00:00+03:00" } };

  it("is shared by the pages, deleted by a wipe, and restored with the clients", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    assert.equal(await page.lastCopy(), null);
    await page.setLastCopy(copy);
    const other = browser.open();
    assert.deepEqual(await other.lastCopy(), copy);
    const restore = await page.wipe();
    assert.equal(await other.lastCopy(), null);
    await restore?.();
    assert.deepEqual(await other.lastCopy(), copy);
  });

  it("is unknown if the database is refused, and ignored if it is damaged", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    for (const damaged of ["yesterday", { at: "x", changed: {} }, { at: 1, changed: [] }]) {
      await byHand(NAME, STORES, ({ state }) => state.put(damaged, "copied"));
      assert.equal(await page.lastCopy(), null);
    }
    await refuseTransactions(t);
    assert.equal(await page.lastCopy(), undefined);
  });

  it("forgets the file that is kept up to date; undone, the page knows it again", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("a", { changed: "then" })]);
    const backup = { file: { name: "clients.json" }, unreadable: [] };
    await page.setBackup(backup);
    await page.rememberCopy(await page.list());
    const undo = await page.wipe();
    assert.equal(await page.backup(), null);
    assert.equal(await page.lastCopy(), null);
    await undo?.();
    assert.deepEqual(await page.backup(), backup);
    assert.deepEqual((await page.lastCopy())?.changed, { a: "then" });
  });
});
