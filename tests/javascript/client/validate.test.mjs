import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { understand } from "../../../checklist/page/client/validate.js";

const WHOLE = { format: "client-case/1", rules: "7", answers: { pays: "yes" } };
const NOON = "2026-11-28T12:00:00+00:00";
const NOTHING = { answers: {}, record: {}, whole: false };

/** @param {string} fact @param {unknown} answer */
const accepts = (fact, answer) => fact === "pays" && ["yes", "no"].includes(String(answer));

/** @param {unknown} record */
const understood = (record) => understand(JSON.stringify(record), "7", accepts);

/** @param {number} levels @returns {unknown} */
const nested = (levels) => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe("a saved record", () => {
  it("that is whole is used whole", () => {
    assert.deepEqual(understood(WHOLE), {
      answers: { pays: "yes" },
      record: { format: "client-case/1", rules: "7" },
      whole: true,
    });
  });

  it("may hold what this version does not know", () => {
    const { record, whole } = understood({ ...WHOLE, later: { a: 1 } });
    assert.deepEqual(record.later, { a: 1 });
    assert.equal(whole, true);
  });

  it("is not taken for damaged by the name of a method", () => {
    assert.equal(understood({ ...WHOLE, toString: 1 }).whole, true);
  });

  for (const [what, record] of /** @type {[string, unknown][]} */ ([
    ["null", null],
    ["a number", 7],
    ["a list", []],
    ["another format", { ...WHOLE, format: "client-case/2" }],
    ["other rules", { ...WHOLE, rules: "6" }],
    ["answers that are a list", { ...WHOLE, answers: [] }],
    ["no answers", { ...WHOLE, answers: undefined }],
  ])) {
    it(`that is ${what} gives nothing`, () => {
      assert.deepEqual(understood(record), NOTHING);
    });
  }

  it("that is no JSON gives nothing", () => {
    assert.deepEqual(understand("{", "7", accepts), NOTHING);
  });

  it("may be nested as deep as 500", () => {
    assert.equal(understood({ ...WHOLE, later: nested(499) }).whole, true);
  });

  it("that is nested deeper gives nothing", () => {
    assert.deepEqual(understood({ ...WHOLE, later: nested(500) }), NOTHING);
  });

  it("keeps the answers that are accepted and leaves out the others", () => {
    const { answers, whole } = understood({ ...WHOLE, answers: { pays: "no", calls: "yes" } });
    assert.deepEqual(answers, { pays: "no" });
    assert.equal(whole, false);
  });
});

describe("a part of a saved record", () => {
  for (const [key, value] of /** @type {[string, unknown][]} */ ([
    ["id", "a"],
    ["name", "Anna"],
    ["notes", {}],
    ["notes", { pays: "late" }],
    ["log", []],
    [
      "log",
      [
        { at: NOON, meeting: "hello" },
        { at: NOON, answers: { pays: [null, "yes"] } },
        { at: NOON, rules: "0.9", later: 1 },
      ],
    ],
    ["context", []],
    ["context", ["early", "age"]],
    ["staying", "money"],
    ["outcome", null],
    ["outcome", { went: "well" }],
    ["outcome", { decision: "", went: "", words: "", later: [1] }],
    ["estimate", null],
    ["estimate", { hours: 3 }],
    ["estimate", { hours: 0, weeks: 0.5, rate: 1e15, later: "1" }],
    ["letter", null],
    ["letter", { text: "Dear" }],
    ["letter", { kind: "refusal", in: "en", text: "Dear", later: 1 }],
    ["changed", "2026-11-28T12:00:00+00:00"],
    ["changed", "2026-W47-1"],
  ])) {
    it(`${key} may be ${JSON.stringify(value)}`, () => {
      const { record, whole } = understood({ ...WHOLE, [key]: value });
      assert.deepEqual(record[key], value);
      assert.equal(whole, true);
    });
  }

  for (const [key, value] of /** @type {[string, unknown][]} */ ([
    ["id", 1],
    ["name", null],
    ["notes", "late"],
    ["notes", { pays: 1 }],
    ["notes", { pays: 1, calls: "often" }],
    ["log", {}],
    ["log", ["hello"]],
    ["log", [{ meeting: "hello" }, null]],
    ["log", [null, { meeting: "hello" }]],
    ["log", [{ meeting: "hello" }]],
    ["log", [{ at: NOON, meeting: 1 }]],
    ["log", [{ at: NOON, rules: 1 }]],
    ["log", [{ at: 1 }]],
    ["log", [{ at: NOON, answers: "yes" }]],
    ["log", [{ at: NOON, answers: { pays: "yes" } }]],
    ["log", [{ at: NOON, answers: { pays: "yes", calls: [null, "no"] } }]],
    ["log", [{ at: NOON, answers: { pays: ["yes"] } }]],
    ["log", [{ at: NOON, answers: { pays: ["yes", "no", "yes"] } }]],
    ["log", [{ at: NOON, answers: { pays: ["yes", "maybe"] } }]],
    ["context", "early"],
    ["context", { 0: "early" }],
    ["context", ["early", 1]],
    ["staying", {}],
    ["outcome", "leave"],
    ["outcome", { went: 1 }],
    ["outcome", { went: 1, words: "well" }],
    ["outcome", { went: "superbly" }],
    ["outcome", { decision: null }],
    ["outcome", []],
    ["estimate", 3],
    ["estimate", { hours: "3" }],
    ["estimate", { hours: "3", rate: 1 }],
    ["estimate", { hours: -1 }],
    ["estimate", { hours: true }],
    ["estimate", { hours: null }],
    ["letter", "Dear"],
    ["letter", { text: 1 }],
    ["changed", 0],
  ])) {
    it(`${key} may not be ${JSON.stringify(value)}, and is left out`, () => {
      const { answers, record, whole } = understood({ ...WHOLE, [key]: value });
      assert.equal(key in record, false);
      assert.deepEqual(answers, { pays: "yes" });
      assert.equal(whole, false);
    });
  }
});
