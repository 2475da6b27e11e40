/** The snapshot of the shown client, and which client was opened last. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countWrites, openBrowser, record, tick } from "../support/browser.mjs";
import { settled } from "../support/fakes.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

describe("the snapshot", () => {
  it("is available to the next page before the database answers", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.setShown(record("a", { name: "A" }));
    const next = browser.open();
    assert.deepEqual(next.snapshot(null), record("a", { name: "A" }));
    assert.deepEqual(next.snapshot("a"), record("a", { name: "A" }));
    assert.equal(next.snapshot("b"), null);
    next.setShown(record("b"));
    assert.equal(Object.keys(browser.items()).length, 1, "a page removes earlier snapshots");
    page.saveSnapshot();
    assert.deepEqual(browser.open().snapshot("a"), record("a", { name: "A" }));
    await settled();
  });

  it("is removed when the client is deleted", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.setShown(record("a"));
    await page.put([record("a")]);
    await browser.open().delete(["a"]);
    assert.deepEqual(browser.items(), {});
  });

  it("is removed after a deletion or a wipe even if its page writes it again", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    await one.put([record("a"), record("b")]);
    one.setShown(record("a"));
    other.setShown(record("b"));
    browser.kill();
    await browser.open().delete(["a"]);
    one.saveSnapshot();
    await browser.open().list();
    assert.equal(browser.open().snapshot("a"), null);
    await browser.open().wipe();
    other.saveSnapshot();
    await browser.open().list();
    assert.equal(browser.open().snapshot("b"), null);
  });
});

describe("the client that was opened last", () => {
  it("is not one that was renamed in the list", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([record("a"), record("b")]);
    const page = browser.open();
    await page.get("a");
    await page.setShown(record("a"));
    await browser.open().update(record("b"), record("b", { name: "B" }));
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("is known even if localStorage was lost", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a", { changed: "2026-01-02T00:00:00+00:00" }), record("b")]);
    assert.equal((await page.openedLast())?.id, "a", "the one that was changed last");
    page.setShown(record("b"));
    await tick(page, record("b"), { pays: "no" });
    browser.putBack({});
    assert.equal((await browser.open().openedLast())?.id, "b");
    await page.get("a");
    await page.setShown(record("a", { changed: "2026-01-02T00:00:00+00:00" }));
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("is the client that was changed last if none was opened", async (t) => {
    const browser = await openBrowser(t);
    await browser
      .open()
      .put([
        record("a"),
        record("b", { changed: "2026-01-01T00:00:00+00:00" }),
        record("c", { changed: "2026-01-03T00:00:00+00:00" }),
        record("d", { changed: "2026-01-02T00:00:00+00:00" }),
        record("e", { changed: "never" }),
      ]);
    assert.equal((await browser.open().openedLast())?.id, "c");
  });

  /** A page that has read clients a and b. @param {TestContext} t */
  async function page(t) {
    const browser = await openBrowser(t);
    const opened = browser.open();
    const [a, b] = [record("a"), record("b")];
    await opened.put([a, b]);
    await opened.list();
    return { page: opened, a, b, writes: countWrites(t), browser };
  }

  it("is written once", async (t) => {
    const { page: opened, a, writes, browser } = await page(t);
    await opened.setShown(a);
    await opened.setShown(a);
    assert.equal(writes(), 1);
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("is the last one of those that are shown in quick succession", async (t) => {
    const { page: opened, a, b, writes, browser } = await page(t);
    await Promise.all([opened.setShown(a), opened.setShown(b)]);
    assert.equal(writes(), 1);
    assert.equal((await browser.open().openedLast())?.id, "b");
  });

  it("is not written before it is stored", async (t) => {
    const { page: opened, writes } = await page(t);
    await opened.setShown(record("c"));
    assert.equal(writes(), 0);
  });

  it("is not written if the database fails", async (t) => {
    const { page: opened, a } = await page(t);
    const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
      throw new Error("refused");
    });
    await opened.setShown(a);
    assert.deepEqual(
      begin.mock.calls.map(({ arguments: [, mode] }) => mode),
      ["readonly"],
    );
  });
});
