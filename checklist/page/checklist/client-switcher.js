/**
 * The list of the other clients. Where arrow keys change a closed list, each step is a choice:
 * with the keyboard a client opens when the button is pressed, else as soon as it is chosen.
 *
 * @typedef {{ id: string, name: string }} Named
 */
import { find } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {{ open(id: string): void, lang: string }} options
 */
export function createSwitcher(root, { open, lang }) {
  const block = find(root, '[data-block="switch"]');
  const list = /** @type {HTMLSelectElement} */ (find(block, "select"));
  const button = find(block, "button");
  const order = new Intl.Collator(lang, { numeric: true });
  let here = "";
  let isByKey = false;

  function openChosen() {
    if (list.value !== here) {
      open(list.value);
    }
  }

  list.addEventListener("keydown", () => {
    isByKey = true;
  });
  list.addEventListener("pointerdown", () => {
    isByKey = false;
  });
  list.addEventListener("change", () => {
    showButton();
    if (!isByKey) {
      openChosen();
    }
  });
  button.addEventListener("click", openChosen);

  function showButton() {
    button.setAttribute("aria-disabled", String(list.value === here));
  }

  return {
    /** In the order of their names, which stays. @param {Named} current @param {Named[]} others */
    show(current, others) {
      const chosen = document.activeElement === list && list.value !== here ? list.value : null;
      here = current.id;
      const all = [current, ...others].sort((one, other) => order.compare(one.name, other.name));
      const wanted = all.some(({ id }) => id === chosen) ? chosen : here;
      list.replaceChildren(
        ...all.map(({ id, name }) => new Option(name, id, id === here, id === wanted)),
      );
      block.hidden = others.length === 0;
      showButton();
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
