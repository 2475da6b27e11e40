/**
 * A keyed list: only rows whose content changed are created again. The focus stays in its row, and
 * its menu open, even if the row is moved or replaced; if the row is removed, the focus moves to the next one.
 *
 * @typedef {{ id: string, text: string, make(): HTMLElement }} Row `text` changes with the content
 */
import { focusOn } from "./focus.js";

const CONTROLS = "a[href], button, input, summary";

/** @type {WeakMap<HTMLElement, string>} */
const texts = new WeakMap();

/** @param {HTMLElement} list @param {Row[]} rows */
export function updateRows(list, rows) {
  const current = rowsOf(list);
  const byId = new Map(current.map((item) => [item.dataset.id, item]));
  const items = rows.map((row) => {
    const existing = byId.get(row.id);
    return existing && texts.get(existing) === row.text ? existing : createItem(row, existing);
  });
  const restoreFocus = saveFocus(current);
  replaceItems(list, items);
  restoreFocus(items);
}

/** @param {HTMLElement} list
 * @returns {HTMLElement[]} without what browser extensions have put into the list */
export function rowsOf(list) {
  const children = /** @type {HTMLElement[]} */ ([...list.children]);
  return children.filter((child) => texts.has(child));
}

/** @param {Row} row @param {HTMLElement | undefined} replaced its open menus stay open */
function createItem({ id, text, make }, replaced) {
  const item = make();
  item.dataset.id = id;
  texts.set(item, text);
  const menus = item.querySelectorAll("details");
  replaced?.querySelectorAll("details").forEach(({ open }, index) => {
    menus[index]?.toggleAttribute("open", open);
  });
  return item;
}

/** An item that keeps its place is not touched: moving an element removes its focus.
 * @param {HTMLElement} list @param {HTMLElement[]} items */
function replaceItems(list, items) {
  const kept = new Set(items);
  for (const item of [...list.children]) {
    if (!kept.has(/** @type {HTMLElement} */ (item))) {
      item.remove();
    }
  }
  let next = list.firstElementChild;
  for (const item of items) {
    if (item === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(item, next);
    }
  }
}

/** @param {HTMLElement[]} items @returns {(updated: HTMLElement[]) => void} restores the focus */
function saveFocus(items) {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const index = items.findIndex((item) => item.contains(active));
  if (index < 0) {
    return () => {};
  }
  const { id } = items[index].dataset;
  const controlIndex = [...items[index].querySelectorAll(CONTROLS)].indexOf(active);
  return (updated) => {
    const same = updated.find((item) => item.dataset.id === id);
    const control = same
      ? same.querySelectorAll(CONTROLS)[controlIndex]
      : firstControl(updated[Math.min(index, updated.length - 1)]);
    if (control && control !== document.activeElement) {
      focusOn(/** @type {HTMLElement} */ (control));
    }
  };
}

/** @param {HTMLElement | undefined} item @returns {HTMLElement | null} its link or button */
export function firstControl(item) {
  return item?.querySelector("a[href], button") ?? null;
}
