import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { setGlobals, setStorages, settled } from "./support/fakes.mjs";

/** @typedef {import("../../checklist/page/record.js").CaseRecord} CaseRecord */

const UNSAVED = "client-checklist:unsaved";

/** Tabs of one browser hear each other at once, not themselves. */
class FakeChannel extends EventTarget {
  /** @type {FakeChannel[]} */
  static all = [];
  /** @type {unknown[]} */
  static said = [];
  /** @param {string} name */
  constructor(name) {
    super();
    this.name = name;
    FakeChannel.all.push(this);
  }
  /** @param {unknown} data */
  postMessage(data) {
    FakeChannel.said.push([this.name, data]);
    for (const other of FakeChannel.all) {
      if (other !== this) {
        other.dispatchEvent(new MessageEvent("message", { data }));
      }
    }
  }
}

/** @param {string} id @param {Partial<CaseRecord>} [parts] @returns {CaseRecord} */
const record = (id, parts) => ({ format: "client-case/1", rules: "7", id, answers: {}, ...parts });

/** @param {import("node:test").TestContext} t @param {Record<string, string>} [local] */
async function browser(t, local = {}) {
  const storages = setStorages(t, local);
  FakeChannel.all = [];
  FakeChannel.said = [];
  setGlobals(t, { BroadcastChannel: FakeChannel, indexedDB: new IDBFactory() });
  const { createStorage } = await import("../../checklist/page/storage.js");
  const journal = () => JSON.parse(storages.localStorage.getItem(UNSAVED) ?? "{}");
  return { createStorage, journal, ...storages };
}

/** A database that no page can use. @param {import("node:test").TestContext} t */
function refuse(t) {
  const open = t.mock.method(indexedDB, "open", () => {
    throw new Error("refused");
  });
  return () => open.mock.restore();
}

/** @param {number} [version] @param {string} [store] @returns {Promise<IDBDatabase>} */
function openByHand(version = 1, store = "") {
  return new Promise((go) => {
    const request = indexedDB.open("client-checklist", version);
    request.onupgradeneeded = () => store && request.result.createObjectStore(store);
    request.onsuccess = () => go(request.result);
  });
}

describe("clients in the browser's database", () => {
  it("are none at first, and reading makes no database", async (t) => {
    const storage = (await browser(t)).createStorage();
    assert.deepEqual(await storage.all(), []);
    assert.equal(await storage.get("a"), undefined);
    assert.deepEqual(await indexedDB.databases(), []);
    assert.equal(storage.isKept(), true);
  });

  it("are read where the browser cannot list its databases", async (t) => {
    const storage = (await browser(t)).createStorage();
    Object.defineProperty(indexedDB, "databases", { value: undefined });
    assert.deepEqual(await storage.all(), []);
    assert.equal(storage.isKept(), true);
  });

  it("are saved, and read by another page", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    assert.deepEqual(await storage.save(record("a")), record("a"));
    assert.deepEqual(await createStorage().all(), [record("a")]);
    assert.deepEqual(await createStorage().get("a"), record("a"));
    assert.equal(storage.isKept(), true);
    assert.deepEqual(journal(), {});
  });

  it("are in the journal before the database has them", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    storage.know(record("a"));
    const saving = storage.save(record("a", { name: "Anna" }));
    assert.deepEqual(journal(), {
      a: { record: record("a", { name: "Anna" }), saved: record("a") },
    });
    assert.equal(storage.isKept(), false);
    await saving;
  });

  it("are told of to other tabs", async (t) => {
    const { createStorage } = await browser(t);
    /** @type {unknown[]} */
    const heard = [];
    createStorage().watch((ids) => heard.push(ids));
    const storage = createStorage();
    await storage.save(record("a"));
    await storage.put([record("b"), record("c")]);
    await storage.remove(["a"]);
    assert.deepEqual(heard, [["a"], ["b", "c"], ["a"]]);
    assert.equal(/** @type {any} */ (FakeChannel.said)[0][0], "client-checklist");
  });

  it("are no snapshot any more once they change", async (t) => {
    const snapshot = { "client-checklist:snapshot": JSON.stringify({ record: record("a") }) };
    const { createStorage, localStorage } = await browser(t, snapshot);
    await createStorage().put([record("b")]);
    assert.notEqual(localStorage.getItem("client-checklist:snapshot"), null);
    await createStorage().remove(["a"]);
    assert.equal(localStorage.getItem("client-checklist:snapshot"), null);
  });

  it("are put as they are, over what is stored", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    await storage.save(record("a", { name: "Anna" }));
    await storage.put([record("a"), record("b")]);
    assert.deepEqual(await storage.all(), [record("a"), record("b")]);
  });

  it("are added under another id where theirs is taken", async (t) => {
    const storage = (await browser(t)).createStorage();
    await storage.put([record("a", { name: "Anna" })]);
    const added = await storage.add([record("a"), record("b")]);
    assert.match(added[0].id, /^[0-9a-f]{16}$/);
    assert.deepEqual(added, [record(added[0].id), record("b")]);
    assert.equal((await storage.all()).length, 3);
    assert.equal((await storage.get("a"))?.name, "Anna");
  });

  it("are removed", async (t) => {
    const storage = (await browser(t)).createStorage();
    await storage.put([record("a"), record("b")]);
    await storage.remove(["a"]);
    assert.deepEqual(await storage.all(), [record("b")]);
    assert.equal(storage.isKept(), true);
  });
});

