/**
 * Changes of what a client's record answers: the facts, the checks beside the rule, the stage of
 * the work. Each change is logged.
 *
 * @typedef {import("./record.js").Answer} Answer
 * @typedef {import("./record.js").Answers} Answers
 * @typedef {import("./record.js").ClientRecord} ClientRecord
 * @typedef {import("./record.js").Entry} Entry
 * @typedef {import("./record.js").Stage} Stage
 * @typedef {"answers" | "checks"} Answered what is answered by yes, no or unknown
 */
import { timeBetween, withField, withLogEntry } from "./record.js";

/** @type {Stage} */
export const DEFAULT_STAGE = "before";

// A change of the same answers within this time replaces the last log entry.
const CORRECTION_MS = 60_000;

/**
 * @param {ClientRecord} record
 * @param {Record<string, Answer | null>} changes null removes an answer
 * @param {string} at
 * @returns {ClientRecord}
 */
export function withAnswers(record, changes, at) {
  const { answers, log } = answered(record, "answers", changes, at);
  return log ? { ...withField(record, "log", log, at), answers } : record;
}

/** The same for the checks beside the rule.
 * @param {ClientRecord} record @param {Record<string, Answer | null>} changes @param {string} at
 * @returns {ClientRecord} */
export function withChecks(record, changes, at) {
  const { answers, log } = answered(record, "checks", changes, at);
  return log ? withField(withField(record, "log", log, at), "checks", answers, at) : record;
}

/** @param {ClientRecord} record @param {Stage} stage the default one is not stored
 * @param {string} at @returns {ClientRecord} */
export function withStage(record, stage, at) {
  if ((record.stage ?? DEFAULT_STAGE) === stage) {
    return record;
  }
  const changed = withField(record, "stage", stage === DEFAULT_STAGE ? undefined : stage, at);
  return withLogEntry(changed, { at, stage });
}

/**
 * @param {ClientRecord} record
 * @param {Answered} key
 * @param {Record<string, Answer | null>} changes
 * @param {string} at
 * @returns {{ answers: Answers, log?: Entry[] }} without a log if nothing changes
 */
function answered(record, key, changes, at) {
  /** @type {Record<string, (Answer | null)[]>} */
  const changed = {};
  const answers = { ...record[key] };
  for (const [fact, answer] of Object.entries(changes)) {
    const before = answers[fact] ?? null;
    if (before !== answer) {
      changed[fact] = [before, answer];
    }
    if (answer === null) {
      delete answers[fact];
    } else {
      answers[fact] = answer;
    }
  }
  return Object.keys(changed).length > 0
    ? { answers, log: withAnswerEntry(record.log ?? [], key, changed, at) }
    : { answers };
}

/**
 * @param {Entry[]} log
 * @param {Answered} key
 * @param {Record<string, (Answer | null)[]>} changed
 * @param {string} at
 * @returns {Entry[]}
 */
function withAnswerEntry(log, key, changed, at) {
  const last = log.at(-1);
  const before = last?.[key];
  const ids = Object.keys(changed);
  const isCorrection =
    last &&
    before &&
    timeBetween(last, { at }) < CORRECTION_MS &&
    ids.length === Object.keys(before).length &&
    ids.every((id) => id in before);
  if (!isCorrection) {
    return [...log, { at, [key]: changed }];
  }
  const merged = Object.fromEntries(
    ids
      .filter((id) => before[id][0] !== changed[id][1])
      .map((id) => [id, [before[id][0], changed[id][1]]]),
  );
  const kept = log.slice(0, -1);
  return Object.keys(merged).length > 0 ? [...kept, { ...last, [key]: merged }] : kept;
}
