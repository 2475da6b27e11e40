/** What the store does in single cases, most of them of a database that is lost or refuses. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byHand, openBrowser, record } from "../support/browser.mjs";
import { setGlobals, settled } from "../support/fakes.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

const NAME = "client-checklist:/";
const STORES = ["clients", "state"];
const DAMAGED = record("a", { log: "none" });

/** @param {any} page @param {any} before @param {object} parts */
const change = (page, before, parts) => page.update(before, { ...before, ...parts });
/** @param {any} page */
const idsOf = async (page) =>
  (await page.list()).map((/** @type {{ id: string }} */ { id }) => id).sort();

/** @param {object} [parts] @returns {any} */
const renamed = (parts) => ({
  id: "a",
  page: "p",
  rules: "7",
  revision: 1,
  at: 1,
  epoch: "",
  change: [{ path: '["name"]', after: "A" }],
  ...parts,
});
/** What a page left in the journal. @param {any[]} pending @param {number} [at] */
const left = (pending, at = 1) => JSON.stringify({ at, record: null, pending });

/** Let every transaction fail, also of pages that are connected. @param {TestContext} t */
function refuse(t) {
  const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new Error("refused");
  });
  return () => begin.mock.restore();
}

/** @param {TestContext} t @returns {() => number} how many transactions were to write since */
function countWrites(t) {
  const begin = t.mock.method(IDBDatabase.prototype, "transaction");
  return () => begin.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite").length;
}

/** @param {object[]} rows */
const putRows = (...rows) =>
  byHand(NAME, STORES, ({ clients }) => {
    rows.forEach((row) => clients.put(row));
  });

describe("what pages have left in the journal", () => {
  const [first, second] = [
    renamed(),
    renamed({ at: 2, change: [{ path: '["name"]', before: "A", after: "B" }] }),
  ];

  for (const [what, entries] of /** @type {[string, Record<string, string>][]} */ ([
    [
      "the page of the earlier change wrote last",
      { p: left([first], 9), q: left([{ ...second, page: "q" }], 8) },
    ],
    [
      "the page of the later change wrote last",
      { p: left([first], 8), q: left([{ ...second, page: "q" }], 9) },
    ],
    [
      "one page made both at the same time",
      { p: left([first, { ...second, at: 1, revision: 2 }]) },
    ],
    ["they stand in disorder", { p: left([{ ...second, at: 1, revision: 2 }, first]) }],
  ])) {
    it(`is applied in the order in which it was changed: ${what}`, async (t) => {
      const items = Object.entries(entries).map(([page, text]) => [`${NAME}:${page}`, text]);
      const browser = await openBrowser(t, Object.fromEntries(items));
      await putRows({ id: "a", record: record("a"), revisions: {} });
      assert.equal((await browser.open().get("a"))?.name, "B");
    });
  }

  it("is not set aside where it can be understood", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:p`]: left([renamed()]) })).open();
    assert.equal(await page.setAside(), null);
  });

  it("is stored together with the text that cannot be", async (t) => {
    const items = { [`${NAME}:p`]: left([renamed()]), [`${NAME}:x`]: "{" };
    const page = (await openBrowser(t, items)).open();
    assert.deepEqual(await idsOf(page), ["a"]);
    assert.equal(page.isStored(), true);
    assert.equal(await page.setAside(), "{");
  });

  it("is of the client that it was left for, whatever is shown meanwhile", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:p`]: left([renamed()]) })).open();
    page.show(record("b", { name: "B" }));
    assert.deepEqual(await page.get("a"), record("a", { name: "A" }));
  });

  it("opens no client: which one was open last stays", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    page.show(record("b"));
    await change(page, record("b"), { name: "B" });
    browser.putBack({ [`${NAME}:p`]: left([renamed()]) });
    const next = browser.open();
    assert.equal((await next.get("a"))?.name, "A");
    assert.equal((await next.openedLast())?.id, "b");
  });

  it("stays each page's own where the database refuses", async (t) => {
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

  it("is not replaced by what the next page shows where the database refuses", async (t) => {
    const browser = await openBrowser(t);
    browser.refuse();
    await browser.open().put([record("a")]);
    localStorage.setItem(`${NAME}:x`, "{");
    const before = browser.items();
    await browser.open().show(record("b"));
    const after = browser.items();
    assert.equal(Object.keys(after).length, 3);
    assert.deepEqual({ ...after, ...before }, after);
  });

  it("stands beside a damaged client once", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:p`]: left([renamed()]) });
    await putRows({ id: "a", record: DAMAGED, revisions: { p: 1 } });
    assert.deepEqual(await browser.open().list(), [DAMAGED]);
  });

  it("for one client says nothing of what is stored of another", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:p`]: left([renamed({ id: "b" })]) });
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

