/**
 * The line that says how old the last copy of the clients is, and what it lacks; and a reminder below
 * the list when that is much.
 */
import { fill, formatTime } from "../ui/format.js";
import { findBlock, setSlot } from "../ui/parts.js";

const REMINDER_MS = 7 * 24 * 60 * 60_000;

/**
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 * @typedef {import("../store/transactions.js").Copy} Copy
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {() => boolean} options.isBackupInterrupted then the reminder does not wait for a week
 * @param {{ lang: string, texts: Pick<import("../ui/settings.js").Texts, "storage"> }
 *   } options.settings
 */
export function createLastCopy(root, { store, isBackupInterrupted, settings: { lang, texts } }) {
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });

  /** @param {Copy | null} copy @param {ClientRecord[]} records */
  function describe(copy, records) {
    const { copy_none, copy_old, copy_complete } = texts.storage;
    if (!copy) {
      return copy_none;
    }
    const count = missing(copy, records).length;
    const day = formatTime(dates, new Date(copy.at));
    return fill(count > 0 ? copy_old : copy_complete, { day, count });
  }

  return {
    /** @param {ClientRecord[]} records all clients */
    async show(records) {
      const copy = records.length > 0 ? await store.lastCopy() : undefined;
      const words = copy === undefined ? "" : describe(copy, records);
      setSlot(root, "last-copy", words);
      const isDue =
        copy !== undefined &&
        missing(copy, records).length > 0 &&
        (isBackupInterrupted() || isOld(copy, records));
      setSlot(root, "copy-reminder", isDue ? words : "");
      findBlock(root, "copy-reminder").hidden = !isDue;
    },
  };
}

/** @param {Copy | null} copy @param {ClientRecord[]} records
 * @returns {ClientRecord[]} those that the copy lacks, or has as they were before */
function missing(copy, records) {
  const known = new Map(Object.entries(copy?.changed ?? {}));
  return records.filter(({ id, changed }) => known.get(id) !== String(changed));
}

/** @param {Copy | null} copy @param {ClientRecord[]} records
 * @returns {boolean} whether the last copy, or without one the oldest client, is older than a week */
function isOld(copy, records) {
  const times = records.map(({ changed }) => Date.parse(String(changed))).filter(Number.isFinite);
  const since = copy ? copy.at : Math.min(...times);
  return Date.now() - since > REMINDER_MS;
}
