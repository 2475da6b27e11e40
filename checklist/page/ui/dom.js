/** DOM helpers shared by all pages. */
import { parseNumber } from "./numbers.js";

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`the page has no ${selector}`);
  }
  return found;
}

/** @param {ParentNode} root @param {string} selector @returns {HTMLInputElement} */
export function findInput(root, selector) {
  return /** @type {HTMLInputElement} */ (find(root, selector));
}

/** @param {HTMLInputElement} field @returns {string | number} empty if it is invalid */
export function fieldValue(field) {
  const { inputMode, value } = field;
  return inputMode === "decimal" && value.trim() !== ""
    ? (parseNumber(value, languageOf(field)) ?? "")
    : value;
}

/** @param {Element} field @returns {boolean} */
export function isFieldValid(field) {
  const { inputMode, value } = /** @type {HTMLInputElement} */ (field);
  return (
    inputMode !== "decimal" || value.trim() === "" || parseNumber(value, languageOf(field)) !== null
  );
}

/** @param {Element} element @returns {string} the language of the page */
export function languageOf(element) {
  return element.ownerDocument.documentElement.lang;
}

/** @param {HTMLElement} element @param {string} text @returns {boolean} whether the text changed */
export function setText(element, text) {
  const isChanged = element.textContent !== text;
  if (isChanged) {
    element.textContent = text;
  }
  return isChanged;
}

/** @param {string} id @returns {HTMLElement} a copy of a template's content */
export function fromTemplate(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {...(string | Node)} children
 */
export function create(name, ...children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}
