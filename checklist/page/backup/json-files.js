/**
 * Clients as JSON files, each of them small enough to be imported again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../ui/settings.js").Limits} Limits
 */
import { jsonOf } from "../client/record.js";

/** @param {ClientRecord[]} records @param {Limits} limits
 * @returns {string[]} the texts of as many files as the limits require */
export function filesOf(records, limits) {
  const text = jsonOf({ format: "client-cases/1", cases: records });
  const parts = text.match(/[,[\]{}]/g)?.length ?? 0;
  const fits =
    records.length <= limits.most_clients &&
    new Blob([text]).size <= limits.largest &&
    parts <= limits.most_parts;
  if (fits || records.length < 2) {
    return [text];
  }
  const middle = records.length >> 1;
  const halves = [records.slice(0, middle), records.slice(middle)];
  return halves.flatMap((half) => filesOf(half, limits));
}
