import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as memo from "../../checklist/page/memo.js";
import { FakeStorage, setGlobals, setStorages } from "./support/fakes.mjs";

/** @typedef {import("../../checklist/page/record.js").CaseRecord} CaseRecord */

const LAST = "client-checklist:last";
const SNAPSHOT = "client-checklist:snapshot";
const UNSAVED = "client-checklist:unsaved";
const OLD_CASE = "client-checklist:case";
const SET_ASIDE = "client-checklist:set-aside";

/** @param {string} id @returns {CaseRecord} */
const record = (id) => ({ format: "client-case/1", rules: "7", id, answers: {} });

/** @param {import("node:test").TestContext} t */
function refuse(t) {
  const window = {
    get localStorage() {
      throw new Error("refused");
    },
    get sessionStorage() {
      throw new Error("refused");
    },
  };
  setGlobals(t, { window, localStorage: null });
}

describe("the open client", () => {
  it("is remembered for this tab and for the next", (t) => {
    const { localStorage, sessionStorage } = setStorages(t);
    memo.rememberOpen("a");
    assert.equal(localStorage.getItem(LAST), "a");
    assert.equal(sessionStorage.getItem(LAST), "a");
  });

  for (const [what, local, session, expected] of /** @type {[string, any, any, any][]} */ ([
    ["this tab's", { [LAST]: "a" }, { [LAST]: "b" }, "b"],
    ["the last anywhere", { [LAST]: "a" }, {}, "a"],
    ["none", {}, {}, null],
  ])) {
    it(`is ${what}`, (t) => {
      setStorages(t, local, session);
      assert.equal(memo.openId(), expected);
    });
  }

  it("is none where the browser refuses", (t) => {
    refuse(t);
    assert.equal(memo.openId(), null);
  });
});

describe("the snapshot", () => {
  it("is the open client as it was kept", (t) => {
    setStorages(t);
    memo.rememberOpen("a");
    memo.keepSnapshot(record("a"));
    assert.deepEqual(memo.snapshot(), record("a"));
  });

  it("is none where another client is open", (t) => {
    setStorages(t);
    memo.rememberOpen("b");
    memo.keepSnapshot(record("a"));
    assert.equal(memo.snapshot(), null);
  });

  it("is none where there is none", (t) => {
    setStorages(t);
    assert.equal(memo.snapshot(), null);
  });

  it("is none where it is damaged", (t) => {
    setStorages(t, { [LAST]: "a", [SNAPSHOT]: "{" });
    assert.equal(memo.snapshot(), null);
  });

  it("is dropped where it cannot be written", (t) => {
    const { localStorage } = setStorages(t, { [SNAPSHOT]: "before" });
    const endless = /** @type {any} */ (record("a"));
    endless.self = endless;
    memo.keepSnapshot(endless);
    assert.equal(localStorage.getItem(SNAPSHOT), null);
  });

  for (const [what, ids, expected] of /** @type {[string, string[], boolean][]} */ ([
    ["goes with its client", ["b", "a"], false],
    ["stays where others have changed", ["b"], true],
  ])) {
    it(what, (t) => {
      setStorages(t);
      memo.rememberOpen("a");
      memo.keepSnapshot(record("a"));
      memo.forgetSnapshotsOf(ids);
      assert.equal(memo.snapshot() !== null, expected);
    });
  }

  it("goes where it is damaged", (t) => {
    const { localStorage } = setStorages(t, { [SNAPSHOT]: "{" });
    memo.forgetSnapshotsOf([]);
    assert.equal(localStorage.getItem(SNAPSHOT), null);
  });
});

