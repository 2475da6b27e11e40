/**
 * What can be used of a saved record before Python is there to judge it.
 *
 * @typedef {import("./record.js").Answers} Answers
 */
import { FIELDS } from "./fields.js";
import { FORMAT, isPlain } from "./record.js";

/**
 * @typedef {"text" | "number" | string[] | { pair: string[] }
 *   | { list: Shape } | { map: Shape } | { orNull: Shape }
 *   | { fields: Record<string, Shape>, required?: string[] }} Shape as fields.js has them
 */

const DEEPEST = 500; // far deeper than any record; browsers read what they cannot write again

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
  const usable = rest.filter(
    ([key, value]) => !Object.hasOwn(FIELDS, key) || fits(FIELDS[key], value),
  );
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

/** @param {Shape} shape @param {unknown} value @returns {boolean} */
function fits(shape, value) {
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
    return value === null || fits(shape.orNull, value);
  }
  if ("list" in shape) {
    return Array.isArray(value) && value.every((one) => fits(shape.list, one));
  }
  if ("pair" in shape) {
    const { pair } = shape;
    const isAnswer = (/** @type {unknown} */ one) => one === null || fits(pair, one);
    return Array.isArray(value) && value.length === 2 && value.every(isAnswer);
  }
  if (!isPlain(value)) {
    return false;
  }
  if ("map" in shape) {
    return Object.values(value).every((one) => fits(shape.map, one));
  }
  const { fields, required = [] } = shape;
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.keys(fields).every((key) => !Object.hasOwn(value, key) || fits(fields[key], value[key]))
  );
}
