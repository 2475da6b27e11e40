import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FORMAT } from "../../../checklist/page/client/record.js";
import { partsOf, ticksOf, withTicks } from "../../../checklist/page/client/ticks.js";

/** @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord */

const NOON = "2026-11-28T12:00:00+00:00";

/** @param {Partial<ClientRecord>} [parts] @returns {ClientRecord} */
const record = (parts) => ({ format: FORMAT, rules: "7", id: "a", answers: {}, ...parts });

/** @type {[string, Partial<ClientRecord>, Record<string, string>][]} */
const RECORDS = [
  ["nothing", {}, {}],
  ["answers", { answers: { pays: "no" } }, { pays: "no" }],
  ["checks", { checks: { pays_late: "yes" } }, { "check-pays_late": "yes" }],
  ["the stage", { stage: "begun" }, { stage: "begun" }],
  [
    "all of them",
    { answers: { pays: "yes" }, checks: { abusive: "unknown" }, stage: "begun" },
    { pays: "yes", "check-abusive": "unknown", stage: "begun" },
  ],
];

describe("what is ticked", () => {
  for (const [what, parts, ticks] of RECORDS) {
    it(`is named as in the form: ${what}`, () => {
      assert.deepEqual(ticksOf(record(parts)), ticks);
    });

    it(`is put where the record has it: ${what}`, () => {
      const { log: _log, changed: _changed, ...written } = withTicks(record(), ticks, NOON);
      assert.deepEqual(written, record(parts));
    });

    it(`is removed by null: ${what}`, () => {
      const none = Object.fromEntries(Object.keys(ticks).map((name) => [name, null]));
      const { answers, checks, stage } = withTicks(record(parts), none, NOON);
      assert.deepEqual([answers, checks, stage], [{}, undefined, undefined]);
    });

    it(`changes nothing if it is there already: ${what}`, () => {
      const before = record(parts);
      assert.equal(withTicks(before, ticks, NOON), before);
    });

    it(`is scored in its parts: ${what}`, () => {
      assert.deepEqual(partsOf(ticks), { answers: {}, checks: {}, stage: "before", ...parts });
    });
  }

  it("has an entry in the log for each part", () => {
    const ticks = { pays: "yes", "check-abusive": "no", stage: "begun" };
    assert.deepEqual(withTicks(record(), ticks, NOON).log, [
      { at: NOON, answers: { pays: [null, "yes"] } },
      { at: NOON, checks: { abusive: [null, "no"] } },
      { at: NOON, stage: "begun" },
    ]);
  });
});
