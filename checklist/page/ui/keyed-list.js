/**
 * A list whose rows are made anew only where they show something else. Whoever is in a row stays
 * in it, also where it moves or changes; where it has gone they come to the next one.
 *
 * @typedef {{ id: string, text: string, make(): HTMLElement }} Row `text` tells whether it changed
 */
import { focusOn } from "./focus.js";

const CONTROLS = "a[href], button, input";

/** @type {WeakMap<HTMLElement, string>} */
const texts = new WeakMap();

/** @param {HTMLElement} list @param {Row[]} rows */
export function renewRows(list, rows) {
  const before = /** @type {HTMLElement[]} */ ([...list.children]);
  const byId = new Map(before.map((item) => [item.dataset.id, item]));
  const items = rows.map((row) => {
    const there = byId.get(row.id);
    return there && texts.get(there) === row.text ? there : made(row);
  });
  const giveBack = holdFocus(before);
  lay(list, items);
  giveBack(items);
}

/** @param {Row} row */
function made({ id, text, make }) {
  const item = make();
  item.dataset.id = id;
  texts.set(item, text);
  return item;
}

/** What stays in its place is not touched: moved, it would lose the focus.
 * @param {HTMLElement} list @param {HTMLElement[]} items */
function lay(list, items) {
  const stay = new Set(items);
  for (const item of [...list.children]) {
    if (!stay.has(/** @type {HTMLElement} */ (item))) {
      item.remove();
    }
  }
  let at = list.firstElementChild;
  for (const item of items) {
    if (item === at) {
      at = at.nextElementSibling;
    } else {
      list.insertBefore(item, at);
    }
  }
}

/** @param {HTMLElement[]} items @returns {(now: HTMLElement[]) => void} */
function holdFocus(items) {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const index = items.findIndex((item) => item.contains(active));
  if (index < 0) {
    return () => {};
  }
  const { id } = items[index].dataset;
  const which = [...items[index].querySelectorAll(CONTROLS)].indexOf(active);
  return (now) => {
    const same = now.find((item) => item.dataset.id === id);
    const place = same
      ? same.querySelectorAll(CONTROLS)[which]
      : controlOf(now[Math.min(index, now.length - 1)]);
    if (place && place !== document.activeElement) {
      focusOn(/** @type {HTMLElement} */ (place));
    }
  };
}

/** @param {HTMLElement | undefined} item @returns {HTMLElement | null} what it is entered by */
export function controlOf(item) {
  return item?.querySelector("a[href], button") ?? null;
}
