/**
 * The export of clients as files, each of them small enough to be imported again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {{ largest: number, most_clients: number, most_parts: number }} Limits of a file
 * @typedef {"json" | "csv" | "md"} Kind
 */
import { download, fileName } from "../ui/download.js";

const BETWEEN_DOWNLOADS_MS = 500; // a browser may drop a download that directly follows another

/** @param {ClientRecord} record as it is stored */
export function exportRecord(record) {
  download(JSON.stringify(record, null, 2), fileName("json"));
}

/**
 * @param {{ valid: ClientRecord[], damaged: ClientRecord[] }} records the damaged ones get a file of
 *   their own, as a file with any of them cannot be imported
 * @param {Kind} kind
 * @param {object} options
 * @param {import("../python/python.js").Python} options.python
 * @param {Limits} options.limits
 */
export async function exportClients({ valid, damaged }, kind, { python, limits }) {
  try {
    const response = await python.ask({ do: "export", records: valid, as: kind });
    if (response.problems) {
      throw new Error(response.problems.join("\n"));
    }
    await saveFiles([response.text, ...(response.more ?? [])], kind, "client-cases");
  } catch {
    // Without Python the records are saved as they are stored.
    await saveFiles(filesOf(valid, limits), "json", "client-cases");
  }
  if (damaged.length > 0) {
    await saveFiles(filesOf(damaged, limits), "json", "client-cases-unread");
  }
}

/** @param {string[]} files @param {Kind} kind @param {string} name */
async function saveFiles(files, kind, name) {
  for (const [index, text] of files.entries()) {
    const part = files.length > 1 ? `-${index + 1}-of-${files.length}` : "";
    download(text, fileName(kind, name + part));
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_DOWNLOADS_MS));
  }
}

/** @param {ClientRecord[]} records @param {Limits} limits
 * @returns {string[]} as many files as the limits require */
function filesOf(records, limits) {
  const text = JSON.stringify({ format: "client-cases/1", cases: records }, null, 2);
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
