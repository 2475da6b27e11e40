/** What a page does after the browser has refused it something. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byHand, openBrowser, record } from "../support/browser.mjs";
import { settled } from "../support/fakes.mjs";
import { readLegacy } from "../../../checklist/page/store/legacy.js";

/** Let every transaction fail. @param {import("node:test").TestContext} t */
function refuse(t) {
  const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new Error("refused");
  });
  return () => begin.mock.restore();
}
/** @param {any} page @param {any} before @param {object} answers */
const tick = (page, before, answers) =>
  page.update(before, { ...before, answers: { ...before.answers, ...answers } });

describe("after a wipe that the browser refused, where there was one before", () => {
  /** @param {import("node:test").TestContext} t */
  async function refusedWipe(t) {
    const browser = await openBrowser(t);
    const [page, other] = [browser.open(), browser.open()];
    await page.put([record("a")]);
    await page.wipe();
    await page.put([record("b")]);
    const mend = refuse(t);
    assert.equal(await page.wipe(), null);
    return { browser, page, other, mend };
  }

  it("what is changed later is stored, and not said to be deleted", async (t) => {
    const { browser, page, mend } = await refusedWipe(t);
    mend();
    const now = await tick(page, record("c"), { pays: "no" });
    assert.deepEqual(now?.answers, { pays: "no" });
    assert.deepEqual((await browser.open().get("c"))?.answers, { pays: "no" });
  });

  it("what another tab changes until the database answers is stored", async (t) => {
    const { browser, other, mend } = await refusedWipe(t);
    await tick(other, record("b"), { pays: "no" });
    mend();
    assert.deepEqual((await browser.open().get("b"))?.answers, { pays: "no" });
  });
});

describe("what a tab could not store", () => {
  it("overwrites no newer answer of another tab when it is tried again", async (t) => {
    const browser = await openBrowser(t);
    const [one, late] = [browser.open(), browser.open()];
    const stored = await tick(one, record("a"), { pays: "no" });
    const mend = refuse(t);
    await tick(late, stored, { pays: "unknown" });
    mend();
    await tick(one, stored, { pays: "yes" });
    await tick(late, stored, { asks: "no" });
    const now = await browser.open().get("a");
    assert.deepEqual(now?.answers, { pays: "yes", asks: "no" });
  });

  it("of a deletion that was undone is stored by the next page", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    await page.remove(["a"]);
    const mend = refuse(t);
    await page.put([record("a")]);
    browser.kill();
    mend();
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });
});

describe("the database of 1.4.0", () => {
  it("is not deleted unread where it does not open once", async (t) => {
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

  it("that is not there leaves no error unheard where the browser lists none", async (t) => {
    await openBrowser(t);
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.equal(await readLegacy(), null);
  });
});

describe("a deletion", () => {
  it("is carried on with by the next page where this one ends at once", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    const mend = refuse(t);
    page.remove(["a"]);
    const atOnce = browser.items(); // where the page is killed before the database answers
    await settled();
    browser.kill();
    browser.putBack(atOnce);
    mend();
    assert.deepEqual(await browser.open().list(), []);
  });
});