describe("two tabs on one client", () => {
  it("keep the answers of both", async (t) => {
    const { createStorage } = await browser(t);
    const [one, other] = [createStorage(), createStorage()];
    await one.save(record("a"));
    other.know(record("a"));
    await one.save(record("a", { answers: { pays: "yes" } }));
    const now = await other.save(record("a", { answers: { calls: "no" } }));
    assert.deepEqual(now.answers, { pays: "yes", calls: "no" });
    assert.deepEqual(await one.get("a"), now);
  });

  it("take back an answer that was known to be there", async (t) => {
    const { createStorage } = await browser(t);
    const [one, other] = [createStorage(), createStorage()];
    await one.save(record("a", { answers: { pays: "yes" } }));
    await one.save(record("a", { answers: {} }));
    await other.save(record("a", { answers: { calls: "no" } }));
    await one.save(record("a", { answers: { late: "no" } }));
    assert.deepEqual((await one.get("a"))?.answers, { calls: "no", late: "no" });
  });

  it("leave a damaged record as it lies, and what was changed beside it", async (t) => {
    const { createStorage } = await browser(t);
    const damaged = /** @type {any} */ ({ id: "a", answers: "yes" });
    const storage = createStorage();
    await storage.put([damaged]);
    const now = await storage.save(record("a", { name: "Anna" }));
    assert.notEqual(now.id, "a");
    assert.equal(now.name, "Anna");
    assert.deepEqual(await storage.get("a"), damaged);
    assert.deepEqual(await storage.get(now.id), now);
  });
});

