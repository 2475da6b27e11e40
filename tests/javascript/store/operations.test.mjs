import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as operations from "../../../checklist/page/store/operations.js";
import { record } from "../support/browser.mjs";

const { FIRST_EPOCH, applyOperation, contains, withRevision } = operations;
const NAMED = [{ path: '["name"]', before: "A", after: "B" }];
const READER = { page: "p" };
const WIPE = { id: "p:7", at: 100 };

/** @param {object} [parts] @returns {any} */
const row = (parts) => ({ id: "a", record: record("a", { name: "A" }), revisions: {}, ...parts });
/** @param {object} [parts] @returns {any} */
const operation = (parts) => ({
  id: "a",
  page: "p",
  revision: 1,
  at: 50,
  epoch: "",
  rules: "7",
  ...parts,
});
const text = (/** @type {unknown} */ value) => JSON.stringify(value) ?? "undefined";

describe("a stored row", () => {
  for (const [value, expected] of /** @type {[unknown, boolean][]} */ ([
    [{ id: "a", record: { id: "a" }, revisions: { p: 1 } }, true],
    [{ id: "a", record: { id: "b" }, revisions: {} }, false],
    [{ id: "a", record: null, revisions: {} }, true],
    [{ id: "a", revisions: {} }, false],
    [{ id: "a", record: [], revisions: {} }, false],
    [{ id: "a", record: "x", revisions: {} }, false],
    [{ id: "a", record: {} }, false],
    [{ id: "a", record: null, revisions: [] }, false],
    [null, false],
    [undefined, false],
  ])) {
    it(`is ${expected ? "" : "not "}${text(value)}`, () => {
      assert.equal(operations.isRow(value), expected);
    });
  }
});

describe("an epoch", () => {
  for (const [value, expected] of /** @type {[unknown, boolean][]} */ ([
    [FIRST_EPOCH, true],
    [WIPE, true],
    [{ id: "x" }, false],
    [{ id: "x", at: "1" }, false],
    [{ id: "x", at: NaN }, false],
    [{ id: 1, at: 1 }, false],
    [null, false],
    ["x", false],
  ])) {
    it(`is ${expected ? "" : "not "}${text(value)}`, () => {
      assert.equal(operations.isMark(value), expected);
    });
  }
});

describe("an operation", () => {
  for (const [what, parts] of /** @type {[string, object][]} */ ([
    ["a deletion", {}],
    ["a record to be put", { record: record("a") }],
    ["a change", { change: NAMED }],
    ["a change of nothing", { change: [] }],
    ["a change of an answer", { change: [{ path: '["answers","pays"]' }] }],
    ["one from before any epoch was read", { epoch: null }],
  ])) {
    it(`is ${what}`, () => {
      assert.equal(operations.isOperation(operation(parts)), true);
    });
  }

  for (const [what, parts] of /** @type {[string, object][]} */ ([
    ["without an id", { id: undefined }],
    ["without a page", { page: 1 }],
    ["without the version of the rules", { rules: null }],
    ["whose revision is a text", { revision: "1" }],
    ["whose revision is no finite number", { revision: Infinity }],
    ["without a time", { at: undefined }],
    ["whose record is a list", { record: [] }],
    ["whose record is null", { record: null }],
    ["whose change is a mapping", { change: {} }],
    ["whose change is null", { change: null }],
    ["with a part that is none", { change: [...NAMED, 5] }],
    ["with a part that is null", { change: [null] }],
    ["with a part without a path", { change: [{}] }],
    ["with a path that is no JSON", { change: [{ path: "name" }] }],
    ["with a path that is no list", { change: [{ path: '"name"' }] }],
    ["with a path that is a mapping", { change: [{ path: "{}" }] }],
    ["with a path of numbers", { change: [{ path: '["answers",1]' }] }],
    ["with one good path and one bad", { change: [...NAMED, { path: "[1]" }] }],
  ])) {
    it(`is none ${what}`, () => {
      assert.equal(operations.isOperation(operation(parts)), false);
    });
  }

  for (const value of [null, undefined, "x", 5, []]) {
    it(`is none that is ${text(value)}`, () => {
      assert.equal(operations.isOperation(value), false);
    });
  }
});

describe("a row contains", () => {
  for (const [revisions, revision, expected] of /** @type {[any, number, boolean][]} */ ([
    [{ p: 2 }, 1, true],
    [{ p: 2 }, 2, true],
    [{ p: 2 }, 3, false],
    [{ q: 2 }, 1, false],
    [{}, 1, false],
  ])) {
    it(`${expected ? "" : "no "}operation ${revision} of p with ${text(revisions)}`, () => {
      assert.equal(contains(row({ revisions }), operation({ revision })), expected);
    });
  }

  it("nothing if there is no row", () => {
    assert.equal(contains(undefined, operation()), false);
  });
});

