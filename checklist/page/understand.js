/**
 * What can be used of a saved record before Python is there to judge it.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { FORMAT } from "./record.js";

/**
 * @param {string} text
 * @param {string} rules
 * @param {(fact: string, answer: unknown) => boolean} accepts
 * @returns {{ answers: Answers, record: Record<string, unknown>, whole: boolean }} `whole` where
 *   nothing of it had to be left out
 */
export function understand(text, rules, accepts) {
  const nothing = { answers: {}, record: {}, whole: false };
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return nothing;
  }
  if (!isPlain(record) || record.format !== FORMAT || record.rules !== rules) {
    return nothing;
  }
  const { answers, ...others } = record;
  if (!isPlain(answers)) {
    return nothing;
  }
  const entries = Object.entries(answers);
  const good = entries.filter(([fact, answer]) => accepts(fact, answer));
  return {
    answers: /** @type {Answers} */ (Object.fromEntries(good)),
    record: others,
    whole: good.length === entries.length && isListOrMissing(others.log),
  };
}

/** @param {unknown} value */
function isListOrMissing(value) {
  return value === undefined || Array.isArray(value);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
