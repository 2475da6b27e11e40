/**
 * A file that the visitor chose, and the browser's permission to write it. Only Chromium's browsers
 * have this; TypeScript does not know all of it.
 *
 * @typedef {{ mode: "readwrite" }} Mode
 * @typedef {FileSystemFileHandle & {
 *   queryPermission(mode: Mode): Promise<PermissionState>,
 *   requestPermission(mode: Mode): Promise<PermissionState>,
 * }} FileHandle
 */

/** @type {Mode} */
const WRITE = { mode: "readwrite" };

/** @returns {boolean} whether the browser lets a page keep writing a file */
export function canKeepFile() {
  return "showSaveFilePicker" in globalThis;
}

/**
 * Ask the visitor for a file; it needs a press. The browser empties a file that exists, after asking.
 *
 * @param {string} suggestedName
 * @returns {Promise<FileHandle | null>} null if the visitor chose none
 */
export async function chooseFile(suggestedName) {
  const types = [{ accept: { "application/json": [".json"] } }];
  try {
    return await /** @type {any} */ (globalThis).showSaveFilePicker({ suggestedName, types });
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") {
      return null;
    }
    throw error;
  }
}

/** @param {FileHandle} file @returns {Promise<boolean>} whether the page may write it, unasked */
export async function mayWrite(file) {
  return (await file.queryPermission(WRITE)) === "granted";
}

/** Ask the visitor for permission; it needs a press. @param {FileHandle} file */
export async function askToWrite(file) {
  await file.requestPermission(WRITE);
}

/**
 * Replace the contents of a file, unless they are this text already. The browser writes another
 * file first, and puts it in place once it is complete.
 *
 * @param {FileHandle} file
 * @param {string} text
 */
export async function writeFile(file, text) {
  if ((await (await file.getFile()).text()) === text) {
    return;
  }
  const writable = await file.createWritable();
  try {
    await writable.write(text);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => {});
    throw error;
  }
}
