/** The search field, which filters the list by name. */
import { announce } from "../ui/announce.js";
import { debounce } from "../ui/debounce.js";
import { setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findField, findSlot } from "../ui/parts.js";
import { hide } from "../ui/focus.js";

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {{ lang: string, says: Record<string, string> }} options
 */
export function createFilter(root, list, { lang, says }) {
  const field = findField(root, "filter");
  const count = findSlot(root, "found");
  const announceCount = debounce(() => announce(count, countText()));
  field.addEventListener("input", () => {
    apply();
    announceCount.call();
  });

  const rows = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const shown = () => rows().filter((row) => !row.hidden);

  function apply() {
    const wanted = field.value.trim().toLocaleLowerCase(lang);
    for (const row of rows()) {
      const name = findSlot(row, "name").textContent ?? "";
      if (name.toLocaleLowerCase(lang).includes(wanted)) {
        row.hidden = false;
      } else {
        hide(row, field);
      }
    }
  }

  /** @returns {string} how many rows are shown; empty without a filter */
  function countText() {
    if (field.value.trim() === "") {
      return "";
    }
    const [{ length }, total] = [shown(), rows().length];
    return length === 0 ? says.none_found : fill(says.found, { count: length, total });
  }

  return {
    field,
    shown,

    /** Filter rows that have changed. */
    update() {
      apply();
      setText(count, countText());
    },
  };
}
