/**
 * The difference between two versions of a client, and its merge into a third version. Both work on
 * parts, so that parts which another tab has changed meanwhile stay.
 *
 * A part is one answer, one note, one log entry, one item of a nested field, or else a whole field.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ path: string, before?: unknown, after?: unknown }} Part `path` is JSON; without
 *   `before` the part was added, without `after` it was removed
 */
import { isPlainObject } from "../client/record.js";

const MAPPINGS = ["answers", "checks", "notes", "outcome", "estimate", "letter"];
const LISTS = ["context", "log"];

/** @param {ClientRecord} before @param {ClientRecord} after @returns {Part[]} */
export function difference(before, after) {
  const [old, current] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((path) => ({ path, before: old.get(path), after: current.get(path) }))
    .filter((part) => !isSame(part.before, part.after));
}

/**
 * @param {ClientRecord} record
 * @param {Part[]} change
 * @param {boolean} [overwrites] false skips each part whose value is no longer `before`; if any is
 *   skipped, so are the log entries, which would describe it
 * @returns {ClientRecord}
 */
export function merge(record, change, overwrites = true) {
  const parts = partsOf(record);
  const isConflict = (/** @type {Part} */ { path, before }) =>
    !overwrites && !isLogEntry(path) && !isSame(parts.get(path), before);
  const conflicts = new Set(change.filter(isConflict));
  for (const part of change) {
    const { path, after } = part;
    if (conflicts.has(part) || (conflicts.size > 0 && isLogEntry(path))) {
      continue;
    }
    if (after === undefined) {
      parts.delete(path);
    } else {
      parts.set(path, after);
    }
  }
  return recordOf(parts);
}

/** @param {string} path @returns {boolean} */
function isLogEntry(path) {
  return path.startsWith('["log"');
}

/** Compare two values; the order of keys does not matter.
 * @param {unknown} value @param {unknown} other @returns {boolean} */
export function isSame(value, other) {
  return canonical(value) === canonical(other);
}

/** @param {ClientRecord} record @returns {Map<string, unknown>} the parts by path */
function partsOf(record) {
  return new Map(
    Object.entries(record).flatMap(([key, value]) => {
      if (MAPPINGS.includes(key) && isPlainObject(value)) {
        return Object.entries(value).map(([inner, one]) => [JSON.stringify([key, inner]), one]);
      }
      if (LISTS.includes(key) && Array.isArray(value)) {
        // An item has no id: its content and how many times it occurred before identify it.
        /** @type {Map<string, number>} */
        const counts = new Map();
        return value.map((item) => {
          const text = canonical(item);
          counts.set(text, (counts.get(text) ?? 0) + 1);
          return [JSON.stringify([key, text, counts.get(text)]), item];
        });
      }
      return [/** @type {[string, unknown]} */ ([JSON.stringify([key]), value])];
    }),
  );
}

/** @param {Map<string, unknown>} parts @returns {ClientRecord} */
function recordOf(parts) {
  // A map can hold the key "__proto__", which may come from a file.
  /** @type {Map<string, any>} */
  const fields = new Map([["answers", new Map()]]);
  for (const [path, value] of parts) {
    const [key, inner] = JSON.parse(path);
    const field = fields.get(key);
    if (inner === undefined) {
      fields.set(key, value);
    } else if (LISTS.includes(key)) {
      fields.set(key, [...(Array.isArray(field) ? field : []), value]);
    } else {
      fields.set(key, (field instanceof Map ? field : new Map()).set(inner, value));
    }
  }
  const entries = [...fields].map(([key, value]) => [
    key,
    value instanceof Map ? Object.fromEntries(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** @param {unknown} value @returns {string} JSON with sorted keys */
function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    isPlainObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
