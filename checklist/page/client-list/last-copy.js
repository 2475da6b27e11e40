/** The line that says how old the last copy of the clients is, and what it lacks. */
import { fill, formatTime } from "../ui/format.js";
import { setSlot } from "../ui/parts.js";

/**
 * @typedef {import("../client/record.js").ClientRecord} ClientRecord
 *
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {{ lang: string, texts: Pick<import("../ui/settings.js").Texts, "storage"> }
 *   } options.settings
 */
export function createLastCopy(root, { store, settings: { lang, texts } }) {
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });

  /** @param {import("../store/transactions.js").Copy | null} copy @param {ClientRecord[]} records */
  function describe(copy, records) {
    const { copy_none, copy_old, copy_complete } = texts.storage;
    if (!copy) {
      return copy_none;
    }
    const known = new Map(Object.entries(copy.changed));
    const count = records.filter(({ id, changed }) => known.get(id) !== String(changed)).length;
    const day = formatTime(dates, new Date(copy.at));
    return fill(count > 0 ? copy_old : copy_complete, { day, count });
  }

  return {
    /** @param {ClientRecord[]} records all clients */
    async show(records) {
      const copy = records.length > 0 ? await store.lastCopy() : undefined;
      setSlot(root, "last-copy", copy === undefined ? "" : describe(copy, records));
    },

    /** @param {ClientRecord[]} records of which a copy was saved now */
    remember(records) {
      const changed = records.map((record) => [record.id, String(record.changed)]);
      return store.setLastCopy({ at: Date.now(), changed: Object.fromEntries(changed) });
    },
  };
}
