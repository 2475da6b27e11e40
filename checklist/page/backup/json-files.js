/**
 * Clients as JSON files, each of them small enough to be imported again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../ui/settings.js").Limits} Limits
 */
import { jsonOf } from "../client/record.js";

/** @param {unknown} value @param {Limits} limits
 * @returns {string} its JSON, without indentation if it would be too large with it */
export function fileOf(value, { largest }) {
  const text = jsonOf(value);
  return sizeOf(text) <= largest ? text : JSON.stringify(JSON.parse(text));
}

/** @param {ClientRecord[]} records @param {Limits} limits
 * @returns {string[]} the texts of as many files as the limits require */
export function filesOf(records, limits) {
  const text = fileOf({ format: "client-cases/1", cases: records }, limits);
  const parts = text.match(/[,[\]{}]/g)?.length ?? 0;
  const fits =
    records.length <= limits.most_clients &&
    sizeOf(text) <= limits.largest &&
    parts <= limits.most_parts;
  if (fits || records.length < 2) {
    return [text];
  }
  const middle = records.length >> 1;
  const halves = [records.slice(0, middle), records.slice(middle)];
  return halves.flatMap((half) => filesOf(half, limits));
}

/** @param {string} text @returns {number} in bytes */
function sizeOf(text) {
  return new Blob([text]).size;
}