describe("what the page says of the database", () => {
  it("is that it answers, until it does not", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([record("a")]);
    const page = browser.open();
    assert.equal(page.isReadable(), true);
    const mend = refuse(t);
    await page.get("a");
    assert.deepEqual([page.isReadable(), page.isStored()], [false, false]);
    mend();
    await page.get("a");
    assert.deepEqual([page.isReadable(), page.isStored()], [true, true]);
  });

  it("is that it does not answer where it does not store", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("b")]);
    refuse(t);
    assert.equal(await page.put([record("a")]), false);
    assert.equal(page.isReadable(), false);
  });

  it("is that it does not answer where what 1.4.0 stored cannot be moved", async (t) => {
    const browser = await openBrowser(t, { "client-checklist:unsaved": "{" });
    browser.refuse();
    const page = browser.open();
    await settled();
    assert.equal(page.isReadable(), false);
  });

  it("is that all is stored where there is nothing to store", async (t) => {
    const page = (await openBrowser(t)).open();
    assert.equal(await page.put([]), true);
  });

  it("is that all is stored once another page has stored what this one could not", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("b")]);
    const mend = refuse(t);
    await change(page, record("a"), { name: "A" });
    assert.equal(page.isStored(), false);
    mend();
    await browser.open().list();
    await page.get("a");
    assert.equal(page.isStored(), true);
  });
});

describe("the journal of a page", () => {
  it("has what is changed before the database has, and many clients only instead of it", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const ids = ["a", ...Array(20).keys()].map(String);
    const putting = page.put(ids.map((id) => record(id)));
    assert.deepEqual(browser.items(), {});
    await putting;
    const changing = change(page, record("a"), { name: "A" });
    assert.equal(Object.keys(browser.items()).length, 1);
    await changing;
    assert.deepEqual(browser.items(), {});
    refuse(t);
    assert.equal(await page.put([record("c")]), false);
    const [text] = Object.values(browser.items());
    assert.equal(JSON.parse(text).pending[0].record.id, "c");
  });

  it("is said to have what the database has not, where it does", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    assert.equal(page.isJournaled(), true);
    await change(page, record("a"), { name: "A" });
    assert.equal(page.isJournaled(), true);
    setGlobals(t, { localStorage: undefined });
    await change(page, record("a"), { name: "B" });
    assert.equal(page.isJournaled(), false);
  });
});

describe("a write", () => {
  it("stores what is changed while another one is under way", async (t) => {
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

  it("is of a client that is there, though it cannot be read any more right after", async (t) => {
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
    const now = await change(page, record("a"), { name: "A" });
    assert.equal(now?.name, "A");
  });

  it("writes nothing beside the client but that it is open", async (t) => {
    const page = (await openBrowser(t)).open();
    page.show(record("a"));
    await change(page, record("a"), { name: "A" });
    const keys = await byHand(NAME, STORES, ({ state }) => state.getAllKeys());
    assert.deepEqual(keys, ["open"]);
  });
});

describe("a client that the database lost", () => {
  const anna = record("a", { name: "Anna" });

  it("is stored whole with the next change where the page shows it", async (t) => {
    const page = (await openBrowser(t)).open();
    page.show(anna);
    await change(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), { ...anna, staying: "because" });
  });

  it("by a wipe is not: there is only what is changed since", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([anna]);
    await browser.open().wipe();
    const page = browser.open();
    await page.list();
    page.show(anna);
    await change(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), record("a", { staying: "because" }));
  });

  it("after it was deleted is not either", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([anna]);
    await page.list();
    await page.remove(["a"]);
    await byHand(NAME, STORES, ({ clients }) => clients.clear());
    await change(page, anna, { staying: "because" });
    assert.deepEqual(await page.get("a"), record("a", { staying: "because" }));
  });
});

