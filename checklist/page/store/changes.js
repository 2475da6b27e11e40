/**
 * What changed between two versions of a client, as plain data, and its application to a third
 * version: part by part, so that what another tab changed meanwhile stays.
 *
 * A part is a field; of the fields below it is one answer, one note, one entry of the log …
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ path: string, before?: unknown, after?: unknown }} Part `path` is JSON; where `before`
 *   or `after` is missing there was, or is to be, nothing
 */
import { isPlainObject } from "../client/record.js";

const MAPPINGS = ["answers", "notes", "outcome", "estimate", "letter"];
const LISTS = ["context", "log"];

/** @param {ClientRecord} before @param {ClientRecord} after @returns {Part[]} */
export function difference(before, after) {
  const [was, is] = [partsOf(before), partsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }))
    .filter((part) => !isSame(part.before, part.after));
}

/**
 * @param {ClientRecord} record
 * @param {Part[]} change
 * @param {boolean} [overwrites] false leaves alone what is no longer as it was before the change,
 *   and the log with it
 * @returns {ClientRecord}
 */
export function applied(record, change, overwrites = true) {
  const parts = partsOf(record);
  const isStale = (/** @type {Part} */ { path, before }) =>
    !overwrites && !path.startsWith('["log"') && !isSame(parts.get(path), before);
  const stale = new Set(change.filter(isStale));
  for (const part of change) {
    const { path, after } = part;
    if (stale.has(part) || (stale.size > 0 && path.startsWith('["log"'))) {
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

/** @param {unknown} value @param {unknown} other @returns {boolean} whatever the order of the keys */
export function isSame(value, other) {
  return textOf(value) === textOf(other);
}

/** @param {ClientRecord} record @returns {Map<string, unknown>} */
function partsOf(record) {
  return new Map(
    Object.entries(record).flatMap(([key, value]) => {
      if (MAPPINGS.includes(key) && isPlainObject(value)) {
        return Object.entries(value).map(([inner, one]) => [JSON.stringify([key, inner]), one]);
      }
      if (LISTS.includes(key) && Array.isArray(value)) {
        /** @type {Map<string, number>} */
        const counts = new Map();
        return value.map((one) => {
          const text = textOf(one);
          counts.set(text, (counts.get(text) ?? 0) + 1);
          return [JSON.stringify([key, text, counts.get(text)]), one];
        });
      }
      return [/** @type {[string, unknown]} */ ([JSON.stringify([key]), value])];
    }),
  );
}

/** @param {Map<string, unknown>} parts @returns {ClientRecord} */
function recordOf(parts) {
  /** @type {Map<string, any>} */
  const fields = new Map([["answers", new Map()]]);
  for (const [path, value] of parts) {
    const [key, inner] = JSON.parse(path);
    const held = fields.get(key);
    if (inner === undefined) {
      fields.set(key, value);
    } else if (LISTS.includes(key)) {
      fields.set(key, [...(Array.isArray(held) ? held : []), value]);
    } else {
      fields.set(key, (held instanceof Map ? held : new Map()).set(inner, value));
    }
  }
  const entries = [...fields].map(([key, value]) => [
    key,
    value instanceof Map ? Object.fromEntries(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** @param {unknown} value */
function textOf(value) {
  return JSON.stringify(value, (_, part) =>
    isPlainObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
