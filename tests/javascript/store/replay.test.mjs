/** The journal, and its replay by another page. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  NAME,
  answersOf,
  edit,
  idsOf,
  journalEntry,
  openBrowser,
  putRows,
  record,
  refuseTransactions,
  renaming,
  tick,
} from "../support/browser.mjs";
import { settled } from "../support/fakes.mjs";

const DAMAGED = record("a", { log: "none" });

describe("the journal of a page", () => {
  it("is written before the database, except for many clients at once", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const ids = ["a", ...Array(20).keys()].map(String);
    const putting = page.put(ids.map((id) => record(id)));
    assert.deepEqual(browser.items(), {});
    await putting;
    const changing = edit(page, record("a"), { name: "A" });
    assert.equal(Object.keys(browser.items()).length, 1);
    await changing;
    assert.deepEqual(browser.items(), {});
    refuseTransactions(t);
    assert.equal(await page.put([record("c")]), false);
    const [text] = Object.values(browser.items());
    assert.equal(JSON.parse(text).pending[0].record.id, "c");
  });

  it("holds only its own operations while the database fails", async (t) => {
    const browser = await openBrowser(t);
    browser.refuse();
    await browser.open().put([record("a")]);
    await browser.open().put([record("b")]);
    const entries = Object.entries(browser.items());
    assert.equal(entries.length, 2);
    for (const [key, text] of entries) {
      const pages = JSON.parse(text).pending.map((/** @type {any} */ one) => one.page);
      assert.deepEqual(pages, [key.slice(`${NAME}:`.length)]);
    }
  });

  it("holds the undo of a deletion at once", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    await page.delete(["a"]);
    page.put([record("a")]);
    const [entry] = Object.values(browser.items());
    assert.equal(JSON.parse(entry).pending.length, 1);
  });
});

describe("a journal entry of another page", () => {
  const [first, second] = [
    renaming(),
    renaming({ at: 2, change: [{ path: '["name"]', before: "A", after: "B" }] }),
  ];

  for (const [what, entries] of /** @type {[string, Record<string, string>][]} */ ([
    [
      "the page of the earlier change wrote last",
      { p: journalEntry([first], 9), q: journalEntry([{ ...second, page: "q" }], 8) },
    ],
    [
      "the page of the later change wrote last",
      { p: journalEntry([first], 8), q: journalEntry([{ ...second, page: "q" }], 9) },
    ],
    [
      "one page made both at the same time",
      { p: journalEntry([first, { ...second, at: 1, revision: 2 }]) },
    ],
    ["they are in another order", { p: journalEntry([{ ...second, at: 1, revision: 2 }, first]) }],
  ])) {
    it(`is replayed in the order of the operations if ${what}`, async (t) => {
      const items = Object.entries(entries).map(([page, text]) => [`${NAME}:${page}`, text]);
      const browser = await openBrowser(t, Object.fromEntries(items));
      await putRows({ id: "a", record: record("a"), revisions: {} });
      assert.equal((await browser.open().get("a"))?.name, "B");
    });
  }

  it("is replayed in the order of its revisions if the clock was set back", async (t) => {
    const change = (/** @type {number} */ revision, /** @type {number} */ at) => ({
      ...{ id: "a", page: "x", rules: "7", epoch: null, revision, at },
      change: [{ path: `["answers","${revision}"]`, after: "no" }],
    });
    const entry = { at: 1, record: null, pending: [change(1, 2_000), change(2, 1_000)] };
    const browser = await openBrowser(t, { [`${NAME}:x`]: JSON.stringify(entry) });
    assert.deepEqual(await answersOf(browser.open()), { 1: "no", 2: "no" });
  });

  it("is not kept as unreadable if it is valid", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:p`]: journalEntry([renaming()]) })).open();
    assert.equal(await page.unreadable(), null);
  });

  it("is committed together with an invalid entry, which is kept as unreadable", async (t) => {
    const items = { [`${NAME}:p`]: journalEntry([renaming()]), [`${NAME}:x`]: "{" };
    const page = (await openBrowser(t, items)).open();
    assert.deepEqual(await idsOf(page), ["a"]);
    assert.equal(page.isStored(), true);
    assert.equal(await page.unreadable(), "{");
  });

  it("is applied to its own client, whichever client the page shows", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:p`]: journalEntry([renaming()]) })).open();
    page.setShown(record("b", { name: "B" }));
    assert.deepEqual(await page.get("a"), record("a", { name: "A" }));
  });

  it("does not change which client was opened last", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    page.setShown(record("b"));
    await edit(page, record("b"), { name: "B" });
    browser.putBack({ [`${NAME}:p`]: journalEntry([renaming()]) });
    const next = browser.open();
    assert.equal((await next.get("a"))?.name, "A");
    assert.equal((await next.openedLast())?.id, "b");
  });

  it("with pending operations is not replaced by a snapshot", async (t) => {
    const browser = await openBrowser(t);
    browser.refuse();
    await browser.open().put([record("a")]);
    localStorage.setItem(`${NAME}:x`, "{");
    const before = browser.items();
    await browser.open().setShown(record("b"));
    const after = browser.items();
    assert.equal(Object.keys(after).length, 3);
    assert.deepEqual({ ...after, ...before }, after);
  });

  it("that was applied beside a damaged client is not applied again", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:p`]: journalEntry([renaming()]) });
    await putRows({ id: "a", record: DAMAGED, revisions: { p: 1 } });
    assert.deepEqual(await browser.open().list(), [DAMAGED]);
  });

  it("is pending even if the row of another client has a later revision of its page", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:p`]: journalEntry([renaming({ id: "b" })]) });
    await putRows({ id: "a", record: record("a"), revisions: { p: 9 } });
    t.mock.method(IDBObjectStore.prototype, "put", () => {
      throw new Error("full");
    });
    const page = browser.open();
    await page.get("a");
    assert.deepEqual(await idsOf(page), ["a", "b"]);
    assert.equal(page.isStored(), false);
  });
});

