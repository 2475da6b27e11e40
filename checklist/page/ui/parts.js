/**
 * The parts of a page, by their data attributes: a slot has a text, a block is shown or hidden as a
 * whole, a field belongs to the visitor, a button has an action.
 */
import { create, find, findInput, setText } from "./dom.js";

/** @param {ParentNode} root @param {string} name */
export function findSlot(root, name) {
  return find(root, `[data-slot="${name}"]`);
}

/** @param {ParentNode} root @param {string} name @param {string} text
 * @returns {boolean} whether the text changed */
export function setSlot(root, name, text) {
  return setText(findSlot(root, name), text);
}

/**
 * Set a text that contains a client's name, which programs must not translate.
 *
 * @param {ParentNode} root @param {string} slot
 * @param {string} text with `{name}` in place of the name
 * @param {string} name
 */
export function setSlotWithName(root, slot, text, name) {
  const named = create("span", name);
  named.translate = false;
  const [before, ...after] = text.split("{name}");
  const rest = after.length > 0 ? [named, after.join("{name}")] : [];
  findSlot(root, slot).replaceChildren(...[before, ...rest].filter((part) => part !== ""));
}

/** @param {ParentNode} root @param {string} name */
export function findBlock(root, name) {
  return find(root, `[data-block="${name}"]`);
}

/** @param {ParentNode} root @param {string} action */
export function findButton(root, action) {
  return find(root, `[data-action="${action}"]`);
}

/** @param {ParentNode} root @param {string} name */
export function findField(root, name) {
  return findInput(root, `[data-field="${name}"]`);
}

/** @param {ParentNode} root @param {string} action @param {() => void} handler */
export function onAction(root, action, handler) {
  findButton(root, action).addEventListener("click", handler);
}

/** @param {HTMLElement} element @param {string} name @param {string | null} value null removes it */
export function setAttribute(element, name, value) {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** @param {string[]} texts */
export function createItems(texts) {
  return texts.map((text) => create("li", text));
}
