/**
 * Reads files with clients.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ lines: string[], records: ClientRecord[] }} Found the clients in files, and what to
 *   tell the visitor about them
 * @typedef {object} Context
 * @property {import("../ui/settings.js").ClientListSettings} settings
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
  const { file: messages, limits } = context.settings;
  const rejected = (/** @type {string[]} */ ...lines) => ({ lines, records: [] });
  if (size > limits.largest) {
    return rejected(fill(messages.too_large, { name }));
  }
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) {
    return rejected(fill(messages.unreadable, { name }));
  }
  const text = decode(bytes);
  return text === null
    ? rejected(
        fill(messages.not_text, { name, byte: firstBadByte(bytes) }),
        context.settings.texts.messages.save_as_utf8,
      )
    : await readText(name, text, previous, context);
}

/** @param {string} name @param {string} text @param {ClientRecord[]} previous
 * @param {Context} context @returns {Promise<Found>} */
async function readText(name, text, previous, { settings, python, list }) {
  const { file, texts } = settings;
  const { messages } = texts;
  if (text.trim() === "") {
    return { lines: [fill(messages.file_empty, { name })], records: [] };
  }
  // Only clients that the file names can be the same: with all of them the request would be long.
  const here = [...(await list()), ...previous].filter(({ id }) => {
    const original = String(id).replace(/-\d+$/, "");
    return original === file.without_id || !/^[\w-]+$/.test(original) || text.includes(original);
  });
  const response = await python.askWhenReady({ do: "import", text, here });
  if (response.problems) {
    const hint = /^\s*[[{]/.test(text) ? [] : [messages.choose_json];
    const lines = [fill(messages.refused, { name }), ...response.problems, ...hint];
    return { lines, records: [] };
  }
  return response.lines.length > 0
    ? response
    : { lines: [fill(messages.file_without_clients, { name })], records: [] };
}

/** @param {ArrayBuffer} bytes @returns {string | null} null if they are neither UTF-8 nor UTF-16 */
function decode(bytes) {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * UTF-16 begins with a byte order mark, or has a zero byte beside its first character, which in JSON
 * is ASCII. UTF-32 has two, and is not read.
 *
 * @param {ArrayBuffer} bytes
 */
function encodingOf(bytes) {
  const [first, second, third, fourth] = new Uint8Array(bytes.slice(0, 4));
  const hasZeros = third === 0 && fourth === 0;
  if (second === 0xfe && first === 0xff) {
    return hasZeros ? "utf-8" : "utf-16le";
  }
  if (first === 0xfe && second === 0xff) {
    return "utf-16be";
  }
  if (second === 0 && first > 0 && !hasZeros) {
    return "utf-16le";
  }
  return first === 0 && second > 0 ? "utf-16be" : "utf-8";
}

/** @param {ArrayBuffer} bytes @returns {number} the offset of the first byte that is not UTF-8 */
function firstBadByte(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(text.slice(0, text.indexOf("\ufffd"))).length;
}
