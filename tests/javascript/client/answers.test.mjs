import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { withChecks, withStage } from "../../../checklist/page/client/answers.js";
import { FORMAT, hasContent, isWorthKeeping } from "../../../checklist/page/client/record.js";
import { validateRecord } from "../../../checklist/page/client/validate.js";
import { difference, merge } from "../../../checklist/page/store/changes.js";

/** @typedef {import("../../../checklist/page/client/record.js").ClientRecord} ClientRecord */

const NOON = "2026-11-28T12:00:00+00:00";
const IN_HALF_A_MINUTE = "2026-11-28T12:00:30+00:00";
const IN_A_MINUTE = "2026-11-28T12:01:00+00:00";

/** @param {Partial<ClientRecord>} [parts] @returns {ClientRecord} */
const record = (parts) => ({ format: FORMAT, rules: "7", id: "a", answers: {}, ...parts });

describe("checks", () => {
  const checked = withChecks(record(), { pays_late: "yes" }, NOON);

  it("are stored beside the answers and logged with their previous values", () => {
    const log = [{ at: NOON, checks: { pays_late: [null, "yes"] } }];
    assert.deepEqual(checked, {
      ...record({ checks: { pays_late: "yes" }, changed: NOON }),
      log,
    });
  });

  it("that change nothing return the same record", () => {
    assert.equal(withChecks(checked, { pays_late: "yes" }, IN_A_MINUTE), checked);
    assert.equal(withChecks(checked, { abusive: null }, IN_A_MINUTE), checked);
  });

  it("are removed by null, and the last one with the whole part", () => {
    const { checks, log } = withChecks(checked, { pays_late: null }, IN_A_MINUTE);
    assert.equal(checks, undefined);
    assert.deepEqual(log?.at(-1), { at: IN_A_MINUTE, checks: { pays_late: ["yes", null] } });
  });

  it("that are corrected at once replace the last entry", () => {
    const { log } = withChecks(checked, { pays_late: "no" }, IN_HALF_A_MINUTE);
    assert.deepEqual(log, [{ at: NOON, checks: { pays_late: [null, "no"] } }]);
    assert.equal(withChecks(checked, { pays_late: null }, IN_HALF_A_MINUTE).log, undefined);
  });

  it("do not correct an entry about answers", () => {
    const log = [{ at: NOON, answers: { pays_late: [null, "yes"] } }];
    const { length } =
      withChecks(record({ log: /** @type {any} */ (log) }), { pays_late: "no" }, NOON).log ?? [];
    assert.equal(length, 2);
  });
});

describe("the stage", () => {
  const begun = withStage(record(), "begun", NOON);

  it("is stored and logged", () => {
    const log = [{ at: NOON, stage: "begun" }];
    assert.deepEqual(begun, record({ stage: "begun", log, changed: NOON }));
  });

  it("is not stored where it is the default", () => {
    const back = withStage(begun, "before", IN_A_MINUTE);
    assert.equal(back.stage, undefined);
    assert.deepEqual(back.log?.at(-1), { at: IN_A_MINUTE, stage: "before" });
  });

  it("that changes nothing returns the same record", () => {
    const blank = record();
    assert.equal(withStage(blank, "before", NOON), blank);
    assert.equal(withStage(begun, "begun", IN_A_MINUTE), begun);
  });
});

describe("a record with checks and a stage", () => {
  it("has content, and three checks are worth keeping", () => {
    assert.equal(hasContent(record({ checks: { abusive: "no" } })), true);
    assert.equal(hasContent(record({ stage: "begun" })), true);
    assert.equal(isWorthKeeping(record({ checks: { abusive: "no" }, stage: "begun" })), false);
    const three = /** @type {const} */ ({ abusive: "no", no_room: "yes", pays_late: "unknown" });
    assert.equal(isWorthKeeping(record({ checks: three })), true);
  });

  it("keeps what two tabs changed", () => {
    const before = record({ checks: { abusive: "no" } });
    const mine = record({ checks: { abusive: "no", no_room: "yes" }, stage: "begun" });
    const theirs = record({ checks: { abusive: "yes" } });
    const both = record({ checks: { abusive: "yes", no_room: "yes" }, stage: "begun" });
    assert.deepEqual(merge(theirs, difference(before, mine)), both);
  });

  // The same file is read by Python: tests/unit/test_beside.py.
  const path = new URL("../../golden/beside/records.json", import.meta.url);
  const { valid, invalid } = JSON.parse(readFileSync(path, "utf8"));
  for (const stored of valid) {
    it(`is read whole: ${JSON.stringify(stored)}`, () => {
      const read = validateRecord(JSON.stringify(stored), "1.0", () => true);
      assert.equal(read.isValid, true);
      assert.deepEqual({ ...read.record, answers: read.answers }, stored);
    });
  }
  for (const { record: stored } of invalid) {
    it(`is read without its wrong parts: ${JSON.stringify(stored)}`, () => {
      assert.equal(validateRecord(JSON.stringify(stored), "1.0", () => true).isValid, false);
    });
  }
});
