/**
 * All clients as files, so small that each can be imported again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ largest: number, most_clients: number, most_parts: number }} Limits of a file
 */
import { download, fileName } from "../ui/dom.js";

const BETWEEN_DOWNLOADS_MS = 500; // a browser may drop one that another follows at once
const TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };

/** @param {ClientRecord} record as it is stored */
export function exportRecord(record) {
  download(JSON.stringify(record, null, 2), fileName("json"), TYPES.json);
}

/**
 * @param {{ whole: ClientRecord[], damaged: ClientRecord[] }} records a damaged one would make the
 *   whole file one that cannot be imported
 * @param {keyof typeof TYPES} kind
 * @param {object} options
 * @param {ReturnType<import("../python/python.js").createPython>} options.python
 * @param {Limits} options.limits
 */
export async function exportClients({ whole, damaged }, kind, { python, limits }) {
  try {
    const response = await python.ask({ do: "export", records: whole, as: kind });
    if (response.problems) {
      throw new Error(response.problems.join("\n"));
    }
    await saveFiles([response.text, ...(response.more ?? [])], kind, "client-cases");
  } catch {
    // Without Python the records are saved as they are stored.
    await saveFiles(filesOf(whole, limits), "json", "client-cases");
  }
  if (damaged.length > 0) {
    await saveFiles(filesOf(damaged, limits), "json", "client-cases-unread");
  }
}

/** @param {string[]} files @param {keyof typeof TYPES} kind @param {string} name */
async function saveFiles(files, kind, name) {
  for (const [index, text] of files.entries()) {
    const part = files.length > 1 ? `-${index + 1}-of-${files.length}` : "";
    download(text, fileName(kind, name + part), TYPES[kind]);
    await new Promise((go) => setTimeout(go, BETWEEN_DOWNLOADS_MS));
  }
}

/** @param {ClientRecord[]} all @param {Limits} limits
 * @returns {string[]} as many files as it takes for each to be imported */
function filesOf(all, limits) {
  const text = JSON.stringify({ format: "client-cases/1", cases: all }, null, 2);
  const parts = text.match(/[,[\]{}]/g)?.length ?? 0;
  const fits = new Blob([text]).size <= limits.largest && parts <= limits.most_parts;
  if (all.length < 2 || (all.length <= limits.most_clients && fits)) {
    return [text];
  }
  const middle = all.length >> 1;
  return [...filesOf(all.slice(0, middle), limits), ...filesOf(all.slice(middle), limits)];
}
