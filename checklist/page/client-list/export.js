/**
 * The export of clients as files, each of them small enough to be imported again.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../ui/settings.js").Limits} Limits
 * @typedef {"json" | "csv" | "md"} Kind
 */
import { fileOf, filesOf } from "../backup/json-files.js";
import { onPress } from "../python/on-press.js";
import { download, fileName } from "../ui/download.js";

const BETWEEN_DOWNLOADS_MS = 500; // a browser may drop a download that directly follows another

/** @param {ClientRecord} record as it is stored @param {Limits} limits */
export function exportRecord(record, limits) {
  download(fileOf(record, limits), fileName("json"));
}

/**
 * @param {() => { readable: ClientRecord[], unreadable: ClientRecord[] }} records the unreadable ones
 *   get a file of their own, as a file with any of them cannot be imported
 * @param {object} options
 * @param {import("../python/python.js").Python} options.python
 * @param {Limits} options.limits
 * @param {HTMLElement} options.region a live region
 * @param {Record<string, string>} options.messages
 * @returns {Record<Kind, () => Promise<void>>} handle presses of the buttons; JSON needs no Python
 */
export function createExport(records, { python, limits, region, messages }) {
  /** @param {"csv" | "md"} kind */
  const withPython = (kind) =>
    onPress({ python, region, messages }, async () => {
      const { readable, unreadable } = records();
      const response = await python.ask({ do: "export", records: readable, as: kind });
      if (response.problems) {
        throw new Error(response.problems.join("\n"));
      }
      await saveFiles([response.text], kind, "client-cases");
      await saveUnreadable(unreadable);
    });

  /** @param {ClientRecord[]} unreadable */
  async function saveUnreadable(unreadable) {
    if (unreadable.length > 0) {
      await saveFiles(filesOf(unreadable, limits), "json", "client-cases-unreadable");
    }
  }

  return {
    csv: withPython("csv"),
    md: withPython("md"),
    async json() {
      const { readable, unreadable } = records();
      await saveFiles(filesOf(readable, limits), "json", "client-cases");
      await saveUnreadable(unreadable);
    },
  };
}

/** @param {string[]} files @param {Kind} kind @param {string} name */
async function saveFiles(files, kind, name) {
  for (const [index, text] of files.entries()) {
    const part = files.length > 1 ? `-${index + 1}-of-${files.length}` : "";
    download(text, fileName(kind, name + part));
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_DOWNLOADS_MS));
  }
}
