import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { merge, difference, isSame } from "../../../checklist/page/store/changes.js";

/** @param {object} [parts] @returns {any} */
const record = (parts) => ({
  format: "client-case/1",
  rules: "7",
  id: "a",
  answers: {},
  ...parts,
});
/** @param {number} minute @param {object} [parts] */
const entry = (minute, parts) => ({ at: `2026-01-01T10:0${minute}:00+00:00`, ...parts });

/** A record, what each of two tabs made of it, and the result of the merge. */
const MERGED = /** @type {[string, any, any, any, any][]} */ ([
  [
    "answers",
    record({ answers: { a: "yes" } }),
    record({ answers: { a: "no" } }),
    record({ answers: { a: "yes", b: "no" } }),
    record({ answers: { a: "no", b: "no" } }),
  ],
  [
    "a removed answer",
    record({ answers: { a: "yes", b: "no" } }),
    record({ answers: { b: "no" } }),
    record({ answers: { a: "yes", b: "yes" } }),
    record({ answers: { b: "yes" } }),
  ],
  [
    "notes",
    record({ notes: { a: "1" } }),
    record({ notes: { a: "1", b: "2" } }),
    record({ notes: { a: "3" } }),
    record({ notes: { a: "3", b: "2" } }),
  ],
  [
    "the context",
    record({ context: ["early", "age"] }),
    record({ context: ["early", "age", "culture"] }),
    record({ context: ["age"] }),
    record({ context: ["age", "culture"] }),
  ],
  [
    "the outcome",
    record(),
    record({ outcome: { decision: "taken" } }),
    record({ outcome: { went: "well" } }),
    record({ outcome: { went: "well", decision: "taken" } }),
  ],
  [
    "the estimate",
    record({ estimate: { hours: 1, rate: 5 } }),
    record({ estimate: { hours: 2, rate: 5 } }),
    record({ estimate: { hours: 1 } }),
    record({ estimate: { hours: 2 } }),
  ],
  [
    "the letter",
    record({ letter: { greet: "A" } }),
    record({ letter: { greet: "B" } }),
    record({ letter: { greet: "A", better: "C" } }),
    record({ letter: { greet: "B", better: "C" } }),
  ],
  [
    "the log",
    record({ log: [entry(1, { meeting: "a" })] }),
    record({ log: [entry(1, { meeting: "a" }), entry(2, { meeting: "b" })] }),
    record({ log: [entry(1, { meeting: "a" }), entry(3, { meeting: "c" })] }),
    record({
      log: [entry(1, { meeting: "a" }), entry(3, { meeting: "c" }), entry(2, { meeting: "b" })],
    }),
  ],
  [
    "a name, and unknown fields",
    record({ name: "A", later: { x: [1] } }),
    record({ name: "B", later: { x: [1] } }),
    record({ name: "A", later: { x: [2] }, more: 1 }),
    record({ name: "B", later: { x: [2] }, more: 1 }),
  ],
  [
    "an unknown mapping and an unknown list, each as a whole",
    record({ later: { x: 1, y: 1 }, more: [1] }),
    record({ later: { x: 2, y: 1 }, more: [1, 2] }),
    record({ later: { x: 1, y: 2 }, more: [1, 3] }),
    record({ later: { x: 2, y: 1 }, more: [1, 2] }),
  ],
  [
    "a damaged mapping and a damaged list, each as a whole",
    record({ notes: "x", context: "y" }),
    record({ notes: "z", context: "y" }),
    record({ notes: "x", context: "w" }),
    record({ notes: "z", context: "w" }),
  ],
  [
    "keys that objects inherit",
    record({ notes: JSON.parse('{"__proto__": "1", "constructor": "2"}') }),
    record({ notes: JSON.parse('{"__proto__": "3", "constructor": "2"}') }),
    record({ notes: JSON.parse('{"__proto__": "1", "constructor": "4"}') }),
    record({ notes: JSON.parse('{"__proto__": "3", "constructor": "4"}') }),
  ],
]);

describe("merge", () => {
  for (const [what, before, mine, theirs, both] of MERGED) {
    it(`merges part by part: ${what}`, () => {
      const change = JSON.parse(JSON.stringify(difference(before, mine)));
      assert.deepEqual(merge(theirs, change), both);
      assert.deepEqual(merge(before, change), mine);
    });
  }

  it("overwrites a part that both changed", () => {
    const change = difference(record({ name: "A" }), record({ name: "B" }));
    assert.equal(merge(record({ name: "C" }), change).name, "B");
  });

  it("does not overwrite a part that has changed, if the change is replayed", () => {
    const change = difference(record({ name: "A" }), record({ name: "B", staying: "x" }));
    const now = merge(record({ name: "C" }), change, false);
    assert.deepEqual(now, record({ name: "C", staying: "x" }));
  });

  it("adds no log entry if an answer that it describes is not replayed", () => {
    const before = record({ answers: { a: "yes" } });
    const after = record({
      answers: { a: "no" },
      log: [entry(1, { answers: { a: ["yes", "no"] } })],
    });
    const other = record({ answers: { a: "unknown" } });
    assert.deepEqual(merge(other, difference(before, after), false), other);
  });

  it("distinguishes two equal log entries", () => {
    const twice = record({ log: [entry(1, { meeting: "a" }), entry(1, { meeting: "a" })] });
    const once = record({ log: [entry(1, { meeting: "a" })] });
    assert.deepEqual(merge(once, difference(once, twice)), twice);
    assert.deepEqual(merge(twice, difference(twice, once)), once);
  });

  it("replaces damaged fields, and does not throw", () => {
    const change = [
      { path: '["answers"]', after: 5 },
      { path: '["answers","a"]', after: "no" },
      { path: '["log","x",1]', after: "x" },
    ];
    const damaged = record({ log: "none" });
    assert.deepEqual(merge(damaged, change).answers, { a: "no" });
    assert.deepEqual(merge(damaged, change).log, ["x"]);
  });
});

describe("isSame", () => {
  for (const [one, other, expected] of /** @type {[any, any, boolean][]} */ ([
    [{ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [{ a: 1 }, { a: 2 }, false],
    [undefined, undefined, true],
    [undefined, null, false],
  ])) {
    it(`of ${JSON.stringify(one)} and ${JSON.stringify(other)} is ${expected}`, () => {
      assert.equal(isSame(one, other), expected);
    });
  }
});