/** What there was, what is done to it, and what comes of it. */
const DONE = /** @type {[string, any, any, any][]} */ ([
  [
    "a change of a client",
    row({ revisions: { q: 3 } }),
    operation({ change: NAMED }),
    row({ record: record("a", { name: "B" }), revisions: { q: 3, p: 1 } }),
  ],
  [
    "this page's own change of what was changed since: it is the newer one",
    row({ record: record("a", { name: "C" }) }),
    operation({ change: NAMED }),
    row({ record: record("a", { name: "B" }), revisions: { p: 1 } }),
  ],
  [
    "another page's change of what was changed since: it only counts as done",
    row({ record: record("a", { name: "C" }) }),
    operation({ page: "q", change: NAMED }),
    row({ record: record("a", { name: "C" }), revisions: { q: 1 } }),
  ],
  [
    "a change of a client that is not there",
    undefined,
    operation({ change: NAMED }),
    row({ record: record("a", { name: "B" }), revisions: { p: 1 } }),
  ],
  [
    "another page's change of a client that is not there",
    undefined,
    operation({ page: "q", change: NAMED }),
    row({ record: record("a", { name: "B" }), revisions: { q: 1 } }),
  ],
  [
    "a new record that is put",
    undefined,
    operation({ record: record("a", { name: "N" }) }),
    row({ record: record("a", { name: "N" }), revisions: { p: 1 } }),
  ],
  [
    "a record put over another one",
    row({ revisions: { q: 2 } }),
    operation({ record: record("a", { name: "N" }) }),
    row({ record: record("a", { name: "N" }), revisions: { q: 2, p: 1 } }),
  ],
  [
    "a record put under another id than its own",
    undefined,
    operation({ record: record("z", { name: "N" }) }),
    row({ record: record("a", { name: "N" }), revisions: { p: 1 } }),
  ],
  [
    "a deleted client brought back by this page",
    row({ record: null }),
    operation({ record: record("a") }),
    row({ record: record("a"), revisions: { p: 1 } }),
  ],
  [
    "a new record that another page has put",
    undefined,
    operation({ page: "q", record: record("a", { name: "N" }) }),
    row({ record: record("a", { name: "N" }), revisions: { q: 1 } }),
  ],
  [
    "a deletion",
    row({ revisions: { p: 1 } }),
    operation({ revision: 2 }),
    row({ record: null, revisions: { p: 2 } }),
  ],
  [
    "another page's deletion",
    row(),
    operation({ page: "q" }),
    row({ record: null, revisions: { q: 1 } }),
  ],
  [
    "a deletion of what is not there",
    undefined,
    operation(),
    row({ record: null, revisions: { p: 1 } }),
  ],
]);

describe("the result of an operation", () => {
  for (const [what, before, done, after] of DONE) {
    it(`that is ${what}`, () => {
      const whole = structuredClone(before);
      assert.deepEqual(applyOperation(before, done, FIRST_EPOCH, READER), after);
      assert.deepEqual(before, whole, "the given row is not modified");
    });
  }

  it("on a client that the database lost is the client as the page knows it", () => {
    const known = record("a", { name: "B", notes: { pays: "late" } });
    const after = applyOperation(undefined, operation({ change: NAMED }), FIRST_EPOCH, {
      page: "p",
      known,
    });
    assert.deepEqual(after, row({ record: known, revisions: { p: 1 } }));
  });

  it("on a stored client is not the client as the page knows it", () => {
    const known = record("a", { name: "B", staying: "no longer" });
    const reader = { page: "p", known };
    const after = applyOperation(row(), operation({ change: NAMED }), FIRST_EPOCH, reader);
    assert.deepEqual(after?.record, record("a", { name: "B" }));
  });

  for (const [what, before, done] of /** @type {[string, any, any][]} */ ([
    ["it is contained", row({ revisions: { p: 1 } }), operation({ change: NAMED })],
    ["its deletion is contained", row({ revisions: { p: 1 } }), operation()],
    ["the client was deleted", row({ record: null }), operation({ change: NAMED })],
    ["another page puts a record that is there", row(), operation({ page: "q", record: {} })],
    [
      "another page puts a record that was deleted",
      row({ record: null }),
      operation({ page: "q", record: {} }),
    ],
  ])) {
    it(`is the same row if ${what}`, () => {
      assert.equal(applyOperation(before, done, FIRST_EPOCH, READER), before);
    });
  }
});

describe("a wipe", () => {
  for (const [what, parts, isApplied] of /** @type {[string, any, boolean][]} */ ([
    ["an operation from before it", { epoch: "" }, false],
    ["an operation from before an earlier wipe", { epoch: "p:6" }, false],
    ["an operation of a page that had read of it", { epoch: "p:7", at: 99 }, true],
    ["a later one of a page that had read no epoch", { epoch: null, at: 101 }, true],
    ["one at the same time of a page that had read no epoch", { epoch: null, at: 100 }, false],
    ["an earlier one of a page that had read no epoch", { epoch: null, at: 99 }, false],
    [
      "a later one of a page that had read only of an earlier wipe",
      { epoch: "p:6", at: 101 },
      false,
    ],
  ])) {
    it(`${isApplied ? "applies" : "drops"} ${what}`, () => {
      for (const kind of [{ change: NAMED }, { record: record("a"), page: "q" }]) {
        const after = applyOperation(undefined, operation({ ...parts, ...kind }), WIPE, READER);
        assert.equal(after !== undefined, isApplied);
      }
    });
  }

  for (const epoch of ["", "p:6", null]) {
    it(`that never happened drops nothing, of the epoch ${text(epoch)} either`, () => {
      const after = applyOperation(undefined, operation({ epoch, at: -1 }), FIRST_EPOCH, READER);
      assert.notEqual(after, undefined);
    });
  }
});

describe("the revisions of a row", () => {
  const many = Object.fromEntries([...Array(40).keys()].map((one) => [`p${one}`, one]));

  it("have the last one of each page, and that of the newest operation at the end", () => {
    const after = withRevision({ p: 1, q: 2 }, operation({ revision: 3 }));
    assert.deepEqual(Object.entries(after), [
      ["q", 2],
      ["p", 3],
    ]);
  });

  it("are those of the last 40 pages", () => {
    const after = withRevision(many, operation());
    assert.deepEqual(Object.keys(after), [...Object.keys(many).slice(1), "p"]);
  });

  it("lose none if one of the 40 pages writes again", () => {
    const after = withRevision(many, operation({ page: "p0", revision: 9 }));
    assert.deepEqual(Object.keys(after), [...Object.keys(many).slice(1), "p0"]);
    assert.equal(after.p0, 9);
  });
});