describe("the journal of what is unsaved", () => {
  it("has what was put there", (t) => {
    setStorages(t);
    memo.keepUnsaved(new Map([["a", { record: record("a"), saved: record("a") }]]));
    memo.keepUnsaved(new Map([["b", { record: record("b") }]]));
    assert.deepEqual(
      [...memo.unsaved()],
      [
        ["a", { record: record("a"), saved: record("a") }],
        ["b", { record: record("b") }],
      ],
    );
  });

  it("loses what the database has, and keeps the rest", (t) => {
    setStorages(t);
    memo.keepUnsaved(new Map([["a", { record: record("a") }]]));
    memo.keepUnsaved(
      new Map([
        ["a", null],
        ["b", { record: record("b") }],
      ]),
    );
    assert.deepEqual([...memo.unsaved().keys()], ["b"]);
  });

  it("is erased with its last entry", (t) => {
    const { localStorage } = setStorages(t);
    memo.keepUnsaved(new Map([["a", { record: record("a") }]]));
    memo.keepUnsaved(new Map([["a", null]]));
    assert.equal(localStorage.getItem(UNSAVED), null);
  });

  for (const [what, text] of /** @type {[string, string][]} */ ([
    ["no JSON", "{"],
    ["null", "null"],
    ["an entry that is null", '{"a":null}'],
    ["an entry without a record", '{"a":{}}'],
    ["a record of another id", '{"a":{"record":{"id":"b","answers":{}}}}'],
    ["a record without answers", '{"a":{"record":{"id":"a"}}}'],
  ])) {
    it(`that is ${what} has nothing`, (t) => {
      setStorages(t, { [UNSAVED]: text });
      assert.equal(memo.unsaved().size, 0);
    });
  }
});

describe("the case of the first version", () => {
  it("is read, and forgotten", (t) => {
    setStorages(t, { [OLD_CASE]: "text" });
    assert.equal(memo.oldCase(), "text");
    memo.forgetOldCase();
    assert.equal(memo.oldCase(), null);
  });
});

describe("what is set aside", () => {
  for (const [what, before, text, expected] of /** @type {[string, any, any, any][]} */ ([
    ["the first text", {}, "one", "one"],
    ["a second", { [SET_ASIDE]: "one" }, "two", "one\n\ntwo"],
    ["the same again", { [SET_ASIDE]: "one\n\ntwo" }, "one", "one\n\ntwo"],
    ["nothing any more", { [SET_ASIDE]: "one" }, null, null],
    ["nothing yet", {}, null, null],
  ])) {
    it(`is ${what}`, (t) => {
      setStorages(t, before);
      assert.equal(memo.putAside(text), true);
      assert.equal(memo.setAside(), expected);
    });
  }

  it("is not safe where the browser refuses", (t) => {
    refuse(t);
    assert.equal(memo.putAside("one"), false);
  });

  it("is not safe where the browser forgets it", (t) => {
    const { localStorage } = setStorages(t);
    Object.defineProperty(localStorage, "setItem", { value: () => {} });
    assert.equal(memo.putAside("one"), false);
  });
});

describe("everything that is kept", () => {
  const kept = { [LAST]: "a", "/site/.__palette": "{}", other: "b", "x__palette:1": "c" };

  it("is ours and the palette", (t) => {
    setStorages(t, kept);
    assert.deepEqual(memo.everything(), { [LAST]: "a", "/site/.__palette": "{}" });
  });

  it("is nothing where the browser refuses", (t) => {
    refuse(t);
    Object.defineProperty(globalThis, "localStorage", {
      configurable: true,
      get() {
        throw new Error("refused");
      },
    });
    assert.deepEqual(memo.everything(), {});
  });

  it("can be put back and erased", (t) => {
    const { localStorage } = setStorages(t, kept);
    memo.putBack({ [LAST]: null, [SNAPSHOT]: "d" });
    assert.equal(localStorage.getItem(LAST), null);
    assert.equal(localStorage.getItem(SNAPSHOT), "d");
  });

  it("of clients is erased, and nothing else", (t) => {
    const all = { [LAST]: "a", [SNAPSHOT]: "b", [UNSAVED]: "c", [SET_ASIDE]: "d" };
    const { localStorage, sessionStorage } = setStorages(t, all, { [LAST]: "a" });
    memo.forgetClients();
    assert.deepEqual(localStorage, new FakeStorage({ [SET_ASIDE]: "d" }));
    assert.deepEqual(sessionStorage, new FakeStorage());
  });
});
