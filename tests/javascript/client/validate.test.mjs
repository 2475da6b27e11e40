import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { validateRecord } from "../../../checklist/page/client/validate.js";

const RECORD = { format: "client-case/1", rules: "7", answers: { pays: "yes" } };
const NOON = "2026-11-28T12:00:00+00:00";
const INVALID = { answers: {}, record: {}, isValid: false };

/** @param {string} fact @param {unknown} answer */
const accepts = (fact, answer) => fact === "pays" && ["yes", "no"].includes(String(answer));

/** @param {unknown} record */
const validate = (record) => validateRecord(JSON.stringify(record), "7", accepts);

/** @param {number} levels @returns {unknown} */
const nested = (levels) => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe("a stored record", () => {
  it("that is valid is returned with all its parts", () => {
    assert.deepEqual(validate(RECORD), {
      answers: { pays: "yes" },
      record: { format: "client-case/1", rules: "7" },
      isValid: true,
    });
  });

  it("may have keys that this version does not know", () => {
    const { record, isValid } = validate({ ...RECORD, later: { a: 1 } });
    assert.deepEqual(record.later, { a: 1 });
    assert.equal(isValid, true);
  });

  it("may have a key that is the name of a method", () => {
    assert.equal(validate({ ...RECORD, toString: 1 }).isValid, true);
  });

  for (const [what, record] of /** @type {[string, unknown][]} */ ([
    ["null", null],
    ["a number", 7],
    ["a list", []],
    ["another format", { ...RECORD, format: "client-case/2" }],
    ["other rules", { ...RECORD, rules: "6" }],
    ["answers that are a list", { ...RECORD, answers: [] }],
    ["no answers", { ...RECORD, answers: undefined }],
  ])) {
    it(`is invalid as ${what}`, () => {
      assert.deepEqual(validate(record), INVALID);
    });
  }

  it("is invalid if it is not JSON", () => {
    assert.deepEqual(validateRecord("{", "7", accepts), INVALID);
  });

  it("may be nested 500 levels deep", () => {
    assert.equal(validate({ ...RECORD, later: nested(499) }).isValid, true);
  });

  it("is invalid if it is nested deeper", () => {
    assert.deepEqual(validate({ ...RECORD, later: nested(500) }), INVALID);
  });

  it("keeps accepted answers and leaves out the others", () => {
    const { answers, isValid } = validate({ ...RECORD, answers: { pays: "no", calls: "yes" } });
    assert.deepEqual(answers, { pays: "no" });
    assert.equal(isValid, false);
  });
});

describe("a part of a stored record", () => {
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
      const { record, isValid } = validate({ ...RECORD, [key]: value });
      assert.deepEqual(record[key], value);
      assert.equal(isValid, true);
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
    it(`${key} is left out if it is ${JSON.stringify(value)}`, () => {
      const { answers, record, isValid } = validate({ ...RECORD, [key]: value });
      assert.equal(key in record, false);
      assert.deepEqual(answers, { pays: "yes" });
      assert.equal(isValid, false);
    });
  }
});
