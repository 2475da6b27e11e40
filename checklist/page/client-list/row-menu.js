/**
 * The menu of a row: a `<details>` over the rows below it. The arrow keys move through it; Escape, a
 * press elsewhere and leaving it with Tab close it.
 */
import { find } from "../ui/dom.js";

/** @param {HTMLElement} list of rows with a menu */
export function setUpMenus(list) {
  const opened = () =>
    /** @type {HTMLDetailsElement | null} */ (list.querySelector("details.menu[open]"));
  // The event of a `<details>` does not bubble.
  list.addEventListener("toggle", onToggle, { capture: true });
  list.addEventListener("keydown", onKey);
  list.addEventListener("focusout", ({ target, relatedTarget }) => {
    const menu = /** @type {Element} */ (target).closest("details.menu");
    if (relatedTarget instanceof Node && menu && !menu.contains(relatedTarget)) {
      menu.removeAttribute("open");
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const menu = opened();
    if (menu && target instanceof Node && !menu.contains(target)) {
      menu.open = false;
    }
  });
}

/** Close the menu that has a control, and keep the focus in its row.
 * @param {HTMLElement} control */
export function closeMenuOf(control) {
  const menu = control.closest("details.menu");
  if (menu) {
    find(menu, "summary").focus();
    menu.removeAttribute("open");
  }
}

/** @param {Event} event */
function onToggle({ target, currentTarget }) {
  const menu = /** @type {HTMLDetailsElement} */ (target);
  if (menu.open) {
    const list = /** @type {HTMLElement} */ (currentTarget);
    for (const other of list.querySelectorAll("details.menu[open]")) {
      other.toggleAttribute("open", other === menu);
    }
    find(menu, ".menu__items").scrollIntoView({ block: "nearest" });
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const control = /** @type {HTMLElement} */ (event.target);
  const menu = /** @type {HTMLDetailsElement | null} */ (control.closest("details.menu"));
  if (!menu) {
    return;
  }
  if (event.key === "Escape" && menu.open) {
    event.stopPropagation(); // the undo bar closes with Escape too
    closeMenuOf(control);
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    menu.open = true;
    const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[data-row]")]);
    const index = items.indexOf(control);
    const next = index < 0 && step < 0 ? items.length - 1 : index + step;
    items[(next + items.length) % items.length].focus();
  }
}