describe("a database that refuses", () => {
  it("leaves what is saved in the journal, where the page still sees it", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    refuse(t);
    assert.deepEqual(await storage.save(record("a")), record("a"));
    assert.equal(storage.isKept(), false);
    assert.deepEqual(journal(), { a: { record: record("a") } });
    assert.deepEqual(await storage.all(), [record("a")]);
    assert.deepEqual(await storage.get("a"), record("a"));
  });

  it("is said not to keep what cannot be read", async (t) => {
    const storage = (await browser(t)).createStorage();
    t.mock.method(indexedDB, "databases", () => Promise.reject(new Error("refused")));
    assert.deepEqual(await storage.all(), []);
    assert.equal(storage.isKept(), false);
    t.mock.restoreAll();
    await storage.all();
    assert.equal(storage.isKept(), true);
  });

  it("has what is put and added once it answers", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    const allow = refuse(t);
    await storage.put([record("a")]);
    assert.deepEqual(Object.keys(journal()), ["a"]);
    allow();
    await storage.settle();
    assert.equal(storage.isKept(), true);
    assert.deepEqual(journal(), {});
    assert.deepEqual(await createStorage().all(), [record("a")]);
  });

  it("hides what is removed, and loses it once it answers", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    await storage.put([record("a"), record("b")]);
    const fail = t.mock.method(IDBDatabase.prototype, "transaction", () => {
      throw new Error("refused");
    });
    await storage.remove(["a"]);
    fail.mock.restore();
    assert.equal(await storage.get("a"), undefined);
    assert.deepEqual(await storage.all(), [record("b")]);
    assert.equal(storage.isKept(), false);
    await storage.settle();
    assert.equal(storage.isKept(), true);
    assert.deepEqual(await createStorage().all(), [record("b")]);
  });

  it("has all that waited once one change gets through", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    const allow = refuse(t);
    await storage.save(record("a"));
    allow();
    await storage.save(record("b"));
    assert.deepEqual(journal(), {});
    assert.equal(storage.isKept(), true);
    assert.deepEqual(await createStorage().all(), [record("a"), record("b")]);
  });

  it("keeps the base of the first change that did not get through", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    storage.know(record("a"));
    refuse(t);
    await storage.save(record("a", { name: "Anna" }));
    await storage.save(record("a", { name: "Olga" }));
    assert.deepEqual(journal().a, {
      record: record("a", { name: "Olga" }),
      saved: record("a"),
    });
  });

  it("is tried once, not for each that waits", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    const allow = refuse(t);
    await storage.put([record("a"), record("b")]);
    allow();
    const open = t.mock.method(indexedDB, "open", () => {
      throw new Error("refused");
    });
    await storage.settle();
    assert.equal(open.mock.callCount(), 1);
  });

  it("that never answers is given up after five seconds", async (t) => {
    const storage = (await browser(t)).createStorage();
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const silent = { addEventListener() {}, removeEventListener() {} };
    t.mock.method(indexedDB, "open", () =>
      Object.assign(Object.create(IDBRequest.prototype), silent),
    );
    let said = "waits";
    storage.save(record("a")).then(() => (said = "is given up"));
    await settled();
    t.mock.timers.tick(4_999);
    await settled();
    assert.equal(said, "waits");
    t.mock.timers.tick(1);
    await settled();
    assert.equal(said, "is given up");
    assert.equal(storage.isKept(), false);
  });
});

describe("the journal of a page that is gone", () => {
  const left = (/** @type {any} */ parts) => ({ [UNSAVED]: JSON.stringify({ a: parts }) });

  it("is seen at once", async (t) => {
    const { createStorage } = await browser(t, left({ record: record("a") }));
    assert.deepEqual(await createStorage().all(), [record("a")]);
  });

  it("is brought in", async (t) => {
    const { createStorage, journal } = await browser(t, left({ record: record("a") }));
    await createStorage().settle();
    assert.deepEqual(journal(), {});
    assert.deepEqual(await createStorage().all(), [record("a")]);
  });

  it("is merged into what is stored", async (t) => {
    const { createStorage, localStorage } = await browser(t);
    await createStorage().put([record("a", { answers: { pays: "yes", calls: "yes" } })]);
    const one = {
      record: record("a", { answers: { pays: "no" } }),
      saved: record("a", { answers: { pays: "yes" } }),
    };
    localStorage.setItem(UNSAVED, left(one)[UNSAVED]);
    const storage = createStorage();
    assert.deepEqual((await storage.get("a"))?.answers, { calls: "yes", pays: "no" });
    assert.deepEqual((await storage.all())[0].answers, { calls: "yes", pays: "no" });
  });

  it("is left to its page where that is not gone", async (t) => {
    const { createStorage, localStorage } = await browser(t, left({ record: record("a") }));
    const storage = createStorage();
    localStorage.removeItem(UNSAVED);
    new FakeChannel("client-checklist").postMessage(["a"]);
    assert.equal(storage.isKept(), true);
    assert.deepEqual(await storage.all(), []);
  });

  it("is not given up for what another page says of changes made here", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    refuse(t);
    await storage.save(record("a"));
    new FakeChannel("client-checklist").postMessage(["a"]);
    assert.deepEqual(await storage.get("a"), record("a"));
  });

  it("is not erased where another tab has changed the client meanwhile", async (t) => {
    const { createStorage, journal, localStorage } = await browser(t);
    const storage = createStorage();
    const saving = storage.save(record("a"));
    const theirs = left({ record: record("a", { name: "Olga" }) });
    localStorage.setItem(UNSAVED, theirs[UNSAVED]);
    await saving;
    assert.equal(journal().a.record.name, "Olga");
  });
});

