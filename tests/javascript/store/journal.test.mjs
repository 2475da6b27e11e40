import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Journal } from "../../../checklist/page/store/journal.js";
import { record } from "../support/browser.mjs";
import { FakeStorage, setGlobals, setStorages } from "../support/fakes.mjs";

const START = "client-checklist:/:";
const DELETION = { id: "a", page: "p", rules: "", revision: 1, at: 1, epoch: "" };

/** @param {object} [parts] @returns {any} */
const entry = (parts) => ({ at: 1, record: null, pending: [], ...parts });
/** Entries of pages, as they lie in `localStorage`. @param {Record<string, any>} entries */
const stored = (entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([page, one]) => [START + page, JSON.stringify(one)]),
  );
const nested = () => {
  /** @type {any[]} */
  let list = [];
  for (let depth = 0; depth < 50_000; depth += 1) {
    list = [list];
  }
  return list;
};

/** @param {import("node:test").TestContext} t @param {Record<string, string>} [items] */
function open(t, items) {
  const { localStorage } = setStorages(t, items);
  return { journal: new Journal("/"), items: () => ({ ...localStorage }) };
}

describe("a journal entry", () => {
  for (const [what, one] of /** @type {[string, any][]} */ ([
    ["a snapshot", entry({ record: record("a") })],
    ["an operation", entry({ pending: [DELETION] })],
    ["both", entry({ record: record("a"), pending: [DELETION, DELETION] })],
  ])) {
    it(`with ${what} is written and read again`, (t) => {
      const { journal, items } = open(t);
      assert.equal(journal.write("p", one), true);
      assert.deepEqual(items(), stored({ p: one }));
      assert.deepEqual(journal.read(), [{ page: "p", text: JSON.stringify(one), entry: one }]);
    });
  }

  it("is removed when it becomes empty", (t) => {
    const { journal, items } = open(t, stored({ p: entry({ record: record("a") }) }));
    assert.equal(journal.write("p", entry()), true);
    assert.deepEqual(items(), {});
  });

  it("is not written if it is empty", (t) => {
    const { journal, items } = open(t);
    assert.equal(journal.write("p", entry()), true);
    assert.deepEqual(items(), {});
  });

  it("that is nested too deeply does not replace the previous one", (t) => {
    const before = stored({ p: entry({ record: record("a") }) });
    const { journal, items } = open(t, before);
    const deep = record("a", { later: nested() });
    assert.equal(journal.write("p", entry({ record: deep })), false);
    assert.deepEqual(items(), before);
  });

  it("that exceeds the quota does not replace the previous one", (t) => {
    const before = stored({ p: entry({ record: record("a") }) });
    const { journal, items } = open(t, before);
    t.mock.method(FakeStorage.prototype, "setItem", () => {
      throw new DOMException("full", "QuotaExceededError");
    });
    assert.equal(journal.write("p", entry({ record: record("b") })), false);
    assert.deepEqual(items(), before);
  });

  it("is reported as not written if the browser ignores the write", (t) => {
    const { journal } = open(t);
    t.mock.method(FakeStorage.prototype, "setItem", () => {});
    assert.equal(journal.write("p", entry({ record: record("b") })), false);
  });

  it("is reported as not removed if the browser ignores the removal", (t) => {
    const { journal } = open(t, stored({ p: entry({ record: record("a") }) }));
    t.mock.method(FakeStorage.prototype, "removeItem", () => {});
    assert.equal(journal.write("p", entry()), false);
  });

  for (const [what, localStorage] of /** @type {[string, any][]} */ ([
    ["is missing", undefined],
    [
      "throws",
      new Proxy(
        {},
        {
          get() {
            throw new Error("refused");
          },
          ownKeys() {
            throw new Error("refused");
          },
        },
      ),
    ],
  ])) {
    it(`is neither written nor read if localStorage ${what}`, (t) => {
      const { journal } = open(t);
      setGlobals(t, { localStorage });
      assert.equal(journal.write("p", entry({ record: record("a") })), false);
      assert.deepEqual(journal.read(), []);
      assert.equal(journal.snapshot(null), null);
      journal.remove({ page: "p", text: "", entry: null });
      journal.wipe()();
    });
  }
});

