/** Files that the visitor saves. */
import { create } from "./dom.js";

/** @param {string} extension @param {string} [name]
 * @returns {string} the name with today's date, in local time */
export function fileName(extension, name = "client-case") {
  const now = new Date();
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((one) => `${one}`.padStart(2, "0"));
  return `${name}-${now.getFullYear()}-${month}-${day}.${extension}`;
}

/** @type {Record<string, string>} */
const MEDIA_TYPES = { json: "application/json", csv: "text/csv", md: "text/markdown" };
const DOWNLOAD_MS = 60_000; // by then even a slow browser has started the download

/** @param {string} text @param {string} name of the file, with its extension */
export function download(text, name) {
  const type = MEDIA_TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "text/plain";
  const link = create("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_MS);
}