describe("changes that follow one another quickly", () => {
  it("are all saved, in their order", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    const saves = [{ name: "A" }, { name: "An" }, { name: "Ann" }].map((parts) =>
      storage.save(record("a", parts)),
    );
    await Promise.all(saves);
    assert.deepEqual(await createStorage().get("a"), record("a", { name: "Ann" }));
    assert.equal(storage.isKept(), true);
    assert.deepEqual(journal(), {});
  });

  it("keep what another tab has put there between them", async (t) => {
    const { createStorage } = await browser(t);
    const [one, other] = [createStorage(), createStorage()];
    await one.save(record("a"));
    const first = one.save(record("a", { answers: { pays: "yes" } }));
    const second = other.save(record("a", { answers: { calls: "no" } }));
    const third = one.save(record("a", { answers: { pays: "no" } }));
    await Promise.all([first, second, third]);
    assert.deepEqual((await one.get("a"))?.answers, { calls: "no", pays: "no" });
  });
});

describe("erasing everything", () => {
  it("removes the clients and the database, and says so to other tabs", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    await storage.put([record("a")]);
    /** @type {unknown[]} */
    const heard = [];
    createStorage().watch((ids) => heard.push(ids));
    await storage.wipe();
    assert.deepEqual(await indexedDB.databases(), []);
    assert.deepEqual(await storage.all(), []);
    assert.deepEqual(heard, [null]);
  });

  it("removes what waits", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    refuse(t);
    await storage.save(record("a"));
    await storage.wipe();
    assert.equal(storage.isKept(), true);
  });

  it("in one tab removes what waits in another", async (t) => {
    const { createStorage } = await browser(t);
    const storage = createStorage();
    refuse(t);
    await storage.save(record("a"));
    new FakeChannel("client-checklist").postMessage(null);
    assert.equal(storage.isKept(), true);
    assert.deepEqual(await storage.all(), []);
  });

  it("forgets what was known: a client saved again is whole", async (t) => {
    const { createStorage, journal } = await browser(t);
    const storage = createStorage();
    storage.know(record("a"));
    await storage.wipe();
    refuse(t);
    await storage.save(record("a"));
    assert.deepEqual(journal(), { a: { record: record("a") } });
  });

  it("in another tab is not held up by this one", async (t) => {
    const { createStorage } = await browser(t);
    const [one, other] = [createStorage(), createStorage()];
    await one.save(record("a"));
    await other.wipe();
    assert.deepEqual(await indexedDB.databases(), []);
    await one.save(record("b"));
    assert.deepEqual(await one.all(), [record("b")]);
  });

  it("ends also where the browser refuses", async (t) => {
    const storage = (await browser(t)).createStorage();
    t.mock.method(indexedDB, "deleteDatabase", () => {
      throw new Error("refused");
    });
    await storage.wipe();
    assert.deepEqual(FakeChannel.said, [["client-checklist", null]]);
  });
});

describe("a database that was made and not filled", () => {
  it("is made anew", async (t) => {
    const storage = (await browser(t)).createStorage();
    (await openByHand()).close();
    await storage.save(record("a"));
    assert.deepEqual(await storage.all(), [record("a")]);
  });

  it("is opened again after a failure", async (t) => {
    const storage = (await browser(t)).createStorage();
    const allow = refuse(t);
    await storage.save(record("a"));
    allow();
    await storage.settle();
    assert.equal(storage.isKept(), true);
  });
});
