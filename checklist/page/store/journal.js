/**
 * The write-ahead journal, in `localStorage`, which alone is written at once: for each page that is
 * open, or was when it broke off, one entry with the client that it shows and with what it has
 * changed and the database may not have. The database decides what of it is still to be applied.
 *
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("./operations.js").Operation} Operation
 * @typedef {{ at: number, epoch?: string | null, record: ClientRecord | null,
 *   pending: Operation[] }} Entry `epoch` is the last wipe that its page knew of
 * @typedef {{ page: string, text: string, entry: Entry | null }} Found `entry` is null where the
 *   text is not a valid entry
 */
import { isPlainObject } from "../client/record.js";
import { isOperation } from "./operations.js";

/** @param {string} path the site's, since other sites may lie on the same host */
export function createJournal(path) {
  const start = `client-checklist:${path}:`;

  /** @returns {Found[]} the newest first */
  function read() {
    return itemsOf((key) => key.startsWith(start))
      .map(([key, text]) => ({ page: key.slice(start.length), text, entry: parsed(text) }))
      .sort((one, other) => (other.entry?.at ?? 0) - (one.entry?.at ?? 0));
  }

  return {
    read,

    /**
     * @param {string | null} id of the client that this tab showed before, if that is known
     * @returns {ClientRecord | null} the client to show until the database answers
     */
    shown(id) {
      const shown = read().flatMap(({ entry }) => entry?.record ?? []);
      return (id === null ? shown[0] : shown.find((record) => record.id === id)) ?? null;
    },

    /** @param {string} page @param {Entry} entry one that says nothing is removed
     * @returns {boolean} whether it is so now */
    write(page, entry) {
      const isEmpty = !entry.record && entry.pending.length === 0;
      return setItem(start + page, isEmpty ? null : attempt(() => JSON.stringify(entry)));
    },

    /** Remove what another page left, unless that page has written since. @param {Found} found */
    remove({ page, text }) {
      if (attempt(() => localStorage.getItem(start + page)) === text) {
        setItem(start + page, null);
      }
    },

    /** Remove everything, the theme's setting included.
     * @returns {() => void} brings the setting back */
    wipe() {
      const settings = itemsOf((key) => key.startsWith(path) && key.endsWith("__palette"));
      const entries = itemsOf((key) => key.startsWith(start));
      [...settings, ...entries].forEach(([key]) => setItem(key, null));
      return () => settings.forEach(([key, text]) => setItem(key, text));
    },
  };
}

/** @param {string} text @returns {Entry | null} */
function parsed(text) {
  const entry = attempt(() => JSON.parse(text));
  const isWhole =
    isPlainObject(entry) &&
    typeof entry.at === "number" &&
    (entry.record === null ||
      (isPlainObject(entry.record) && typeof entry.record.id === "string")) &&
    Array.isArray(entry.pending) &&
    entry.pending.every(isOperation);
  return isWhole ? /** @type {any} */ (entry) : null;
}

/** @param {(key: string) => boolean} isWanted @returns {[string, string][]} */
function itemsOf(isWanted) {
  const items = attempt(() => Object.entries({ ...localStorage })) ?? [];
  return items.filter(([key]) => isWanted(key));
}

/** @param {string} key @param {string | null | undefined} text null removes
 * @returns {boolean} whether it is so now */
function setItem(key, text) {
  if (text === undefined) {
    return false; // nested deeper than the browser can write
  }
  attempt(() => (text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text)));
  return attempt(() => localStorage.getItem(key)) === text;
}

/**
 * @template T
 * @param {() => T} run
 * @returns {T | undefined} nothing where the browser refuses
 */
export function attempt(run) {
  try {
    return run();
  } catch {
    return undefined;
  }
}
