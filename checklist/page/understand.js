/**
 * What can be used of a saved record before Python is there to judge it.
 *
 * @typedef {import("./form.js").Answers} Answers
 */
import { FORMAT, isPlain } from "./record.js";

const DEEPEST = 500; // far deeper than any record; browsers read what they cannot write again

/** What this page takes for granted of what it knows in a record; the rest is Python's to judge.
 * @type {Record<string, (value: unknown) => boolean>} */
const SHAPES = {
  id: isText,
  name: isText,
  notes: (value) => isPlain(value) && Object.values(value).every(isText),
  log: (value) => Array.isArray(value) && value.every(isEntry),
  staying: isText,
  outcome: (value) => value === null || (isPlain(value) && Object.values(value).every(isText)),
  estimate: (value) => value === null || (isPlain(value) && Object.values(value).every(isNumber)),
  letter: (value) => value === null || isPlain(value),
  changed: isText,
};

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
  if (!isShallow(record, DEEPEST)) {
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
  const rest = Object.entries(others);
  const usable = rest.filter(([key, value]) => !Object.hasOwn(SHAPES, key) || SHAPES[key](value));
  return {
    answers: /** @type {Answers} */ (Object.fromEntries(good)),
    record: Object.fromEntries(usable),
    whole: good.length === entries.length && usable.length === rest.length,
  };
}

/** @param {unknown} value @param {number} levels @returns {boolean} */
function isShallow(value, levels) {
  return (
    typeof value !== "object" ||
    value === null ||
    (levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1)))
  );
}

/** @param {unknown} value */
function isEntry(value) {
  return (
    isPlain(value) &&
    (value.answers === undefined ||
      (isPlain(value.answers) && Object.values(value.answers).every(Array.isArray)))
  );
}

/** @param {unknown} value */
function isText(value) {
  return typeof value === "string";
}

/** @param {unknown} value */
function isNumber(value) {
  return typeof value === "number";
}
