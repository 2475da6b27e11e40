/** Data that cannot be read, which is kept apart. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newId } from "../../../checklist/page/client/record.js";
import {
  NAME,
  STORES,
  answersOf,
  byHand,
  openBrowser,
  record,
  renaming,
  tick,
} from "../support/browser.mjs";

/** Invalid journal entries. */
const INVALID = /** @type {[string, unknown][]} */ ([
  ["invalid JSON", '{"record": {"answers": ["'],
  ["a number", "7"],
  ["an empty entry", "{}"],
  ["an invalid record", '{"at": 1, "record": 5, "pending": []}'],
  ["a record without an id", '{"at": 1, "record": {}, "pending": []}'],
  ["pending operations that are not a list", '{"at": 1, "record": null, "pending": {}}'],
  ["an invalid operation", '{"at": 1, "record": null, "pending": [{}]}'],
  [
    "an invalid change",
    '{"at": 1, "record": null, "pending": [{"id": "a", "page": "p", "rules": "7", "revision": 1, "at": 1, "change": [{"path": "x"}]}]}',
  ],
]);

describe("damaged data", () => {
  for (const [what, text] of INVALID) {
    it(`in the journal is kept as unreadable once: ${what}`, async (t) => {
      const browser = await openBrowser(t, { [`${NAME}:x`]: String(text) });
      const page = browser.open();
      assert.equal(await page.unreadable(), text);
      await page.put([record("a")]);
      const next = browser.open();
      assert.equal(await next.unreadable(), text);
      assert.deepEqual(browser.items(), {});
      await next.replaceUnreadable(null);
      assert.equal(await browser.open().unreadable(), null);
      assert.deepEqual(await next.list(), [record("a")]);
    });
  }

  for (const row of [
    { id: "x" },
    { id: "x", record: 5, revisions: {} },
    { id: "x", record: record("x"), revisions: 5 },
    { id: "x", record: record("y"), revisions: {} },
  ]) {
    it(`in the database is kept as unreadable: ${JSON.stringify(row)}`, async (t) => {
      const page = (await openBrowser(t)).open();
      await page.put([record("a")]);
      await byHand(NAME, STORES, ({ clients }) => clients.put(row));
      assert.deepEqual(await page.list(), [record("a")]);
      assert.equal(await page.unreadable(), JSON.stringify(row));
      const rows = await byHand(NAME, STORES, ({ clients }) => clients.getAllKeys());
      assert.deepEqual(rows, ["a"]);
    });
  }

  it("in a row is kept as unreadable when the client is updated", async (t) => {
    const page = (await openBrowser(t)).open();
    await byHand(NAME, STORES, ({ clients }) => clients.put({ id: "a", record: 5 }));
    await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(await answersOf(page), { pays: "no" });
    assert.equal(await page.unreadable(), '{"id":"a","record":5}');
  });

  it("in a single value does not prevent an update", async (t) => {
    const browser = await openBrowser(t);
    await byHand(NAME, STORES, ({ state }) => {
      state.put(5, "open");
      state.put({ x: 1 }, "aside");
      return state.put("never", "epoch");
    });
    const page = browser.open();
    await tick(page, record("a"), { pays: "no" });
    assert.equal(page.isStored(), true);
    assert.deepEqual(await answersOf(browser.open()), { pays: "no" });
    assert.equal(await page.unreadable(), '{"x":1}\n\n{"epoch":"never"}\n\n{"open":5}');
  });

  it("in a record stays, and an update becomes a client of its own", async (t) => {
    const browser = await openBrowser(t);
    const damaged = record("a", { log: "none" });
    await byHand(NAME, STORES, ({ clients }) =>
      clients.put({ id: "a", record: damaged, revisions: {} }),
    );
    const page = browser.open();
    await tick(page, record("a"), { pays: "no" });
    const all = await browser.open().list();
    assert.deepEqual(
      all.find(({ id }) => id === "a"),
      damaged,
    );
    assert.deepEqual(
      all.filter(({ id }) => id !== "a").map(({ answers }) => answers),
      [{ pays: "no" }],
    );
  });

  it("is replaced if the database lacks its object stores", async (t) => {
    const browser = await openBrowser(t);
    await byHand(NAME, ["cases"], () => {});
    const page = browser.open();
    await tick(page, record("a"), { pays: "no" });
    assert.equal(page.isStored(), true);
  });
});

describe("a misshapen entry of the browser's storage", () => {
  const VALUES = [null, 5, "x", [], {}, [1], { at: 1 }, "\u0000", { __proto__: 1 }, -1, true];
  const operation = renaming();
  const entry = { at: 1, epoch: "", record: record("a"), pending: [operation] };
  const PATHS = [
    '["id"]',
    '["answers"]',
    '["log"]',
    '["log","{}",1]',
    '["__proto__"]',
    '["changed"]',
  ];

  /** @type {[string, unknown][]} */
  const entries = [
    ...VALUES.map((value) => /** @type {[string, unknown]} */ (["an entry", value])),
    ...Object.keys(entry).flatMap((key) =>
      VALUES.map((value) => /** @type {[string, unknown]} */ ([key, { ...entry, [key]: value }])),
    ),
    ...Object.keys(operation).flatMap((key) =>
      VALUES.map((value) => {
        const pending = [{ ...operation, [key]: value }];
        return /** @type {[string, unknown]} */ ([`an operation's ${key}`, { ...entry, pending }]);
      }),
    ),
    ...PATHS.flatMap((path) =>
      VALUES.map((after) => {
        const pending = [{ ...operation, change: [{ path, after }] }];
        return /** @type {[string, unknown]} */ ([`a change of ${path}`, { ...entry, pending }]);
      }),
    ),
  ];

  it("never stops saving", async (t) => {
    const browser = await openBrowser(t);
    for (const [what, value] of entries) {
      browser.putBack({ [`${NAME}:x`]: JSON.stringify(value) });
      const page = browser.open();
      const client = record(newId());
      await tick(page, client, { pays: "no" });
      const text = `${what}: ${JSON.stringify(value)}`;
      assert.equal(page.isStored(), true, text);
      assert.deepEqual(await answersOf(browser.open(), client.id), { pays: "no" }, text);
      assert.ok(Array.isArray(await page.list()), text);
    }
    assert.equal(entries.length > 150, true);
  });
});

describe("what could not be read", () => {
  it("keeps its texts when one is added", async (t) => {
    const browser = await openBrowser(t, { [`${NAME}:x`]: "{" });
    await browser.open().unreadable();
    localStorage.setItem(`${NAME}:y`, "[");
    assert.equal(await browser.open().unreadable(), "{\n\n[");
  });

  it("can be replaced and emptied", async (t) => {
    const page = (await openBrowser(t, { [`${NAME}:x`]: "{" })).open();
    await page.replaceUnreadable("other");
    assert.equal(await page.unreadable(), "other");
    await page.replaceUnreadable(null);
    assert.equal(await page.unreadable(), null);
  });

  for (const [what, value, expected] of /** @type {[string, unknown, string][]} */ ([
    ["a list of other values", [5, "x"], '[5,"x"]'],
    ["a text", "x", '"x"'],
  ])) {
    it(`is one text if it is stored as ${what}`, async (t) => {
      const page = (await openBrowser(t)).open();
      await byHand(NAME, STORES, ({ state }) => state.put(value, "aside"));
      assert.equal(await page.unreadable(), expected);
    });
  }
});
