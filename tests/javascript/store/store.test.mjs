import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setGlobals, settled, until } from "../support/fakes.mjs";
import { byHand, openBrowser, record } from "../support/browser.mjs";

const NAME = "client-checklist:/";
const STORES = ["clients", "state"];
const refused = () => {
  throw new Error("refused");
};

/** @param {any} page @param {any} before @param {object} answers */
const tick = (page, before, answers) =>
  page.update(before, { ...before, answers: { ...before.answers, ...answers } });
/** @param {any} page */
const answersOf = async (page, id = "a") => (await page.get(id))?.answers;

describe("a client", () => {
  it("is read from where there is none without making a database", async (t) => {
    const page = (await openBrowser(t)).open();
    assert.deepEqual(await page.list(), []);
    assert.equal(await page.get("a"), undefined);
    assert.equal(await page.openedLast(), undefined);
    assert.equal(await page.setAside(), null);
    assert.deepEqual(await indexedDB.databases(), []);
    assert.equal(page.isStored(), true);
  });

  it("is stored by its first change, and the journal is empty then", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const now = await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(now, record("a", { answers: { pays: "no" } }));
    assert.equal(page.isStored(), true);
    assert.deepEqual(browser.items(), {});
    assert.deepEqual(await browser.open().list(), [now]);
  });

  it("is in the journal at once, before the database has it", async (t) => {
    const browser = await openBrowser(t);
    tick(browser.open(), record("a"), { pays: "no" });
    const [text] = Object.values(browser.items());
    assert.equal(JSON.parse(text).pending[0].change[0].after, "no");
  });

  it("is another one on another path of the same host", async (t) => {
    const browser = await openBrowser(t);
    await tick(browser.open("/preview/"), record("a"), { pays: "no" });
    const page = browser.open("/");
    assert.deepEqual(await page.list(), []);
    page.show(record("b"));
    assert.equal(browser.open("/preview/").shownLast(null), null);
    assert.equal(browser.open("/").shownLast(null)?.id, "b");
  });

  it("that the browser did not keep is reported as not stored", async (t) => {
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

  it("is written by transactions that are flushed to disk", async (t) => {
    const page = (await openBrowser(t)).open();
    const begin = t.mock.method(IDBDatabase.prototype, "transaction");
    await tick(page, record("a"), { pays: "no" });
    const writes = begin.mock.calls.filter(({ arguments: [, mode] }) => mode === "readwrite");
    assert.deepEqual(
      writes.map((call) => call.arguments[2]),
      [{ durability: "strict" }],
    );
  });

  it("that the database lost meanwhile is stored whole with the next change", async (t) => {
    const page = (await openBrowser(t)).open();
    const first = await page.update(record("a"), record("a", { name: "Anna" }));
    await byHand(NAME, STORES, ({ clients }) => clients.clear());
    assert.equal((await tick(page, first, { pays: "no" }))?.name, "Anna");
  });

  it("whose connection the browser has closed is stored all the same", async (t) => {
    const page = (await openBrowser(t)).open();
    const first = await tick(page, record("a"), { pays: "no" });
    const begin = t.mock.method(IDBDatabase.prototype, "transaction", () => {
      begin.mock.restore();
      throw new DOMException("closed", "InvalidStateError");
    });
    await tick(page, first, { asks: "yes" });
    assert.equal(page.isStored(), true);
  });

  it("added beside one with its id gets another id", async (t) => {
    const page = (await openBrowser(t)).open();
    await page.put([record("a", { name: "A" })]);
    const [added] = await page.add([record("a", { name: "B" })]);
    assert.notEqual(added.id, "a");
    assert.deepEqual((await page.list()).map(({ name }) => name).sort(), ["A", "B"]);
  });
});

describe("a browser that is killed", () => {
  it("brings nothing back that was wiped", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.show(record("a"));
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

  it("brings nothing back that was wiped before its journal had read of any wipe", async (t) => {
    const browser = await openBrowser(t);
    tick(browser.open(), record("a"), { pays: "no" });
    const before = browser.items();
    await browser.open().wipe();
    browser.kill();
    browser.putBack(before);
    assert.deepEqual(await browser.open().list(), []);
  });

  it("brings nothing back that was deleted", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.show(record("a"));
    await page.put([record("a"), record("b")]);
    tick(page, record("a"), { pays: "no" });
    const before = browser.items();
    await until(() => page.isStored());
    assert.equal(await browser.open().remove(["a"]), true);
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

  it("overwrites no answer with an older one", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const first = tick(page, record("a"), { pays: "no" });
    const before = browser.items();
    await tick(page, await first, { pays: "yes" });
    browser.kill();
    browser.putBack(before);
    assert.deepEqual(await answersOf(browser.open()), { pays: "yes" });
  });

  it("overwrites no answer of another tab with one that was given before it", async (t) => {
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

  it("still knows which client was open, without what lies beside the database", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a", { changed: "2026-01-02T00:00:00+00:00" }), record("b")]);
    assert.equal((await page.openedLast())?.id, "a", "else the one that was changed last");
    page.show(record("b"));
    await tick(page, record("b"), { pays: "no" });
    browser.putBack({});
    assert.equal((await browser.open().openedLast())?.id, "b");
    await page.get("a");
    await page.show(record("a", { changed: "2026-01-02T00:00:00+00:00" }));
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("brings back what was deleted where that was undone", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    const mend = browser.refuse();
    await page.remove(["a"]);
    await page.put([record("a")]);
    browser.kill();
    mend();
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });

  it("keeps what was deleted and undone at once, before anything is stored", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    await page.put([record("a")]);
    await page.remove(["a"]);
    page.put([record("a")]);
    const [entry] = Object.values(browser.items());
    assert.equal(JSON.parse(entry).pending.length, 1);
  });

  it("replays a page's changes in their order, wherever its clock went", async (t) => {
    const change = (/** @type {number} */ revision, /** @type {number} */ at) => ({
      ...{ id: "a", page: "x", rules: "7", epoch: null, revision, at },
      change: [{ path: `["answers","${revision}"]`, after: "no" }],
    });
    const entry = { at: 1, record: null, pending: [change(1, 2_000), change(2, 1_000)] };
    const browser = await openBrowser(t, { [`${NAME}:x`]: JSON.stringify(entry) });
    assert.deepEqual(await answersOf(browser.open()), { 1: "no", 2: "no" });
  });

  it("leaves what two tabs changed of a new client where the database refused both", async (t) => {
    const browser = await openBrowser(t);
    const mend = browser.refuse();
    const [one, other] = [browser.open(), browser.open()];
    one.show(record("a"));
    other.show(record("a"));
    await tick(one, record("a"), { pays: "no" });
    await tick(other, record("a"), { asks: "yes" });
    mend();
    assert.deepEqual(await answersOf(other), { asks: "yes" });
    const third = browser.open();
    third.show(record("a"));
    assert.deepEqual(await answersOf(third), { pays: "no", asks: "yes" });
  });

  it("leaves what two tabs changed where the database refused both", async (t) => {
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

describe("two tabs", () => {
  it("merge what they change of one client", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    const base = record("a", { context: ["age"], outcome: { decision: "taken" } });
    await one.put([base]);
    const changes = [
      one.update(base, { ...base, context: ["age", "early"] }),
      other.update(base, { ...base, context: [], outcome: { decision: "taken", went: "well" } }),
    ];
    await Promise.all(changes);
    const merged = record("a", {
      context: ["early"],
      outcome: { decision: "taken", went: "well" },
    });
    for (const page of [one, other, browser.open()]) {
      assert.deepEqual(await page.get("a"), merged);
    }
  });

  it("are told of each other's changes, and of a wipe", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    /** @type {unknown[]} */
    const heard = [];
    other.subscribe((ids) => heard.push(ids));
    await tick(one, record("a"), { pays: "no" });
    await one.remove(["a"]);
    await one.wipe();
    assert.deepEqual(heard, [["a"], ["a"], null]);
  });

  it("store nothing anew that the other deleted or wiped", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    const first = await tick(one, record("a"), { pays: "no" });
    await one.put([record("b", { name: "B" })]);
    await other.get("b");
    await one.remove(["a"]);
    assert.equal(await tick(other, first, { asks: "no" }), undefined);
    browser.kill(); // they no longer hear each other
    await one.wipe();
    assert.equal(await tick(other, record("b", { name: "B" }), { asks: "no" }), undefined);
    assert.deepEqual(await other.list(), []);
  });

  it("store what is added or begun anew after a wipe that they have not heard of", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    await other.list();
    browser.kill();
    await one.wipe();
    await other.put([record("b")]);
    await tick(other, record("c"), { pays: "no" });
    const ids = (await browser.open().list()).map(({ id }) => id);
    assert.deepEqual(ids.sort(), ["b", "c"]);
  });

  it("erase nothing where the database does not let itself be wiped", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    const first = await tick(page, record("a"), { pays: "no" });
    page.show(first);
    const before = browser.items();
    t.mock.method(IDBObjectStore.prototype, "clear", () => {
      throw new Error("refused");
    });
    assert.equal(await page.wipe(), null);
    assert.deepEqual(browser.items(), before);
    assert.deepEqual(await page.list(), [first]);
    await page.remove(["a"]);
    assert.deepEqual(await page.list(), []);
  });

  it("let what was deleted or wiped be brought back by who did it", async (t) => {
    const page = (await openBrowser(t, { "/.__palette": "dark" })).open();
    const clients = [record("a", { name: "A" }), record("b")];
    await page.put(clients);
    await page.remove(["a"]);
    assert.deepEqual(await page.add([clients[0]]), [clients[0]]);
    const restore = await page.wipe();
    assert.deepEqual(await page.list(), []);
    await restore?.();
    assert.deepEqual(await page.list(), clients);
    assert.equal(localStorage.getItem("/.__palette"), "dark");
  });
});

describe("where a part of the browser is missing", () => {
  for (const [what, globals] of /** @type {[string, any][]} */ ([
    ["the channel", { BroadcastChannel: undefined }],
    ["the channel's right", { BroadcastChannel: refused }],
    ["the small storage", { localStorage: undefined, sessionStorage: undefined }],
    [
      "the small storage's right",
      { localStorage: { getItem: refused, setItem: refused, removeItem: refused } },
    ],
  ])) {
    it(`everything is stored without ${what}`, async (t) => {
      const browser = await openBrowser(t);
      setGlobals(t, globals);
      const page = browser.open();
      const first = await tick(page, record("a"), { pays: "no" });
      assert.equal(page.isStored(), true);
      page.show(first);
      const next = browser.open();
      assert.deepEqual(await next.openedLast(), first);
      assert.notEqual(await next.wipe(), null);
      assert.deepEqual(await browser.open().list(), []);
    });
  }

  for (const [what, globals] of /** @type {[string, any][]} */ ([
    ["is missing", { indexedDB: undefined }],
    ["refuses", { indexedDB: { open: refused, databases: async () => [] } }],
    ["refuses everything", { indexedDB: { open: refused, databases: refused } }],
  ])) {
    it(`the journal keeps it where the database ${what}`, async (t) => {
      const browser = await openBrowser(t);
      setGlobals(t, globals);
      const page = browser.open();
      const first = await tick(page, record("a"), { pays: "no" });
      assert.equal(page.isStored(), false);
      assert.deepEqual(await page.get("a"), first);
      await page.put([record("b")]);
      await page.remove(["b"]);
      const next = browser.open();
      assert.deepEqual(await next.list(), [first]);
      assert.equal(next.isStored(), false);
      assert.equal(next.isJournaled(), true);
      const isGone = globals.indexedDB === undefined;
      assert.equal((await next.wipe()) !== null, isGone, "only what there is none of is wiped");
      assert.deepEqual(await browser.open().list(), isGone ? [] : [first]);
    });
  }

  it("the page's memory keeps it where there is neither", async (t) => {
    const browser = await openBrowser(t);
    setGlobals(t, { indexedDB: undefined, localStorage: undefined });
    const page = browser.open();
    const first = await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(await page.list(), [first]);
    assert.equal(page.isStored(), false);
  });
});

/** What lies where, and the client that is there all the same. */
const DAMAGED = /** @type {[string, unknown][]} */ ([
  ["no JSON", '{"record": {"answers": ["'],
  ["a number", "7"],
  ["no entry", "{}"],
  ["a record that is none", '{"at": 1, "record": 5, "pending": []}'],
  ["a record without an id", '{"at": 1, "record": {}, "pending": []}'],
  ["pending that is no list", '{"at": 1, "record": null, "pending": {}}'],
  ["an operation that is none", '{"at": 1, "record": null, "pending": [{}]}'],
  [
    "a change that is none",
    '{"at": 1, "record": null, "pending": [{"id": "a", "page": "p", "rules": "7", "revision": 1, "at": 1, "change": [{"path": "x"}]}]}',
  ],
]);

describe("what is damaged", () => {
  for (const [what, text] of DAMAGED) {
    it(`in the journal is set aside once: ${what}`, async (t) => {
      const browser = await openBrowser(t, { [`${NAME}:x`]: String(text) });
      const page = browser.open();
      assert.equal(await page.setAside(), text);
      await page.put([record("a")]);
      const next = browser.open();
      assert.equal(await next.setAside(), text);
      assert.deepEqual(browser.items(), {});
      await next.replaceSetAside(null);
      assert.equal(await browser.open().setAside(), null);
      assert.deepEqual(await next.list(), [record("a")]);
    });
  }

  for (const row of [
    { id: "x" },
    { id: "x", record: 5, revisions: {} },
    { id: "x", record: record("x"), revisions: 5 },
    { id: "x", record: record("y"), revisions: {} },
  ]) {
    it(`in the database is set aside: ${JSON.stringify(row)}`, async (t) => {
      const page = (await openBrowser(t)).open();
      await page.put([record("a")]);
      await byHand(NAME, STORES, ({ clients }) => clients.put(row));
      assert.deepEqual(await page.list(), [record("a")]);
      assert.equal(await page.setAside(), JSON.stringify(row));
      const rows = await byHand(NAME, STORES, ({ clients }) => clients.getAllKeys());
      assert.deepEqual(rows, ["a"]);
    });
  }

  it("under an id that is written to is set aside too", async (t) => {
    const page = (await openBrowser(t)).open();
    await byHand(NAME, STORES, ({ clients }) => clients.put({ id: "a", record: 5 }));
    await tick(page, record("a"), { pays: "no" });
    assert.deepEqual(await answersOf(page), { pays: "no" });
    assert.equal(await page.setAside(), '{"id":"a","record":5}');
  });

  it("beside the clients stands in the way of nothing", async (t) => {
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
    assert.equal(await page.setAside(), '{"x":1}\n\n{"epoch":"never"}\n\n{"open":5}');
  });

  it("of a client stays as it is; what is changed stands beside it", async (t) => {
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

  it("or unfinished is a database without its stores: it is made anew", async (t) => {
    const browser = await openBrowser(t);
    await byHand(NAME, ["cases"], () => {});
    const page = browser.open();
    await tick(page, record("a"), { pays: "no" });
    assert.equal(page.isStored(), true);
  });
});

describe("what version 1.4.0 stored", () => {
  const OLD = "client-checklist:";
  /** @param {any[]} records */
  const putOld = (...records) =>
    byHand("client-checklist", ["cases"], ({ cases }) =>
      records.map((one) => cases.put(one)).at(-1),
    );

  it("is moved once, with what it had not stored yet", async (t) => {
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
    assert.equal(await page.setAside(), 'x\n\ny\n\n{"record":5}\n\n{"answers": 5}');
    assert.deepEqual(browser.items(), {});
    const names = (await indexedDB.databases()).map(({ name }) => name);
    assert.deepEqual(names, [NAME]);
  });

  it("is the one client of the page's first version as well", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}case`]: JSON.stringify(record("", { x: 1 })) });
    const page = browser.open();
    const [one] = await page.list();
    assert.deepEqual(one, record(one.id, { x: 1 }));
    assert.notEqual(one.id, "");
    assert.deepEqual(await page.openedLast(), one);
  });

  it("is moved over nothing that is there already, and does not come back", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a", { name: "old" }));
    await byHand(NAME, STORES, ({ clients }) =>
      clients.put({ id: "a", record: record("a", { name: "new" }), revisions: {} }),
    );
    const page = browser.open();
    const names = (await page.list()).map(({ name }) => name);
    assert.deepEqual(names.sort(), ["new", "old"]);
    await page.wipe();
    await putOld(record("a", { name: "old" })); // as where its removal never reached the disk
    assert.deepEqual(await browser.open().list(), []);
  });

  it("is moved again where an older version of the page has stored something since", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a"));
    await browser.open().list();
    await putOld(record("a"), record("b"));
    assert.deepEqual(await browser.open().list(), [record("a"), record("b")]);
  });

  it("is not removed where it could not be read", async (t) => {
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
    assert.equal(await next.setAside(), "x");
  });

  it("is removed where only its small entries are left, and by a wipe", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}snapshot`]: "{}", [`${OLD}last`]: "a" });
    await browser.open().list();
    assert.deepEqual(browser.items(), {});
    const page = browser.open();
    await page.list();
    browser.putBack({ [`${OLD}snapshot`]: "{}" });
    await page.wipe();
    assert.deepEqual(browser.items(), {});
  });

  it("is read where the browser cannot list its databases", async (t) => {
    const browser = await openBrowser(t);
    await putOld(record("a"));
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.deepEqual(await browser.open().list(), [record("a")]);
  });

  it("is left alone where it cannot be read now", async (t) => {
    const browser = await openBrowser(t, { [`${OLD}unsaved`]: "{" });
    const mend = browser.refuse();
    await browser.open().list();
    mend();
    assert.deepEqual(browser.items(), { [`${OLD}unsaved`]: "{" });
    assert.equal(await browser.open().setAside(), "{");
  });
});

