import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Backup } from "../../../checklist/page/backup/backup.js";
import { openBrowser, record, refuseTransactions } from "../support/browser.mjs";
import { setGlobals, settled, until } from "../support/fakes.mjs";

/** @typedef {import("node:test").TestContext} TestContext */

const LIMITS = { largest: 10_000, most_clients: 3, most_parts: 1_000 };

/** A file on the visitor's disk, and what it lets a page do. */
class FakeFile {
  name = "clients.json";
  text = "";
  writes = 0;
  permission = "granted";
  isGone = false;
  isFull = false;

  async queryPermission() {
    return this.permission;
  }

  async requestPermission() {
    this.permission = "granted";
  }

  async getFile() {
    if (this.isGone) {
      throw new DOMException("gone", "NotFoundError");
    }
    return new Blob([this.text]);
  }

  async createWritable() {
    let written = "";
    return {
      write: async (/** @type {string} */ text) => {
        if (this.isFull) {
          throw new DOMException("full", "QuotaExceededError");
        }
        written += text;
      },
      close: async () => {
        this.text = written;
        this.writes += 1;
      },
      abort: async () => {},
    };
  }

  get ids() {
    return JSON.parse(this.text).cases.map((/** @type {{ id: string }} */ { id }) => id);
  }
}

/** A page whose visitor has chosen a file, unless `isChosen` is false. @param {TestContext} t */
async function setUp(t, isChosen = true) {
  const browser = await openBrowser(t);
  const file = new FakeFile();
  setGlobals(t, {
    navigator: {
      locks: { request: (/** @type {string} */ _, /** @type {() => unknown} */ run) => run() },
    },
    showSaveFilePicker: async () => file,
  });
  const store = browser.open();
  const fake = {
    file: /** @type {FakeFile | null} */ (null),
    unreadable: /** @type {string[]} */ ([]),
  };
  // The database of the tests cannot clone functions, as a browser clones handles.
  const replace = (/** @type {any} */ backup) => {
    fake.file = backup?.file ?? null;
    fake.unreadable = backup?.unreadable ?? [];
  };
  t.mock.method(store, "backup", async () => (fake.file ? { ...fake } : null));
  t.mock.method(store, "setBackup", async (/** @type {any} */ backup) => replace(backup));
  /** @type {string[]} */
  const statuses = [];
  const settings = /** @type {any} */ ({ path: "/", limits: LIMITS });
  const backup = new Backup({ store, settings, onStatus: (status) => statuses.push(status) });
  await store.put([record("a", { changed: "2026-01-01T00:00:00Z" })]);
  if (isChosen) {
    await backup.choose();
  }
  return { browser, file, store, backup, last: () => statuses.at(-1) };
}

describe("the backup", () => {
  it("has every client once a file is chosen, and counts as a copy", async (t) => {
    const { file, store, last } = await setUp(t);
    assert.equal(last(), "current");
    assert.deepEqual(file.ids, ["a"]);
    const copy = await store.lastCopy();
    assert.deepEqual(copy?.changed, { a: "2026-01-01T00:00:00Z" });
  });

  for (const [what, locks] of /** @type {[string, any][]} */ ([
    ["has no locks", undefined],
    ["refuses locks", { request: () => Promise.reject(new Error("refused")) }],
  ])) {
    it(`is written where the browser ${what}`, async (t) => {
      const { backup, store, last } = await setUp(t, false);
      setGlobals(t, { navigator: { locks } });
      await backup.write();
      assert.equal(last(), "none");
      await backup.choose();
      assert.equal(last(), "current");
      assert.notEqual(await store.lastCopy(), null);
    });
  }

  it("is written after a change, and not while nothing changes", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { file, store, backup } = await setUp(t);
    backup.start();
    await settled(20);
    assert.equal(file.writes, 1);
    const saving = store.put([record("b")]);
    for (let turn = 0; turn < 20; turn += 1) {
      await settled();
      t.mock.timers.tick(500);
    }
    await saving;
    await until(() => file.writes === 2);
    assert.deepEqual(file.ids, ["a", "b"]);
  });

  it("asks for no permission by itself; a press does", async (t) => {
    const { file, store, backup, last } = await setUp(t);
    file.permission = "prompt";
    await store.put([record("b")]);
    await backup.write();
    assert.equal(last(), "ask");
    assert.deepEqual(file.ids, ["a"]);
    await backup.allow();
    assert.equal(last(), "current");
    assert.deepEqual(file.ids, ["a", "b"]);
  });

  for (const [what, break_] of /** @type {[string, (file: FakeFile) => void][]} */ ([
    ["was moved", (file) => (file.isGone = true)],
    ["has no room", (file) => (file.isFull = true)],
  ])) {
    it(`says so when the file ${what}, and is not a copy then`, async (t) => {
      const { file, store, backup, last } = await setUp(t);
      break_(file);
      await store.put([record("b", { changed: "2026-01-02T00:00:00Z" })]);
      await backup.write();
      assert.equal(last(), "failed");
      assert.deepEqual(Object.keys((await store.lastCopy())?.changed ?? {}), ["a"]);
    });
  }

  it("never writes what a failing database has, which is nothing", async (t) => {
    const { file, backup, last } = await setUp(t);
    const end = refuseTransactions(t);
    await backup.write();
    end();
    assert.equal(last(), "failed");
    assert.deepEqual(file.ids, ["a"]);
  });

  it("stays as it was when the clients need several files to be imported", async (t) => {
    const { file, store, backup, last } = await setUp(t);
    await store.put(["b", "c", "d"].map((id) => record(id)));
    await backup.write();
    assert.equal(last(), "too_large");
    assert.deepEqual(file.ids, ["a"]);
  });

  it("leaves out what cannot be read, so that the rest can be imported", async (t) => {
    const { file, store, backup } = await setUp(t);
    await store.put([record("b")]);
    await backup.leaveOut(["b"]);
    assert.deepEqual(file.ids, ["a"]);
  });

  it("forgets the file when stopped, and leaves it as it is", async (t) => {
    const { file, store, backup, last } = await setUp(t);
    await backup.stop();
    await store.put([record("b")]);
    await backup.write();
    assert.equal(last(), "none");
    assert.deepEqual(file.ids, ["a"]);
  });

  it("changes nothing when the visitor chooses no file", async (t) => {
    const { backup, last, file } = await setUp(t, false);
    setGlobals(t, {
      showSaveFilePicker: () => Promise.reject(new DOMException("none", "AbortError")),
    });
    await backup.choose();
    assert.equal(last(), undefined);
    assert.equal(file.writes, 0);
  });

  it("does nothing where the browser has no such files", async (t) => {
    const { store, backup, last } = await setUp(t, false);
    Reflect.deleteProperty(globalThis, "showSaveFilePicker");
    backup.start();
    await store.put([record("b")]);
    await settled(20);
    assert.equal(last(), undefined);
  });
});
