/** The field that leaves only the clients with a part of a name in the list. */
import { announce } from "../ui/announce.js";
import { debounce, fill, find, findInput, setText } from "../ui/dom.js";
import { hide } from "../ui/focus.js";

const TYPING_MS = 400;

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} list
 * @param {{ lang: string, says: Record<string, string> }} options
 */
export function createFilter(root, list, { lang, says }) {
  const field = findInput(root, '[data-field="filter"]');
  const line = find(root, '[data-slot="found"]');
  const announceFound = debounce(() => announce(line, found()), TYPING_MS);
  field.addEventListener("input", () => {
    apply();
    announceFound.call();
  });

  function apply() {
    const wanted = field.value.trim().toLocaleLowerCase(lang);
    for (const item of rows()) {
      const name = find(item, '[data-slot="name"]').textContent ?? "";
      if (name.toLocaleLowerCase(lang).includes(wanted)) {
        item.hidden = false;
      } else {
        hide(item, field);
      }
    }
  }

  /** @returns {string} how many rows are left; empty where nothing is typed */
  function found() {
    const { length } = shown();
    if (field.value.trim() === "") {
      return "";
    }
    const total = rows().length;
    return length === 0 ? says.none_found : fill(says.found, { count: length, total });
  }

  const rows = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const shown = () => rows().filter((item) => !item.hidden);

  return {
    field,

    /** @returns {HTMLElement[]} the rows that it leaves */
    shown,

    /** Apply it to rows that have changed. */
    renew() {
      apply();
      setText(line, found());
    },
  };
}
