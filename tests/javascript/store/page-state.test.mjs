import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FIRST_EPOCH } from "../../../checklist/page/store/operations.js";
import { PageState } from "../../../checklist/page/store/page-state.js";
import { record, renaming } from "../support/browser.mjs";

const WIPE = { id: "p:7", at: 100 };
const RENAMING = { id: "a", rules: "7", change: [{ path: '["name"]', before: "A", after: "B" }] };

/** @param {object} [parts] @returns {any} */
const row = (parts) => ({ id: "a", record: record("a", { name: "A" }), revisions: {}, ...parts });
/** @param {string} page @param {any[]} pending @param {object} [parts] @returns {any} */
const stored = (page, pending, parts) => ({
  page,
  text: "",
  entry: { at: 1, record: null, pending, ...parts },
});

describe("the journal entries of earlier pages", () => {
  it("become pending by page, in the order of time, then by revision", () => {
    const state = new PageState();
    const [late, early, first] = [
      renaming({ page: "q", at: 9 }),
      renaming({ page: "p", revision: 2, at: 5 }),
      renaming({ page: "p", revision: 1, at: 6 }),
    ];
    state.adopt([stored("q", [late]), stored("p", [early, first]), stored("r", [])]);
    assert.deepEqual(state.pending, [first, early, late]);
    assert.deepEqual(state.ownPending, []);
  });

  it("have the time of the newest snapshot", () => {
    const state = new PageState();
    const snapshot = { record: record("a") };
    state.adopt([
      stored("p", [], { at: 9 }),
      stored("q", [], { at: 8, ...snapshot }),
      stored("r", [], { at: 7, ...snapshot }),
    ]);
    assert.equal(state.snapshotAt, 8);
  });

  it("are unreadable texts if they are invalid", () => {
    const state = new PageState();
    state.adopt([{ page: "p", text: "{", entry: null }]);
    assert.deepEqual([state.unreadable, state.snapshotAt], [["{"], 0]);
  });
});

describe("new operations", () => {
  it("have consecutive revisions of the page, also after a wipe", () => {
    const state = new PageState();
    const [one, two] = state.addOperations([{ id: "a" }, { id: "b" }]);
    assert.equal(state.createEpoch().id, `${state.id}:3`);
    const [four] = state.addOperations([{ id: "c" }]);
    assert.deepEqual([one.revision, two.revision, four.revision], [1, 2, 4]);
    assert.deepEqual(state.ownPending, [one, two, four]);
  });

  it("have the epoch once it was read", () => {
    const state = new PageState();
    assert.equal(state.addOperations([{ id: "a" }])[0].epoch, null);
    state.setEpoch(FIRST_EPOCH);
    assert.equal(state.addOperations([{ id: "a" }])[0].epoch, FIRST_EPOCH.id);
  });
});

describe("a client that is read", () => {
  it("has the pending operations, and is known then", () => {
    const state = new PageState();
    state.addOperations([RENAMING]);
    assert.equal(state.read("a", row())?.name, "B");
    assert.equal(state.known.get("a")?.name, "B");
  });

  it("drops the pending operations that its row contains, and no others", () => {
    const state = new PageState();
    state.addOperations([RENAMING, { ...RENAMING, id: "b" }]);
    state.read("a", row({ revisions: { [state.id]: 1 } }));
    assert.deepEqual(
      state.pending.map(({ id }) => id),
      ["b"],
    );
  });

  it("is undefined if it was deleted", () => {
    assert.equal(new PageState().read("a", row({ record: null })), undefined);
  });
});

describe("an operation of the page", () => {
  it("overwrites a newer value, unless its transaction has failed", () => {
    const state = new PageState();
    const operations = state.addOperations([RENAMING]);
    const newer = row({ record: record("a", { name: "C" }) });
    assert.equal(state.apply(newer, operations[0])?.record?.name, "B");
    state.fail(operations);
    assert.equal(state.apply(newer, operations[0])?.record?.name, "C");
  });

  it("on a damaged record becomes a client of its own, once", () => {
    const state = new PageState();
    const [operation] = state.addOperations([RENAMING]);
    const damaged = record("a", { log: "none" });
    const rows = new Map([["a", row({ record: damaged })]]);
    state.applyTo(rows, operation);
    state.applyTo(rows, operation);
    const [first, second, ...others] = rows.values();
    assert.deepEqual(first, row({ record: damaged, revisions: { [state.id]: 1 } }));
    assert.deepEqual(second.record, record(second.id, { name: "B" }));
    assert.deepEqual(others, []);
  });

  it("is pending until it is committed", () => {
    const state = new PageState();
    const [one, other] = state.addOperations([RENAMING, RENAMING]);
    state.unreadable = ["{", "["];
    state.commit([one], ["{"]);
    assert.deepEqual([state.pending, state.unreadable], [[other], ["["]]);
  });
});

describe("a wipe", () => {
  it("leaves nothing but the new epoch", () => {
    const state = new PageState();
    state.addOperations([RENAMING]);
    state.read("a", row());
    state.unreadable = ["{"];
    state.shown = record("a");
    state.wipe(WIPE);
    const { pending, unreadable, shown, known, epoch } = state;
    assert.deepEqual([pending, unreadable, shown, known.size, epoch], [[], [], null, 0, WIPE]);
    assert.equal(state.addOperations([RENAMING])[0].epoch, WIPE.id);
  });
});