describe("the journal", () => {
  it("is read from the newest entry to the oldest, then the invalid ones", (t) => {
    const { journal } = open(t, {
      ...stored({ p: entry({ at: 2 }), q: entry({ at: 3 }) }),
      [`${START}x`]: "{",
      ...stored({ r: entry({ at: 1 }) }),
    });
    assert.deepEqual(
      journal.read().map(({ page }) => page),
      ["q", "p", "r", "x"],
    );
  });

  it("has only entries of this site", (t) => {
    const { journal } = open(t, {
      "client-checklist:/preview/:p": JSON.stringify(entry()),
      "client-checklist:last": "a",
      [`x${START}p`]: "7",
      other: "7",
    });
    assert.deepEqual(journal.read(), []);
  });

  for (const [what, text] of [
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"x"'],
    ["without a time", JSON.stringify(entry({ at: undefined }))],
    ["with a time that is a text", JSON.stringify(entry({ at: "1" }))],
    ["without a record", JSON.stringify(entry({ record: undefined }))],
    ["with a record that is a list", JSON.stringify(entry({ record: [] }))],
    ["with a record without an id", JSON.stringify(entry({ record: { answers: {} } }))],
    ["with a record whose id is a number", JSON.stringify(entry({ record: { id: 1 } }))],
    ["without operations", JSON.stringify(entry({ pending: undefined }))],
    ["with a mapping of operations", JSON.stringify(entry({ pending: { every: 1 } }))],
    ["with an operation that is none", JSON.stringify(entry({ pending: [DELETION, {}] }))],
  ]) {
    it(`has an invalid entry if the text is ${what}`, (t) => {
      const { journal } = open(t, { [`${START}p`]: text });
      assert.deepEqual(journal.read(), [{ page: "p", text, entry: null }]);
    });
  }
});

describe("the snapshot", () => {
  const items = stored({
    p: entry({ at: 1, record: record("a") }),
    q: entry({ at: 3, pending: [DELETION] }),
    r: entry({ at: 2, record: record("b") }),
  });

  for (const [what, id, expected] of /** @type {[string, string | null, string | undefined][]} */ ([
    ["the newest if the client of the tab is unknown", null, "b"],
    ["that of the client that the tab showed", "a", "a"],
    ["null if there is none of that client", "c", undefined],
  ])) {
    it(`is ${what}`, (t) => {
      const shown = open(t, { ...items, [`${START}x`]: "{" }).journal.snapshot(id);
      assert.equal(shown?.id, expected);
    });
  }

  it("is null if there is no entry", (t) => {
    assert.equal(open(t).journal.snapshot(null), null);
  });
});

describe("removing an entry", () => {
  it("removes no other entry", (t) => {
    const { journal, items } = open(t, stored({ p: entry(), q: entry({ at: 2 }) }));
    const found = journal.read().find(({ page }) => page === "p");
    assert.ok(found);
    journal.remove(found);
    assert.deepEqual(items(), stored({ q: entry({ at: 2 }) }));
  });

  it("does not remove one that its page has written since", (t) => {
    const { journal, items } = open(t, stored({ p: entry() }));
    const [found] = journal.read();
    const later = entry({ at: 2, pending: [DELETION] });
    journal.write("p", later);
    journal.remove(found);
    assert.deepEqual(items(), stored({ p: later }));
  });
});

describe("a wipe of the journal", () => {
  const others = { "client-checklist:/preview/:p": "7", other: "7" };
  const palette = { "/.__palette": "dark", "/ru/.__palette": "light" };

  it("removes only items of the site, and restores the theme's setting", (t) => {
    const { journal, items } = open(t, { ...others, ...palette, ...stored({ p: entry(), q: 5 }) });
    const restore = journal.wipe();
    assert.deepEqual(items(), others);
    restore();
    assert.deepEqual(items(), { ...others, ...palette });
  });

  it("does not remove an item whose key only contains the name of the setting", (t) => {
    const item = { "__palette/x": "1" };
    const { journal, items } = open(t, item);
    journal.wipe();
    assert.deepEqual(items(), item);
  });
});
