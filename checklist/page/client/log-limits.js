/**
 * The limits of a client's log. An exported client must be within those of the import
 * (`checklist/clients/limits.py`), whatever else its record holds.
 *
 * @typedef {NonNullable<import("./fields.js").Fields["log"]>[number]} Entry
 */

const MAX_ENTRIES = 3_000;
const MAX_BYTES = 4_000_000; // of JSON in UTF-8
const MAX_SEPARATORS = 190_000;

const MAX_BYTES_OF_A_CHARACTER = 3; // of one UTF-16 code unit

/** @param {Entry[]} log @returns {Entry[]} without the oldest entries if they are too many or too
 *   large */
export function trimLog(log) {
  let kept = log.slice(-MAX_ENTRIES);
  while (kept.length > 0 && !fits(kept)) {
    kept = kept.slice(Math.ceil(kept.length / 10));
  }
  return kept;
}

/** @param {Entry[]} log */
function fits(log) {
  const text = JSON.stringify(log);
  return (
    (text.length * MAX_BYTES_OF_A_CHARACTER <= MAX_BYTES ||
      new TextEncoder().encode(text).length <= MAX_BYTES) &&
    (text.length <= MAX_SEPARATORS || countSeparators(log) <= MAX_SEPARATORS)
  );
}

/** @param {unknown} value @returns {number} the commas and brackets of its JSON, strings excluded */
function countSeparators(value) {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  const items = Object.values(value);
  const own = 2 + Math.max(0, items.length - 1);
  return items.reduce((total, item) => total + countSeparators(item), own);
}
