/**
 * Reads files with clients.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ lines: string[], records: ClientRecord[] }} Found the clients in files, and what to
 *   tell the visitor about them
 * @typedef {object} Context
 * @property {Record<string, any>} settings from the build
 * @property {import("../python/python.js").Python} python
 * @property {() => Promise<ClientRecord[]>} list all stored clients
 */
import { fill } from "../ui/format.js";

/** Read one file, or the parts of an export.
 * @param {File[]} files @param {Context} context @returns {Promise<Found>} */
export async function readFiles(files, context) {
  /** @type {Found} */
  const all = { lines: [], records: [] };
  for (const file of files) {
    const { lines, records } = await readFile(file, all.records, context);
    all.lines.push(...lines);
    all.records.push(...records);
  }
  return all;
}

/** @param {File} file @param {ClientRecord[]} previous the clients in the previous files
 * @param {Context} context @returns {Promise<Found>} no clients if the file is rejected */
async function readFile(file, previous, context) {
  const { name, size } = file;
  const { file: limits } = context.settings;
  const rejected = (/** @type {string} */ line) => ({ lines: [line], records: [] });
  if (size > limits.largest) {
    return rejected(fill(limits.too_large, { name }));
  }
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) {
    return rejected(fill(limits.unreadable, { name }));
  }
  const text = decode(bytes);
  return text === null
    ? rejected(fill(limits.not_text, { name, byte: firstBadByte(bytes) }))
    : await readText(name, text, previous, context);
}

/** @param {string} name @param {string} text @param {ClientRecord[]} previous
 * @param {Context} context @returns {Promise<Found>} */
async function readText(name, text, previous, { settings, python, list }) {
  const { file: limits, texts } = settings;
  // Only clients that the file names can be the same: with all of them the request would be long.
  const here = [...(await list()), ...previous].filter(({ id }) => {
    const original = String(id).replace(/-\d+$/, "");
    return original === limits.without_id || !/^[\w-]+$/.test(original) || text.includes(original);
  });
  const { problems, lines, records } = await python.askWhenReady({ do: "import", text, here });
  return problems
    ? { lines: [fill(texts.says.refused, { name }), ...problems], records: [] }
    : { lines, records };
}

/** @param {ArrayBuffer} bytes @returns {string | null} null if they are not UTF-8 */
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @param {ArrayBuffer} bytes @returns {number} the offset of the first byte that is not UTF-8 */
function firstBadByte(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(text.slice(0, text.indexOf("\ufffd"))).length;
}
