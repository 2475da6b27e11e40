import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTable } from "../../../checklist/page/checklist/verdict-table.js";

/** @typedef {import("../../../checklist/page/client/record.js").Answers} Answers */

const [EMPTY, OPEN, WORK, LEAVE] = ["empty", "open", "work", "leave"].map(
  (state) => /** @type {any} */ ({ state }),
);
const TABLE = {
  rules: "7",
  facts: ["pays", "calls"],
  answers: ["yes", "no", "unknown"],
  // A row is a fact and where each answer leads: so many rows back, or, below zero, to a leaf.
  nodes: [
    [1, ~1, ~3, ~0],
    [0, ~2, 0, 0],
    [1, ~6, ~6, ~5],
  ],
  roots: { money: ~1, time: 0, verdicts: 1, ranks: 2 },
  leaves: [EMPTY, OPEN, WORK, LEAVE, { ranks: "11" }, { ranks: "21" }, { ranks: "00" }],
};

describe("the table", () => {
  for (const [answers, expected] of /** @type {[Answers, string][]} */ ([
    [{}, "empty"],
    [{ pays: "yes" }, "work"],
    [{ pays: "no" }, "empty"],
    [{ pays: "unknown", calls: "yes" }, "open"],
    [{ pays: "no", calls: "no" }, "leave"],
    [{ calls: "no" }, "leave"],
  ])) {
    it(`gives ${expected} for ${JSON.stringify(answers)}`, () => {
      assert.equal(createTable(TABLE, "7")?.lookUp(answers).state, expected);
    });
  }

  for (const [answers, expected] of /** @type {[Answers, string[]][]} */ ([
    [{}, ["calls", "pays"]],
    [{ pays: "unknown" }, ["calls", "pays"]],
    [{ pays: "no" }, ["calls"]],
    [{ calls: "no" }, []],
  ])) {
    it(`asks ${expected} next for ${JSON.stringify(answers)}`, () => {
      assert.deepEqual(createTable(TABLE, "7")?.lookUp(answers).ask_next, expected);
    });
  }

  it("asks questions of one rank in the order of the facts", () => {
    const table = createTable({ ...TABLE, roots: { ...TABLE.roots, ranks: ~4 } }, "7");
    assert.deepEqual(table?.lookUp({}).ask_next, ["pays", "calls"]);
  });

  it("has each sign by its id", () => {
    assert.deepEqual(createTable(TABLE, "7")?.lookUp({ calls: "yes" }).signs, [
      { id: "money", state: "open" },
      { id: "time", state: "open" },
    ]);
  });

  for (const [fact, answer, expected] of /** @type {[string, unknown, boolean][]} */ ([
    ["pays", "yes", true],
    ["calls", "unknown", true],
    ["pays", "perhaps", false],
    ["late", "yes", false],
    ["pays", null, false],
  ])) {
    it(`accepts ${answer} for ${fact}: ${expected}`, () => {
      assert.equal(createTable(TABLE, "7")?.accepts(fact, answer), expected);
    });
  }

  it("of other rules is not used, and that is reported", (t) => {
    const warn = t.mock.method(console, "warn", () => {});
    assert.equal(createTable(TABLE, "8"), null);
    assert.match(warn.mock.calls[0].arguments[0], /rules 7, the modules of 8/);
  });
});