describe("a deletion", () => {
  it("takes with it what other pages show of the client, and no more", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a"), record("b")]);
    const entries = {
      [`${NAME}:p`]: JSON.stringify({ at: 1, record: record("a"), pending: [] }),
      [`${NAME}:q`]: JSON.stringify({ at: 1, record: record("b"), pending: [] }),
      [`${NAME}:r`]: JSON.stringify({ at: 1, record: record("a"), pending: [renamed()] }),
      [`${NAME}:s`]: JSON.stringify({ at: 1, record: null, pending: [renamed()] }),
      [`${NAME}:x`]: "{",
    };
    browser.putBack(entries);
    assert.equal(await page.remove(["a"]), true);
    const { [`${NAME}:p`]: _, ...others } = entries;
    assert.deepEqual(browser.items(), others);
  });
});

describe("a wipe", () => {
  it("leaves nothing that was set aside, nor which client was open", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    const page = browser.open();
    await change(page, record("a"), { name: "A" });
    await page.wipe();
    assert.equal(await page.setAside(), null);
    const next = browser.open();
    assert.equal(await next.setAside(), null);
    await next.put([record("b")]);
    assert.equal((await next.openedLast())?.id, "b");
  });

  it("that is undone brings back what was set aside", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    const page = browser.open();
    await page.put([record("a")]);
    const restore = await page.wipe();
    await restore?.();
    assert.equal(await page.setAside(), "{");
    assert.equal(await browser.open().setAside(), "{");
  });

  for (const isWiper of [false, true]) {
    const who = isWiper ? "the page that wiped" : "a page that has read of it";
    it(`stops nothing of ${who}, wherever its clock stands`, async (t) => {
      const browser = await openBrowser(t);
      const now = t.mock.method(Date, "now", () => 1_000);
      const wiper = browser.open();
      await wiper.wipe();
      const page = isWiper ? wiper : browser.open();
      if (!isWiper) {
        await page.list();
      }
      now.mock.mockImplementation(() => 500);
      const mend = refuse(t);
      await page.put([record("a")]);
      browser.kill();
      mend();
      assert.deepEqual(await idsOf(browser.open()), ["a"]);
    });
  }
});

describe("what is set aside", () => {
  it("is added to what was set aside before", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    await browser.open().setAside();
    localStorage.setItem(`${NAME}:y`, "[");
    assert.equal(await browser.open().setAside(), "{\n\n[");
  });

  it("is what the page puts in its place", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:x`]: "{" })).open();
    await page.replaceSetAside("other");
    assert.equal(await page.setAside(), "other");
    await page.replaceSetAside(null);
    assert.equal(await page.setAside(), null);
  });

  for (const [what, value, expected] of /** @type {[string, unknown, string][]} */ ([
    ["no list of texts", [5, "x"], '[5,"x"]'],
    ["no list", "x", '"x"'],
  ])) {
    it(`is one text where it is ${what}`, async (t) => {
      const page = (await openBrowser(t)).open();
      await byHand(NAME, STORES, ({ state }) => state.put(value, "aside"));
      assert.equal(await page.setAside(), expected);
    });
  }
});

describe("the client that is open", () => {
  it("is the one that was changed last where none is known", async (t) => {
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
    await opened.show(a);
    await opened.show(a);
    assert.equal(writes(), 1);
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("is only the last of those shown in quick succession", async (t) => {
    const { page: opened, a, b, writes, browser } = await page(t);
    await Promise.all([opened.show(a), opened.show(b)]);
    assert.equal(writes(), 1);
    assert.equal((await browser.open().openedLast())?.id, "b");
  });

  it("is not written before the client is known to the database", async (t) => {
    const { page: opened, writes } = await page(t);
    await opened.show(record("c"));
    assert.equal(writes(), 0);
  });

  it("is not written to a database that does not answer", async (t) => {
    const { page: opened, a } = await page(t);
    const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
      throw new Error("refused");
    });
    await opened.show(a);
    assert.deepEqual(
      begin.mock.calls.map(({ arguments: [, mode] }) => mode),
      ["readonly"],
    );
  });
});
