/** The line that says when the client was saved, or that it is not saved. */
import { announceIn } from "../ui/announce.js";
import { setText } from "../ui/dom.js";
import { fill, formatTime } from "../ui/format.js";
import { findSlot } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("../store/store.js").Store} options.store
 * @param {Record<string, string>} options.storage its texts
 * @param {string} options.lang
 */
export function createSavedLine(root, { store, storage, lang }) {
  const line = findSlot(root, "keeping");
  const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });
  const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" });

  /** @type {ReturnType<typeof setTimeout>} */
  let midnight;

  /** @param {string | undefined} changed when the visitor changed the client, if it is saved */
  function show(changed) {
    clearTimeout(midnight);
    if (!store.isStored()) {
      const words = store.whyNotStored(storage);
      if (setText(line, words)) {
        announceIn(root, words);
      }
      return;
    }
    const [day, time] = [dates, clock].map((format) => formatTime(format, changed));
    const isToday = day === dates.format(new Date());
    const words = isToday ? storage.saved_at : storage.saved_on;
    setText(line, time ? fill(words, { day, time }) : storage.saved);
    if (isToday) {
      midnight = setTimeout(() => show(changed), untilMidnight());
    }
  }
  return show;
}

/** @returns {number} in milliseconds */
function untilMidnight() {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}
