/** The line that says how old the last copy of the clients is, and what it lacks. */
import { fill, formatTime } from "../ui/format.js";
import { setSlot } from "../ui/parts.js";

const SECOND_MS = 1_000; // the precision of the time of a change

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {{ lang: string, texts: Record<string, Record<string, string>> }} options.settings
 */
export function createLastCopy(root, { store, settings: { lang, texts } }) {
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });

  return {
    /** @param {import("../client/record.js").ClientRecord[]} records all clients */
    async show(records) {
      const at = records.length > 0 ? await store.copiedAt() : undefined;
      setSlot(root, "last-copy", at === undefined ? "" : describe(at, records));
    },

    /** @param {number} at when a copy of all clients was saved */
    remember: (at) => store.setCopied(at),
  };

  /** @param {number} at @param {import("../client/record.js").ClientRecord[]} records */
  function describe(at, records) {
    const { copy_none, copy_old, copy_complete } = texts.storage;
    const since = Math.floor(at / SECOND_MS) * SECOND_MS;
    // A change whose time the browser cannot parse may be newer.
    const count = records.filter(({ changed }) => !(Date.parse(String(changed)) < since)).length;
    const text = count > 0 ? copy_old : copy_complete;
    return at === 0 ? copy_none : fill(text, { day: formatTime(dates, new Date(at)), count });
  }
}
