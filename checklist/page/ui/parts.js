/** The parts of a page, which are named by data attributes. */
import { create, find, findInput, setText } from "./dom.js";

/** @param {string} kind of data attribute */
const findBy = (kind) => (/** @type {ParentNode} */ root, /** @type {string} */ name) =>
  find(root, `[data-${kind}="${name}"]`);

/** The place of a text. */
export const findSlot = /* @__PURE__ */ findBy("slot");

/** @param {ParentNode} root @param {string} name @param {string} text
 * @returns {boolean} whether the text changed */
export function setSlot(root, name, text) {
  return setText(findSlot(root, name), text);
}

/** What is shown or hidden as a whole. */
export const findBlock = /* @__PURE__ */ findBy("block");

/** The button of an action. */
export const findButton = /* @__PURE__ */ findBy("action");

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
