/**
 * Validate a stored record in the page, as Python may not be ready yet.
 *
 * @typedef {import("./record.js").Answers} Answers
 * @typedef {import("./fields.js").Shape} Shape
 */
import { FIELDS } from "./fields.js";
import { FORMAT, isPlainObject } from "./record.js";

const MAX_DEPTH = 500; // `JSON.parse` accepts more levels than `JSON.stringify`

/**
 * @param {string} text
 * @param {string} rules
 * @param {(fact: string, answer: unknown) => boolean} accepts
 * @returns {{ answers: Answers, record: Record<string, unknown>, isValid: boolean }} the
 *   valid parts; `isValid` if that is all of it
 */
export function validateRecord(text, rules, accepts) {
  const invalid = { answers: {}, record: {}, isValid: false };
  let record;
  try {
    record = JSON.parse(text);
  } catch {
    return invalid;
  }
  if (
    !isShallow(record, MAX_DEPTH) ||
    !isPlainObject(record) ||
    !isPlainObject(record.answers) ||
    record.format !== FORMAT ||
    record.rules !== rules
  ) {
    return invalid;
  }
  const { answers, ...others } = record;
  const entries = Object.entries(answers);
  const accepted = entries.filter(([fact, answer]) => accepts(fact, answer));
  const rest = Object.entries(others);
  const valid = rest.filter(
    ([key, value]) => !Object.hasOwn(FIELDS, key) || matches(FIELDS[key], value),
  );
  return {
    answers: /** @type {Answers} */ (Object.fromEntries(accepted)),
    record: Object.fromEntries(valid),
    isValid: accepted.length === entries.length && valid.length === rest.length,
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

/** @param {Shape} shape @param {unknown} value @returns {boolean} */
function matches(shape, value) {
  if (shape === "text") {
    return typeof value === "string";
  }
  if (shape === "number") {
    return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  }
  if (Array.isArray(shape)) {
    return shape.some((word) => word === value);
  }
  if ("orNull" in shape) {
    return value === null || matches(shape.orNull, value);
  }
  if ("list" in shape) {
    return Array.isArray(value) && value.every((one) => matches(shape.list, one));
  }
  if ("pair" in shape) {
    const { pair } = shape;
    const isAnswer = (/** @type {unknown} */ one) => one === null || matches(pair, one);
    return Array.isArray(value) && value.length === 2 && value.every(isAnswer);
  }
  if (!isPlainObject(value)) {
    return false;
  }
  if ("map" in shape) {
    const { map, keys } = shape;
    return Object.entries(value).every(
      ([key, one]) => (!keys || keys.includes(key)) && matches(map, one),
    );
  }
  const { fields, required = [] } = shape;
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.keys(fields).every(
      (key) => !Object.hasOwn(value, key) || matches(fields[key], value[key]),
    )
  );
}
