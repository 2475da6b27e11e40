/**
 * The backup: a file of the visitor's with all clients, written anew after each change, as long as
 * the browser permits it. It asks for nothing by itself.
 *
 * @typedef {import("./file-access.js").FileHandle} FileHandle
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {"none" | "current" | "ask" | "failed" | "too_large"} Status of the file: none is chosen;
 *   it has all clients; the browser wants to be asked by the visitor; it could not be written; the
 *   clients do not fit in one file that can be imported
 */
import { filesOf } from "./json-files.js";
import { debounce } from "../ui/debounce.js";
import { askToWrite, canKeepFile, chooseFile, mayWrite, writeFile } from "./file-access.js";

const AFTER_CHANGE_MS = 2_000;

export class Backup {
  /** Whether there is a file that could not be written. */
  isInterrupted = false;
  #store;
  #settings;
  #onStatus;

  /**
   * @param {object} options
   * @param {import("../store/store.js").Store} options.store
   * @param {import("../ui/settings.js").Settings} options.settings
   * @param {(status: Status, name: string) => void} [options.onStatus] after each attempt to write,
   *   with the name of the file
   */
  constructor({ store, settings, onStatus = () => {} }) {
    this.#store = store;
    this.#settings = settings;
    this.#onStatus = onStatus;
  }

  /** Write what the file lacks now, and what changes from now on. */
  start() {
    if (canKeepFile()) {
      const soon = debounce(() => this.write(), AFTER_CHANGE_MS);
      this.#store.onCommitted(() => soon.call());
      this.write();
    }
  }

  /** Let the visitor choose the file; it needs a press. */
  async choose() {
    const file = await chooseFile("client-cases.json").catch(() => undefined);
    if (file) {
      await this.#store.setBackup({ file, unreadable: [] });
    }
    if (file !== null) {
      await this.write();
    }
  }

  /** Ask for permission to write the file again; it needs a press. */
  async allow() {
    const backup = await this.#store.backup();
    await (backup && askToWrite(backup.file).catch(() => {}));
    await this.write();
  }

  /** Forget the file, which stays as it is. */
  async stop() {
    await this.#store.setBackup(null);
    await this.write();
  }

  /** Leave out the records that Python cannot read: a file with any of them cannot be imported.
   * @param {string[]} unreadable their ids */
  async leaveOut(unreadable) {
    const backup = await this.#store.backup();
    if (backup && String(backup.unreadable) !== String(unreadable)) {
      await this.#store.setBackup({ ...backup, unreadable });
      await this.write();
    }
  }

  /** Write the file if it lacks anything. One page does so at a time, and with what is stored then. */
  async write() {
    await withLock(`client-checklist:${this.#settings.path}:backup`, async () => {
      const backup = await this.#store.backup();
      const status = backup ? await this.#tryToWrite(backup) : "none";
      this.isInterrupted = status !== "none" && status !== "current";
      this.#onStatus(status, backup?.file.name ?? "");
    });
  }

  /** @param {{ file: FileHandle, unreadable: string[] }} backup @returns {Promise<Status>} */
  async #tryToWrite(backup) {
    try {
      return await this.#write(backup);
    } catch {
      return "failed";
    }
  }

  /** @param {{ file: FileHandle, unreadable: string[] }} backup @returns {Promise<Status>} */
  async #write({ file, unreadable }) {
    if (!(await mayWrite(file))) {
      return "ask";
    }
    const all = await this.#store.list();
    if (!this.#store.isReadable()) {
      return "failed"; // no client at all is what a database that fails has
    }
    const records = all.filter(({ id }) => !unreadable.includes(String(id)));
    const [text, ...more] = filesOf(records, this.#settings.limits);
    if (more.length > 0) {
      return "too_large";
    }
    await writeFile(file, text);
    await this.#store.rememberCopy(all);
    return "current";
  }
}

/** A browser that stores nothing for the site has no locks for it either.
 * @param {string} name @param {() => Promise<void>} run */
async function withLock(name, run) {
  let isRunning = false;
  try {
    await navigator.locks.request(name, () => {
      isRunning = true;
      return run();
    });
  } catch (error) {
    if (isRunning) {
      throw error;
    }
    await run();
  }
}
