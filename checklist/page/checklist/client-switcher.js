/**
 * The select element with the other clients. In some browsers each arrow key changes a closed
 * select: so after a key press a client is opened by the button, otherwise as soon as it is chosen.
 *
 * @typedef {{ id: string, name: string }} Named
 */
import { find } from "../ui/dom.js";
import { findBlock } from "../ui/parts.js";

/**
 * @param {HTMLElement} root
 * @param {{ open(id: string): void, lang: string }} options
 */
export function createSwitcher(root, { open, lang }) {
  const block = findBlock(root, "switch");
  const list = /** @type {HTMLSelectElement} */ (find(block, "select"));
  const button = find(block, "button");
  /** @type {Intl.Collator | undefined} created when there is something to sort: it is slow */
  let collator;
  let currentId = "";
  let isKeyboard = false;

  list.addEventListener("keydown", () => {
    isKeyboard = true;
  });
  list.addEventListener("pointerdown", () => {
    isKeyboard = false;
  });
  list.addEventListener("change", () => {
    updateButton();
    if (!isKeyboard) {
      openChosen();
    }
  });
  button.addEventListener("click", openChosen);

  function openChosen() {
    if (list.value !== currentId) {
      open(list.value);
    }
  }

  function updateButton() {
    button.setAttribute("aria-disabled", String(list.value === currentId));
  }

  return {
    /** Show the clients sorted by name. @param {Named} current @param {Named[]} others */
    show(current, others) {
      const chosen = document.activeElement === list ? list.value : currentId;
      const isChanged = chosen !== currentId && others.some(({ id }) => id === chosen);
      currentId = current.id;
      const selected = isChanged ? chosen : currentId;
      const all = [current, ...others].sort((one, other) => {
        collator ??= new Intl.Collator(lang, { numeric: true });
        return collator.compare(one.name, other.name);
      });
      list.replaceChildren(
        ...all.map(({ id, name }) => new Option(name, id, id === currentId, id === selected)),
      );
      block.hidden = others.length === 0;
      updateButton();
    },

    /** @param {string} id @param {string} name */
    rename(id, name) {
      const option = [...list.options].find(({ value }) => value === id);
      if (option) {
        option.text = name;
      }
    },
  };
}
