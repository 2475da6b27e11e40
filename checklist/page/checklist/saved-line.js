/** The line that says when the client was saved, or that it is not. */
import { announce, liveRegionOf } from "../ui/announce.js";
import { fill, find, formatTime, setText } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {Record<string, string>} options.storage its texts
 * @param {string} options.lang
 */
export function createSavedLine(root, { store, storage, lang }) {
  const line = find(root, '[data-slot="keeping"]');
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" });

  return {
    /** @param {string | undefined} changed when the client was changed last; nothing where it is not
     *   the visitor's own */
    show(changed) {
      if (!store.isStored()) {
        const words = store.isJournaled() ? storage.not_yet : storage.not_saved;
        if (setText(line, words)) {
          announce(liveRegionOf(root), words);
        }
        return;
      }
      const [day, time] = [dates, clock].map((format) => formatTime(format, changed));
      const isToday = day === dates.format(new Date());
      const words = isToday ? storage.saved_at : storage.saved_on;
      setText(line, time ? fill(words, { day, time }) : storage.saved);
    },
  };
}
