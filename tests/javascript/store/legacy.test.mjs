import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byHand, openBrowser, record } from "../support/browser.mjs";
import { readLegacy, removeLegacy } from "../../../checklist/page/store/legacy.js";

const DATABASE = "client-checklist";
const OLD = "client-checklist:";

/** @param {import("node:test").TestContext} t @param {Record<string, unknown>} [items] texts, or what
 * becomes JSON @param {any[]} [clients] of the old database; nothing: there is none */
async function stored(t, items = {}, clients) {
  const texts = Object.entries(items).map(([key, value]) => [
    OLD + key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const browser = await openBrowser(t, Object.fromEntries(texts));
  if (clients) {
    await byHand(DATABASE, ["cases"], ({ cases }) => {
      clients.forEach((one) => cases.put(one));
    });
  }
  return browser;
}

/** A version of the old database that makes opening its first one an error. */
const makeNewer = () =>
  new Promise((done) => {
    const opening = indexedDB.open(DATABASE, 2);
    opening.onsuccess = () => done(opening.result.close());
  });

/** The items of localStorage, the clients of the database, and what is read of them. */
const READ = /** @type {[string, any, any[] | undefined, any][]} */ ([
  ["null if there is nothing", {}, undefined, null],
  ["null if the database is empty", {}, [], null],
  [
    "no client if there is only the id of the last one",
    { last: "a", snapshot: "{}" },
    [],
    { records: [], unreadable: [], open: "a" },
  ],
  [
    "the clients of the database",
    { last: "b" },
    [record("a"), record("b")],
    { records: [record("a"), record("b")], unreadable: [], open: "b" },
  ],
  [
    "no open client if it is unknown",
    {},
    [record("a")],
    { records: [record("a")], unreadable: [], open: null },
  ],
  [
    "the unreadable texts",
    { "set-aside": "x\n\n\n\ny" },
    undefined,
    { records: [], unreadable: ["x", "y"], open: null },
  ],
  [
    "a client that was not in the database",
    { unsaved: { c: { record: { ...record("other"), name: "C" } } } },
    undefined,
    { records: [record("c", { name: "C" })], unreadable: [], open: null },
  ],
  [
    "the changes since the last save, and no other part of the record",
    {
      unsaved: {
        a: {
          saved: record("a", { answers: { pays: "no" } }),
          record: record("a", { name: "A", answers: { pays: "no" } }),
        },
      },
    },
    [record("a", { answers: { pays: "yes" } })],
    { records: [record("a", { name: "A", answers: { pays: "yes" } })], unreadable: [], open: null },
  ],
  [
    "the changes of a client that was never saved, with the rules of the stored one",
    { unsaved: { a: { record: record("a", { name: "A" }) } } },
    [record("a", { rules: "8", notes: { pays: "late" } })],
    {
      records: [record("a", { rules: "8", name: "A", notes: { pays: "late" } })],
      unreadable: [],
      open: null,
    },
  ],
  [
    "invalid changes as texts",
    { unsaved: { a: 5, b: { record: { name: "B" } }, c: { record: [] }, d: null } },
    undefined,
    {
      records: [],
      unreadable: ["5", '{"record":{"name":"B"}}', '{"record":[]}', "null"],
      open: null,
    },
  ],
  [
    "a list of changes as a text",
    { unsaved: "[1]" },
    undefined,
    { records: [], unreadable: ["[1]"], open: null },
  ],
  [
    "the single client of the first version, with its id",
    { last: "b", case: record("a", { name: "A" }) },
    [record("b")],
    { records: [record("b"), record("a", { name: "A" })], unreadable: [], open: "a" },
  ],
  [
    "a client of another format as a text",
    { case: { ...record("a"), format: "other" } },
    undefined,
    {
      records: [],
      unreadable: ['{"format":"other","rules":"7","id":"a","answers":{}}'],
      open: null,
    },
  ],
  [
    "a client without answers as a text",
    { case: { format: "client-case/1", answers: [] } },
    undefined,
    { records: [], unreadable: ['{"format":"client-case/1","answers":[]}'], open: null },
  ],
]);

describe("what is read of version 1.4.0 is", () => {
  for (const [what, items, clients, expected] of READ) {
    it(what, async (t) => {
      await stored(t, items, clients);
      assert.deepEqual(await readLegacy(), expected);
    });
  }

  for (const id of ["", 5, undefined]) {
    it(`the single client of the first version with a new id if its id is ${id}`, async (t) => {
      await stored(t, { case: { ...record("a"), id } });
      const read = await readLegacy();
      assert.match(String(read?.open), /^[0-9a-f]{16}$/);
      assert.deepEqual(read?.records, [record(String(read?.open))]);
    });
  }

  it("null if the database lacks the object store", async (t) => {
    await stored(t);
    await byHand(DATABASE, ["other"], () => {});
    assert.equal(await readLegacy(), null);
  });

  it("an error if the database does not open", async (t) => {
    await stored(t, {}, [record("a")]);
    await makeNewer();
    const { open } = indexedDB;
    const opening = t.mock.method(indexedDB, "open", () => open.call(indexedDB, DATABASE, 1));
    await assert.rejects(readLegacy());
    opening.mock.restore();
    assert.notEqual(await readLegacy(), null);
  });
});

describe("the removal of the data of version 1.4.0", () => {
  it("removes nothing else", async (t) => {
    const own = { last: "a", snapshot: "{}", unsaved: "{}", case: "{}", "set-aside": "x" };
    const browser = await stored(t, { ...own, "/:p": "7" }, [record("a")]);
    await byHand("client-checklist:/", ["clients"], () => {});
    sessionStorage.setItem(`${OLD}last`, "a");
    sessionStorage.setItem("other", "7");
    await removeLegacy();
    assert.deepEqual(browser.items(), { [`${OLD}/:p`]: "7" });
    assert.deepEqual({ ...sessionStorage }, { other: "7" });
    const names = (await indexedDB.databases()).map(({ name }) => name);
    assert.deepEqual(names, ["client-checklist:/"]);
  });

  it("deletes no database if there is none", async (t) => {
    await stored(t);
    const deleting = t.mock.method(indexedDB, "deleteDatabase");
    await removeLegacy();
    assert.equal(deleting.mock.callCount(), 0);
  });

  it("is left to the next visit if the database cannot be deleted", async (t) => {
    await stored(t, {}, [record("a")]);
    await makeNewer();
    t.mock.method(indexedDB, "deleteDatabase", () => indexedDB.open(DATABASE, 1));
    await removeLegacy();
    assert.notEqual(await readLegacy(), null);
  });
});
