/**
 * What is ticked in the form, by the names of its radio buttons: a fact's id, `check-` and a check's
 * id, or `stage`. A client's record holds the three apart.
 *
 * @typedef {import("./record.js").Answers} Answers
 * @typedef {import("./record.js").ClientRecord} ClientRecord
 * @typedef {import("./record.js").Stage} Stage
 * @typedef {Record<string, string>} Ticks
 * @typedef {Record<string, string | null>} TickChanges null removes a tick
 */
import { DEFAULT_STAGE, withAnswers, withChecks, withStage } from "./answers.js";

const CHECK = "check-";
const STAGE = "stage";

/** @param {ClientRecord} record @returns {Ticks} */
export function ticksOf({ answers, checks = {}, stage }) {
  const named = Object.entries(checks).map(([id, answer]) => [CHECK + id, answer]);
  return { ...answers, ...Object.fromEntries(named), ...(stage && { [STAGE]: stage }) };
}

/**
 * @param {ClientRecord} record
 * @param {TickChanges} changes
 * @param {string} at
 * @returns {ClientRecord} the same record if nothing changes
 */
export function withTicks(record, changes, at) {
  const { answers, checks, stage } = split(changes);
  const answered = withChecks(withAnswers(record, answers, at), checks, at);
  return stage === undefined ? answered : withStage(answered, stage ?? DEFAULT_STAGE, at);
}

/** @param {Ticks} ticks @returns {{ answers: Answers, checks: Answers, stage: Stage }} */
export function partsOf(ticks) {
  const { stage, ...rest } = split(ticks);
  return { ...rest, stage: stage ?? DEFAULT_STAGE };
}

/** @param {TickChanges} ticks
 * @returns {{ answers: any, checks: any, stage: Stage | null | undefined }} */
function split({ [STAGE]: stage, ...others }) {
  const entries = Object.entries(others);
  const isCheck = (/** @type {[string, unknown]} */ [name]) => name.startsWith(CHECK);
  const checks = entries.filter(isCheck).map(([name, one]) => [name.slice(CHECK.length), one]);
  return {
    answers: Object.fromEntries(entries.filter((entry) => !isCheck(entry))),
    checks: Object.fromEntries(checks),
    stage: /** @type {Stage | null | undefined} */ (stage),
  };
}