describe("after the browser was killed", () => {
  it("an older answer overwrites none", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const first = tick(page, record("a"), { pays: "no" });
    const before = browser.items();
    await tick(page, await first, { pays: "yes" });
    browser.kill();
    browser.putBack(before);
    assert.deepEqual(await answersOf(browser.open()), { pays: "yes" });
  });

  it("an older answer overwrites none of another tab", async (t) => {
    const browser = await openBrowser(t);
    const stored = await tick(browser.open(), record("a"), { pays: "no" });
    const mend = browser.refuse();
    const early = browser.open();
    await tick(early, stored, { pays: "yes" });
    const before = browser.items();
    mend();
    browser.putBack({});
    await tick(browser.open(), stored, { pays: "unknown" });
    browser.putBack(before);
    assert.deepEqual(await answersOf(browser.open()), { pays: "unknown" });
  });

  it("a deletion is replayed", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    const mend = refuseTransactions(t);
    page.delete(["a"]);
    const atOnce = browser.items(); // where the page is killed before the database answers
    await settled();
    browser.kill();
    browser.putBack(atOnce);
    mend();
    assert.deepEqual(await browser.open().list(), []);
  });

  it("a deletion and its undo are replayed", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    const mend = browser.refuse();
    await page.delete(["a"]);
    await page.put([record("a")]);
    browser.kill();
    mend();
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });

  it("the undo of a committed deletion is replayed", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    await page.delete(["a"]);
    const mend = refuseTransactions(t);
    await page.put([record("a")]);
    browser.kill();
    mend();
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });

  it("the updates of a new client by two tabs are replayed", async (t) => {
    const browser = await openBrowser(t);
    const mend = browser.refuse();
    const [one, other] = [browser.open(), browser.open()];
    one.setShown(record("a"));
    other.setShown(record("a"));
    await tick(one, record("a"), { pays: "no" });
    await tick(other, record("a"), { asks: "yes" });
    mend();
    assert.deepEqual(await answersOf(other), { asks: "yes" });
    const third = browser.open();
    third.setShown(record("a"));
    assert.deepEqual(await answersOf(third), { pays: "no", asks: "yes" });
  });

  it("the updates of a client by two tabs are replayed, and leave the journal", async (t) => {
    const browser = await openBrowser(t);
    const mend = browser.refuse();
    await tick(browser.open(), record("a"), { pays: "no" });
    await tick(browser.open(), record("a"), { asks: "yes" });
    browser.kill();
    mend();
    const next = browser.open();
    assert.deepEqual(await answersOf(next), { pays: "no", asks: "yes" });
    assert.equal(next.isStored(), true);
    assert.deepEqual(browser.items(), {});
  });
});