describe("the client that a page shows", () => {
  it("is there for the next page before the database answers", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.show(record("a", { name: "A" }));
    const next = browser.open();
    assert.deepEqual(next.shownLast(null), record("a", { name: "A" }));
    assert.deepEqual(next.shownLast("a"), record("a", { name: "A" }));
    assert.equal(next.shownLast("b"), null);
    next.show(record("b"));
    assert.equal(Object.keys(browser.items()).length, 1, "one is enough");
    page.leave();
    assert.deepEqual(browser.open().shownLast("a"), record("a", { name: "A" }));
    await settled();
  });

  it("is the one that is open, not one that is renamed in the list", async (t) => {
    const browser = await openBrowser(t);
    await browser.open().put([record("a"), record("b")]);
    const page = browser.open();
    await page.get("a");
    await page.show(record("a"));
    await browser.open().update(record("b"), record("b", { name: "B" }));
    assert.equal((await browser.open().openedLast())?.id, "a");
  });

  it("is not there once it was deleted or wiped, whatever its page leaves", async (t) => {
    const browser = await openBrowser(t);
    const [one, other] = [browser.open(), browser.open()];
    await one.put([record("a"), record("b")]);
    one.show(record("a"));
    other.show(record("b"));
    browser.kill();
    await browser.open().remove(["a"]);
    one.leave();
    await browser.open().list();
    assert.equal(browser.open().shownLast("a"), null);
    await browser.open().wipe();
    other.leave();
    await browser.open().list();
    assert.equal(browser.open().shownLast("b"), null);
  });

  it("is not there once it is deleted", async (t) => {
    const browser = await openBrowser(t);
    const page = browser.open();
    page.show(record("a"));
    await page.put([record("a")]);
    await browser.open().remove(["a"]);
    assert.deepEqual(browser.items(), {});
  });
});
