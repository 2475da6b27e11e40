/** The line that says when the client was saved, or that it is not saved. */
import { announceIn } from "../ui/announce.js";
import { setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
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
  // Each is made when it is needed, which takes 50 ms on a slow phone.
  /** @type {Intl.DateTimeFormat | undefined} */
  let dates;
  /** @type {Intl.DateTimeFormat | undefined} */
  let clock;
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
    const at = new Date(changed ?? "");
    if (Number.isNaN(at.getTime())) {
      setText(line, storage.saved);
      return;
    }
    clock ??= new Intl.DateTimeFormat(lang, { timeStyle: "short" });
    const time = clock.format(at);
    if (at.toDateString() === new Date().toDateString()) {
      setText(line, fill(storage.saved_at, { time }));
      midnight = setTimeout(() => show(changed), untilMidnight());
    } else {
      dates ??= new Intl.DateTimeFormat(lang, { dateStyle: "long" });
      setText(line, fill(storage.saved_on, { day: dates.format(at), time }));
    }
  }
  return show;
}

/** @returns {number} in milliseconds */
function untilMidnight() {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
}
