/** The search field, which filters the list by name. */
import { announce } from "../ui/announce.js";
import { debounce } from "../ui/debounce.js";
import { setText } from "../ui/dom.js";
import { fill } from "../ui/format.js";
import { findField, findSlot } from "../ui/parts.js";
import { hide } from "../ui/focus.js";
import { rowsOf } from "../ui/keyed-list.js";

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {object} options
 * @param {string} options.lang
 * @param {Record<string, string>} options.messages
 * @param {(id: string) => string} options.nameOf the name in the record: the one in the page may
 *   have been translated or marked by the browser
 */
export function createFilter(root, list, { lang, messages, nameOf }) {
  const field = findField(root, "filter");
  const count = findSlot(root, "found");
  const announceCount = debounce(() => announce(count, countText()));
  field.addEventListener("input", () => {
    apply();
    announceCount.call();
  });

  const rows = () => rowsOf(list);
  const shown = () => rows().filter((row) => !row.hidden);

  function apply() {
    for (const row of rows()) {
      const name = nameOf(String(row.dataset.id));
      if (isFound(name, field.value, lang)) {
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
    return length === 0 ? messages.none_found : fill(messages.found, { count: length, total });
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

/** @param {string} name @param {string} query @param {string} lang @returns {boolean} */
export function isFound(name, query, lang) {
  return folded(name, lang).includes(folded(query, lang).trim());
}

/** @param {string} text @param {string} lang
 * @returns {string} the same for characters that look alike or cannot be seen, and for the letters
 *   yo and ye */
function folded(text, lang) {
  return text
    .normalize("NFKC")
    .toLocaleLowerCase(lang)
    .replace(/\u0451/g, "\u0435")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ");
}
